import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { textId, orderLocator } from '../../fields';
import { requestTo } from '../../paths';
import { simplifyOrder } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get an order',
	description: 'Get one order with its book and its buyer',
	fields: [orderLocator, simplifyField],
	request: (call) => requestTo('order.get', call.credentials, { id: textId(call, 'orderId', 'Order') }),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes has no order with this ID: check it',
	simplify: simplifyOrder,
};
