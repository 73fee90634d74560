/** docs/bookkeeping.md says of rates, rules, settings and examples what the code does. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { build } from '../../nodes/bookkeeping/build';
import { creditNote } from '../../nodes/bookkeeping/creditNote';
import { fromBoekwinkeltjesOrder } from '../../nodes/bookkeeping/from/boekwinkeltjes';
import { paymentOf } from '../../nodes/bookkeeping/from/read';
import { fromTopgeschenkenOrder } from '../../nodes/bookkeeping/from/topgeschenken';
import { euros } from '../../nodes/bookkeeping/money';
import { isUnconfirmed, RATES, VAT_CLASSES } from '../../nodes/bookkeeping/vat';
import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { CUSTOMER, draft, line, none, S, SELLER, settings } from './bookkeepingDocuments';

const ROOT = path.join(__dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/bookkeeping.md'), 'utf8');

/** Cells of the table under a heading, without its head. */
function table(heading: string): string[][] {
	const [, section] = page.split(`\n## ${heading}\n`);
	const rows = section.split('\n## ')[0].split('\n').filter((row) => row.startsWith('|'));
	return rows.slice(2).map((row) => row.slice(1, -1).split('|').map((cell) => cell.trim()));
}

test('the rates are those of the table in the code', () => {
	const inCountry = (name: string, country: string) => {
		const rows = RATES.filter((row) => row.class === name && row.country === country);
		const rates = rows.map(({ rate, from }, index) => `${index === 0 ? '' : `from ${from} `}${rate} %`).join(', ');
		return rows.length === 0 ? 'asked' : `${rates}${isUnconfirmed(name, country) ? ' (not confirmed)' : ''}`;
	};
	expect(table('Rates')).toEqual(VAT_CLASSES.map(({ name, value }) => [name, inCountry(value, 'NL'), inCountry(value, 'BE')]));
});

test('every condition of Webwinkelfacturen is there, and its test, too', () => {
	const rows = page.split('### What Webwinkelfacturen asks of a shop')[1].split('\n## ')[0].split('\n').filter((row) => row.startsWith('| ')).slice(1).map((row) => row.split(' | '));
	const numbers = rows.flatMap(([condition]) => condition.match(/\b[WK]\d+[a-h]?\b/g) ?? []);
	const demanded = [
		...[1, 2, 3, 4, 6, 7, 8, 9].map((number) => `W${number}`), ...'abcdefgh'.split('').map((letter) => `W5${letter}`),
		...[1, 2, 3, 4, 5, 6, 8, 9, 10, 11].map((number) => `K${number}`), ...'abcde'.split('').map((letter) => `K7${letter}`),
	];
	expect(numbers.sort()).toEqual(demanded.sort());
	const tests = ['unit', 'engine', 'host'].flatMap((kind) => {
		const folder = path.join(ROOT, 'test', kind);
		return readdirSync(folder).filter((file) => file.endsWith('.test.ts') && file !== path.basename(__filename)).map((file) => readFileSync(path.join(folder, file), 'utf8'));
	}).join('\n');
	expect(rows.map((cells) => cells.at(-1)!.replace(/ \|$/, '')).filter((name) => !tests.includes(name))).toEqual([]);
});

test('every rule and warning of the code is explained, and no other', () => {
	const folder = path.join(ROOT, 'nodes/bookkeeping');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	const code = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
	const used = [...new Set([...code.matchAll(/'((?:SDW|SD|CL)\d\d)'/g)].map(([, name]) => name))].sort();
	expect([...table('What is checked'), ...table('What is assumed')].map(([name]) => name).sort()).toEqual(used);
});

test('every setting of a sale is explained', () => {
	const { properties } = new SaleDocument().description;
	const labels = (fields: INodeProperties[]) => fields.map(({ displayName }) => displayName);
	const shown = properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.some((name) => ['fromBoekwinkeltjesOrder', 'fromStamhoofdPayment'].includes(String(name))));
	const options = shown.filter(({ name }) => name === 'options').flatMap((field) => labels(field.options as INodeProperties[]));
	const all = [...labels(shown), ...options].filter((label) => !['Order', 'Payment', 'Options'].includes(label));
	const documented = table('Settings').map(([setting]) => setting);
	expect([...new Set(all)].sort()).toEqual([...documented].sort());
});

test('every regime of the node has its example, and the figures are those that are calculated', () => {
	const order = { id: 1, date: '2026-11-24 12:00:00', book: { price: 10.99, shippingCost: 6.99 }, buyer: { address: { country: 'NL' } } };
	const field = new SaleDocument().description.properties.find(({ name }) => name === 'regime')!;
	const rows = table('One example for each regime');
	expect(rows.map(([name]) => name)).toEqual((field.options as INodePropertyOptions[]).map(({ name }) => name));
	for (const [index, { value }] of (field.options as INodePropertyOptions[]).entries()) {
		const sale = fromBoekwinkeltjesOrder(order, settings({ regime: value as never, purchasePrice: 400 }));
		expect(rows[index].slice(2, 4)).toEqual([euros(sale.totals.net), euros(sale.totals.vat)]);
		if (value === 'standard') {
			const [book, shipping] = [sale.lines[0], sale.charges[0]].map(({ net, vat }) => `${euros(net)} + ${euros(vat.amount)}`);
			expect(rows[index][4]).toBe(`book ${book}, shipping ${shipping}`);
		}
		if (sale.margin?.vat) expect(rows[index][4]).toContain(`profit ${euros(sale.totals.gross - 400)}, of which ${euros(sale.margin.vat)} is VAT`);
	}
});

test('so are the figures of the association and of the office', () => {
	const evening = build(draft({ lines: [line({ quantity: '4', amount: 5000, vat: none('outOfScope') })], seller: { ...SELLER, vatId: null }, customer: { ...CUSTOMER, vatId: null } }));
	const [whole, net, vat] = [evening.totals.gross, evening.totals.net, evening.totals.vat].map(euros);
	expect(page).toContain(`four tickets of ${euros(evening.lines[0].unitGross!)} are ${whole}. *Not Liable*: ${whole} without VAT ${net}, VAT ${vat}.`);
	const bouquet = { title: 'Bouquet', quantity: 1, price: 20, priceIncl: 21.8, vatSpecification: [{ price: 20, percentage: 9 }] };
	const order = { uuid: 'o', orderNumber: '1', createdAt: '2026-11-24T10:00:00+00:00', lines: [bouquet], totalPrice: 20, totalPriceIncl: 21.8 };
	const { totals, vatSummary } = fromTopgeschenkenOrder(order, settings({ regime: 'notLiable', goods: undefined }), 1);
	expect(page).toContain(`a bouquet of ${euros(totals.net)} without VAT, ${euros(totals.gross)} with it. Topgeschenken says ${vatSummary[0].rate} %: ${euros(totals.vat)} is VAT.`);
});

test('the example of two rates is calculated so, and so is what is paid back of it', () => {
	const charge = (id: string, type: 'discount' | 'shipping', amount: number) => ({ id, type, description: id, amount, vat: null });
	const sale = build(draft({
		lines: [line({ amount: 3000 }), line({ id: '2', amount: 1000, vat: S(21) })],
		charges: [charge('off', 'discount', -400), charge('post', 'shipping', 500)],
		payments: [paymentOf('iDEAL', 4100, 'succeeded')],
	}));
	const figures = ({ gross, net, vat }: { gross: number; net: number; vat: number }) => [gross, net, vat].map(euros);
	const expected = [
		...[...sale.lines, ...sale.charges].map(({ gross, net, vat }) => figures({ gross, net, vat: vat.amount })),
		...sale.vatSummary.map(({ taxable, amount }) => figures({ gross: taxable + amount, net: taxable, vat: amount })),
		figures(sale.totals),
	];
	expect(table('Two rates, discounts, shipping').map((cells) => cells.slice(1))).toEqual(expected);
	const note = creditNote(sale, { of: 'amount', amount: 2000 }, { issuedAt: '2026-11-25T10:00:00+01:00', earlier: [] });
	const [low, high] = note.lines.map(({ gross, vat }) => `${euros(-gross)} at ${vat.rate} % (VAT ${euros(-vat.amount)})`);
	expect(page).toContain(`20.00 of the 41.00 above are ${low} and ${high}`);
});
