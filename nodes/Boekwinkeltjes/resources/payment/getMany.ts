import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readList } from '../../answer';
import { requestTo } from '../../paths';
import { simplifyPayment } from '../../simplify';

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many payments',
	description: 'List the payments and payment links of the shop',
	fields: [...returnAllAndLimit, simplifyField],
	// No parameter is documented: the first page comes without one, and the paginator in the answer says how to go on.
	request: (call) => requestTo('payment.getAll', call.credentials),
	readPage: readList('payments'),
	simplify: simplifyPayment,
};
