import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readWhole } from '../../../transport/paging';
import { idIn, paymentLocator } from '../../fields';
import { readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { paidOnly } from './filters';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a payment',
	description: 'Get one payment by its ID',
	fields: [paymentLocator, simplifyField],
	limit: 1,
	request(call) {
		const id = idIn(call, 'paymentId');
		if (isCurrentLine(call.credentials)) return { url: `/payments/${id}` };
		// The first line cannot get one payment, so it is looked up in its lists.
		return { request: { url: '/organization/payments' }, keep: (payment) => payment.id === id };
	},
	readPage(reply, request, earlier) {
		if (!Array.isArray(reply.body)) return readWhole(reply, request, earlier);
		const page = readStamhoofdPage(reply, request, earlier);
		// Its plain list has what is open or new; all else that it can list is paid.
		return request.qs?.paidSince === undefined ? { ...page, next: [{ ...request, qs: paidOnly() }] } : page;
	},
	notFound:
		'Stamhoofd does not list a payment with this ID: check it. API version 191 leaves out some old payments; "Current" finds them all.',
	simplify: simplifyPayment,
};
