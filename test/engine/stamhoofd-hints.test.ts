import { LINES, useStamhoofd } from './stamhoofd';

describe.each(LINES)('$line line', ({ line }) => {
	const bench = useStamhoofd({ line, payments: 50 });

	test('the editor says once what the first line leaves out, the current one leaves out nothing', async () => {
		const { run } = await bench.run(
			{ resource: 'payment', operation: 'getAll', returnAll: true },
			{ items: [{ json: {} }, { json: {} }] },
		);
		const hints = run.data.resultData.runData.Node[0].hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual(
			line === 'current' ? [] : [expect.stringMatching(/open transfers and those paid or failed in the last seven days/)],
		);
	});
});
