import { orderBy } from 'lodash';

import { returnAllAndLimit, simplifyField } from '../../../transport/operation';
import type { ItemOperation } from '../../../transport/operation';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { filterFields, listPayments } from './filters';
import type { PaymentFilters } from './filters';

const FIRST_LINE_HINT =
	'With this API version Stamhoofd lists open transfers and those paid or failed in the last seven days. To get older ones, filter on the paid period or on the status Succeeded alone. The webshop has no name there.';

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many payments',
	description: 'List payments, the newest first (with API version 191 and a paid period: page by page)',
	fields: [...returnAllAndLimit, simplifyField, ...filterFields],
	request(call) {
		const filters = call.parameter<PaymentFilters>('filters', {});
		if (!isCurrentLine(call.credentials)) call.hint(FIRST_LINE_HINT);
		const limit = call.parameter<boolean>('returnAll') ? PAGE_SIZE : call.parameter<number>('limit');
		// What is filtered afterwards may need more records than the limit.
		const pageSize = filters.webshopId ? PAGE_SIZE : Math.min(limit, PAGE_SIZE);
		return listPayments(filters, call.credentials, call.context.getTimezone(), pageSize);
	},
	readPage(reply, request) {
		const page = readStamhoofdPage(reply, request);
		// The first line sorts in its own way.
		return { ...page, records: orderBy(page.records, 'createdAt', 'desc') };
	},
	simplify: simplifyPayment,
};
