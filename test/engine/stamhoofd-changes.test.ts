import type { INodeParameters } from 'n8n-workflow';

import { byId, ids, input, json, LINES, openTransfers, pairs, UNKNOWN_ID, useStamhoofd } from './stamhoofd';
import type { Bench } from './stamhoofd';

const update = (more: INodeParameters = {}) => ({
	resource: 'payment',
	operation: 'updateStatus',
	paymentId: byId('={{ $json.id }}'),
	status: 'Succeeded',
	...more,
});

const match = (more: INodeParameters = {}) => ({
	resource: 'payment',
	operation: 'matchBankTransfers',
	amount: '={{ $json.amount }}',
	communication: '={{ $json.communication }}',
	...more,
});

const patches = ({ sandbox }: Bench) => sandbox.requests.filter(({ method }) => method === 'PATCH');
const reads = ({ sandbox }: Bench) => sandbox.requests.filter(({ method }) => method === 'GET');
const statusOf = ({ sandbox }: Bench, id: string) => sandbox.state.payments.find((payment) => payment.id === id)?.status;

describe.each(LINES)('Payment: Update Status on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 2000 });
	const unitsPerCent = line === 'current' ? 100 : 1;

	test('300 payments go in three requests, each item with its own payment', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 300);
		expect(wanted).toHaveLength(300);
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id }))) });
		expect(bench.sandbox.requests).toHaveLength(3);
		expect(ids(json(result))).toEqual(ids(wanted));
		expect(pairs(result.items)).toEqual(wanted.map((_, position) => position));
		expect(json(result)[0]).toMatchObject({ status: 'Succeeded', price: wanted[0].price / 100, paidAt: expect.any(String) });
		expect(wanted.every(({ status }) => status === 'Succeeded')).toBe(true);
	});

	test('each item has its own status', async () => {
		const [one, other, third] = openTransfers(bench.sandbox);
		const result = await bench.run(update({ status: '={{ $json.status }}' }), {
			items: input({ id: one.id, status: 'Failed' }, { id: other.id, status: 'Succeeded' }, { id: third.id, status: 'Created' }),
		});
		expect(json(result).map(({ status }) => status)).toEqual(['Failed', 'Succeeded', 'Created']);
		expect([one, other, third].map(({ status }) => status)).toEqual(['Failed', 'Succeeded', 'Created']);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('a status by the name that the field shows is understood, any other is refused without a request', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 3);
		const statuses = ['Betaald', 'unpaid', 'paaid'];
		const result = await bench.run(update({ status: '={{ $json.status }}' }), {
			items: input(...wanted.map(({ id }, position) => ({ id, status: statuses[position] }))),
			onError: 'continueRegularOutput',
		});
		expect(json(result)).toMatchObject([
			{ status: 'Succeeded' },
			{ status: 'Created' },
			{ error: expect.stringContaining('"paaid" is not one of Paid') },
		]);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('paid becomes unpaid again', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		await bench.run(update(), { items: input({ id }) });
		const result = await bench.run(update({ status: 'Created' }), { items: input({ id }) });
		expect(json(result)).toEqual([expect.objectContaining({ id, status: 'Created', isOpen: true, paidAt: null })]);
	});

	test('payments that were paid long ago, which the first line does not list, go through beside one that there is not', async () => {
		const old = bench.sandbox.state.payments
			.filter(({ method, status, price, paidAt }) => method === 'Transfer' && status === 'Succeeded' && price > 0 && paidAt !== null)
			.sort((one, other) => one.paidAt! - other.paidAt!)
			.slice(0, 3);
		const result = await bench.run(update({ status: 'Created' }), {
			items: input(...[old[0].id, UNKNOWN_ID, old[1].id, old[2].id].map((id) => ({ id }))),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ id, status, error }) => (error ? 'error' : [id, status]))).toEqual([
			[old[0].id, 'Created'],
			'error',
			[old[1].id, 'Created'],
			[old[2].id, 'Created'],
		]);
		expect(old.map(({ status }) => status)).toEqual(['Created', 'Created', 'Created']);
	});

	test('gives the answer of the API as it came with Simplify off', async () => {
		const [{ id, price }] = openTransfers(bench.sandbox);
		const [record] = json(await bench.run(update({ simplify: false }), { items: input({ id }) }));
		expect(record).toMatchObject({ id, price: price * unitsPerCent, balanceItemPayments: expect.any(Array) });
	});

	test('the same payment in two items is changed once and given to both', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		const result = await bench.run(update(), { items: input({ id }, { id }) });
		expect(ids(json(result))).toEqual([id, id]);
		expect(patches(bench)[0].body).toMatchObject({ changes: [{ patch: { id } }] });
	});

	test('two statuses for one payment are refused, and neither is carried out', async () => {
		const [{ id }, other] = openTransfers(bench.sandbox);
		const result = await bench.run(update({ status: '={{ $json.status }}' }), {
			items: input({ id, status: 'Failed' }, { id, status: 'Succeeded' }, { id: other.id, status: 'Succeeded' }),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error === undefined)).toEqual([false, false, true]);
		expect(statusOf(bench, id)).toBe('Created');
		expect(other.status).toBe('Succeeded');
	});

	test('a wrong id costs only its own item', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 20);
		const all = [...wanted.slice(0, 10).map(({ id }) => id), UNKNOWN_ID, ...wanted.slice(10).map(({ id }) => id)];
		const result = await bench.run(update(), {
			items: input(...all.map((id) => ({ id }))),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error === undefined)).toEqual(all.map((id) => id !== UNKNOWN_ID));
		expect(ids(json(result))).toEqual(all);
		expect(pairs(result.items)).toEqual(all.map((_, position) => position));
		expect(wanted.every(({ status }) => status === 'Succeeded')).toBe(true);
		expect(patches(bench)).toHaveLength(2);
		expect(reads(bench)).toHaveLength(1);
	});

	test('several wrong ids, the error output and the input of what failed', async () => {
		const [one, other] = openTransfers(bench.sandbox);
		const wrong = UNKNOWN_ID.replace(/0$/, '1');
		const result = await bench.run(update(), {
			items: input({ id: UNKNOWN_ID, row: 1 }, { id: one.id, row: 2 }, { id: wrong, row: 3 }, { id: other.id, row: 4 }),
			onError: 'continueErrorOutput',
		});
		expect(ids(json(result))).toEqual([one.id, other.id]);
		expect(result.errorItems.map((item) => item.json)).toEqual([
			expect.objectContaining({ id: UNKNOWN_ID, row: 1, error: expect.stringContaining('ID') }),
			expect.objectContaining({ id: wrong, row: 3, error: expect.stringContaining('ID') }),
		]);
		expect([one.status, other.status]).toEqual(['Succeeded', 'Succeeded']);
	});

	test('an id that is none keeps everything from being sent where the workflow stops on errors', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		const result = await bench.run(update(), { items: input({ id }, { id: '' }) });
		expect(result.error).toBeDefined();
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('an id that is none fails only its own item where the workflow goes on', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		const result = await bench.run(update(), {
			items: input({ id: '../x' }, { id }, {}),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error === undefined)).toEqual([false, true, false]);
		expect(statusOf(bench, id)).toBe('Succeeded');
	});

	const carriedOut = ['cutAfter', 'truncated', 'html', 'empty'] as const;
	test.each(carriedOut)('an answer lost by "%s" is not sent again; the payments are looked at instead', async (kind) => {
		const wanted = openTransfers(bench.sandbox).slice(0, 3);
		bench.sandbox.faults.push({ kind, when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id }))) });
		expect(patches(bench)).toHaveLength(1);
		expect(json(result).map(({ id, status }) => [id, status])).toEqual(wanted.map(({ id }) => [id, 'Succeeded']));
	});

	const notCarriedOut = [
		{ kind: 'cutBefore' as const, status: undefined },
		{ kind: 'status' as const, status: 500 },
		{ kind: 'status' as const, status: 502 },
		{ kind: 'status' as const, status: 503 },
		{ kind: 'status' as const, status: 503, headers: { 'retry-after': '1' } },
	];
	test.each(notCarriedOut)('what was not carried out ($kind $status) is not sent again and is reported', async (fault) => {
		const wanted = openTransfers(bench.sandbox).slice(0, 3);
		bench.sandbox.faults.push({ ...fault, when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), {
			items: input(...wanted.map(({ id }) => ({ id }))),
			onError: 'continueRegularOutput',
		});
		expect(patches(bench)).toHaveLength(1);
		expect(json(result).map(({ error }) => error)).toEqual(wanted.map(() => expect.stringContaining('Created')));
		expect(wanted.every(({ status }) => status === 'Created')).toBe(true);
	});

	test('an empty answer to what was not carried out is no success', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		bench.sandbox.faults.push({ kind: 'status', status: 200, body: '', when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input({ id }), onError: 'continueRegularOutput' });
		expect(json(result)).toEqual([expect.objectContaining({ id, error: expect.stringContaining('Created') })]);
		expect(patches(bench)).toHaveLength(1);
	});

	test('where the look at the payments fails too, the items say that their state is unknown', async () => {
		const [one, other] = openTransfers(bench.sandbox);
		bench.sandbox.faults.push(
			{ kind: 'cutAfter', when: ({ method }) => method === 'PATCH' },
			{ kind: 'status', status: 403, when: ({ method }) => method === 'GET' },
		);
		const result = await bench.run(update(), { items: input({ id: one.id }, { id: other.id }), onError: 'continueRegularOutput' });
		expect(json(result).map(({ error }) => error)).toEqual(Array(2).fill(expect.stringContaining('unknown whether')));
		expect(patches(bench)).toHaveLength(1);
	});

	test.each([
		{ status: 429, body: { errors: [{ id: 'x', code: 'rate_limit', message: 'Retry after 1s.' }] } },
		{ status: 429, headers: { 'retry-after': '1' } },
	])('a refusal before acting ($status) is sent again', async (fault) => {
		const [{ id }] = openTransfers(bench.sandbox);
		bench.sandbox.faults.push({ kind: 'status', ...fault, when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input({ id }) });
		expect(json(result)).toEqual([expect.objectContaining({ id, status: 'Succeeded' })]);
		expect(patches(bench)).toHaveLength(2);
	});

	test('n8n\'s own "Retry On Fail" does no harm', async () => {
		const [{ id }] = openTransfers(bench.sandbox);
		bench.sandbox.faults.push({ kind: 'cutBefore', when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input({ id }), retryOnFail: true });
		expect(json(result)).toEqual([expect.objectContaining({ id, status: 'Succeeded' })]);
	});

	test.each([
		['an organization that Stamhoofd does not know', { organizationId: UNKNOWN_ID }, '/{organizationId}', /does not know the organization ID/],
		['a key that it does not know', { apiKey: 'wrong' }, '', /does not know this API key/],
	])('%s is said at once, since nothing can have been changed', async (_, wrong, path, expected) => {
		Object.assign(bench.credentials, { baseUrl: `${bench.sandbox.url}${path}` }, wrong);
		const wanted = openTransfers(bench.sandbox).slice(0, 2);
		const result = await bench.run(update(), {
			items: input(...wanted.map(({ id }) => ({ id }))),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error)).toEqual(Array(2).fill(expect.stringMatching(expected)));
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('a key without the payments right is told which right it lacks, with few requests', async () => {
		bench.credentials.apiKey = bench.sandbox.state.keys.withoutPayments;
		const wanted = openTransfers(bench.sandbox).slice(0, 120);
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id }))), onError: 'continueRegularOutput' });
		expect(json(result)).toHaveLength(wanted.length);
		for (const { error } of json(result)) expect(error).toMatch(/lacks the right to manage transfers.*Nothing was changed/);
		expect(patches(bench)).toHaveLength(1);
		expect(bench.sandbox.requests.length).toBeLessThanOrEqual(3);
		expect(wanted.every(({ status }) => status === 'Created')).toBe(true);
	});

	test('a key that lists the payments but may not change them is told so', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 5);
		const body = { errors: [{ code: 'not_found', message: 'Payment not found', human: 'Deze betaling werd niet gevonden.' }] };
		bench.sandbox.faults.push({ kind: 'status', status: 400, body, times: Infinity, when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id }))), onError: 'continueRegularOutput' });
		for (const { error } of json(result)) expect(error).toMatch(/lacks the right to manage transfers/);
		expect(bench.sandbox.requests).toHaveLength(2);
	});

	test('where the workflow stops, the error says what became of every item', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 10);
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id })), { id: UNKNOWN_ID }) });
		expect(result.error?.message).toMatch(/knows no payment with this ID/);
		expect(result.error?.description).toMatch(/Done, and stays done: items 0 \(/);
		expect(result.error?.description).toMatch(/Refused: item 10/);
		expect(wanted.every(({ status }) => status === 'Succeeded')).toBe(true);
	});
});

describe('Payment: Update Status where the server refuses a kind of payment', () => {
	const bench = useStamhoofd({ line: 'current', payments: 500 });

	test('a version that is too old is said, not that the outcome is unknown', async () => {
		bench.credentials.apiVersion = '191';
		const [{ id }] = openTransfers(bench.sandbox);
		const result = await bench.run(update(), { items: input({ id }) });
		expect(result.error?.message).toMatch(/no longer accepts API version 191/);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('a key for one webshop changes what is paid for its orders, and says what it may not', async () => {
		const { keys, webshops } = bench.sandbox.state;
		bench.credentials.apiKey = keys.oneWebshop;
		const transfers = openTransfers(bench.sandbox);
		const own = transfers.filter(({ order }) => order?.webshop === webshops[0]).slice(0, 2);
		const other = transfers.find(({ order }) => order?.webshop === webshops[1])!;
		const result = await bench.run(update(), {
			items: input({ id: own[0].id }, { id: other.id }, { id: own[1].id }),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error)).toEqual([undefined, ...Array(2).fill(expect.stringMatching(/lacks the right/))]);
		expect([own[0].status, other.status, own[1].status]).toEqual(['Succeeded', 'Created', 'Created']);
	});

	test('an online payment fails alone and says what it is now', async () => {
		const [one, other] = openTransfers(bench.sandbox);
		const online = bench.sandbox.state.payments.find(({ method, status }) => method === 'Bancontact' && status === 'Failed')!;
		const result = await bench.run(update(), {
			items: input({ id: one.id }, { id: online.id }, { id: other.id }),
			onError: 'continueRegularOutput',
		});
		expect(json(result).map(({ error }) => error)).toEqual([undefined, expect.stringContaining('It is Failed now'), undefined]);
		expect([one.status, online.status, other.status]).toEqual(['Succeeded', 'Failed', 'Succeeded']);
	});

	test('where it refuses them all, not each costs a request', async () => {
		const wanted = openTransfers(bench.sandbox).slice(0, 60);
		expect(wanted).toHaveLength(60);
		const body = { errors: [{ code: 'closed', message: 'The books are closed', human: 'De boeken zijn gesloten' }] };
		bench.sandbox.faults.push({ kind: 'status', status: 400, body, times: Infinity, when: ({ method }) => method === 'PATCH' });
		const result = await bench.run(update(), { items: input(...wanted.map(({ id }) => ({ id }))), onError: 'continueRegularOutput' });
		expect(patches(bench).length).toBeLessThanOrEqual(30);
		expect(json(result)).toHaveLength(60);
		for (const { error, details } of json(result)) {
			expect(error).toMatch(/It is Created now|Nothing was changed for this item/);
			expect(details).toContain('De boeken zijn gesloten');
		}
	});
});

describe.each(LINES)('Payment: Match Bank Transfers on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 1000 });
	// The simulator's payments do not grow old with the calendar's.
	const options = { lookBackDays: 36_500 };
	const euro = (cents: number) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
	const structured = () => openTransfers(bench.sandbox).filter(({ communication }) => communication?.startsWith('+++'));

	test('finds the payment of each line with one list, whatever the spelling', async () => {
		const [one, other] = structured();
		const byNumber = openTransfers(bench.sandbox).find(({ communication }) => communication?.startsWith('Bestelling wijn'))!;
		const dutch = openTransfers(bench.sandbox).find(({ communication }) => /^\d{4} /.test(communication ?? ''))!;
		const lines = [
			{ amount: euro(one.price), communication: one.communication!, payment: one },
			{ amount: other.price / 100, communication: other.communication!.replace(/\D/g, ''), payment: other },
			{ amount: euro(byNumber.price), communication: `Betaling ${byNumber.communication} mvg`, payment: byNumber },
			{ amount: euro(dutch.price), communication: dutch.communication!.replaceAll(' ', ''), payment: dutch },
		];
		const result = await bench.run(match({ options }), {
			items: input(...lines.map(({ amount, communication }) => ({ amount, communication }))),
		});
		expect(json(result)).toEqual(
			lines.map(({ payment }) =>
				expect.objectContaining({ result: 'matched', paymentId: payment.id, amountDue: payment.price / 100, markedAsPaid: false }),
			),
		);
		expect(pairs(result.items)).toEqual([0, 1, 2, 3]);
		expect(patches(bench)).toEqual([]);
		// Pages of one list, and on the first line the list of open ones besides.
		expect(bench.sandbox.requests.length).toBeLessThanOrEqual(7);
	});

	test('says why a line matches nothing', async () => {
		const [one] = structured();
		const digits = one.communication!.replace(/\D/g, '');
		const wrongCheck = digits.slice(0, 10) + String((Number(digits.slice(10)) % 97) + 1).padStart(2, '0');
		const result = await bench.run(match({ options }), {
			items: input(
				{ amount: euro(one.price + 1), communication: one.communication },
				{ amount: '25,00', communication: wrongCheck },
				{ amount: '25,00', communication: 'dank u voor de fijne avond' },
			),
		});
		expect(json(result).map((record) => [record.result, record.paymentId])).toEqual([
			['amountDiffers', one.id],
			['invalidCheckDigits', null],
			['noMatch', null],
		]);
	});

	test('knows what was paid already', async () => {
		const lately = bench.sandbox.state.payments.filter(
			({ method, status, communication }) => method === 'Transfer' && status === 'Succeeded' && communication?.startsWith('+++'),
		);
		const { price, communication, id } = lately.at(-1)!;
		const [record] = json(
			await bench.run(match({ options }), { items: input({ amount: euro(price), communication }) }),
		);
		expect(record).toMatchObject({ result: 'alreadyPaid', paymentId: id, markedAsPaid: false });
	});

	test('knows what was paid lately though it was made out long ago, and not what was paid before', async () => {
		const day = 86_400_000;
		const old = bench.sandbox.state.payments.filter(
			({ method, status, price, communication }) => method === 'Transfer' && status === 'Succeeded' && price > 0 && communication?.startsWith('+++'),
		);
		const [lately, before] = [old[0], old[1]];
		lately.paidAt = Date.now() - 20 * day;
		before.paidAt = Date.now() - 40 * day;
		const result = await bench.run(match({ options: { lookBackDays: 30 } }), {
			items: input(...[lately, before].map(({ price, communication }) => ({ amount: euro(price), communication }))),
		});
		expect(json(result).map((record) => [record.result, record.paymentId])).toEqual([['alreadyPaid', lately.id], ['noMatch', null]]);
	});

	test('a line without a communication matches nothing', async () => {
		const result = await bench.run(match({ options, communication: '={{ null }}' }), { items: input({ amount: '25,00' }) });
		expect(json(result)).toMatchObject([{ result: 'noMatch', communication: '' }]);
	});

	test('marks only what matches exactly as paid, all in one request', async () => {
		const [one, other, third] = structured();
		const result = await bench.run(match({ options, markAsPaid: true }), {
			items: input(
				{ amount: euro(one.price), communication: one.communication },
				{ amount: euro(other.price + 100), communication: other.communication },
				{ amount: euro(third.price), communication: third.communication },
			),
		});
		expect(json(result).map(({ result: found, markedAsPaid }) => [found, markedAsPaid])).toEqual([
			['matched', true],
			['amountDiffers', false],
			['matched', true],
		]);
		expect([one, other, third].map(({ status }) => status)).toEqual(['Succeeded', 'Created', 'Succeeded']);
		expect(patches(bench)).toHaveLength(1);
	});

	test('a second line for a payment shows it as the first has left it', async () => {
		const [one] = structured();
		const bankLine = { amount: euro(one.price), communication: one.communication };
		const result = await bench.run(match({ options, markAsPaid: true }), { items: input(bankLine, bankLine) });
		expect(json(result)).toMatchObject([
			{ result: 'matched', markedAsPaid: true, payment: { status: 'Succeeded' } },
			{ result: 'alreadyPaid', markedAsPaid: false, payment: { id: one.id, status: 'Succeeded' } },
		]);
	});

	test('an amount that is none fails only its own line', async () => {
		const [one] = structured();
		const result = await bench.run(match({ options }), {
			items: input({ amount: 'abc', communication: 'x' }, { amount: euro(one.price), communication: one.communication }),
			onError: 'continueRegularOutput',
		});
		expect(json(result)).toEqual([
			expect.objectContaining({ amount: 'abc', error: expect.stringContaining('not an amount') }),
			expect.objectContaining({ result: 'matched', paymentId: one.id }),
		]);
	});
});
