/** n8n's editor in a browser, with somebody logged in. */
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { findChromium } from './chromium';
import { OWNER } from './client';
import { installN8n } from './n8n';
import { buildAndPack } from './package';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { Advice, step } from './run';

/** Selector of a part of the editor, by the name that n8n gives it for tests. */
export const part = (name: string) => `[data-test-id=${name}]`;

/** @param executable path of a Chromium */
export async function openEditor(executable: string, url: string): Promise<{ browser: Browser; page: Page }> {
	const browser = await chromium.launch({
		executablePath: executable,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
		page.setDefaultTimeout(120_000);
		await page.goto(url);
		await page.fill('input[type=email]', OWNER.email);
		await page.fill('input[type=password]', OWNER.password);
		await page.click(part('form-submit-button'));
		await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
		return { browser, page };
	} catch (error) {
		await browser.close();
		throw error;
	}
}

/** Does something in the editor of a new n8n with the package in it, and ends this process. */
export async function inEditor(work: (page: Page, playground: Playground) => Promise<void>): Promise<never> {
	try {
		const n8n = await installN8n();
		const executable = await findChromium();
		const tarball = await step('Building and packing the package', buildAndPack);
		const playground = await step('Starting the sandboxes and n8n', async () => await startPlayground(n8n, tarball));
		try {
			const { browser, page } = await openEditor(executable, playground.host.url);
			await work(page, playground);
			await browser.close();
		} finally {
			await playground.stop();
		}
	} catch (error) {
		console.error(error instanceof Advice ? error.message : error);
		process.exit(1);
	}
	process.exit(0);
}
