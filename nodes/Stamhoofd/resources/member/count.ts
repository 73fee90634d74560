import { operation } from '../../../operation/operation';
import { filterOf } from '../../filter';
import { filters, prepareMembers } from './filters';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count members',
	description: 'Get how many members there are, with one request',
	request: 'GET /members/count',
	input: { filters },
	prepare: prepareMembers,
	query: ({ conditions, search }) => ({ filter: filterOf(conditions), search }),
});
