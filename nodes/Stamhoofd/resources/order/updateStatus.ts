import { choice } from '../../../input';
import { operation } from '../../../operation/operation';
import { orderLocator, webshopLocator } from '../../fields';
import { simplifyOrder } from '../../simplify';
import { changeOrders } from './changeOrders';

export const updateStatus = operation({
	name: 'Update Status',
	value: 'updateStatus',
	action: 'Update status of order',
	description: 'Mark orders as prepared, ready, completed or canceled; many items go in one request',
	request: 'PATCH /webshop/{webshopId}/orders',
	input: {
		webshopId: webshopLocator,
		order: orderLocator,
		status: choice({
			required: true,
			options: [
				{ name: 'Prepared', value: 'Prepared', aliases: ['verwerkt', 'klaar'] },
				{ name: 'Ready to Collect', value: 'Collect', aliases: ['afhalen', 'ligt klaar'] },
				{ name: 'Completed', value: 'Completed', aliases: ['voltooid', 'afgehaald'] },
				{ name: 'New', value: 'Created', aliases: ['nieuw'] },
				{
					name: 'Canceled',
					value: 'Canceled',
					aliases: ['geannuleerd', 'cancelled'],
					description: 'Also gives back the stock, and what is still to be paid is no longer owed',
				},
			],
			description: 'What the orders become. Orders are never deleted by this node.',
		}),
	},
	sendAll: async (inputs, [call]) =>
		await changeOrders(inputs.map(({ webshopId, order, status }) => ({ webshopId, order, change: { status } })), call),
	simplify: simplifyOrder,
});
