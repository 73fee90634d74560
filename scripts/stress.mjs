/** `npm run stress`: the tests in files called *.stress.test.ts, with their full numbers instead of the small ones of `npm test`. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(process.execPath, [jest, '--testPathPattern', '\\.stress\\.test\\.ts$', '-w', '1', ...process.argv.slice(2)], {
	stdio: 'inherit',
	env: { ...process.env, STRESS: '1' },
});
process.exit(status ?? 1);
