import { isEmpty, omitBy } from 'lodash';

import { collection, email, longText, phone, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { orderLocator, webshopLocator } from '../../fields';
import { simplifyOrder } from '../../simplify';
import { changeOrders } from './changeOrders';
import type { OrderChange } from './changeOrders';

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update order',
	description: "Change the buyer's data or the comments of orders; many items go in one request",
	request: 'PATCH /webshop/{webshopId}/orders',
	input: {
		webshopId: webshopLocator,
		order: orderLocator,
		changes: collection({
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: {
				comments: longText({ longest: 10_000, description: 'The comments on the order' }),
				email: email({ displayName: 'E-Mail' }),
				firstName: text({ longest: 200 }),
				lastName: text({ longest: 200 }),
				phone: phone({ description: 'As Stamhoofd writes it: +32 479 42 78 66' }),
			},
		}),
	},
	prepare({ webshopId, order, changes }) {
		const { comments, ...person } = changes;
		const customer = omitBy(person, (value) => value === undefined);
		const change: OrderChange = { ...(comments === undefined ? {} : { comments }), ...(isEmpty(customer) ? {} : { customer }) };
		if (isEmpty(change)) throw new InvalidInput('Nothing is to be changed: add what changes');
		return { webshopId, order, change };
	},
	sendAll: async (changes, [call]) => await changeOrders(changes, call),
	simplify: simplifyOrder,
});
