/** Who owes what, totals, invoices, and what a key may do. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { timeOf } from '../../nodes/operation/time';
import { balanceItems, openOf, receivables, totalsOf } from '../sandbox/stamhoofd/balances';
import type { ReceivableType } from '../sandbox/stamhoofd/balances';
import { diceOf } from '../sandbox/seed';
import { refundOf } from '../sandbox/stamhoofd/seedBooks';
import { byId, ids, input, json, useStamhoofd } from './stamhoofd';

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

describe('the treasurer on the current line', () => {
	const bench = useStamhoofd({ line: 'current', payments: 500 });
	const run = async (resource: string, operation: string, more: INodeParameters = {}) => json(await bench.run({ resource, operation, ...more }));
	const paths = () => bench.sandbox.requests.map(({ path }) => path.replace(/^\/v\d+/, ''));

	test('a period before a date leaves out what is not paid, in one list', async () => {
		const { payments } = bench.sandbox.state;
		const paidAt = payments.flatMap((one) => one.paidAt ?? []).sort((one, other) => one - other)[30];
		const records = await run('payment', 'getAll', { returnAll: true, filters: { paidBefore: iso(paidAt) } });
		const expected = payments.filter((one) => one.paidAt !== null && one.paidAt < paidAt);
		expect(expected).toHaveLength(30);
		expect(ids(records).sort()).toEqual(ids(expected).sort());
	});

	test('the newest server filters by webshop itself, so a limit costs one request; which it can is asked once', async () => {
		const { webshops } = bench.sandbox.state;
		const filters = { webshopId: byId(webshops[1].id) };
		expect(await run('payment', 'getAll', { limit: 5, filters })).toHaveLength(5);
		expect(paths()).toEqual(['/payments/count', '/payments']);
		await run('payment', 'getAll', { limit: 5, filters: { webshopId: byId(webshops[2].id) } });
		expect(paths()).toEqual(['/payments/count', '/payments', '/payments']);
		expect(await run('payment', 'count', { filters })).toEqual([
			{ count: bench.sandbox.state.payments.filter(({ order }) => order?.webshop === webshops[1]).length },
		]);
	});

	test('count takes one request', async () => {
		const filters = { status: ['Created'] };
		expect(await run('payment', 'count', { filters })).toEqual([
			{ count: bench.sandbox.state.payments.filter(({ status }) => status === 'Created').length },
		]);
		expect(bench.sandbox.requests).toHaveLength(1);
	});

	test('a payment says what is booked: company, fee, payout, refund, invoice', async () => {
		const { state } = bench.sandbox;
		const paid = state.payments.find(({ settlement, company }) => settlement !== null && company === null)!;
		const refund = refundOf(paid, 250, diceOf(9));
		state.payments.push(refund);
		const billed = state.payments.find(({ invoice }) => invoice)!;
		const records = json(
			await bench.run({ resource: 'payment', operation: 'get', paymentId: byId('={{ $json.id }}') }, { items: input({ id: paid.id }, { id: refund.id }, { id: billed.id }) }),
		);
		expect(records).toMatchObject([
			{
				type: 'Payment',
				transferFee: paid.transferFee / 100,
				payoutReference: paid.settlement!.reference,
				payoutAt: timeOf(paid.settlement!.settledAt),
				refundedAmount: 2.5,
				customerCompany: null,
			},
			{ type: 'Refund', price: -2.5, refundOfPaymentId: paid.id },
			{ customerCompany: billed.company!.name, invoiceId: billed.invoice!.id, customerName: expect.stringContaining(billed.customer.lastName) },
		]);
	});

	test('a membership fee names the member and the group', async () => {
		const fee = bench.sandbox.state.payments.find(({ registration }) => registration)!;
		const [record] = await run('payment', 'get', { paymentId: byId(fee.id) });
		const { member, group } = fee.registration!;
		expect(record).toMatchObject({ memberName: `${member.firstName} ${member.lastName}`, groupName: group.name, webshopName: null });
	});

	describe('Balance', () => {
		const open = (types: ReceivableType[]) =>
			receivables(bench.sandbox.state).filter((one) => types.includes(one.type) && totalsOf(one).amountOpen > 0);

		test('Get Many Receivables gives every euro once, the largest amount first', async () => {
			const records = await run('balance', 'getReceivables', { returnAll: true });
			const expected = open(['member', 'userWithoutMembers', 'organization']);
			expect(expected.length).toBeGreaterThan(20);
			expect(records.map(({ id }) => id).sort()).toEqual(expected.map(({ objectId }) => objectId).sort());
			const amounts = records.map(({ amountOpen }) => Number(amountOpen));
			expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
			const one = expected.find(({ type }) => type === 'member')!;
			expect(records.find(({ id }) => id === one.objectId)).toMatchObject({
				name: one.name,
				email: one.contacts[0].emails[0],
				amountOpen: totalsOf(one).amountOpen / 100,
				type: 'member',
			});
		});

		test('Get Many Receivables gives others on demand, and asks for no more than the limit', async () => {
			const records = await run('balance', 'getReceivables', { limit: 3, filters: { debtor: ['organization'], amountOpen: '100' } });
			expect(records).toHaveLength(2);
			expect(records.every(({ type }) => type === 'organization')).toBe(true);
			const families = await run('balance', 'getReceivables', { returnAll: true, filters: { debtor: ['user'] } });
			expect(families).toHaveLength(open(['user']).length);
		});

		test('Get Receivable has the lines', async () => {
			const [one] = open(['member']);
			const [record] = await run('balance', 'getReceivable', { debtor: 'member', debtorId: one.objectId });
			expect(record).toMatchObject({ id: one.objectId, amountOpen: totalsOf(one).amountOpen / 100, items: expect.stringContaining('Lidgeld') });
		});

		test('Get Many Items says of each line what is due, paid and open', async () => {
			const expected = balanceItems(bench.sandbox.state).filter((item) => item.status === 'Due' && openOf(item) > 0);
			const records = await run('balance', 'getItems', { returnAll: true, filters: { isOpen: true } });
			expect(ids(records).sort()).toEqual(ids(expected).sort());
			for (const item of expected) {
				expect(records.find(({ id }) => id === item.id)).toMatchObject({
					description: item.description,
					amountDue: (item.unitPrice * item.amount) / 100,
					amountPaid: item.pricePaid / 100,
					amountOpen: openOf(item) / 100,
				});
			}
		});

		test('a canceled item is owed no more', async () => {
			const canceled = balanceItems(bench.sandbox.state).find(({ status, pricePaid }) => status === 'Canceled' && pricePaid === 0)!;
			const [record] = await run('balance', 'getItem', { itemId: canceled.id });
			expect(record).toMatchObject({ status: 'Canceled', amountDue: 0, amountOpen: 0, unitPrice: canceled.unitPrice / 100 });
		});

		test.each<[string, () => IDataObject, (item: ReturnType<typeof balanceItems>[number]) => boolean]>([
			['group', () => ({ groupId: byId(bench.sandbox.state.groups[5].id) }), ({ registration }) => registration?.group === bench.sandbox.state.groups[5]],
			['webshop', () => ({ webshopId: byId(bench.sandbox.state.webshops[0].id) }), ({ payment }) => payment?.order?.webshop === bench.sandbox.state.webshops[0]],
			['kind', () => ({ type: ['Registration'] }), ({ type }) => type === 'Registration'],
			['words', () => ({ search: 'sponsoring' }), ({ description }) => description.startsWith('Sponsoring')],
		])('Get Many Items and Count Items filter by %s', async (_, filters, isWanted) => {
			const expected = balanceItems(bench.sandbox.state).filter(isWanted);
			expect(expected.length).toBeGreaterThan(0);
			const given = { filters: filters() as INodeParameters };
			expect(ids(await run('balance', 'getItems', { returnAll: true, ...given })).sort()).toEqual(ids(expected).sort());
			expect(await run('balance', 'countItems', given)).toEqual([{ count: expected.length }]);
		});

		test('Get Totals adds up, in all and by what it is for', async () => {
			const items = balanceItems(bench.sandbox.state);
			const [total] = await run('balance', 'getTotals', { split: 'nothing' });
			const euros = (of: (item: (typeof items)[number]) => number) => items.reduce((sum, item) => sum + of(item), 0) / 100;
			expect(total).toMatchObject({ amountPaid: euros(({ pricePaid }) => pricePaid), amountOpen: euros(openOf), count: items.length });
			const rows = await run('balance', 'getTotals', { split: 'category' });
			expect(rows.map(({ name }) => name)).toContain('Spaghettiavond');
			expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(Number(total.amountDue), 6);
		});
	});

	test('Payment: Get Totals adds up a period, with fees, and splits it by account', async () => {
		const { payments } = bench.sandbox.state;
		const dates = payments.flatMap((one) => one.paidAt ?? []).sort((one, other) => one - other);
		const [from, to] = [dates[20], dates[90]];
		const own = payments.filter(({ paidAt }) => paidAt !== null && paidAt >= from && paidAt < to);
		const filters = { paidAfter: iso(from), paidBefore: iso(to) };
		const [total] = await run('payment', 'getTotals', { split: 'nothing', filters });
		expect(total).toMatchObject({
			amount: own.reduce((sum, { price }) => sum + price, 0) / 100,
			count: own.length,
			transferFee: own.reduce((sum, { transferFee }) => sum + transferFee, 0) / 100,
		});
		const rows = await run('payment', 'getTotals', { split: 'account', filters });
		expect(rows.length).toBeGreaterThan(2);
		expect(rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(own.length);
		expect(bench.sandbox.requests).toHaveLength(2);
	});

	describe('Invoice', () => {
		test('Get Many gives invoices and credit notes with their VAT', async () => {
			const { invoices } = bench.sandbox.state;
			const records = await run('invoice', 'getAll', { returnAll: true });
			expect(records.map(({ number }) => number).sort()).toEqual(invoices.map(({ number }) => number).sort());
			for (const { number, totalWithVAT, company, credits } of invoices) {
				const record = records.find((one) => one.number === number)!;
				expect(record).toMatchObject({
					total: totalWithVAT / 100,
					customerCompany: company!.name,
					type: credits ? 'CreditNote' : 'Invoice',
					correctsInvoiceId: credits?.id ?? null,
				});
				expect(Number(record.totalWithoutVat) + Number(record.vat)).toBeCloseTo(totalWithVAT / 100, 6);
			}
		});

		test('Get finds one by number or ID, and says when there is none', async () => {
			const [invoice] = bench.sandbox.state.invoices;
			for (const [findBy, value] of [['number', invoice.number!], ['id', invoice.id.toUpperCase()]]) {
				expect(await run('invoice', 'get', { findBy, invoice: value })).toMatchObject([{ id: invoice.id, number: invoice.number }]);
			}
			const none = await bench.run({ resource: 'invoice', operation: 'get', findBy: 'number', invoice: '1999-1' });
			expect(none.error?.message).toMatch(/no such invoice/);
		});

		test('credit notes only, by date, counted', async () => {
			const credits = bench.sandbox.state.invoices.filter((one) => one.credits);
			const dates = credits.map(({ invoicedAt }) => invoicedAt!).sort((one, other) => one - other);
			const filters = { type: 'CreditNote', invoicedBefore: iso(dates.at(-1)!) };
			const expected = credits.filter(({ invoicedAt }) => invoicedAt! < dates.at(-1)!);
			expect(ids(await run('invoice', 'getAll', { returnAll: true, filters })).sort()).toEqual(ids(expected).sort());
			expect(await run('invoice', 'count', { filters })).toEqual([{ count: expected.length }]);
		});
	});

	test.each<[string, INodeParameters, RegExp]>([
		['payments', { resource: 'balance', operation: 'getReceivables' }, /lacks the right to the whole bookkeeping \(Toegang tot volledige boekhouding\)/],
		['payments', { resource: 'invoice', operation: 'getAll' }, /lacks the right to the whole bookkeeping/],
		['payments', { resource: 'member', operation: 'getAll' }, /lacks the right to read the members/],
		['webshops', { resource: 'payment', operation: 'getAll' }, /lacks the right to manage transfers/],
		['webshops', { resource: 'balance', operation: 'getItems' }, /lacks the right to manage transfers/],
		['finance', { resource: 'document', operation: 'getAll' }, /lacks the right of full access to the organization/],
	])('a key with the right to %s is told which right %j needs', async (key, parameters, expected) => {
		bench.credentials.apiKey = bench.sandbox.state.keys[key as 'payments'];
		expect((await bench.run(parameters)).error?.message).toMatch(expected);
	});

	test('orders with a payments key name the right on webshops, not on payments', async () => {
		bench.credentials.apiKey = bench.sandbox.state.keys.payments;
		const result = await bench.run({ resource: 'order', operation: 'getAll', webshopId: byId(bench.sandbox.state.webshops[0].id) });
		expect(result.error?.message).toMatch(/lacks the right to read this webshop \(Webshops: Lezen\)/);
	});

	test('a key is sent without the blanks around it', async () => {
		bench.credentials.apiKey = `  ${bench.sandbox.state.keys.full}\n`;
		expect((await bench.run({ resource: 'payment', operation: 'count' })).error).toBeUndefined();
	});

	describe('API Key: Get Rights', () => {
		test.each<[string, string[]]>([
			['full', ['payments', 'finance', 'readWebshop', 'writeWebshop', 'fullWebshop', 'scan', 'members', 'everything']],
			['payments', ['payments']],
			['finance', ['payments', 'finance']],
			['webshops', ['readWebshop', 'writeWebshop', 'fullWebshop', 'scan']],
			['readWebshops', ['readWebshop']],
			['scan', ['scan']],
			['members', ['members']],
			['nothing', []],
		])('of a key "%s"', async (key, expected) => {
			bench.credentials.apiKey = bench.sandbox.state.keys[key as 'full'];
			const records = await run('apiKey', 'getRights');
			const names = ['payments', 'finance', 'readWebshop', 'writeWebshop', 'fullWebshop', 'scan', 'members', 'everything'];
			expect(names.filter((_, position) => records[position].isGranted)).toEqual(expected);
		});

		test('names the webshops that a right is for', async () => {
			bench.credentials.apiKey = bench.sandbox.state.keys.oneWebshop;
			const records = await run('apiKey', 'getRights');
			expect(records[2]).toMatchObject({ isGranted: true, grantedFor: 'Spaghettiavond' });
		});
	});

	test('no webshops is said to be a question of rights', async () => {
		bench.credentials.apiKey = bench.sandbox.state.keys.payments;
		const result = await bench.run({ resource: 'webshop', operation: 'getAll', returnAll: true });
		expect(json(result)).toEqual([]);
		const hints = result.run.data.resultData.runData.Node[0].hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('API key may see none')]);
	});
});

describe('an older server of the current line', () => {
	const bench = useStamhoofd({ line: 'current', payments: 300, serverVersion: 394 });

	test('cannot filter by webshop, so the node does', async () => {
		const { payments, webshops } = bench.sandbox.state;
		const filters = { webshopId: byId(webshops[1].id) };
		const expected = payments.filter(({ order }) => order?.webshop === webshops[1]);
		const records = json(await bench.run({ resource: 'payment', operation: 'getAll', returnAll: true, filters }));
		expect(ids(records).sort()).toEqual(ids(expected).sort());
		expect(json(await bench.run({ resource: 'payment', operation: 'count', filters }))).toEqual([{ count: expected.length }]);
	});

	test('has no totals yet, and says so', async () => {
		const result = await bench.run({ resource: 'payment', operation: 'getTotals', split: 'nothing' });
		expect(result.error?.message).toMatch(/server does not offer this yet/);
	});
});

describe('the first line', () => {
	const bench = useStamhoofd({ line: 'documented', payments: 400 });

	test.each<[string, string, INodeParameters]>([
		['balance', 'getReceivables', {}],
		['balance', 'getItems', {}],
		['invoice', 'getAll', {}],
		['member', 'getAll', {}],
		['registration', 'getAll', {}],
		['group', 'getAll', {}],
		['document', 'getAll', {}],
		['payment', 'getTotals', { split: 'nothing' }],
		['payment', 'count', {}],
		['ticket', 'getAll', { webshopId: byId('7b952ab3-60c7-4d59-bb40-5b10cd9a1a51') }],
		['discountCode', 'getAll', { webshopId: byId('7b952ab3-60c7-4d59-bb40-5b10cd9a1a51') }],
	])('says of %s %s which version has it, without a request', async (resource, operation, more) => {
		const result = await bench.run({ resource, operation, ...more });
		expect(result.error?.message).toBe('API version 191 does not have this: choose "Current (411)" as API Version in the credential');
		expect(bench.sandbox.requests).toEqual([]);
	});

	test('40 items read the lists once', async () => {
		const wanted = bench.sandbox.state.payments.filter(({ status, method }) => method === 'Transfer' && status !== 'Failed').slice(0, 40);
		const result = await bench.run({ resource: 'payment', operation: 'get', paymentId: byId('={{ $json.id }}') }, { items: input(...wanted.map(({ id }) => ({ id }))) });
		expect(ids(json(result))).toEqual(ids(wanted));
		expect(bench.sandbox.requests.length).toBeLessThanOrEqual(4);
	});

	test('tells the rights of a key too', async () => {
		for (const [key, expected] of [['full', true], ['payments', true], ['nothing', false]] as const) {
			bench.credentials.apiKey = bench.sandbox.state.keys[key];
			const [payments] = json(await bench.run({ resource: 'apiKey', operation: 'getRights' }));
			expect(payments.isGranted).toBe(expected);
		}
	});
});
