/** The pictures of the README and the documents, from the real editor. */
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from 'playwright-core';

import type { HostedPlatform } from '../../test/host/platforms';
import { withRows, workflowOf } from '../../test/host/playground';
import { part } from './editor';
import { ROOT } from './package';
import { readExamples } from './playground';
import type { Playground } from './playground';
import { Advice } from './run';

const IMAGES = path.join(ROOT, 'docs/images');

/** The run that the README shows. */
const MAIN_EXAMPLE = 'stamhoofd-match-bank-transfers';

/** Its node that makes the table of what a person has to look at. */
const REVIEW = 'Table for a Mail';

const SHEET = [
	{ Titel: 'Max Havelaar', Auteur: 'Multatuli', ISBN: '90-289-0207-4', Prijs: '€ 12,50', Kast: 'bw-doos 88' },
	{ Titel: 'Oude ansichten van Nijverdal', Auteur: 'Wit, H. de', ISBN: '', Prijs: '7,95', Kast: 'bw-doos 88' },
	{ Titel: 'Gijsbreght van Aemstel', Auteur: 'Vondel, Joost van den', ISBN: '978-0-14-044913-6', Prijs: '1.250,00', Kast: 'kluis' },
];

/** GitHub shows bigger ones slowly, and a clone has to carry them. */
const MOST_BYTES = 150_000;

interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

interface Camera {
	page: Page;
	playground: Playground;
	/** Takes what is on the page, or a part of it. */
	shoot(name: string, what?: string | Area): Promise<void>;
}

const hide = async (page: Page, selectors: string[]) => await page.addStyleTag({ content: `${selectors.join(', ')} { opacity: 0 !important; }` });

const MESSAGES = '.el-notification';

/** What n8n lays over the canvas; it can still be clicked. */
const OVERLAYS = [part('canvas-controls'), part('execute-workflow-button'), part('node-creator-plus-button'), '[class*=nodeButtonsWrapper]', '[class*=addButtonsWrapper]', '[class*=bottomMenu]', '.radio-group', MESSAGES];

/** Opens a workflow, with all of its canvas in sight. */
async function openCanvas({ page, playground: { host } }: Camera, id: string) {
	await page.goto(`${host.url}/workflow/${id}`);
	await page.locator(`${part('canvas-node')} img`).last().waitFor();
	await page.click(part('zoom-to-fit'));
	await page.mouse.move(700, 5);
	// Its way there is animated.
	await page.waitForTimeout(1000);
}

/** The nodes and notes of the canvas, with a margin. */
async function shootCanvas({ page, shoot }: Camera, name: string) {
	await hide(page, OVERLAYS);
	const boxes = await Promise.all((await page.locator('.vue-flow__node').all()).map(async (node) => await node.boundingBox()));
	const seen = boxes.flatMap((box) => box ?? []);
	const margin = 40;
	const left = Math.max(0, Math.min(...seen.map(({ x }) => x)) - margin);
	const top = Math.max(0, Math.min(...seen.map(({ y }) => y)) - margin);
	// What follows the last nodes: how many items came out.
	const right = Math.max(...seen.map(({ x, width }) => x + width)) + 3 * margin;
	// The names of nodes stand below them.
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + 2 * margin;
	await shoot(name, { x: left, y: top, width: right - left, height: bottom - top });
}

async function shootExamples(camera: Camera) {
	const { page, playground } = camera;
	for (const [name, example] of Object.entries(await readExamples())) {
		const stored = await playground.addWorkflow(example);
		await openCanvas(camera, stored.id);
		await shootCanvas(camera, `example-${name}`);
		if (name !== MAIN_EXAMPLE) continue;
		await page.click(part('execute-workflow-button'));
		await page.locator(part('canvas-node-status-success')).last().waitFor();
		await page.getByText('Executing workflow').waitFor({ state: 'hidden' });
		await page.waitForTimeout(5000);
		await shootCanvas(camera, 'run');
		await shootReview(camera, stored.id);
	}
}

/** How a mail program shows the table, with links that break. */
const MAIL = `body { margin: 0; width: 1060px } td, th { padding: 5px 8px; text-align: left; vertical-align: top; font: 13px/1.35 Arial, sans-serif }
	td:nth-child(1), td:nth-child(4) { white-space: nowrap } td:nth-child(5) { width: 230px } td:nth-child(6) { width: 200px }
	td:nth-child(7) { width: 150px; font-size: 9px; word-break: break-all; color: #06c }`;

/** The table that the treasurer gets by mail, of the run that is on the canvas. */
async function shootReview({ page, playground: { client }, shoot }: Camera, workflowId: string) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await client.rest<{ results: Array<{ id: string }> }>('GET', `/rest/executions?filter=${filter}&limit=1`);
	const { data } = await client.getExecution(results[0].id);
	const [item] = data.resultData.runData[REVIEW].at(-1)!.data!.main[0]!;
	const html = Object.values(item.json).find((value) => String(value).includes('<table'));
	await page.setContent(`<!doctype html><style>${MAIL}</style>${String(html)}`);
	await shoot('bank-review', 'table');
}

/** The panel of a workflow's node, which has just run. */
async function shootRun(camera: Camera, name: string, id: string) {
	const { page } = camera;
	await openCanvas(camera, id);
	await page.dblclick(`${part('canvas-node')}[data-node-name="Node"]`);
	const node = page.locator(part('ndv'));
	await node.locator(part('node-execute-button')).click();
	await node.locator(part('output-panel')).locator(part('ndv-items-count')).waitFor();
	await hide(page, [MESSAGES]);
	await page.waitForTimeout(500);
	await camera.shoot(name, part('ndv'));
}

/** Rows as a sheet has them, each put up for sale as a book. */
async function shootSheet(camera: Camera) {
	const { playground } = camera;
	const { boekwinkeltjes } = playground.platforms;
	const parameters = { resource: 'book', operation: 'create', book: { mappingMode: 'autoMapInputData', value: null }, dryRun: true };
	const workflow = workflowOf('Books from a sheet', boekwinkeltjes.list.type, 1, parameters as never, boekwinkeltjes.credentials[0]);
	const { id } = await playground.addWorkflow(withRows(workflow, SHEET));
	await shootRun(camera, 'sheet', id);
}

async function shootNodes(camera: Camera) {
	const { playground } = camera;
	for (const [name, { list, credentials }] of Object.entries<HostedPlatform>(playground.platforms)) {
		const parameters = { ...list.parameters, returnAll: false, limit: 5 };
		const { id } = await playground.addWorkflow(workflowOf(name, list.type, 1, parameters, credentials[0]));
		await shootRun(camera, `node-${name}`, id);
	}
}

async function shootCredentials(camera: Camera) {
	const { page, playground } = camera;
	const stored = await playground.client.rest<Array<{ id: string; name: string }>>('GET', '/rest/credentials');
	for (const [name, { credentials }] of Object.entries<HostedPlatform>(playground.platforms)) {
		const { id } = stored.find((one) => one.name === credentials[0].name)!;
		await page.goto(`${playground.host.url}/home/credentials/${id}`);
		await page.locator(part('credentials-config-container-test-success')).waitFor();
		await page.waitForTimeout(500);
		await camera.shoot(`credential-${name}`, '.el-dialog');
	}
}

/** Takes all pictures, in the place of those of earlier. */
export async function takePictures(page: Page, playground: Playground) {
	await rm(IMAGES, { recursive: true, force: true });
	await mkdir(IMAGES, { recursive: true });
	const camera: Camera = {
		page,
		playground,
		async shoot(name, what) {
			const file = path.join(IMAGES, `${name}.png`);
			if (typeof what === 'string') await page.locator(what).first().screenshot({ path: file });
			else await page.screenshot({ path: file, clip: what });
			const { size } = await stat(file);
			if (size > MOST_BYTES) throw new Advice(`docs/images/${name}.png has ${size} bytes: show less in it.`);
			console.log(`docs/images/${name}.png`);
		},
	};
	for (const take of [shootExamples, shootSheet, shootNodes, shootCredentials]) await take(camera);
}
