/** Match Bank Transfers on n8n's engine: lines as the banks and the node Bank Statement give them, reviews, second runs. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { BankStatement } from '../../nodes/BankStatement/BankStatement.node';
import type { Month, Transfer } from '../bank/transfers';
import { camt, coda, csv, mt940 } from '../bank/write';
import type { Payment } from '../sandbox/stamhoofd/seed';
import { runNode } from './harness';
import { forgetAll, startProcessedData } from './processedData';
import { input, json, LINES, openTransfers, pairs, useStamhoofd } from './stamhoofd';
import type { Bench } from './stamhoofd';

beforeAll(startProcessedData);
beforeEach(forgetAll);

/** Nothing is filled in but what is given. */
const match = (more: INodeParameters = {}) => ({ resource: 'payment', operation: 'matchBankTransfers', ...more });
const patches = ({ sandbox }: Bench) => sandbox.requests.filter(({ method }) => method === 'PATCH');
const results = (records: IDataObject[]) => records.map(({ result, paymentId }) => [result, paymentId]);
const structuredOnes = ({ sandbox }: Bench) => openTransfers(sandbox).filter(({ communication }) => communication?.startsWith('+++'));
const numbered = ({ sandbox }: Bench) => openTransfers(sandbox).filter(({ communication }) => communication?.startsWith('Bestelling wijn'));
const digitsOf = ({ communication }: Payment) => communication!.replace(/\D/g, '');

describe.each(LINES)('on the $line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 400 });

	const transferFor = (payment: Payment, more: Partial<Transfer> = {}): Transfer => ({
		date: '2026-11-03', valueDate: '2026-11-03', cents: payment.price, name: 'JANSSENS AN', iban: 'BE71096123456769', bic: 'GKCCBEBB', ...more,
	});
	const monthOf = (transfers: Transfer[]): Month => ({
		account: 'BE68539007547034', number: 11, openingCents: 10_000, openingDate: '2026-10-31', closingDate: '2026-11-30', transfers,
	});
	const written = { CODA: coda, 'CAMT.053': camt, MT940: mt940, CSV: (month: Month) => csv('Belfius', month) };

	async function linesIn(content: string): Promise<IDataObject[]> {
		const binary = { data: { data: Buffer.from(content).toString('base64'), mimeType: 'text/plain', fileName: 'statement' } };
		const parameters = { resource: 'statement', operation: 'readFile', check: 'off' };
		return json(await runNode({ node: new BankStatement(), items: [{ json: {}, binary }], parameters }));
	}

	test('the lines of every format are dropped in as they are, give the same, are marked in one batch, and a second run marks nothing', async () => {
		const [one, other] = structuredOnes(bench);
		const [first, second] = numbered(bench);
		const month = monthOf([
			transferFor(one, { belgian: digitsOf(one) }),
			transferFor(first, { text: `${first.communication}, 2 personen` }),
			transferFor(other, { belgian: digitsOf(other), cents: -other.price }),
			transferFor(second, { text: `${first.communication} en ${second.communication}` }),
			transferFor(second, { text: 'Zaalhuur', cents: -5000 }),
		]);
		const expected = [
			['matched', one.id],
			['matched', first.id],
			['noMatch', null],
			['severalCandidates', null],
			['noMatch', null],
		];
		for (const write of Object.values(written)) {
			const lines = await linesIn(write(month));
			expect(lines).toHaveLength(5);
			const result = await bench.run(match(), { items: input(...lines) });
			expect(results(json(result))).toEqual(expected);
			expect(json(result)[0]).toMatchObject({ payerName: 'JANSSENS AN', date: '2026-11-03', markedAsPaid: false, link: expect.stringContaining(one.id) as string });
		}
		const lines = await linesIn(coda(month));
		const marked = json(await bench.run(match({ markAsPaid: true }), { items: input(...lines) }));
		expect(marked.map(({ markedAsPaid }) => markedAsPaid)).toEqual([true, true, false, false, false]);
		expect(patches(bench)).toHaveLength(1);
		const again = json(await bench.run(match({ markAsPaid: true }), { items: input(...lines) }));
		expect(results(again)).toEqual([['alreadyPaid', one.id], ['alreadyPaid', first.id], ...expected.slice(2)]);
		expect(patches(bench)).toHaveLength(1);
	});

	test('a line for several payments gives one item for each of them, all marked', async () => {
		const [first, second] = numbered(bench);
		const items = input(
			{ amount: (first.price + second.price) / 100, communication: `${first.communication} en ${second.communication}` },
			{ amount: 1, communication: 'dank u' },
		);
		const result = await bench.run(match({ markAsPaid: true }), { items });
		expect(json(result)).toMatchObject([
			{ result: 'matched', paymentId: first.id, amountDue: first.price / 100, markedAsPaid: true, payment: { status: 'Succeeded' } },
			{ result: 'matched', paymentId: second.id, amountDue: second.price / 100, markedAsPaid: true, payment: { status: 'Succeeded' } },
			{ result: 'noMatch', paymentId: null, markedAsPaid: false },
		]);
		expect(pairs(result.items)).toEqual([0, 0, 1]);
		expect([first, second].map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded']);
	});

	test('where only one of two payments could be marked, the line says so', async () => {
		const [first, second] = numbered(bench);
		const when = ({ method, body }: { method: string; body?: unknown }) => method === 'PATCH' && JSON.stringify(body).includes(second.id);
		bench.sandbox.faults.push({ kind: 'status', status: 400, body: { errors: [{ code: 'closed', message: 'closed' }] }, times: Infinity, when });
		const items = input({ amount: (first.price + second.price) / 100, communication: `${first.communication} en ${second.communication}` });
		const [record] = json(await bench.run(match({ markAsPaid: true }), { items, onError: 'continueRegularOutput' }));
		expect(record.error).toContain('1 of the 2 payments of this line are marked as paid');
		expect([first.status, second.status]).toEqual(['Succeeded', 'Created']);
	});

	test.each([
		['Af', { amount: '25,00', direction: 'Af' }],
		['D', { amount: '25,00', direction: 'D' }],
		['DBIT', { amount: 25, direction: 'DBIT' }],
		['a sign', { amount: '-25,00' }],
		['a sign behind it', { amount: '25,00-' }],
		['D behind it', { amount: '25,00 D' }],
		['D before it', { amount: 'D25,00' }],
		['DBIT before it', { amount: 'DBIT 25.00' }],
		['Af behind it', { amount: '25,00 Af' }],
		['RC', { amount: '25,00', direction: 'RC' }],
		['minus', { amount: '25,00', direction: '-' }],
	])('money that went out by %s matches nothing; the one that came in does', async (_, { amount, direction = '' }: { amount: string | number; direction?: string }) => {
		const [one] = structuredOnes(bench);
		one.price = 2500;
		const options = { direction: '={{ $json.direction }}' };
		const { communication } = one;
		const items = input({ amount, direction, communication }, ...['Bij', 'C', 'CRDT', '+', ''].map((mark) => ({ amount: '25,00', direction: mark, communication })));
		const records = json(await bench.run(match({ options }), { items }));
		expect(records.map(({ result }) => result)).toEqual(['noMatch', 'matched', 'alreadyPaid', 'alreadyPaid', 'alreadyPaid', 'alreadyPaid']);
		expect(records.slice(0, 2).map((record) => record.amount)).toEqual([-25, 25]);
	});

	test('a direction that is none is refused, and so is yes or no that is neither; rows without an amount go on', async () => {
		const [one] = structuredOnes(bench);
		const refused = await bench.run(match({ options: { direction: 'sideways' } }), { items: input({ amount: 1, communication: '' }) });
		expect(refused.error?.message).toContain('says neither in nor out');
		const unsure = await bench.run(match({ markAsPaid: '={{ "perhaps" }}' as unknown as boolean }), { items: input({ amount: 1, communication: '' }) });
		expect(unsure.error?.message).toContain('neither yes nor no');
		for (const no of ['false', 'nee', 'no', '0', 'FALSE', '']) {
			const items = input({ amount: '', communication: 'saldo' }, { amount: one.price / 100, communication: one.communication });
			const records = json(await bench.run(match({ markAsPaid: `={{ "${no}" }}` as unknown as boolean }), { items }));
			expect(results(records)).toEqual([['noAmount', null], ['matched', one.id]]);
			expect(records[0].amount).toBeNull();
		}
		expect(patches(bench)).toEqual([]);
	});

	test('a structure of the XML node is read, one that has become a text is refused', async () => {
		const [one] = structuredOnes(bench);
		const amount = one.price / 100;
		const items = input(
			{ amount, communication: { Strd: { CdtrRefInf: { Tp: { CdOrPrtry: { Cd: 'SCOR' }, Issr: 'BBA' }, Ref: digitsOf(one) } } } },
			{ amount, communication: { Ustrd: [one.communication!.slice(0, 9), one.communication!.slice(9)] } },
			{ amount, communication: { Ustrd: { _: one.communication } } },
		);
		expect(results(json(await bench.run(match(), { items })))).toEqual([['matched', one.id], ['alreadyPaid', one.id], ['alreadyPaid', one.id]]);
		const refused = await bench.run(match(), { items: input({ amount, communication: 'REF [object Object]' }) });
		expect(refused.error?.message).toContain('is a structure');
	});

	test('rows that a person has decided on are marked, by ID or by link, and the others are as before', async () => {
		const [one, other, third] = structuredOnes(bench);
		const items = input(
			{ amount: 1, communication: 'spaghetti', chosen: one.id },
			{ amount: 2, communication: '', chosen: `https://stamhoofd.app/beheerders/x/boekhouding/overschrijvingen/${other.id.toUpperCase()}` },
			{ amount: third.price / 100 + 1, communication: third.communication, chosen: '' },
			{ amount: 3, communication: '', chosen: '00000000-0000-4000-8000-000000000000' },
		);
		const decided = match({ markAsPaid: true, options: { paymentId: '={{ $json.chosen }}' } });
		const records = json(await bench.run(decided, { items }));
		expect(results(records)).toEqual([['matched', one.id], ['matched', other.id], ['amountDiffers', third.id], ['noMatch', null]]);
		expect(records[3].reason).toContain('00000000-0000-4000-8000-000000000000');
		expect([one, other, third].map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded', 'Created']);
		expect(patches(bench)).toHaveLength(1);
		const again = json(await bench.run(decided, { items }));
		expect(results(again).slice(0, 2)).toEqual([['alreadyPaid', one.id], ['alreadyPaid', other.id]]);
		const wrong = await bench.run(decided, { items: input({ amount: 1, communication: '', chosen: 'Kamp 2' }) });
		expect(wrong.error?.message).toContain('no ID of a payment');
	});

	test('an old statement finds what was paid at its time', async () => {
		const day = 86_400_000;
		const paid = bench.sandbox.state.payments.filter(({ method, status, price, communication }) => method === 'Transfer' && status === 'Succeeded' && price > 0 && communication?.startsWith('+++'));
		const [old] = paid;
		old.createdAt = Date.now() - 900 * day;
		old.paidAt = Date.now() - 800 * day;
		const date = new Date(old.paidAt - 2 * day).toISOString().slice(0, 10);
		const item = { amount: old.price / 100, communication: old.communication, date };
		expect(results(json(await bench.run(match({ options: { lookBackDays: 30 } }), { items: input(item) })))).toEqual([['noMatch', null]]);
		const dated = match({ options: { lookBackDays: 30, date: '={{ $json.date }}' } });
		expect(results(json(await bench.run(dated, { items: input(item) })))).toEqual([['alreadyPaid', old.id]]);
	});

	test('the link leads to the payment, to the only candidate too; without the name of the organization there is none', async () => {
		const [one] = structuredOnes(bench);
		const wrong = `${one.communication!.slice(0, 5)}${(Number(one.communication![5]) + 1) % 10}${one.communication!.slice(6)}`;
		const items = input({ amount: one.price / 100, communication: one.communication }, { amount: one.price / 100, communication: wrong });
		const { uri } = bench.sandbox.state.organization;
		const link = `https://stamhoofd.app/beheerders/${uri}/boekhouding/overschrijvingen/${one.id}`;
		expect(json(await bench.run(match(), { items }))).toMatchObject([{ link, payment: { link } }, { result: 'invalidCheckDigits', link: null, candidates: [] }]);
		const [first] = json(await bench.run(match(), { items: items.slice(1) }));
		expect(first).toMatchObject({ result: 'invalidCheckDigits', paymentId: null, link, candidates: [{ id: one.id, link }] });
		bench.sandbox.faults.push({ kind: 'status', status: 403, times: Infinity, when: ({ path }) => path.endsWith('/organization') });
		expect(json(await bench.run(match(), { items }))).toMatchObject([{ result: 'matched', link: null }, {}]);
	});
});
