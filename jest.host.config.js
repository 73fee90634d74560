/** `npm run test:host`: the packed package in a real n8n. */
module.exports = {
	displayName: 'host',
	testMatch: ['<rootDir>/test/host/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/'],
	transform: { '^.+\\.ts$': 'ts-jest' },
	globalSetup: '<rootDir>/test/host/prepare.ts',
	testEnvironment: 'node',
	testTimeout: 180_000,
	maxWorkers: 1,
};
