/** Makes sale documents and e-invoices of orders, beside what a user would build of n8n's own nodes. */
import { createRequire } from 'node:module';
import path from 'node:path';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { runWorkflow, withDefaults } from '../engine/harness';
import { OURS, takeTurns } from './measure';
import type { Part } from './report';

const ORDERS = 2000;
const TURNS = 3;
/** So many at once, to see what memory they take. */
const MANY = 10_000;

/** Set by the process that starts this one. */
const { BENCH_N8N_MODULES = '', BENCH_PACKAGE = '' } = process.env;

const load = createRequire(__filename) as (file: string) => Record<string, new () => INodeType & { nodeVersions?: Record<string, INodeType>; currentVersion?: number }>;

function nodeAt(file: string): { type: INodeType; version: number } {
	const [Class] = Object.values(load(file));
	const node = new Class();
	return node.currentVersion === undefined ? { type: node, version: 1 } : { type: node.nodeVersions![node.currentVersion], version: node.currentVersion };
}

const builtIn = (name: string) => nodeAt(path.join(BENCH_N8N_MODULES, 'n8n-nodes-base/dist/nodes', `${name}.node.js`));

interface Step {
	node: { type: INodeType; version: number };
	parameters: INodeParameters;
}

const orderOf = (place: number): IDataObject => ({
	id: 4000 + place, date: '2026-11-24 12:12:12', status: 'new_order', idealPaymentStatus: 'paid',
	book: { id: place, bookNumber: 213_000_000_000 + place, title: 'Max Havelaar', author: 'Multatuli', category1: 'literatuur', price: 10.99, shippingCost: 4.95 },
	buyer: { firstName: 'Henk', lastName: 'de Vries', email: `henk${place}@example.com`, address: { street: 'Straat', number: '12', zipCode: '7654AA', city: 'Nijverdal', country: 'nl' } },
});

async function run(steps: Step[], count: number): Promise<INodeExecutionData[]> {
	const names = ['Items', ...steps.map((_, position) => `Step ${position}`)];
	const nodes = steps.map(({ node: { type, version }, parameters }, position): INode =>
		withDefaults({ id: names[position + 1], name: names[position + 1], type: `test.${position}`, typeVersion: version, position: [200 * position, 0], parameters }, type),
	);
	const link = (node: string) => ({ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] });
	const { data } = await runWorkflow({
		nodes,
		connections: Object.fromEntries(names.slice(1).map((name, position) => [names[position], link(name)])),
		types: Object.fromEntries(steps.map(({ node: { type } }, position) => [`test.${position}`, type])),
		items: Array.from({ length: count }, (_, place) => ({ json: orderOf(place) })),
	});
	const { error, runData } = data.resultData;
	if (error) throw error;
	return runData[names.at(-1)!].flatMap((one) => one.data?.main[0] ?? []);
}

const assignments = (fields: Record<string, string>) => ({
	assignments: { assignments: Object.entries(fields).map(([name, value], place) => ({ id: String(place), name, type: 'string', value })) },
});

/** As one calculates VAT in expressions: for each amount for itself, with floats, and nothing is checked. */
const EXPRESSIONS: Record<string, string> = {
	number: '={{ $json.id }}',
	date: '={{ $json.date.slice(0, 10) }}',
	customer: '={{ $json.buyer.firstName }} {{ $json.buyer.lastName }}',
	gross: '={{ $json.book.price + $json.book.shippingCost }}',
	net: '={{ (($json.book.price + $json.book.shippingCost) / 1.09).toFixed(2) }}',
	vat: '={{ ($json.book.price + $json.book.shippingCost - ($json.book.price + $json.book.shippingCost) / 1.09).toFixed(2) }}',
};

function contenders(): Record<string, Step[]> {
	const saleDocument = nodeAt(path.join(BENCH_PACKAGE, 'dist/nodes/SaleDocument/SaleDocument.node.js'));
	const seller = { name: 'De Letterbak', vatId: 'NL123456789B01', companyNumber: '12345678' };
	const document = { node: saleDocument, parameters: { resource: 'document', operation: 'fromBoekwinkeltjesOrder', order: '={{ $json }}', regime: 'standard', sellerCountry: 'NL', goods: 'book', seller } };
	const edit = { node: builtIn('Set/Set'), parameters: assignments(EXPRESSIONS) };
	return {
		[`documents: ${OURS}`]: [document],
		'documents: Edit Fields, six expressions': [edit],
		[`UBL: ${OURS}`]: [document, { node: saleDocument, parameters: { resource: 'export', operation: 'toUbl', document: '={{ $json }}', usage: 'en16931', file: 'data' } }],
		'UBL: Edit Fields + XML, six elements': [edit, { node: builtIn('Xml/Xml'), parameters: { mode: 'jsonToxml' } }],
	};
}

const checked = async (name: string, steps: Step[]) => {
	const { length } = await run(steps, ORDERS);
	if (length !== ORDERS) throw new Error(`${name} gave ${length} of ${ORDERS}`);
};

/** By how many MB the memory peaks with 10 000 orders, in a process that does nothing else. */
export async function bookkeepingOnce(name: string): Promise<number> {
	const steps = contenders()[name];
	const before = process.memoryUsage().rss;
	await run(steps, MANY);
	return (process.resourceUsage().maxRSS * 1024 - before) / 1024 ** 2;
}

export async function bookkeeping(): Promise<Part> {
	const all = contenders();
	const times = await takeTurns(Object.fromEntries(Object.entries(all).map(([name, steps]) => [name, async () => await checked(name, steps)])), TURNS);
	const names = Object.keys(all);
	const other = (name: string) => names[names.indexOf(name) - (names.indexOf(name) % 2) + 1];
	const ratio = (name: string) => times[name] / times[other(name)];
	return {
		name: 'bookkeeping',
		title: `${ORDERS} orders to sale documents, and to e-invoices (UBL): each is checked to the cent; beside it what n8n's own nodes take without any check (median of ${TURNS} turns)`,
		rows: Object.entries(times).map(([contender, time]) => ({ contender, 'a second': (1000 * ORDERS) / time, 'time ÷ that of the other': ratio(contender) })),
		goals: [
			{ text: 'documents: time ÷ Edit Fields', measured: ratio(names[0]), most: 3 },
			{ text: 'documents and UBL: time ÷ Edit Fields + XML', measured: ratio(names[2]), most: 3 },
		],
	};
}
