import { operation } from '../../../operation/operation';
import { readList } from '../../answer';
import { at } from '../../paths';
import { simplifyPayment } from '../../simplify';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many payments',
	description: 'List the payments and payment links of the shop',
	...at('payment.getAll'),
	input: {},
	// No parameter is documented: the first page comes without one, and the paginator in the answer says how to go on.
	list: (_, call) => ({ request: call.request(), readPage: readList('payments') }),
	simplify: simplifyPayment,
});
