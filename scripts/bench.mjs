/** `npm run bench`. On a new machine nothing is installed yet: what needs a library is loaded after the installation. */
import { install } from './install.mjs';

try {
	await install();
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
const tsx = await import('tsx/cjs/api');
await tsx.require('../test/bench/main.ts', import.meta.url).main();
