/** Boekwinkeltjes in a real n8n. */
import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { startBoekwinkeltjes } from '../../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesSandbox } from '../../sandbox/boekwinkeltjes';
import { SEED_NOW } from '../../sandbox/seed';
import type { HostedPlatform } from '../platforms';
import { eventKey, momentOf } from '../wave';

const local = (milliseconds: number) => DateTime.fromMillis(milliseconds, { zone: 'Europe/Amsterdam' }).toFormat('yyyy-MM-dd HH:mm:ss');

/** Lets every event of the trigger happen some times. */
function wave({ state }: BoekwinkeltjesSandbox, number: number): string[] {
	const { books, orders, payments } = state;
	const key = (event: string, ...of: unknown[]) => eventKey('boekwinkeltjesTrigger', event, ...of);
	const at = (index: number) => momentOf(SEED_NOW, number, index);
	const next = (records: Array<{ id: number }>) => Math.max(...records.map(({ id }) => id)) + 1;
	const changed = orders.slice(20, 37).map((order) => {
		order.status = order.status === 'wait_for_shipping' ? 'shipped_paid' : 'wait_for_shipping';
		return key('orderStatusChanged', order.id, order.status);
	});
	const paid = payments.filter(({ successDate }) => successDate === null).slice(0, 16).map((payment, index) => {
		Object.assign(payment, { status: 1, successDate: new Date(at(index)).toISOString() });
		return key('paymentPaid', payment.id, '');
	});
	const sold = books.filter(({ isSold }) => !isSold).slice(0, 17).map((book) => {
		book.isSold = true;
		return key('bookSold', book.id, '');
	});
	const created = Array.from({ length: 17 }, (_, index) => {
		const order = { ...orders[0], id: next(orders), date: local(at(index)), status: 'new_order' };
		orders.unshift(order);
		const payment = { ...payments[0], id: next(payments), created: new Date(at(index)).toISOString(), status: 0, successDate: null };
		payments.unshift(payment);
		return [key('orderCreated', order.id, ''), key('paymentCreated', payment.id, '')];
	});
	return [...changed, ...paid, ...sold, ...created.flat()];
}

export async function boekwinkeltjes() {
	const sandbox = await startBoekwinkeltjes({ repeatsLastPage: true });
	const { apiKey, orders, books, settings, payments, parcels } = sandbox.state;
	// Somebody who gave no e-mail address.
	orders.findLast(({ status, paymentStatus }) => status === 'wait_for_payment' && paymentStatus === 'open')!.buyer.email = '';
	const data = {
		apiKey,
		environment: 'custom',
		baseUrl: sandbox.baseUrl,
		requestsPerSecond: 100,
		paymentStatusField: 'idealPaymentStatus',
		pathOverrides: { paths: [{ operation: 'book.getAll', path: 'GET /books' }] },
	};
	const credential = { name: 'Boekwinkeltjes', type: 'boekwinkeltjesApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Boekwinkeltjes: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('unknown key', { apiKey: 'nobody' }, /does not accept this API key/),
			wrongly('wrong address', { baseUrl: `${sandbox.url}/webservice/v9` }, /no Boekwinkeltjes API at this address/),
		],
		searches: [
			{ method: 'searchBooks', search: String(books[7].bookNumber), finds: { value: String(books[7].id) } },
			{ method: 'searchOrders', search: String(orders[3].id), finds: { value: String(orders[3].id) } },
			{ method: 'searchPayments', search: `#${payments[30].id}`, finds: { value: String(payments[30].id) } },
			{ method: 'searchPackages', search: parcels[3].packageID, finds: { value: parcels[3].packageID } },
		],
		httpRequest: { url: `${sandbox.baseUrl}/settings`, answer: { status: 200, data: settings as IDataObject } },
		list: {
			type: 'n8n-nodes-dutch-commerce.boekwinkeltjes',
			parameters: { resource: 'order', operation: 'getAll', returnAll: true },
			count: orders.length,
			tooMany: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { status: 429, message: 'Te veel verzoeken' } },
		},
		wave: (number) => wave(sandbox, number),
		marks: { orderStatusChanged: '{{ $json.status }}' },
	} satisfies HostedPlatform;
}
