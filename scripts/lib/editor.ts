/** n8n's editor in a browser, with somebody logged in. */
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { OWNER } from './client';

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
