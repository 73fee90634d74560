/**
 * The first things that people want of the nodes, done in n8n's editor as they would: by clicking. Each begins with a
 * workflow in which there is nothing but a trigger, or the rows or file that the task is about.
 */
import path from 'node:path';

import Table from 'cli-table3';
import { escapeRegExp, sumBy } from 'lodash';
import { DateTime } from 'luxon';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import { part } from './editor';
import { ROOT } from './package';
import type { Playground } from './playground';
import { Advice } from './run';

const MOST_CLICKS = 12;

/** What a person does in the panel of the node. */
interface Hand {
	playground: Playground;
	/** Chooses of a dropdown. */
	choose(field: string, option: string): Promise<void>;
	/** Adds a field with the button of a collection. */
	add(button: string, field: string): Promise<void>;
	/** Chooses several of a dropdown. */
	tick(field: string, ...options: string[]): Promise<void>;
	/** Switches what is off on, or what is on off. */
	flip(field: string): Promise<void>;
	/** Types into a field, which counts as that and not as a click. */
	type(field: string, text: string): Promise<void>;
	press(text: string | RegExp): Promise<void>;
	/** Chooses from the list of a field. */
	pick(field: string): Promise<void>;
	/** Chooses "Map Automatically". */
	mapAutomatically(): Promise<void>;
}

/** A node that a person adds. */
interface Step {
	/** What is typed into the search of the node panel. */
	search: string;
	/** Name of the node in it. */
	node: string;
	action: string;
	fill?(hand: Hand): Promise<void>;
}

interface Task extends Step {
	who: string;
	wish: string;
	/** Rows that come in. */
	rows?: IDataObject[];
	/** A node that gives what comes in, instead of rows. */
	from?: Partial<INode>;
	/** Nodes that are added after it; the last one is executed. */
	then?: Step[];
	/** It is a trigger. */
	starts?: true;
	/** What the output has to show; left out: anything but an error. */
	shows?: RegExp;
}

const today = () => DateTime.now().toISODate();
const books = Array.from({ length: 200 }, (_, index) => ({ Titel: `Boek ${index + 1}`, Auteur: 'Elsschot, Willem', ISBN: '', Prijs: `${5 + (index % 20)},50`, Locatie: `bw-doos ${index % 9}` }));
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function tasks({ platforms }: Playground): Task[] {
	const { orders, books: shop } = platforms.boekwinkeltjes.sandbox.state;
	const toShip = orders.find(({ status }) => status === 'wait_for_shipping') ?? orders[0];
	const { products, carts } = platforms.topgeschenken.sandbox.state;
	const gift = products.find(({ type, orderable }) => type === 'generic_product' && orderable)!;
	const gifts = Array.from({ length: 30 }, (_, index) => ({
		...{ Naam: `Persoon ${index + 1}`, Straat: 'Dorpsstraat', Huisnummer: index + 1, Postcode: '3511 AB', Plaats: 'Utrecht' },
		...{ SKU: gift.sku, Bezorgdatum: DateTime.now().plus({ days: 7 }).toFormat('d-M-yyyy') },
	}));
	const sheet = Array.from({ length: 12 }, (_, index) => ({ Factuurnummer: `2026-${index + 1}`, Datum: today(), Omschrijving: 'Max Havelaar', Prijs: '12,50', Btw: '9%', Klant: `Koper ${index + 1}` }));
	const toCsv = { search: 'sale document', node: 'Sale Document', action: 'Export documents to CSV' };
	const bankFile = ['Date;Amount;Communication;Counterparty', `${today()};25,00;Bestelling 12;A CLAES`].join('\n');
	return [
		{
			...{ who: 'Bookseller', wish: "Today's orders to a sheet", search: 'bestellingen', node: 'Boekwinkeltjes', action: 'Get many orders' },
			async fill({ flip, add, type }) {
				await flip('returnAll');
				await add('Add Filter', 'Ordered After');
				await type('orderedAfter', today());
			},
		},
		{
			...{ who: 'Bookseller', wish: 'What must still be shipped', search: 'boekwinkel', node: 'Boekwinkeltjes', action: 'Get many orders' },
			async fill({ add, tick }) {
				await add('Add Filter', 'Status');
				await tick('status', 'Wait for Shipping');
			},
		},
		{
			...{ who: 'Bookseller', wish: '200 books from a CSV', search: 'boeken', node: 'Boekwinkeltjes', action: 'Create book', rows: books },
			fill: async ({ mapAutomatically }) => await mapAutomatically(),
			shows: /^200 items/,
		},
		{
			...{ who: 'Bookseller', wish: 'Mark as shipped', search: 'boekwinkeltjes', node: 'Boekwinkeltjes', action: 'Update order', rows: [{ id: String(toShip.id) }] },
			async fill({ pick, add }) {
				await pick('orderId');
				await add('Add Field', 'Status');
			},
			shows: /^1 item/,
		},
		{
			...{ who: 'Bookseller', wish: 'A picture for a book', search: 'boek', node: 'Boekwinkeltjes', action: 'Upload image of book' },
			from: {
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				parameters: { jsCode: `return [{ json: { id: ${shop[0].id} }, binary: { data: { data: '${PICTURE}', mimeType: 'image/png', fileName: 'cover.png' } } }];` },
			},
			fill: async ({ pick }) => await pick('bookId'),
			shows: /^1 item/,
		},
		{
			...{ who: 'Bookseller', wish: 'Inventory with pictures', search: 'voorraad', node: 'Boekwinkeltjes', action: 'Get many books' },
			async fill({ flip }) {
				await flip('returnAll');
				await flip('withImages');
			},
		},
		{
			...{ who: 'Bookseller', wish: 'First sales into bookkeeping', search: 'boekwinkeltjes', node: 'Boekwinkeltjes', action: 'Get many orders' },
			then: [
				{ search: 'sale document', node: 'Sale Document', action: 'Make sale document from Boekwinkeltjes order', fill: async ({ choose }) => await choose('regime', 'Margin Scheme') },
				{ search: 'webwinkelfacturen', node: 'Webwinkelfacturen', action: 'Add sale' },
			],
			shows: /^50 items/,
		},
		{
			...{ who: 'Bookseller', wish: 'Sales of a sheet for bookkeeping', search: 'btw', node: 'Sale Document', action: 'Make sale document from sheet row', rows: sheet },
			async fill({ choose, mapAutomatically }) {
				await mapAutomatically();
				await choose('regime', 'Standard');
			},
			then: [toCsv],
			shows: /^1 item/,
		},
		{
			...{ who: 'Treasurer', wish: 'Who has not paid', search: 'betalingen', node: 'Stamhoofd', action: 'Get many payments' },
			async fill({ flip, add, tick }) {
				await flip('returnAll');
				await add('Add Filter', 'Status');
				await tick('status', 'Created (Open)', 'Pending (Open)');
			},
		},
		{
			...{ who: 'Treasurer', wish: 'What came in at the bank', search: 'bankafschrift', node: 'Bank Statement', action: 'Read bank file' },
			from: {
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				parameters: { jsCode: `return [{ json: {}, binary: { data: { data: '${Buffer.from(bankFile).toString('base64')}', mimeType: 'text/csv', fileName: 'bank.csv' } } }];` },
			},
			shows: /^1 item/,
		},
		{
			...{ who: 'Treasurer', wish: 'All orders of all webshops', search: 'stamhoofd', node: 'Stamhoofd', action: 'Get many orders' },
			fill: async ({ flip }) => await flip('returnAll'),
		},
		{
			...{ who: 'Treasurer', wish: 'Total of this month, by category', search: 'vereniging', node: 'Stamhoofd', action: 'Get totals of payments' },
			async fill({ choose, add, type }) {
				await choose('split', 'Category');
				await add('Add Filter', 'Paid After');
				await type('paidAfter', DateTime.now().startOf('month').toISODate());
			},
		},
		{
			...{ who: 'Treasurer', wish: 'First table for bookkeeping, without VAT', search: 'stamhoofd', node: 'Stamhoofd', action: 'Get many payments' },
			then: [{ search: 'sale document', node: 'Sale Document', action: 'Make sale document from Stamhoofd payment', fill: async ({ choose }) => await choose('regime', 'Not Liable') }, toCsv],
			shows: /^1 item/,
		},
		{
			...{ who: 'Treasurer', wish: 'A mail when somebody has paid', search: 'stamhoofd', node: 'Stamhoofd', action: 'On payment paid', starts: true },
		},
		{ ...{ who: 'Office', wish: 'Which gifts, and what they cost', search: 'cadeau', node: 'Topgeschenken', action: 'Get many products' }, fill: async ({ flip }) => await flip('returnAll') },
		{
			...{ who: 'Office', wish: '30 gifts from a sheet with SKUs', search: 'relatiegeschenk', node: 'Topgeschenken', action: 'Place gift order', rows: gifts },
			async fill({ type, press, mapAutomatically }) {
				await type('contactEmail', 'hr@voorbeeld.example');
				await press('Add Address');
				await type('attn', 'Crediteuren');
				await type('street', 'Stationsplein');
				await type('number', '1');
				await type('postcode', '1011 AB');
				await type('city', 'Amsterdam');
				await mapAutomatically();
			},
			shows: /^30 items/,
		},
		{
			...{ who: 'Office', wish: "Yesterday's deliveries", search: 'gift', node: 'Topgeschenken', action: 'Get many orders' },
			async fill({ add, type }) {
				const yesterday = DateTime.now().minus({ days: 1 }).toISODate();
				await add('Add Filter', 'Delivery From');
				await type('deliveryFrom', yesterday);
				await add('Add Filter', 'Delivery Until');
				await type('deliveryUntil', yesterday);
			},
		},
		{
			...{ who: 'Office', wish: 'What an order costs, with its VAT', search: 'topgeschenken', node: 'Topgeschenken', action: 'Get lines of order' },
			fill: async ({ pick }) => await pick('orderId'),
		},
		{
			...{ who: 'Office', wish: "A month's cost and VAT of gifts", search: 'cadeaus', node: 'Topgeschenken', action: 'Get totals of orders' },
			async fill({ add, type }) {
				await add('Add Filter', 'Delivery From');
				await type('deliveryFrom', DateTime.now().startOf('month').toISODate());
				await add('Add Filter', 'Delivery Until');
				await type('deliveryUntil', DateTime.now().endOf('month').toISODate());
			},
			shows: /^1 item/,
		},
		{
			...{ who: 'Office', wish: 'First purchase into bookkeeping', search: 'topgeschenken', node: 'Topgeschenken', action: 'Get order' },
			fill: async ({ pick }) => await pick('orderId'),
			then: [{ search: 'sale document', node: 'Sale Document', action: 'Make purchase document from Topgeschenken order' }, toCsv],
			shows: /^1 item/,
		},
		{
			...{ who: 'Office', wish: 'Approve a cart', search: 'winkelmand', node: 'Topgeschenken', action: 'Finalize cart', rows: [{ id: carts.find(({ orders: within }) => within.length > 0)!.uuid }] },
			fill: async ({ pick }) => await pick('cartId'),
			shows: /^1 item/,
		},
	];
}

interface Outcome {
	task: Task;
	clicks: number;
	/** Fields that were typed into. */
	typed: number;
	result: string;
	failed: boolean;
}

const PATIENCE = 30_000;
/** All orders of all webshops take as long as the limits of Stamhoofd make them. */
const LONGEST_RUN = 300_000;

async function walkOne(page: Page, playground: Playground, task: Task, number: number): Promise<Outcome> {
	page.setDefaultTimeout(PATIENCE);
	const counted = { clicks: 0, typed: 0 };
	const click = async (what: Locator) => {
		await what.scrollIntoViewIfNeeded();
		await what.click();
		counted.clicks++;
	};
	const ndv = page.locator(part('ndv'));
	const inputOf = (field: string) => ndv.locator(part(`parameter-input-${field}`)).first();
	const visibleOption = (option: string) => page.locator('.el-select-dropdown__item:visible, [role=option]:visible, [role=menuitem]:visible').filter({ hasText: new RegExp(`^\\s*${escapeRegExp(option)}`) }).first();
	const hand: Hand = {
		playground,
		async choose(field, option) {
			await click(inputOf(field));
			await click(visibleOption(option));
		},
		async tick(field, ...options) {
			await click(inputOf(field));
			for (const option of options) await click(visibleOption(option));
			await page.keyboard.press('Escape');
		},
		async add(button, field) {
			await click(ndv.getByPlaceholder(button, { exact: true }).or(ndv.getByRole('button', { name: button })).first());
			await click(visibleOption(field));
		},
		flip: async (field) => await click(inputOf(field).locator('.el-switch, [role=switch]').first()),
		async type(field, text) {
			const input = inputOf(field).locator('input, textarea, [contenteditable=true]').first();
			await input.scrollIntoViewIfNeeded();
			await input.click();
			await page.keyboard.type(text);
			await page.keyboard.press('Enter');
			counted.typed++;
		},
		press: async (text) => await click(ndv.getByText(text).last()),
		async pick(field) {
			await click(inputOf(field).locator(part('rlc-input')));
			await click(page.locator(`${part('rlc-item')}:visible`).first());
		},
		async mapAutomatically() {
			await click(ndv.locator(part('mapping-mode-select')).locator('.el-select, input').first());
			await click(visibleOption('Map Automatically'));
		},
	};

	/** Back to the canvas with Escape, which a dropdown that still has the focus would keep for itself. */
	async function leave() {
		for (const key of ['Escape', 'Shift+Tab', 'Escape']) {
			await page.keyboard.press(key);
			const isLeft = await ndv.waitFor({ state: 'hidden', timeout: 1000 }).then(() => true, () => false);
			if (isLeft) return;
		}
		await click(page.locator(part('ndv-close-button')));
	}

	const trigger = { id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
	const rows = task.rows && { type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return ${JSON.stringify(task.rows.map((json) => ({ json })))};` } };
	const before = task.from ?? rows;
	const nodes = task.starts ? [] : [trigger, ...(before ? [{ id: 'b', name: 'Sheet', position: [220, 0], ...before }] : [])] as INode[];
	const connections = before ? { Start: { main: [[{ node: 'Sheet', type: 'main' as const, index: 0 }]] } } : {};
	const { id } = await playground.addWorkflow({ name: task.wish, nodes, connections } as never);

	let failure: string | undefined;
	let result = '';
	try {
		await page.goto(`${playground.host.url}/workflow/${id}`);
		for (const [index, { search, node, action, fill }] of [task, ...(task.then ?? [])].entries()) {
			if (index > 0) await leave();
			await click(task.starts ? page.locator(part('canvas-plus-button')) : page.locator(part('canvas-handle-plus')).last());
			await page.locator(part('node-creator-search-bar')).fill(search);
			await click(page.locator(part('item-iterator-item')).filter({ hasText: new RegExp(`^${node}`) }).first());
			await click(page.locator(part('item-iterator-item')).filter({ hasText: new RegExp(`^${action}`, 'i') }).first());
			await ndv.waitFor();
			await fill?.(hand);
		}
		await click(ndv.locator(part('node-execute-button')));
		const output = ndv.locator(part('output-panel'));
		const end = output.locator(part('ndv-items-count')).or(output.locator(part('node-error-message'))).or(output.getByText('No output data returned')).first();
		await end.waitFor({ timeout: LONGEST_RUN });
		result = (await end.innerText()).replace(/\s+/g, ' ').slice(0, 100);
		if (!/\d+ items?/.test(result) || (task.shows && !task.shows.test(result))) failure = result;
	} catch (error) {
		failure = String((error as Error).message).split('\n')[0];
	}
	await page.screenshot({ path: path.join(ROOT, 'reports', `walk-${number}.png`) });
	return { task, ...counted, result: failure ?? result, failed: failure !== undefined };
}

/** Walks all tasks, or those with one of the words, and prints what each took. @throws Advice if one of them fails, or takes too many clicks */
export async function walk(page: Page, playground: Playground, words: string[] = []): Promise<void> {
	const outcomes: Outcome[] = [];
	const all = tasks(playground).filter(({ wish }) => words.length === 0 || words.some((word) => wish.toLowerCase().includes(word.toLowerCase())));
	for (const [index, task] of all.entries()) {
		outcomes.push(await walkOne(page, playground, task, index + 1));
		const { clicks, typed, result, failed } = outcomes.at(-1)!;
		console.log(`${String(index + 1).padStart(2)} ${failed ? 'FAILED' : 'ok    '} ${String(clicks).padStart(2)} clicks, ${typed} typed  ${task.who}: ${task.wish}: ${result}`);
	}
	const table = new Table({ head: ['', 'Who', 'Task', 'Clicks', 'Typed', 'Comes out'], style: { head: [], border: [] } });
	table.push(...outcomes.map(({ task, clicks, typed, result }, index) => [index + 1, task.who, task.wish, clicks, typed, result]));
	console.log(table.toString());
	const bad = outcomes.filter(({ failed, clicks }) => failed || clicks > MOST_CLICKS);
	console.log(`${outcomes.length} tasks, ${sumBy(outcomes, 'clicks')} clicks`);
	if (bad.length > 0) throw new Advice(`Failed, or more than ${MOST_CLICKS} clicks: ${bad.map(({ task }) => task.wish).join(', ')}`);
}
