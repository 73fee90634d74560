/** `npm run screenshots`: takes the pictures of the README and the documents from the real editor, into docs/images/. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from 'playwright-core';

import type { HostedPlatform } from '../test/host/platforms';
import { workflowOf } from '../test/host/playground';
import { findChromium } from './lib/chromium';
import { openEditor, part } from './lib/editor';
import { installN8n } from './lib/n8n';
import { buildAndPack, ROOT } from './lib/package';
import { readExamples, startPlayground } from './lib/playground';
import type { Playground } from './lib/playground';
import { step } from './lib/run';

const IMAGES = path.join(ROOT, 'docs/images');

/** The run that the README shows. */
const MAIN_EXAMPLE = 'stamhoofd-match-bank-transfers';

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
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + margin;
	await shoot(name, { x: left, y: top, width: right - left, height: bottom - top });
}

async function shootExamples(camera: Camera) {
	const { page, playground } = camera;
	for (const [name, example] of Object.entries(await readExamples())) {
		const { id } = await playground.addWorkflow(example);
		await openCanvas(camera, id);
		await shootCanvas(camera, `example-${name}`);
		if (name !== MAIN_EXAMPLE) continue;
		await page.click(part('execute-workflow-button'));
		await page.locator(part('canvas-node-status-success')).last().waitFor();
		await page.getByText('Executing workflow').waitFor({ state: 'hidden' });
		await page.waitForTimeout(5000);
		await shootCanvas(camera, 'run');
	}
}

async function shootNodes(camera: Camera) {
	const { page, playground } = camera;
	for (const [name, { list, credentials }] of Object.entries<HostedPlatform>(playground.platforms)) {
		const parameters = { ...list.parameters, returnAll: false, limit: 5 };
		const { id } = await playground.addWorkflow(workflowOf(name, list.type, 1, parameters, credentials[0]));
		await openCanvas(camera, id);
		await page.dblclick(`${part('canvas-node')}[data-node-name="Node"]`);
		const node = page.locator(part('ndv'));
		await node.locator(part('node-execute-button')).click();
		await node.locator(part('output-panel')).locator(part('ndv-items-count')).waitFor();
		await hide(page, [MESSAGES]);
		await page.waitForTimeout(500);
		await camera.shoot(`node-${name}`, part('ndv'));
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

async function main() {
	const n8n = await installN8n();
	const executable = await findChromium();
	const tarball = await step('Building and packing the package', buildAndPack);
	const playground = await step('Starting the sandboxes and n8n', async () => await startPlayground(n8n, tarball));
	try {
		const { browser, page } = await openEditor(executable, playground.host.url);
		await rm(IMAGES, { recursive: true, force: true });
		await mkdir(IMAGES, { recursive: true });
		const camera: Camera = {
			page,
			playground,
			async shoot(name, what) {
				const file = path.join(IMAGES, `${name}.png`);
				if (typeof what === 'string') await page.locator(what).first().screenshot({ path: file });
				else await page.screenshot({ path: file, clip: what });
				console.log(`docs/images/${name}.png`);
			},
		};
		for (const take of [shootExamples, shootNodes, shootCredentials]) await take(camera);
		await browser.close();
	} finally {
		await playground.stop();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
