/** Runs once before the tests: what they need and do not make themselves. */
import { findChromium } from '../../scripts/lib/chromium';
import { installN8n } from '../../scripts/lib/n8n';
import { buildAndPack } from '../../scripts/lib/package';
import { step } from '../../scripts/lib/run';

export default async function prepare() {
	await installN8n();
	process.env.HOST_CHROMIUM = await findChromium();
	process.env.HOST_TARBALL = await step('Building and packing the package', buildAndPack);
}
