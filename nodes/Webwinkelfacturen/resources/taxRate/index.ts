import type { Resource } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany } from '../../reading';
import { add } from './add';

export const taxRate: Resource = {
	name: 'Tax Rate',
	value: 'taxRate',
	operations: [add, getMany(ENTITIES.taxRate, 'GET /taxapi/readtaxes'), deleteOne(ENTITIES.taxRate, 'DELETE /taxapi/deletetax/{id}')],
};
