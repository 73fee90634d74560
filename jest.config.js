/** Unit tests and tests on n8n's real engine; `npm run test:host` has its own configuration. */
module.exports = {
	projects: ['unit', 'engine'].map((name) => ({
		displayName: name,
		testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
		transform: { '^.+\\.ts$': 'ts-jest' },
		setupFiles: ['reflect-metadata'],
		testEnvironment: 'node',
	})),
	testTimeout: 30_000,
};
