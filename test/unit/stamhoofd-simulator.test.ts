/** Holds the simulators to answers that Stamhoofd's own backend gave: same status, error code, headers and shape. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdOptions, StamhoofdSandbox } from '../sandbox/stamhoofd';
import type { Payment } from '../sandbox/stamhoofd/seed';

interface Recording {
	request: { method: string; path: string; body: unknown; authorization: string | null };
	response: { status: number; headers: Record<string, string>; body: unknown };
}

const FOLDER = path.join(__dirname, '../fixtures/stamhoofd');
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
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
	await start({ line: isCurrent ? 'current' : 'documented', payments: 5, limits: file.includes('rate-limited') });
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
		expect(answer.status).toBe(403);
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
		['$contains on a nested name', { customer: { email: { $contains: 'PEETERS' } } }, ({ customer }) => customer.email.includes('peeters')],
	])('filters by %s', async (_, filter, isWanted) => {
		const expected = sandbox.state.payments.filter(isWanted).length;
		expect(expected).toBeGreaterThan(0);
		expect(expected).toBeLessThan(200);
		const { body } = await ask(`/v398/payments/count?${new URLSearchParams({ filter: JSON.stringify(filter) })}`);
		expect(body).toEqual({ count: expected });
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
