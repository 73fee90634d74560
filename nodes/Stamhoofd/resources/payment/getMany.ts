import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { listIn } from '../../fields';
import { newestFirst, PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { filterFields, listPayments } from './filters';
import type { PaymentFilters } from './filters';

const FIRST_LINE_HINT =
	'With this API version Stamhoofd lists open transfers and those paid or failed in the last seven days. To get older ones, filter on the paid period or on the status Succeeded alone. The webshop has no name there.';

/** The first line lists nothing but transfers unless it is asked for what is paid. */
function asTheFirstLineListsThem(filters: PaymentFilters): PaymentFilters {
	const [method, status] = [listIn(filters.method), listIn(filters.status)];
	const cannotBeOpen = method.length > 0 && !method.includes('Transfer');
	const mayBePaid = status.length === 0 || status.includes('Succeeded');
	return cannotBeOpen && mayBePaid ? { ...filters, status: ['Succeeded'] } : filters;
}

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many payments',
	description: 'List payments, the newest first',
	fields: [...returnAllAndLimit, simplifyField, ...filterFields],
	request(call) {
		const filters = call.parameter<PaymentFilters>('filters', {});
		const zone = call.context.getTimezone();
		if (!isCurrentLine(call.credentials)) {
			call.hint(FIRST_LINE_HINT);
			return { ...listPayments(asTheFirstLineListsThem(filters), call.credentials, zone), sort: newestFirst };
		}
		const limit = call.parameter<boolean>('returnAll') ? PAGE_SIZE : call.parameter<number>('limit');
		// What is filtered afterwards may need more records than the limit.
		const pageSize = filters.webshopId ? PAGE_SIZE : Math.min(limit, PAGE_SIZE);
		return listPayments(filters, call.credentials, zone, pageSize);
	},
	readPage: readStamhoofdPage,
	simplify: simplifyPayment,
};
