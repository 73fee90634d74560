/** Stamhoofd in a real n8n. */
import { randomUUID } from 'node:crypto';

import { DateTime } from 'luxon';

import { timeOf } from '../../../nodes/operation/time';
import { startStamhoofd } from '../../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../../sandbox/stamhoofd';
import { SEED_NOW } from '../../sandbox/seed';
import type { HostedPlatform, Options } from '../platforms';
import { eventKey, momentOf } from '../wave';

/** Lets every event of the trigger happen some times. */
function wave({ state }: StamhoofdSandbox, number: number): string[] {
	const { payments, orders, registrations, tickets, invoices, periods } = state;
	const key = (event: string, ...of: unknown[]) => eventKey('stamhoofdTrigger', event, ...of);
	const at = (index: number) => momentOf(SEED_NOW, number, index);
	const model = payments.find(({ order }) => order)!;
	const open = payments.filter(({ order, paidAt, status }) => order && paidAt === null && status !== 'Failed');
	const paid = open.slice(0, 16).map((payment, index) => {
		const order = payment.order!;
		Object.assign(payment, { status: 'Succeeded', paidAt: at(index), updatedAt: at(index) });
		order.updatedAt = at(index);
		return [key('paymentPaid', payment.id, timeOf(at(index))), key('orderChanged', order.id, timeOf(at(index)))];
	});
	const failed = open.slice(16, 33).map((payment, index) => {
		Object.assign(payment, { status: 'Failed', updatedAt: at(index) });
		return key('paymentFailed', payment.id, timeOf(at(index)));
	});
	const created = Array.from({ length: 17 }, (_, index) => {
		const dates = { createdAt: at(index), updatedAt: at(index) };
		const payment = { ...model, ...dates, id: randomUUID(), balanceItemId: randomUUID(), linkId: randomUUID(), status: 'Created' as const, paidAt: null };
		payment.order = { ...model.order!, ...dates, id: randomUUID(), number: orders.length + 1, payment };
		payments.push(payment);
		orders.push(payment.order);
		const { id } = payment.order;
		return [
			key('paymentCreated', payment.id, ''),
			key('balanceItemCreated', payment.balanceItemId, ''),
			key('orderCreated', id, ''),
			key('orderChanged', id, timeOf(at(index))),
		];
	});
	const registered = registrations.filter(({ group, registeredAt }) => registeredAt !== null && group.period.id === periods.at(-1)!.id);
	const moved = registered.slice(0, 11).map((registration, index) => {
		registration.updatedAt = at(index);
		return key('registrationChanged', registration.id, timeOf(at(index)));
	});
	const joined = Array.from({ length: 11 }, (_, index) => {
		const registration = { ...registered[0], id: randomUUID(), registeredAt: at(index), createdAt: at(index), updatedAt: at(index) };
		registrations.push(registration);
		return [key('registrationCreated', registration.id, ''), key('registrationChanged', registration.id, timeOf(at(index)))];
	});
	const scanned = tickets.filter(({ scannedAt, deletedAt }) => scannedAt === null && deletedAt === null).slice(0, 11).map((ticket, index) => {
		Object.assign(ticket, { scannedAt: at(index), updatedAt: at(index) });
		return key('ticketScanned', ticket.id, '');
	});
	const invoiced = Array.from({ length: 7 }, (_, index) => {
		const invoice = { ...invoices[0], id: randomUUID(), number: `${number}-${index}`, createdAt: at(index), updatedAt: at(index) };
		invoices.push(invoice);
		return key('invoiceCreated', invoice.id, '');
	});
	return [...paid.flat(), ...failed, ...created.flat(), ...moved, ...joined.flat(), ...scanned, ...invoiced];
}

export async function stamhoofd({ limits }: Options) {
	const sandbox = await startStamhoofd({ line: 'current', limits, payments: 2500 });
	const { organization, keys, payments, webshops } = sandbox.state;
	const quiz = webshops.find(({ name }) => name === 'Quizavond')!;
	const structured = payments.find(({ communication }) => communication?.startsWith('+++'))!;
	// What the till took in yesterday, from its first moment to its last.
	const midnight = DateTime.now().setZone('Europe/Amsterdam').startOf('day');
	const atTheTill = payments.filter(({ method, status, price }) => method === 'PointOfSale' && status === 'Succeeded' && price > 0).slice(-6);
	const moments = [midnight.minus({ days: 1 }), ...[13, 15, 18, 20].map((hour) => midnight.minus({ hours: 24 - hour })), midnight.minus(1)];
	atTheTill.forEach((payment, position) => (payment.paidAt = payment.updatedAt = moments[position].toMillis()));
	const data = {
		organizationId: organization.id,
		apiKey: keys.full,
		apiVersion: '411',
		customApiVersion: 411,
		rateLimitTier: limits ? 'standard' : 'none',
		longestWait: 60,
		baseUrl: `${sandbox.url}/{organizationId}`,
	};
	const credential = { name: 'Stamhoofd', type: 'stamhoofdApi', data };
	const wrongly = (wrong: string, change: Partial<typeof data>, says: RegExp) => ({
		wrong,
		credential: { ...credential, name: `Stamhoofd: ${wrong}`, data: { ...data, ...change } },
		says,
	});
	return {
		sandbox,
		credentials: [credential],
		badCredentials: [
			wrongly('unknown key', { apiKey: 'nobody' }, /does not know this API key/),
			wrongly('key without rights', { apiKey: keys.nothing }, /has no right at all/),
			wrongly('nobody at this address', { baseUrl: 'http://127.0.0.1:1' }, /cannot be reached at 127\.0\.0\.1:1/),
			wrongly('no organization ID', { organizationId: 'evil.example/', baseUrl: '' }, /organization ID in the credential is none/),
			wrongly('a base URL with a password', { baseUrl: 'http://me:secret@127.0.0.1:1' }, /holds a user name or a password/),
			wrongly('unknown organization', { organizationId: '00000000-0000-4000-8000-000000000000' }, /does not know the organization ID/),
			wrongly('old version', { apiVersion: 'custom', customApiVersion: 300 }, /no longer accepts API version 300/),
		],
		searches: [
			{ method: 'searchWebshops', search: 'quiz', finds: { name: quiz.name, value: quiz.id } },
			{ method: 'searchPayments', search: structured.communication!, finds: { value: structured.id } },
		],
		httpRequest: { url: `${sandbox.url}/v411/payments/count`, answer: { count: payments.length } },
		list: {
			type: 'n8n-nodes-dutch-commerce.stamhoofd',
			parameters: { resource: 'payment', operation: 'getAll', returnAll: true },
			count: payments.length,
			tooMany: {
				kind: 'status',
				status: 429,
				body: { errors: [{ id: '1', code: 'rate_limit', message: 'Rate limit exceeded. Retry after 1s.' }] },
			},
		},
		wave: (number) => wave(sandbox, number),
		marks: {
			orderChanged: '{{ $json.updatedAt }}',
			paymentFailed: '{{ $json.updatedAt }}',
			paymentPaid: '{{ $json.paidAt }}',
			registrationChanged: '{{ $json.updatedAt }}',
		},
	} satisfies HostedPlatform;
}
