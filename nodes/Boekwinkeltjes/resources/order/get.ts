import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { orderLocator } from '../../fields';
import { at } from '../../paths';
import { simplifyOrder } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Get one order with its book and its buyer',
	...at('order.get'),
	input: { orderId: orderLocator },
	answer: recordsOf,
	notFound: 'Boekwinkeltjes has no order with this ID: check it',
	simplify: simplifyOrder,
});
