import { operation } from '../../../operation/operation';
import { listAt } from '../../filter';
import { onCurrentLine } from '../../platform';
import { simplifyBalanceItem } from '../../records';
import { conditionsOf, filters } from './filters';

export const getItems = operation({
	name: 'Get Many Items',
	value: 'getItems',
	action: 'Get many balance items',
	description: 'List what was charged line by line, with what of it is paid and open, the newest first',
	request: 'GET /balance-items',
	input: { filters },
	prepare: onCurrentLine,
	list: ({ filters: given }, { limit }) => listAt('/balance-items', { conditions: conditionsOf(given), search: given.search, limit }),
	simplify: simplifyBalanceItem,
});
