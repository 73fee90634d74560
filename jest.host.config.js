/** `npm run test:host`: the packed package in a real n8n. */
module.exports = {
	displayName: 'host',
	testMatch: ['<rootDir>/test/host/**/*.test.ts'],
	// The agents of n8n 1.x keep to themselves what a tool says went wrong: docs/install.md names what needs 2.x.
	testPathIgnorePatterns: ['1', '2.0'].includes(process.env.N8N_LINE) ? ['/agent\\.test'] : [],
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/'],
	transform: { '^.+\\.ts$': 'ts-jest' },
	globalSetup: '<rootDir>/test/host/prepare.ts',
	testEnvironment: 'node',
	testTimeout: 180_000,
	maxWorkers: 1,
};
