import type { Resource } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany } from '../../reading';
import { add } from './add';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [add, getMany(ENTITIES.customer, 'GET /customerapi/readcustomers'), deleteOne(ENTITIES.customer, 'DELETE /customerapi/deletecustomer/{id}')],
};
