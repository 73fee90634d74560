import type { Resource } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany } from '../../reading';
import { add } from './add';

export const paymentMethod: Resource = {
	name: 'Payment Method',
	value: 'paymentMethod',
	operations: [add, getMany(ENTITIES.paymentMethod, 'GET /paymentmethodapi/readpaymentmethods'), deleteOne(ENTITIES.paymentMethod, 'DELETE /paymentmethodapi/deletepaymentmethod/{id}')],
};
