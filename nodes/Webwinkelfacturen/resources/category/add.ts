import { code, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { recordsIn } from '../../platform';
import { simplify } from '../../simplify';

export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add category',
	description: 'Add a category of turnover, for day closures. Those that a closure names are added with it; single sales have none.',
	request: 'POST /categoryapi/addcategories',
	input: {
		categoryId: code({ displayName: 'Category ID', required: true, description: 'Your own ID, which closures refer to' }),
		name: text({ required: true }),
		code: code({ description: 'Short code; left empty: the category ID' }),
	},
	body: ({ categoryId, name, code: short }) => ({ categories: [{ categoryid: categoryId, code: short ?? categoryId, name }] }),
	answer: recordsIn,
	simplify: (record) => simplify(ENTITIES.category, record),
});
