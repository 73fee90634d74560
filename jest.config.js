/** Unit tests and tests on n8n's real engine; `npm run test:host` has its own configuration. */
module.exports = {
	projects: ['unit', 'engine'].map((name) => ({
		displayName: name,
		testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
		transform: { '^.+\\.ts$': 'ts-jest' },
		setupFiles: ['reflect-metadata', '<rootDir>/test/engine/fastTime.ts', '<rootDir>/test/engine/unhurried.ts'],
		testEnvironment: 'node',
	})),
	// Jest would leave a core idle.
	maxWorkers: '100%',
	testTimeout: 30_000,
};
