import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { filterOf } from '../../filter';
import { onCurrentLine } from '../../platform';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count tickets',
	description: 'Get how many tickets a webshop has, with one request',
	request: 'GET /webshop/tickets/private/count',
	input: { webshopId: webshopLocator },
	prepare: onCurrentLine,
	query: ({ webshopId }) => ({ filter: filterOf([{ webshopId }]) }),
});
