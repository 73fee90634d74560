/** Adds up what the runners report: jest for the unit and engine tests, the scan, jest for the tests in a real n8n. */
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const runner of ['jest', 'scan', 'host']) {
	const file = `reports/${runner}.json`;
	try {
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites = 0 } = JSON.parse(readFileSync(file, 'utf8'));
		console.log(`${runner}: ${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
		passed += numPassedTests;
		failed += numFailedTests + numRuntimeErrorTestSuites;
	} catch {
		console.log(`${runner}: did not get as far as a report`);
		failed++;
	}
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
