import { operation } from '../../../operation/operation';
import { filterOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { conditionsOf, filters } from './filters';

export const count = operation({
	name: 'Count',
	value: 'count',
	action: 'Count invoices',
	description: 'Get how many invoices there are, with one request',
	request: 'GET /invoices/count',
	input: { filters },
	prepare: onCurrentLine,
	query: ({ filters: given }) => ({ filter: filterOf(conditionsOf(given)), search: given.search }),
});
