/** The node as a person sees it in n8n's editor. The screenshots are in reports/. */
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { openEditor, part as id } from '../../scripts/lib/editor';
import { ROOT } from '../../scripts/lib/package';
import { readExamples } from '../../scripts/lib/playground';
import { PLATFORM_NAMES } from './platforms';
import { usePlayground, workflowOf } from './playground';

const playground = usePlayground();
let browser: Browser;
let page: Page;

const NAMESPACE = 'n8n-nodes-dutch-commerce.';

const screenshot = async (name: string) => await page.screenshot({ path: path.join(ROOT, 'reports', `editor-${name}.png`) });

beforeAll(async () => {
	({ browser, page } = await openEditor(process.env.HOST_CHROMIUM!, playground.current.host.url));
});

afterAll(async () => await browser?.close());

describe.each(PLATFORM_NAMES)('%s', (name) => {
	test('the node shows its fields, and "Execute step" gives items', async () => {
		const { addWorkflow, platforms, host } = playground.current;
		const { list, credentials } = platforms[name];
		const parameters = { ...list.parameters, returnAll: false, limit: 3 };
		const { id: workflowId } = await addWorkflow(workflowOf(`${name}: editor`, list.type, 1, parameters, credentials[0]));
		await page.goto(`${host.url}/workflow/${workflowId}`);
		await page.dblclick(`${id('canvas-node')}[data-node-name="Node"]`);
		const node = page.locator(id('ndv'));
		for (const parameter of Object.keys(parameters)) await node.locator(id(`parameter-input-${parameter}`)).waitFor();
		expect(await node.locator(id('node-credentials-select')).locator('input').inputValue()).toBe(credentials[0].name);

		await node.locator(id('node-execute-button')).click();
		const count = node.locator(id('output-panel')).locator(id('ndv-items-count'));
		await count.waitFor();
		expect(await count.innerText()).toMatch(/^3 items/);
		await node.locator(id('node-execute-button')).getByText('Execute step').waitFor();
		await screenshot(`${name}-node`);
	});

	test('an example is shown with the icons of its nodes', async () => {
		const { addWorkflow, host } = playground.current;
		const [, example] = Object.entries(await readExamples()).find(([file]) => file.startsWith(`${name}-`))!;
		const { id: workflowId } = await addWorkflow(example);
		await page.goto(`${host.url}/workflow/${workflowId}`);
		const own = example.nodes.find(({ type }) => type.startsWith(NAMESPACE))!;
		const icon = page.locator(`${id('canvas-node')}[data-node-name="${own.name}"] img`).first();
		await icon.waitFor();
		expect(await icon.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0);
		await screenshot(`${name}-example`);
	});
});
