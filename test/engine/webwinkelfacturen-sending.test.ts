import { createHash } from 'node:crypto';

import { processed } from './processedStore';
import { charge, closure, HIGH, items, line, LOW, sale } from './saleDocuments';
import { json, pairs, useWebwinkelfacturen } from './webwinkelfacturen';

const bench = useWebwinkelfacturen();

const add = { resource: 'sale', operation: 'add' };

const sales = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => sale(from + index));

/** The text and the signature in the form of a write, decoded as a server decodes it. */
function isolateSignature(body: unknown): { text: string; signature: string } {
	const [[, text], [, signature]] = Object.entries(body as Record<string, string>);
	return { text, signature };
}

/** What the server got as the form of its write. */
function sent(index = 0): Record<string, never> {
	return JSON.parse(isolateSignature(bench.requests('POST')[index].body).text) as Record<string, never>;
}

test('an order is sent as the vendor wants it', async () => {
	const { items: out, error } = await bench.run(add, { items: items(sale(4006)) });
	expect(error).toBeUndefined();
	expect(sent()).toEqual({
		orderid: 'shop:4006',
		ordernumber: '4006',
		orderstatus: 'completed',
		orderdate: '2026-11-24 10:15:00',
		paymentstatus: 'paid',
		currency: 'EUR',
		totalInclWithDiscount: 18.04,
		totalExclWithDiscount: 16.55,
		totalVatWithDiscount: 1.49,
		totalDiscountIncl: 0,
		totalDiscountExcl: 0,
		totalDiscountVat: 0,
		items: [
			{
				...{ referenceid: 'shop:4006', lineid: '1', name: 'Max Havelaar', productcode: 'B1', quantity: 1, taxpercentage: 9 },
				...{ lineInclWithDiscount: 15.06, lineExclWithDiscount: 13.82, lineVatWithDiscount: 1.24 },
				...{ unitInclWithDiscount: 15.06, unitExclWithDiscount: 13.82, unitVatWithDiscount: 1.24 },
			},
		],
		shipping: [
			{
				...{ referenceid: 'shop:4006', shippingid: 'shipping', name: 'Verzendkosten', quantity: 1, taxpercentage: 9 },
				...{ lineInclWithDiscount: 2.98, lineExclWithDiscount: 2.73, lineVatWithDiscount: 0.25 },
				...{ unitInclWithDiscount: 2.98, unitExclWithDiscount: 2.73, unitVatWithDiscount: 0.25 },
			},
		],
		fees: [],
		payment: [{ methodid: 'ideal', methodname: 'ideal', total: 18.04 }],
		customer: {
			...{ customerid: 'k1', firstname: 'Anna', lastname: 'de Vries', address1: 'Dorpsstraat', housenr: '12', zipcode: '3511 AB' },
			...{ city: 'Utrecht', isocountry: 'NL', email: 'anna@voorbeeld.example', iscompany: 0, isicp: 0, isinternational: 0 },
		},
	});
	expect(out.map((item) => item.json)).toEqual([
		{
			...{ resource: 'order', id: 'shop:4006', number: '4006', date: '2026-11-24T10:15:00+01:00' },
			...{ total: 18.04, totalExclVat: 16.55, totalVat: 1.49, customerId: 'k1', result: 'sent' },
		},
	]);
});

test('each kind of document goes where it belongs', async () => {
	const paid = sale(1);
	const note = sale(2, {
		...{ id: 'shop:note-2', kind: 'creditNote', payments: [], lines: [line('1', -1501, LOW, { quantity: '-1' })], charges: [] },
		corrects: { id: paid.id, number: paid.number, issuedAt: paid.issuedAt, gross: paid.totals.gross },
	});
	const documents = [paid, note, sale(3, { kind: 'invoice', dueAt: '2026-12-24T10:15:00+01:00' }), sale(4, { kind: 'receipt' }), closure(2)];
	const result = await bench.run(add, { items: items(...documents) });
	expect(result.error).toBeUndefined();
	expect(json(result).map(({ resource, result: what }) => [resource, what])).toEqual(
		['order', 'refund', 'invoice', 'receipt', 'closure'].map((kind) => [kind, 'sent']),
	);
	const of = (kind: string) => bench.requests('POST').map((_, index) => sent(index)).find((body) => body[`${kind}date`] !== undefined)!;
	expect(of('refund')).toMatchObject({
		...{ refundid: 'shop:note-2', orderid: 'shop:1', ordernumber: '1', totalInclWithDiscount: -15.01, totalpaid: 0, totalunpaid: -15.01 },
		lines: [{ quantity: -1, lineInclWithDiscount: -15.01, unitInclWithDiscount: 15.01 }],
	});
	expect(of('invoice')).toMatchObject({ invoiceid: 'shop:3', duedate: '2026-12-24 10:15:00', totalpaid: 18.01, totalunpaid: 0 });
	expect(of('receipt')).toMatchObject({ receiptid: 'shop:4', receiptstatus: 'completed' });
	expect(of('closure')).toEqual({
		...{ closureid: 'kassa:2026-11-24', closurenumber: 'kassa:2026-11-24', closurename: 'kassa 2026-11-24', closuredate: '2026-11-24' },
		...{ registerid: 'kassa', registername: 'kassa', currency: 'EUR' },
		productcategories: [{ groupid: 'boeken', lineExcl: 20, taxValue: 1.8, taxRate: 9 }],
		payments: [{ methodid: 'ideal', total: 21.8 }],
	});
});

test('a closure has its categories and payment methods added before, once and by name', async () => {
	bench.sandbox.settings.closureAdds = false;
	const days = ['2026-11-24', '2026-11-25'].map((day) => closure(1, { day }));
	const { error } = await bench.run(add, { items: items(...days) });
	expect(error).toBeUndefined();
	expect(bench.sandbox.state.records.category.map((one) => one.sent)).toEqual([{ categoryid: 'boeken', code: 'boeken', name: 'Boeken' }]);
	expect(bench.added('paymentMethod')).toEqual(['ideal']);
	expect(bench.added('closure').sort()).toEqual(['kassa:2026-11-24', 'kassa:2026-11-25']);
});

test('discounts are inside the lines of their rate, and told in total', async () => {
	const document = sale(1, {
		lines: [line('1', 1000), line('2', 3000), line('3', 2000, HIGH)],
		charges: [charge('shipping', 'shipping', 400), charge('action', 'discount', -401), charge('coupon', 'discount', -200, HIGH)],
	});
	await bench.run(add, { items: items(document) });
	const body = sent() as unknown as Record<string, number> & { items: Array<Record<string, number>>; fees: unknown[]; shipping: Array<Record<string, number>> };
	expect(body.items.map((row) => row.lineInclWithDiscount)).toEqual([9, 26.99, 18]);
	expect(body.fees).toEqual([]);
	expect([body.totalDiscountIncl, body.totalDiscountExcl, body.totalDiscountVat]).toEqual([6.01, 5.33, 0.68]);
	const rows = [...body.items, ...body.shipping];
	for (const part of ['Incl', 'Excl', 'Vat']) {
		const total = rows.reduce((sum, row) => sum + Math.round(row[`line${part}WithDiscount`] * 100), 0);
		expect(total).toBe(Math.round(body[`total${part}WithDiscount`] * 100));
	}
});

test('goods under the margin scheme carry the text of the law and no VAT', async () => {
	const margin = { category: 'E', rate: 0, reason: 'margin' } as const;
	const document = sale(1, { lines: [line('1', 1500, margin)], charges: [] });
	await bench.run(add, { items: items({ ...document, seller: { ...document.seller, regime: 'margin' } }) });
	expect(sent()).toMatchObject({
		totalVatWithDiscount: 0,
		items: [{ name: 'Max Havelaar (Bijzondere regeling – gebruikte goederen)', taxpercentage: 0, lineVatWithDiscount: 0 }],
	});
});

test('the signature is of the text that is sent, letter for letter, and of the day when it is sent', async () => {
	const document = sale(1, { lines: [line('1', 1000, LOW, { description: 'Élan & "één+één" = 100 % €' })] });
	const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-24T23:59:59.900Z'));
	bench.sandbox.faults.push({
		...{ kind: 'status', status: 429, headers: { 'retry-after': '0.01' } },
		when({ method, path }) {
			if (method !== 'POST' || path === '/api/token') return false;
			now.mockReturnValue(Date.parse('2026-11-25T00:00:00.100Z'));
			return true;
		},
	});
	const { error } = await bench.run(add, { items: items(document) });
	expect(error).toBeUndefined();
	const [first, second] = bench.requests('POST').map(({ body }) => isolateSignature(body));
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	expect(first.signature).toBe(md5(`2026241124112026${bench.credentials.clientSecret}${first.text}24112026`));
	expect(second.signature).toBe(md5(`2026251125112026${bench.credentials.clientSecret}${first.text}25112026`));
	expect(bench.added()).toEqual(['shop:1']);
	now.mockRestore();
});

describe('once', () => {
	test('a second execution sends nothing again, and says so', async () => {
		await bench.run(add, { items: items(...sales(1, 5)) });
		const again = await bench.run(add, { items: items(...sales(4, 7)) });
		expect(json(again).map(({ number, result }) => [number, result])).toEqual([['4', 'sent before'], ['5', 'sent before'], ['6', 'sent'], ['7', 'sent']]);
		expect(bench.added().sort()).toEqual(['shop:1', 'shop:2', 'shop:3', 'shop:4', 'shop:5', 'shop:6', 'shop:7']);
		expect(pairs(again.items)).toEqual([0, 1, 2, 3]);
	});

	test('also when it has been booked meanwhile, and when it is there twice or in two executions at once', async () => {
		await bench.run(add, { items: items(sale(1)) });
		bench.sandbox.book();
		bench.sandbox.latency = 20;
		const twice = items(sale(1), sale(2), sale(2));
		await Promise.all([bench.run(add, { items: twice }), bench.run(add, { items: twice })]);
		expect(bench.added()).toEqual(['shop:1', 'shop:2']);
	});

	test('one with other figures is refused, one that was paid meanwhile is not', async () => {
		await bench.run(add, { items: items(sale(1, { payments: [] })) });
		const paid = await bench.run(add, { items: items(sale(1)) });
		expect(json(paid)[0].result).toBe('sent before');
		const changed = await bench.run(add, { items: items(sale(1, { lines: [line('1', 1600)] })) });
		expect(changed.error?.message).toBe('Order 1 was sent before with other figures. Booked sales are not changed: send a credit note.');
		const right = await bench.run(add, { items: items(sale(1)) });
		expect(json(right)[0].result).toBe('sent before');
		expect(bench.added()).toEqual(['shop:1']);
	});

	test('Send Again sends it again', async () => {
		await bench.run(add, { items: items(sale(1)) });
		const again = await bench.run({ ...add, options: { sendAgain: true } }, { items: items(sale(1, { lines: [line('1', 1600)] })) });
		expect(json(again)[0].result).toBe('sent');
		expect(bench.added()).toEqual(['shop:1', 'shop:1']);
		const after = await bench.run(add, { items: items(sale(1, { lines: [line('1', 1600)] })) });
		expect(json(after)[0].result).toBe('sent before');
	});

	test('Send Again that fails leaves what is known: it was sent before', async () => {
		await bench.run(add, { items: items(sale(1)) });
		const again = { ...add, options: { sendAgain: true } };
		const refusal = { error: 422, errorcode: 'ORD100_MISSING_FIELDS' };
		for (const fault of [{ kind: 'status', status: 422, body: refusal } as const, { kind: 'cutBefore' } as const]) {
			for (const document of [sale(1), sale(1, { lines: [line('1', 1600)] })]) {
				bench.sandbox.faults.push({ ...fault, when: ({ path }) => path.includes('addorder') });
				await bench.run(again, { items: items(document), onError: 'continueRegularOutput' });
			}
		}
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent before');
		const changed = await bench.run(add, { items: items(sale(1, { lines: [line('1', 1600)] })) });
		expect(changed.error?.message).toMatch(/^Order 1 was sent before with other figures/);
		expect(bench.added()).toEqual(['shop:1']);
	});

	test('what the service refused is sent when it is right', async () => {
		const refusal = { error: 422, errorcode: 'ORD101_TOTALS_NOMATCH', errormessage: 'The sums do not match', specification: 'Fields concerned' };
		bench.sandbox.faults.push({ kind: 'status', status: 422, body: refusal, when: ({ path }) => path.includes('addorder') });
		const refused = await bench.run(add, { items: items(sale(1)) });
		expect(refused.error?.message).toMatch(/^Order 1: Webwinkelfacturen says that totals .* do not match/);
		expect(refused.error?.description).toContain('ORD101_TOTALS_NOMATCH: The sums do not match: Fields concerned');
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent');
	});

	test('an account is remembered by itself: what was tried on a test server is new to the real one', async () => {
		await bench.run(add, { items: items(sale(1)) });
		bench.credentials.baseUrl = `${bench.sandbox.url}/`;
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent before');
		bench.credentials.baseUrl = bench.sandbox.url.replace('127.0.0.1', 'localhost');
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent');
	});

	test('nothing is sent that cannot be remembered', async () => {
		processed.failure = new Error('database is locked');
		const { error } = await bench.run(add, { items: items(sale(1)) });
		expect(error?.message).toBe('Order 1 was not sent, because n8n could not remember that it is: save the workflow and run it again');
		expect(bench.added()).toEqual([]);
	});

	test('n8n stores two entries a sale, in few calls', async () => {
		await bench.run(add, { items: items(...sales(1, 100)) });
		expect([...processed.rows.values()][0]).toHaveLength(200);
		expect(processed.calls).toBeLessThanOrEqual(200);
	});
});

describe('an answer that does not come', () => {
	test('is looked for: a sale that arrived was sent', async () => {
		bench.sandbox.faults.push({ kind: 'cutAfter', when: ({ path }) => path.includes('addorder') });
		const result = await bench.run(add, { items: items(sale(1)) });
		expect(json(result)[0].result).toBe('sent');
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent before');
		expect(bench.added()).toEqual(['shop:1']);
	});

	test('and one that is not there is unknown, stays so, and is never sent by itself', async () => {
		bench.sandbox.faults.push({ kind: 'cutBefore', when: ({ path }) => path.includes('addorder') });
		const first = await bench.run(add, { items: items(sale(1), sale(2)), onError: 'continueRegularOutput' });
		expect(json(first)[0].error).toMatch(/^Order 1: It is unknown whether Webwinkelfacturen carried this out/);
		expect(json(first)[1].result).toBe('sent');
		const second = await bench.run(add, { items: items(sale(1)) });
		expect(second.error?.message).toMatch(/^It is unknown whether Webwinkelfacturen has Order 1: .* switch on Send Again for it\.$/);
		expect(bench.added()).toEqual(['shop:2']);
		const third = await bench.run({ ...add, options: { sendAgain: true } }, { items: items(sale(1)) });
		expect(json(third)[0].result).toBe('sent');
	});

	test('a sale whose execution was killed is found, or unknown', async () => {
		// As n8n leaves it: remembered as being sent, and nothing more.
		bench.sandbox.faults.push({ kind: 'cutAfter', times: 3, when: ({ path }) => path.includes('orderapi') });
		await bench.run(add, { items: items(sale(1)), onError: 'continueRegularOutput' });
		bench.sandbox.faults.splice(0);
		expect(json(await bench.run(add, { items: items(sale(1)) }))[0].result).toBe('sent before');
		expect(bench.added()).toEqual(['shop:1']);
	});

	test('Retry On Fail does the rest, not all', async () => {
		bench.sandbox.faults.push({ kind: 'status', status: 422, body: { error: 422, errorcode: 'ORD100_MISSING_FIELDS' }, when: ({ body }) => JSON.stringify(body).includes('shop:3') });
		const result = await bench.run(add, { items: items(...sales(1, 4)), retryOnFail: true });
		expect(result.error).toBeUndefined();
		expect(bench.added().sort()).toEqual(['shop:1', 'shop:2', 'shop:3', 'shop:4']);
	});
});

describe('before anything is sent', () => {
	test.each([
		['a purchase', { direction: 'purchase' }, /^Order 1 is a purchase: its invoice comes from the supplier/],
		['a cent that is off', { totals: { ...sale(1).totals, gross: 1798 } }, /^Order 1 cannot be booked: .* \(SD01, and \d+ more\)\.$/],
		['another shape', { lines: 'none' }, /cannot be booked: lines is none, not/],
		['no sale document', { schema: 'other/1' }, /^This is not a sale document: make one with Document: From … of the Sale Document node/],
	])('%s is refused', async (_, wrong, says) => {
		const { error } = await bench.run(add, { items: items({ ...sale(1), ...wrong }) });
		expect(error?.message).toMatch(says);
		expect(bench.requests()).toEqual([]);
		expect(processed.calls).toBe(0);
	});

	test('what was cancelled is left out, and named if it was sent before that', async () => {
		const cancelled = { ...sale(2), status: 'cancelled' };
		const first = await bench.run(add, { items: items(sale(1), cancelled, sale(3)) });
		expect(json(first).map(({ id, result }) => [id, result])).toEqual([['shop:1', 'sent'], ['shop:2', 'cancelled'], ['shop:3', 'sent']]);
		expect(json(await bench.run(add, { items: items(cancelled) }))).toMatchObject([{ result: 'cancelled' }]);
		expect(bench.added().sort()).toEqual(['shop:1', 'shop:3']);
		const late = await bench.run(add, { items: items({ ...sale(1), status: 'cancelled' }) });
		expect(late.error?.message).toMatch(/^Order 1 was cancelled after it was sent/);
	});

	test('a faulty one among good ones keeps all from being sent, or fails alone', async () => {
		const mixed = items(sale(1), { ...sale(2), direction: 'purchase' }, sale(3));
		const stopped = await bench.run(add, { items: mixed });
		expect(stopped.error?.description ?? stopped.error?.message).toContain('Order 2 is a purchase');
		expect(bench.added()).toEqual([]);
		const goesOn = await bench.run(add, { items: mixed, onError: 'continueErrorOutput' });
		expect(goesOn.items).toHaveLength(2);
		expect(goesOn.errorItems).toHaveLength(1);
		expect(bench.added().sort()).toEqual(['shop:1', 'shop:3']);
	});

	test.each([
		['order', closure(1), /^This is the closure of a day: choose Closure: Add/],
		['refund', sale(1), /^Order 1 cannot be added as a refund: choose Order: Add or Invoice: Add, or Sale: Add/],
		['closure', sale(1), /^This is a single sale, not the closure of a day/],
	])('%s: Add takes what it is for', async (resource, document, says) => {
		const { error } = await bench.run({ resource, operation: 'add' }, { items: items(document) });
		expect(error?.message).toMatch(says);
	});

	test('an order may be booked as an invoice', async () => {
		const result = await bench.run({ resource: 'invoice', operation: 'add' }, { items: items(sale(1)) });
		expect(json(result)[0]).toMatchObject({ resource: 'invoice', result: 'sent' });
		expect(bench.added('invoice')).toEqual(['shop:1']);
	});

	test('a dry run shows what would be sent, and remembers nothing', async () => {
		const result = await bench.run({ ...add, dryRun: true }, { items: items(sale(1)) });
		expect(json(result)[0]).toMatchObject({ dryRun: true, method: 'POST', path: '/orderapi/addorder', body: { order: { orderid: 'shop:1' } } });
		expect([bench.requests(), processed.calls]).toEqual([[], 0]);
	});

	test('JSON as text is read, other text is refused', async () => {
		const asText = await bench.run({ ...add, document: JSON.stringify(sale(1)) });
		expect(json(asText)[0].result).toBe('sent');
		const { error } = await bench.run({ ...add, document: 'order 4006' });
		expect(error?.message).toMatch(/^Sale Document "order 4006" is not JSON/);
	});
});
