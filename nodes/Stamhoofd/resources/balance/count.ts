import { operation } from '../../../operation/operation';
import { filterOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { conditionsOf, filters } from './filters';

export const countItems = operation({
	name: 'Count Items',
	value: 'countItems',
	action: 'Count balance items',
	description: 'Get how many items there are, with one request',
	request: 'GET /balance-items/count',
	input: { filters },
	prepare: onCurrentLine,
	query: ({ filters: given }) => ({ filter: filterOf(conditionsOf(given)), search: given.search }),
});
