import type { Resource } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { deleteOne, getMany } from '../../reading';
import { add } from './add';

export const category: Resource = {
	name: 'Category',
	value: 'category',
	operations: [add, getMany(ENTITIES.category, 'GET /categoryapi/listcategories'), deleteOne(ENTITIES.category, 'DELETE /categoryapi/deletecategory/{id}')],
};
