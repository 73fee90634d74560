import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { payments } = platforms.stamhoofd.sandbox.state;
	const lines = json('Lines');
	const rows = json('Result');

	expect(rows.map(({ result }) => result)).toEqual([
		'matched',
		'matched',
		'matched',
		'amountDiffers',
		'alreadyPaid',
		'invalidCheckDigits',
		'noMatch',
		'noMatch',
	]);
	expect(rows.map(({ amount }) => amount)).toEqual([60, 50, 75, 200, 60, 36, 150, -84.7]);
	expect(rows.map(({ payer, date }) => [payer, date])).toEqual(lines.map(({ payer, date }) => [payer, date]));
	expect(pairs('Match Bank Transfers')).toEqual(lines.map((_, position) => position));

	const matches = json('Match Bank Transfers');
	for (const { result, paymentId, markedAsPaid } of matches) {
		expect(markedAsPaid).toBe(result === 'matched');
		const status = payments.find(({ id }) => id === paymentId)?.status;
		if (result === 'matched') expect(status).toBe('Succeeded');
		if (result === 'amountDiffers') expect(status).toBe('Created');
	}
	const changes = platforms.stamhoofd.sandbox.requests.filter(({ method }) => method === 'PATCH');
	expect(changes).toHaveLength(1);
}
