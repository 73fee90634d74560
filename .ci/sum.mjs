/**
 * Adds up what the runners report: jest for the unit and engine tests, the scan, jest for the tests in a real n8n.
 * What failed is named just above the sum, where nobody has to look for it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

let passed = 0;
let failed = 0;
for (const runner of ['jest', 'scan', 'host']) {
	try {
		const report = JSON.parse(readFileSync(`reports/${runner}.json`, 'utf8'));
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites = 0, testResults = [] } = report;
		for (const { name, message, status, assertionResults } of testResults) {
			if (status !== 'failed') continue;
			const tests = assertionResults.filter((test) => test.status === 'failed');
			for (const { fullName, failureMessages } of tests) console.log(`\n${path.relative('.', name)}\n${fullName}\n${failureMessages.join('\n')}`);
			if (tests.length === 0) console.log(`\n${path.relative('.', name)}\n${message}`);
		}
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
