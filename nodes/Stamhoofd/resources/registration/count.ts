import { operation } from '../../../operation/operation';
import { filterOf } from '../../filter';
import { filters, prepareRegistrations } from './filters';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count registrations',
	description: 'Get how many registrations there are, with one request',
	request: 'GET /registrations/count',
	input: { filters },
	prepare: prepareRegistrations,
	query: ({ conditions, search }) => ({ filter: filterOf(conditions), search }),
});
