import { operation } from '../../../operation/operation';
import { listAt } from '../../filter';
import { onCurrentLine } from '../../platform';
import { simplifyInvoice } from '../../records';
import { conditionsOf, filters } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many invoices',
	description: 'List invoices and credit notes, the newest first',
	request: 'GET /invoices',
	input: { filters },
	prepare: onCurrentLine,
	list: ({ filters: given }, { limit }) => listAt('/invoices', { conditions: conditionsOf(given), search: given.search, limit }),
	simplify: simplifyInvoice,
});
