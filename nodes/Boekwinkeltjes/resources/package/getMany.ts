import { operation } from '../../../operation/operation';
import { readList } from '../../answer';
import { at } from '../../paths';
import { simplifyPackage } from '../../simplify';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many packages',
	description: 'List the packages of the shop',
	...at('package.getAll'),
	input: {},
	list: (_, call) => ({ request: call.request({ qs: { page: 1 } }), readPage: readList('packages') }),
	simplify: simplifyPackage,
});
