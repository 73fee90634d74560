import { operation } from '../../../operation/operation';
import { newestFirst } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { filters, filtersByWebshop, listPayments } from './filters';
import type { PaymentFilters } from './filters';

const FIRST_LINE_HINT =
	'With this API version Stamhoofd lists open transfers and those paid or failed in the last seven days. To get older ones, filter on the paid period or on the status Succeeded alone. The webshop has no name there.';

/** The first line lists nothing but transfers unless it is asked for what is paid. */
function asTheFirstLineListsThem(given: PaymentFilters): PaymentFilters {
	const { method = [], status = [] } = given;
	const cannotBeOpen = method.length > 0 && !method.includes('Transfer');
	const mayBePaid = status.length === 0 || status.includes('Succeeded');
	return cannotBeOpen && mayBePaid ? { ...given, status: ['Succeeded'] } : given;
}

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many payments',
	description: 'List payments, the newest first',
	request: 'GET /payments',
	input: { filters },
	prepare: async ({ filters: given }, { credentials, send }) => ({ given, byServer: await filtersByWebshop(given, credentials, send) }),
	list({ given, byServer }, call) {
		const { credentials, limit } = call;
		if (isCurrentLine(credentials)) return listPayments(given, credentials, { limit, byServer });
		call.hint(FIRST_LINE_HINT);
		return { ...listPayments(asTheFirstLineListsThem(given), credentials), sort: newestFirst };
	},
	simplify: simplifyPayment,
});
