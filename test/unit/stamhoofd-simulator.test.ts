/** Holds the simulators to answers that Stamhoofd's own backend gave: same status, error code, headers and shape. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { stamhoofd } from '../../nodes/Stamhoofd/platform';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdOptions, StamhoofdSandbox } from '../sandbox/stamhoofd';
import type { KeyName, Payment } from '../sandbox/stamhoofd/seed';

interface Recording {
	request: { method: string; path: string; body: unknown; authorization: string | null };
	response: { status: number; headers: Record<string, string>; body: unknown };
}

const FOLDER = path.join(__dirname, '../fixtures/stamhoofd');
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
/** Stands for the id of the first webshop in filters that are written down before there is one. */
const WEBSHOP = '<webshop>';
/** What the server of the recordings was at. */
const RECORDED_VERSION = 394;
const recordings = readdirSync(FOLDER).sort();

function read(file: string): Recording {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

function kindOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

/** Members of an object; ids that serve as names count as the same name. */
function members(value: object): Map<string, unknown> {
	return new Map(Object.entries(value).map(([name, member]) => [name.replace(UUID, '<id>'), member]));
}

/** Where two values differ in their members or the types of them; null fits anything. */
function shapeDifferences(recorded: unknown, simulated: unknown, where = 'body'): string[] {
	const [expected, actual] = [kindOf(recorded), kindOf(simulated)];
	if (expected === 'null' || actual === 'null') return [];
	if (expected !== actual) return [`${where} is ${expected} in the recording and ${actual} in the simulation`];
	if (Array.isArray(recorded) && Array.isArray(simulated)) {
		if (recorded.length === 0) return [];
		if (simulated.length === 0) return [`${where} has elements in the recording and none in the simulation`];
		return simulated.flatMap((element, position) =>
			shapeDifferences(recorded[Math.min(position, recorded.length - 1)], element, `${where}[${position}]`),
		);
	}
	if (expected !== 'object') return [];
	const [theirs, ours] = [members(recorded as object), members(simulated as object)];
	return [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((name) => {
		if (!ours.has(name)) return [`${where}.${name} is only in the recording`];
		if (!theirs.has(name)) return [`${where}.${name} is only in the simulation`];
		return shapeDifferences(theirs.get(name), ours.get(name), `${where}.${name}`);
	});
}

let sandbox: StamhoofdSandbox;

async function start(options: StamhoofdOptions) {
	sandbox = await startStamhoofd(options);
	return sandbox;
}

afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox?.close();
});

async function ask(target: string, init: { method?: string; body?: unknown; key?: string | null; organization?: string } = {}) {
	const { method = 'GET', body, key = sandbox.state.keys.full, organization } = init;
	const response = await fetch(`${sandbox.url}${organization ? `/${organization}` : ''}${target}`, {
		method,
		headers: {
			...(key !== null && { authorization: `Bearer ${key}` }),
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

function patch(...changes: object[]) {
	return { _isPatch: true, changes: changes.map((change) => ({ patch: { _isPatch: true, ...change } })) };
}

/** The recorded request with the ids and references of the simulator's own records. */
function translate({ request }: Recording): { target: string; body: unknown } {
	const { payments, webshops } = sandbox.state;
	const open = payments.filter(({ method, price }) => method === 'Transfer' && price > 0);
	const known = new Map<string, string>([[UNKNOWN_ID, UNKNOWN_ID]]);
	const isWebshop = /\/webshop\/[0-9a-f]/.test(request.path);
	const translated = (text: string) =>
		text.replace(UUID, (id) => {
			if (!known.has(id)) known.set(id, isWebshop ? webshops[0].id : open[known.size - 1].id);
			return known.get(id)!;
		});
	const target = translated(request.path).replace('+++091/7110/16897+++', '%2B%2B%2B091/7110/16897%2B%2B%2B');
	return {
		target: target.replace('091/7110/16897', (open[0].communication ?? '').replaceAll('+', '')),
		body: request.body === null ? undefined : JSON.parse(translated(JSON.stringify(request.body))),
	};
}

/** The target of a later page: the members of `next` of the page before it, sent back unchanged. */
async function pageTarget(number: number, first: string): Promise<string> {
	let target = first;
	for (let page = 1; page < number; page++) {
		const { body } = await ask(target);
		target = `${first.split('?')[0]}?${new URLSearchParams(body.next)}`;
	}
	return target;
}

test.each(recordings)('answers like %s', async (file) => {
	const recording = read(file);
	const { request, response } = recording;
	const isCurrent = file.startsWith('v398');
	const serverVersion = isCurrent ? RECORDED_VERSION : undefined;
	await start({ line: isCurrent ? 'current' : 'documented', payments: 5, limits: file.includes('rate-limited'), serverVersion });
	const { target, body } = translate(recording);
	const page = /list-page-(\d)/.exec(file)?.[1];
	const key = { null: null, 'Bearer wrong': 'wrong' }[String(request.authorization)];
	const organization = file.includes('unknown-organization') ? UNKNOWN_ID : undefined;
	const send = async (to: string) => await ask(to, { method: request.method, body, key, organization });

	let answer = await send(page ? await pageTarget(Number(page), read('v398-list-page-1.json').request.path) : target);
	if (file.includes('rate-limited')) {
		// However long it takes, all are sent within the same window.
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		for (let sent = 1; sent <= 60 && answer.status !== 429; sent++) answer = await send(target);
	}

	expect(answer.status).toBe(response.status);
	expect(answer.headers.get('x-version')).toBe(response.headers['x-version']);
	expect(answer.headers.get('retry-after')).toBe(response.headers['retry-after'] ?? null);
	const type = response.headers['content-type'];
	expect(answer.headers.get('content-type')?.startsWith('application/json')).toBe(type !== undefined);
	expect(shapeDifferences(response.body, answer.body)).toEqual([]);
	const faultOf = (from: unknown) => {
		const [fault] = (from as { errors?: Array<Record<string, string>> }).errors ?? [];
		return fault && { code: fault.code, field: fault.field, human: fault.human?.replace(/\d+ seconden/, 'N seconden') };
	};
	expect(faultOf(answer.body)).toEqual(faultOf(response.body));
});

test('there are recordings of both lines', () => {
	expect(recordings.filter((file) => file.startsWith('v191')).length).toBeGreaterThanOrEqual(16);
	expect(recordings.filter((file) => file.startsWith('v398')).length).toBeGreaterThanOrEqual(25);
});

test('the contracts are valid OpenAPI 3.1 documents', () => {
	// The validator has ES modules only, which cannot be loaded in here.
	const script = `
		import { Validator } from '@seriousme/openapi-schema-validator';
		const validator = new Validator();
		for (const file of process.argv.slice(1)) console.log(JSON.stringify(await validator.validate(file)), validator.version);
	`;
	const files = ['current', 'documented'].map((line) => path.join(__dirname, `../sandbox/stamhoofd/openapi.${line}.yaml`));
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, ...files], { encoding: 'utf8' });
	expect(output.trim().split('\n')).toEqual(files.map(() => '{"valid":true} 3.1'));
});

describe('the shape comparer', () => {
	test('names what is missing, too much, or of another type', () => {
		expect(shapeDifferences({ a: 1, b: [{ c: 'x' }] }, { a: '1', b: [{ d: 'x' }] })).toEqual([
			'body.a is number in the recording and string in the simulation',
			'body.b[0].c is only in the recording',
			'body.b[0].d is only in the simulation',
		]);
	});
	test('lets null stand for anything and ids for any name', () => {
		const [one, other] = ['1', '2'].map((digit) => UNKNOWN_ID.replaceAll('0', digit));
		expect(shapeDifferences({ a: null, [one]: 1 }, { a: {}, [other]: 2 })).toEqual([]);
	});
});

function openTransfers(): Payment[] {
	return sandbox.state.payments.filter(
		({ method, status, price }) => method === 'Transfer' && status === 'Created' && price > 0,
	);
}

describe.each([
	{ line: 'current' as const, version: 398 },
	{ line: 'documented' as const, version: 191 },
])('changing payments on the $line line', ({ line, version }) => {
	const target = `/v${version}/organization/payments`;
	beforeEach(async () => await start({ line, payments: 60 }));

	test('paid and unpaid again', async () => {
		const [payment] = openTransfers();
		const paid = await ask(target, { method: 'PATCH', body: patch({ id: payment.id, status: 'Succeeded' }) });
		expect(paid.body).toEqual([expect.objectContaining({ id: payment.id, status: 'Succeeded', paidAt: expect.any(Number) })]);
		const unpaid = await ask(target, { method: 'PATCH', body: patch({ id: payment.id, status: 'Created' }) });
		expect(unpaid.body).toEqual([expect.objectContaining({ id: payment.id, status: 'Created', paidAt: null })]);
	});

	test('a status that already holds changes nothing', async () => {
		const payment = sandbox.state.payments.find(({ method, status }) => method === 'Transfer' && status === 'Succeeded')!;
		const before = { ...payment };
		const { status } = await ask(target, { method: 'PATCH', body: patch({ id: payment.id, status: 'Succeeded' }) });
		expect(status).toBe(200);
		expect({ ...payment }).toEqual(before);
	});

	test('what stands before an unknown id is done, what stands after it is not', async () => {
		const [first, second] = openTransfers();
		const body = patch(
			{ id: first.id, status: 'Succeeded' },
			{ id: UNKNOWN_ID, status: 'Succeeded' },
			{ id: second.id, status: 'Succeeded' },
		);
		expect((await ask(target, { method: 'PATCH', body })).status).toBe(400);
		expect([first.status, second.status]).toEqual(['Succeeded', 'Created']);
	});

	test('a wrong status anywhere keeps everything from being done', async () => {
		const [first, second] = openTransfers();
		const body = patch({ id: first.id, status: 'Succeeded' }, { id: second.id, status: 'Paid' });
		const answer = await ask(target, { method: 'PATCH', body });
		expect(answer.body.errors[0].field).toBe('changes.1.patch.status');
		expect(first.status).toBe('Created');
		expect(sandbox.violations).toHaveLength(1);
	});

	test('a key without the payments right changes nothing', async () => {
		const [payment] = openTransfers();
		const body = patch({ id: payment.id, status: 'Succeeded' });
		const answer = await ask(target, { method: 'PATCH', body, key: sandbox.state.keys.withoutPayments });
		expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'not_found']);
		expect(payment.status).toBe('Created');
	});
});

describe('the current line', () => {
	beforeEach(async () => await start({ line: 'current', payments: 200 }));

	const list = async (query: Record<string, string>) => {
		const parameters = new URLSearchParams({ limit: '100', sort: 'createdAt ASC,id ASC', ...query });
		return await ask(`/v398/payments?${parameters}`);
	};

	test('pages hold every payment once, and a full last page is followed by an empty one', async () => {
		const sizes: number[] = [];
		const ids = new Set<string>();
		let next: Record<string, string> | undefined = { limit: '50', sort: 'createdAt DESC' };
		while (next) {
			const { body } = await ask(`/v398/payments?${new URLSearchParams(next)}`);
			sizes.push(body.results.length);
			for (const { id } of body.results) ids.add(id);
			next = body.next;
		}
		expect(sizes).toEqual([50, 50, 50, 50, 0]);
		expect(ids.size).toBe(200);
	});

	test.each<[string, object, (payment: Payment) => boolean]>([
		['$in', { status: { $in: ['Created', 'Pending'] } }, ({ status }) => ['Created', 'Pending'].includes(status)],
		['$neq', { method: { $neq: 'Transfer' } }, ({ method }) => method !== 'Transfer'],
		['$not', { $not: { method: 'Transfer' } }, ({ method }) => method !== 'Transfer'],
		['null', { paidAt: null }, ({ paidAt }) => paidAt === null],
		['$or', { $or: [{ method: 'iDEAL' }, { provider: 'Stripe' }] }, ({ method, provider }) => method === 'iDEAL' || provider === 'Stripe'],
		['$and', { $and: [{ method: 'Transfer' }, { status: 'Failed' }] }, ({ method, status }) => method === 'Transfer' && status === 'Failed'],
		['$gt on a price in 1/10 000 euro', { price: { $gt: 300_000 } }, ({ price }) => price > 3000],
		['$lte', { price: { $lte: 300_000 } }, ({ price }) => price <= 3000],
		['$elemMatch on the order', { balanceItemPayments: { $elemMatch: { balanceItem: { order: { $elemMatch: { webshopId: WEBSHOP } } } } } }, ({ order }) => order?.webshop === sandbox.state.webshops[0]],
		['$contains on a nested name', { customer: { email: { $contains: 'PEETERS' } } }, ({ customer }) => customer.email.includes('peeters')],
	])('filters by %s', async (_, filter, isWanted) => {
		const expected = sandbox.state.payments.filter(isWanted).length;
		expect(expected).toBeGreaterThan(0);
		expect(expected).toBeLessThan(200);
		const written = JSON.stringify(filter).replace(WEBSHOP, sandbox.state.webshops[0].id);
		const { body } = await ask(`/v398/payments/count?${new URLSearchParams({ filter: written })}`);
		expect(body).toEqual({ count: expected });
	});

	test('less than a date includes what has none, as the database of the server has it', async () => {
		const { payments } = sandbox.state;
		const paidAt = payments.flatMap((payment) => payment.paidAt ?? []).sort((one, other) => one - other)[20];
		const before = { paidAt: { $lt: { $: '$date', value: paidAt } } };
		const count = async (filter: object) =>
			(await ask(`/v398/payments/count?${new URLSearchParams({ filter: JSON.stringify(filter) })}`)).body.count as number;
		const unpaid = payments.filter((payment) => payment.paidAt === null).length;
		expect(unpaid).toBeGreaterThan(0);
		expect(await count(before)).toBe(unpaid + 20);
		expect(await count({ $and: [before, { paidAt: { $neq: null } }] })).toBe(20);
		expect(await count({ paidAt: { $gte: { $: '$date', value: paidAt } } })).toBe(200 - unpaid - 20);
	});

	test('a date is wrapped; a bare number makes the server fail', async () => {
		const { createdAt } = sandbox.state.payments[100];
		const since = (value: unknown) => ({ filter: JSON.stringify({ createdAt: { $gte: value } }) });
		const wrapped = await list(since({ $: '$date', value: createdAt }));
		const expected = sandbox.state.payments.filter((payment) => payment.createdAt >= createdAt);
		expect(wrapped.body.results.map(({ id }: Payment) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
		expect((await list(since(createdAt))).status).toBe(500);
	});

	test('search finds by name, e-mail address and structured communication', async () => {
		const payment = sandbox.state.payments.find(({ communication }) => communication?.startsWith('+++'))!;
		const digits = payment.communication!.replace(/[^0-9]/g, '');
		for (const search of [payment.communication!, digits]) {
			expect((await list({ search })).body.results.map(({ id }: Payment) => id)).toEqual([payment.id]);
		}
		const byEmail = await list({ search: payment.customer.email });
		expect(byEmail.body.results.map(({ id }: Payment) => id)).toContain(payment.id);
		const byName = await list({ search: `${payment.customer.firstName} ${payment.customer.lastName}` });
		expect(byName.body.results.map(({ id }: Payment) => id)).toContain(payment.id);
	});

	test('money is in cents up to v388 and in 1/10 000 euro after that', async () => {
		const { id, price } = sandbox.state.payments[0];
		expect((await ask(`/v388/payments/${id}`)).body.price).toBe(price);
		expect((await ask(`/v389/payments/${id}`)).body.price).toBe(price * 100);
	});

	test('a key without the payments right sees one payment, not the list', async () => {
		const key = sandbox.state.keys.withoutPayments;
		expect((await ask('/v398/payments?limit=1&sort=id%20ASC', { key })).status).toBe(403);
		expect((await ask(`/v398/payments/${sandbox.state.payments[0].id}`, { key })).status).toBe(200);
	});

	test('the status of an online or free payment stays', async () => {
		const online = sandbox.state.payments.find(({ method }) => method === 'Bancontact')!;
		const free = sandbox.state.payments.find(({ price, method }) => price === 0 && method === 'Transfer')!;
		for (const { id, status } of [online, free]) {
			const other = status === 'Failed' ? 'Succeeded' : 'Failed';
			const answer = await ask('/v398/organization/payments', { method: 'PATCH', body: patch({ id, status: other }) });
			expect(answer.status).toBe(400);
			expect(sandbox.state.payments.find((payment) => payment.id === id)!.status).toBe(status);
		}
	});

	test('organizations are found without a key', async () => {
		const { body } = await ask('/v398/organizations/search?query=harmonie', { key: null });
		expect(body.map(({ name }: { name: string }) => name)).toEqual(['Harmonie De Eendracht', 'Harmonie Sint-Cecilia']);
	});

	test('versions above its own are accepted, and bring no more than it has', async () => {
		const { id } = sandbox.state.payments[0];
		const answer = await ask(`/v900/payments/${id}`);
		expect([answer.status, answer.headers.get('x-version')]).toEqual([200, '411']);
	});

	test.each([
		[398, [], ['refundedAmount', 'reversingPaymentId', 'settlements']],
		[399, ['refundedAmount', 'roundingAmount'], ['reversingPaymentId', 'settlements']],
		[401, ['reversingPaymentId', 'pendingRefundAmount'], ['settlements']],
		[411, ['refundedAmount', 'pendingRefundAmount', 'settlements'], []],
	])('a payment at version %i', async (version, has, lacks) => {
		const { body } = await ask(`/v${version}/payments/${sandbox.state.payments[0].id}`);
		expect(has.filter((name) => name in body)).toEqual(has);
		expect(lacks.filter((name) => name in body)).toEqual([]);
	});

	test('an order names its language from version 404 on', async () => {
		const orders = async (version: number) => (await ask(`/v${version}/webshop/orders?limit=1&sort=id%20ASC`)).body.results[0];
		expect([await orders(403), await orders(404)].map((order) => order.consumerLanguage)).toEqual([undefined, 'nl']);
	});

	test('what is not in the contract is a violation', async () => {
		await ask('/v398/user?page=2');
		await ask('/v398/organization/payments', { method: 'PATCH', body: { _isPatch: true, changes: [], put: [] } });
		expect(sandbox.violations).toEqual([expect.stringContaining('"page"'), expect.stringContaining('"put"')]);
	});
});

describe('the documented line', () => {
	beforeEach(async () => await start({ line: 'documented', payments: 400 }));

	test('lists open and lately settled transfers, and others only when asked for', async () => {
		const { payments } = sandbox.state;
		const standard = (await ask('/v191/organization/payments')).body as Payment[];
		expect(standard.every(({ method }) => method === 'Transfer')).toBe(true);
		const old = payments.find(({ method, paidAt }) => method === 'Transfer' && paidAt !== null)!;
		expect(standard.map(({ id }) => id)).not.toContain(old.id);
		const period = (await ask(`/v191/organization/payments?paidSince=${old.paidAt}`)).body as Payment[];
		expect(period.map(({ id }) => id)).toContain(old.id);
		const online = (await ask('/v191/organization/payments?methods=Bancontact&providers=Mollie&paidSince=1')).body as Payment[];
		expect(online.length).toBe(payments.filter(({ method, paidAt }) => method === 'Bancontact' && paidAt).length);
	});

	test('goes on after the last payment of a limited list', async () => {
		const all = (await ask('/v191/organization/payments?paidSince=1')).body as Payment[];
		const first = (await ask('/v191/organization/payments?paidSince=1&limit=10')).body as Payment[];
		const last = first[9];
		const rest = (await ask(`/v191/organization/payments?paidSince=${last.paidAt}&afterId=${last.id}`)).body as Payment[];
		expect([...first, ...rest].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
	});

	test('pages of orders hold every order of the webshop once', async () => {
		await sandbox.close();
		await start({ line: 'documented', payments: 1200 });
		const { webshops, orders } = sandbox.state;
		const ids: string[] = [];
		let next: Record<string, string> | undefined = {};
		while (next) {
			const { body } = await ask(`/v191/webshop/${webshops[0].id}/orders?${new URLSearchParams(next)}`);
			ids.push(...body.results.map(({ id }: { id: string }) => id));
			next = body.next;
		}
		const expected = orders.filter(({ webshop }) => webshop === webshops[0]).map(({ id }) => id);
		expect(expected.length).toBeGreaterThan(100);
		expect(ids.sort()).toEqual(expected.sort());
	});

	test('knows its own versions only', async () => {
		expect((await ask('/v167/user')).body.errors[0].code).toBe('client_update_required');
		expect((await ask('/v247/user')).status).toBe(200);
		expect(await ask('/v398/user')).toMatchObject({ status: 404, body: 'Endpoint not found.' });
	});
});

describe('an older server of the current line', () => {
	beforeEach(async () => await start({ line: 'current', payments: 20, serverVersion: RECORDED_VERSION }));

	test('does not know the filter on webshops', async () => {
		const filter = { balanceItemPayments: { $elemMatch: { balanceItem: { order: { $elemMatch: { webshopId: 'x' } } } } } };
		const answer = await ask(`/v411/payments?${new URLSearchParams({ limit: '1', sort: 'id ASC', filter: JSON.stringify(filter) })}`);
		expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'unknown_filter']);
	});

	test('has no breakdowns', async () => {
		expect((await ask('/v411/payments/breakdown')).status).toBe(404);
	});
});

const LIST = '?limit=100&sort=id%20ASC';

/** Who may read what, as three keys were seen to on the real server; the other keys follow from its source. */
const READS: Array<[path: string, keys: KeyName[]]> = [
	[`/payments${LIST}`, ['full', 'payments', 'finance']],
	['/payments/count', ['full', 'payments', 'finance']],
	['/payments/breakdown', ['full', 'payments', 'finance']],
	[`/balance-items${LIST}`, ['full', 'payments', 'finance']],
	['/balance-items/breakdown', ['full', 'payments', 'finance']],
	[`/receivable-balances${LIST}`, ['full', 'finance']],
	[`/invoices${LIST}`, ['full', 'finance']],
	[`/webshop/orders${LIST}`, ['full', 'withoutPayments', 'webshops', 'readWebshops', 'scan']],
	[`/webshop/tickets/private${LIST}`, ['full', 'webshops', 'scan']],
	[`/members${LIST}`, ['full', 'withoutPayments', 'members']],
	[`/registrations${LIST}`, ['full', 'withoutPayments', 'members']],
	[`/organization/documents${LIST}`, ['full']],
	[`/organization/document-templates${LIST}`, ['full']],
	[`/groups${LIST}`, ['full', 'withoutPayments', 'payments', 'finance', 'webshops', 'oneWebshop', 'readWebshops', 'scan', 'members', 'nothing']],
	['/user', ['full', 'withoutPayments', 'payments', 'finance', 'webshops', 'oneWebshop', 'readWebshops', 'scan', 'members', 'nothing']],
];

describe('what a key reaches on the current line', () => {
	beforeEach(async () => await start({ line: 'current', payments: 120 }));

	test.each(READS)('%s', async (path, allowed) => {
		const statuses = await Promise.all(
			Object.entries(sandbox.state.keys).map(async ([name, key]) => [name, (await ask(`/v411${path}`, { key })).status]),
		);
		expect(Object.fromEntries(statuses)).toEqual(
			Object.fromEntries(Object.keys(sandbox.state.keys).map((name) => [name, allowed.includes(name as KeyName) ? 200 : 403])),
		);
	});

	test('a key without rights on webshops sees none, without an error', async () => {
		const key = sandbox.state.keys.payments;
		expect((await ask('/v411/organization', { key })).body.webshops).toEqual([]);
		const page = (await ask('/v411/webshops?limit=2&sort=id%20ASC', { key })).body;
		expect([page.results, page.next]).toEqual([[], expect.anything()]);
	});

	test('a key for one webshop sees its orders, and is refused those of all', async () => {
		const { keys, webshops, orders } = sandbox.state;
		const filter = JSON.stringify({ webshopId: webshops[0].id });
		const own = await ask(`/v411/webshop/orders${LIST}&${new URLSearchParams({ filter })}`, { key: keys.oneWebshop });
		expect(own.body.results).toHaveLength(orders.filter(({ webshop }) => webshop === webshops[0]).length);
		expect((await ask(`/v411/webshop/orders${LIST}`, { key: keys.oneWebshop })).status).toBe(403);
	});

	test('the user behind a key tells its rights', async () => {
		const { keys, organization } = sandbox.state;
		const permissions = async (key: string) => (await ask('/v411/user', { key })).body.permissions?.organizationPermissions[organization.id];
		expect((await permissions(keys.full)).level).toBe('Full');
		expect((await permissions(keys.payments)).roles).toHaveLength(1);
		expect((await permissions(keys.webshops)).resources.Webshops['']).toMatchObject({ l: 'Full' });
		expect(await permissions(keys.nothing)).toBeUndefined();
	});
});

describe('lists of the current line beside payments', () => {
	beforeEach(async () => await start({ line: 'current', payments: 300 }));
	const list = async (path: string, filter?: object) =>
		(await ask(`/v411${path}${LIST}${filter ? `&${new URLSearchParams({ filter: JSON.stringify(filter) })}` : ''}`)).body;

	test('the same euro stands in the balance of a member, of a registration and of a family', async () => {
		const open = async (objectType: string) =>
			((await list('/receivable-balances', { objectType })).results as Array<{ amountOpen: number }>).reduce((sum, { amountOpen }) => sum + amountOpen, 0);
		const members = await open('member');
		expect(members).toBeGreaterThan(0);
		expect(await open('registration')).toBe(members);
		expect(await open('user')).toBeLessThanOrEqual(members);
	});

	test('one balance shows its lines', async () => {
		const [{ object, objectType, amountOpen }] = (await list('/receivable-balances', { amountOpen: { $gt: 0 } })).results;
		const { body } = await ask(`/v411/receivable-balances/${objectType}/${object.id}`);
		expect(body).toMatchObject({ amountOpen, balanceItems: [expect.objectContaining({ status: 'Due' })] });
	});

	test('balance items have a description, what is due and what is paid', async () => {
		const open = (await list('/balance-items', { priceOpen: { $gt: 0 } })).results;
		expect(open.length).toBeGreaterThan(10);
		for (const { unitPrice, amount, pricePaid, pricePending } of open) expect(unitPrice * amount - pricePaid - pricePending).toBeGreaterThan(0);
		const { body } = await ask('/v411/balance-items/breakdown');
		expect(body).toMatchObject({ balanceItemCount: (await ask('/v411/balance-items/count')).body.count });
	});

	test('members and registrations come as objects with the records in them', async () => {
		const { results } = await list('/members');
		expect(results.members[0]).toMatchObject({ details: { firstName: expect.any(String), parents: expect.any(Array) } });
		const group = sandbox.state.groups[6];
		const registered = await list('/registrations', { groupId: group.id });
		expect(registered.results.registrations.length).toBeGreaterThan(0);
		for (const one of registered.results.registrations) expect(one.group.id).toBe(group.id);
		const members = await list('/members', { registrations: { $elemMatch: { groupId: group.id } } });
		const active = registered.results.registrations.filter(({ deactivatedAt }: { deactivatedAt: number | null }) => deactivatedAt === null);
		expect(members.results.members).toHaveLength(new Set(active.map(({ memberId }: { memberId: string }) => memberId)).size);
	});

	test('registrations are listed by their date, page by page, each once', async () => {
		const ids: string[] = [];
		let next: Record<string, string> | undefined = { limit: '20', sort: 'registeredAt ASC' };
		while (next) {
			const { body } = await ask(`/v411/registrations?${new URLSearchParams(next)}`);
			ids.push(...body.results.registrations.map(({ id }: { id: string }) => id));
			next = body.next;
		}
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toHaveLength(sandbox.state.registrations.length);
	});

	test('invoices add up, and a credit note takes one back', async () => {
		const { results } = await list('/invoices');
		for (const { VATTotal, number } of results) {
			const { payment, totalWithVAT } = sandbox.state.invoices.find((one) => one.number === number)!;
			expect(Math.abs(totalWithVAT)).toBe(payment.price);
			expect(VATTotal[0].taxablePrice + VATTotal[0].VAT).toBe(totalWithVAT * 100);
		}
		expect(results.some(({ negativeInvoiceId }: { negativeInvoiceId: string | null }) => negativeInvoiceId)).toBe(true);
	});

	test('a document is there as HTML', async () => {
		const [{ id }] = (await list('/organization/documents', { status: 'Published' })).results;
		const answer = await ask(`/v411/documents/${id}/html`);
		expect(answer.body).toContain('Fiscaal attest');
	});

	test('a list is sorted only by what the server sorts by', async () => {
		const answer = await ask('/v411/balance-items?limit=1&sort=updatedAt%20ASC');
		expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'sort']);
	});

	test('the breakdown of payments counts what the list has, with the fees', async () => {
		const { body } = await ask('/v411/payments/breakdown');
		expect(body.paymentCount).toBe(300);
		expect(body.price).toBe(sandbox.state.payments.reduce((sum, { price }) => sum + price * 100, 0));
		expect(body.byAccount.reduce((sum: number, { price }: { price: number }) => sum + price, 0)).toBe(body.price);
		expect(body.transferFee).toBeGreaterThan(0);
	});
});

describe.each([
	{ line: 'current' as const, version: 411 },
	{ line: 'documented' as const, version: 191 },
])('changing orders on the $line line', ({ line, version }) => {
	beforeEach(async () => await start({ line, payments: 60 }));
	const change = async (changes: object[], key?: string) =>
		await ask(`/v${version}/webshop/${sandbox.state.webshops[0].id}/orders`, { method: 'PATCH', body: patch(...changes), key });
	const own = () => sandbox.state.orders.filter(({ webshop }) => webshop === sandbox.state.webshops[0]);

	test('status and data, of what stands before an unknown id', async () => {
		const [first, second] = own();
		const customer = { _isPatch: true, email: 'new@example.com' };
		expect((await change([{ id: first.id, status: 'Completed', data: { _isPatch: true, comments: 'Klaar', customer } }])).status).toBe(200);
		expect(first).toMatchObject({ status: 'Completed', comments: 'Klaar', customer: { email: 'new@example.com', firstName: first.customer.firstName } });
		const answer = await change([{ id: first.id, status: 'Prepared' }, { id: UNKNOWN_ID, status: 'Prepared' }, { id: second.id, status: 'Prepared' }]);
		expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'not_found']);
		expect([first.status, second.status === 'Prepared']).toEqual(['Prepared', false]);
	});

	test('only with the right to write', async () => {
		const [{ id }] = own();
		const answer = await change([{ id, status: 'Completed' }], sandbox.state.keys.readWebshops);
		expect([answer.status, answer.body.errors[0].code]).toEqual([404, 'not_found']);
	});

	test('one order needs no right', async () => {
		const [{ id, webshop, number }] = own();
		expect((await ask(`/v${version}/webshop/${webshop.id}/order/${id}`)).body).toMatchObject({ id, number });
	});
});

describe('shop work on the current line', () => {
	beforeEach(async () => await start({ line: 'current', payments: 200 }));

	test('tickets that there are are scanned, the others are named', async () => {
		const [ticket] = sandbox.state.tickets;
		const at = 1_795_000_000_000;
		const body = [{ _isPatch: true, id: UNKNOWN_ID, scannedAt: at }, { _isPatch: true, id: ticket.id, scannedAt: at }];
		const answer = await ask(`/v411/webshop/${ticket.order.webshop.id}/tickets/private`, { method: 'PATCH', body });
		expect(answer.body.errors).toEqual([expect.objectContaining({ code: 'ticket_not_found', field: UNKNOWN_ID })]);
		expect(ticket.scannedAt).toBe(at);
	});

	test('discount codes are made, changed and deleted, each code once', async () => {
		const [webshop] = sandbox.state.webshops;
		const target = `/v411/webshop/${webshop.id}/discount-codes`;
		const send = async (change: object) => await ask(target, { method: 'PATCH', body: { _isPatch: true, changes: [change] } });
		const put = { id: UNKNOWN_ID, code: 'ZOMER', discounts: [{ id: UNKNOWN_ID, orderDiscount: { fixedDiscount: 50_000, percentageDiscount: 0 } }] };
		const [made] = (await send({ put })).body;
		expect(webshop.discountCodes.at(-1)).toMatchObject({ code: 'ZOMER', fixedDiscount: 500 });
		expect((await send({ put })).body.errors[0].code).toBe('used_code');
		await send({ patch: { _isPatch: true, id: made.id, maximumUsage: 5 } });
		expect(webshop.discountCodes.at(-1)).toMatchObject({ code: 'ZOMER', maximumUsage: 5 });
		expect((await send({ delete: made.id })).body).toEqual([]);
		expect((await ask(target)).body).toHaveLength(3);
		expect((await ask(target, { key: sandbox.state.keys.readWebshops })).status).toBe(404);
	});

	test('an order is placed with the checks of the webshop', async () => {
		const { webshops, orders } = sandbox.state;
		const customer = { firstName: 'Jan', lastName: 'Peeters', email: 'jan@example.com', phone: '' };
		const place = async (position: number, more: object = {}) => {
			const { id, products: [product] } = webshops[position];
			const items = [{ id: UNKNOWN_ID, amount: 2, product: { id: product.id, name: product.name }, productPrice: { id: product.prices[0].id } }];
			return await ask(`/v411/webshop/${id}/order`, { method: 'POST', key: null, body: { customer, cart: { items }, paymentMethod: 'Transfer', ...more } });
		};
		const count = orders.length;
		const { body } = await place(0);
		expect(body.order).toMatchObject({ status: 'Created', data: { customer } });
		expect(orders).toHaveLength(count + 1);
		expect((await place(1)).body.errors[0].code).toBe('missing_checkout_method');
		expect((await place(4)).body.errors[0].code).toBe('closed');
		expect(orders).toHaveLength(count + 1);
	});
});

test('the made-up data is the same for the same seed, and its references are valid', async () => {
	const one = await start({ line: 'current', payments: 500 });
	const { payments } = one.state;
	await one.close();
	const again = await start({ line: 'documented', payments: 500 });
	expect(again.state.payments.map(({ id, price }) => [id, price])).toEqual(payments.map(({ id, price }) => [id, price]));
	const structured = payments.flatMap(({ communication }) => (communication?.startsWith('+++') ? [communication] : []));
	expect(structured.length).toBeGreaterThan(50);
	for (const communication of structured) {
		const digits = communication.replace(/[^0-9]/g, '');
		expect(Number(digits.slice(0, 10)) % 97 || 97).toBe(Number(digits.slice(10)));
	}
	expect(payments.some(({ communication }) => /^(\d{4} ){3}\d{4}$/.test(communication ?? ''))).toBe(true);
	expect(payments.some(({ communication }) => /^Bestelling wijn \d+$/.test(communication ?? ''))).toBe(true);
});

test.each([
	['411', { requests: 120, milliseconds: 120_000 }],
	['191', { requests: 150, milliseconds: 150_000 }],
])('the node keeps the limits of the line of the API that is in use, and no others (version %s)', (apiVersion, middle) => {
	expect(stamhoofd.windows({ apiVersion, rateLimitTier: 'standard' })).toEqual([
		{ requests: 25, milliseconds: 5000 },
		middle,
		{ requests: 1000, milliseconds: 3_600_000 },
		{ requests: 2000, milliseconds: 86_400_000 },
	]);
});
