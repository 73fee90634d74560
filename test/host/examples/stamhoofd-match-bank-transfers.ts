import type { ExampleRun } from '../exampleRun';

export function check({ json, items, pairs, platforms }: ExampleRun) {
	const { payments, organization } = platforms.stamhoofd.sandbox.state;
	const lines = json('Bank Statement');
	const matches = json('Match Bank Transfers');
	expect(lines).toHaveLength(13);

	// One line pays two payments, so that it comes out twice.
	expect(matches.map(({ result, amount }) => [result, amount])).toEqual([
		['matched', 60],
		['matched', 50],
		['matched', 75],
		['amountDiffers', 200],
		['alreadyPaid', 60],
		['invalidCheckDigits', 36],
		['matched', 100],
		['matched', 100],
		['paidInParts', 100],
		['noMatch', 150],
		['noMatch', -84.7],
		['matched', 45],
		['reversed', 22.5],
		['reversed', -22.5],
	]);
	expect(pairs('Match Bank Transfers')).toEqual([0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12]);
	expect(matches.map(({ payerName, date }) => [payerName, date])).toEqual(
		pairs('Match Bank Transfers').map((line) => [lines[line].counterpartyName, lines[line].date]),
	);

	const statusOf = (id: unknown) => payments.find((payment) => payment.id === id)?.status;
	for (const { result, paymentId, markedAsPaid } of matches) {
		expect(markedAsPaid).toBe(result === 'matched');
		if (result === 'matched') expect(statusOf(paymentId)).toBe('Succeeded');
		if (result === 'reversed') expect(statusOf(paymentId)).toBe('Created');
	}

	// Sure ones are marked, those to be looked at are a table, the others are left out.
	expect(json('Paid').map(({ result }) => result)).toEqual(['matched', 'matched', 'matched', 'matched', 'matched', 'paidInParts', 'matched']);
	const review = json('To Look At');
	expect(review.map(({ amount }) => amount)).toEqual([200, 60, 36, 22.5, -22.5]);
	const differing = matches.find(({ result }) => result === 'amountDiffers')!;
	const link = `https://stamhoofd.app/beheerders/${organization.uri}/boekhouding/overschrijvingen/${String(differing.paymentId)}`;
	expect(review[0]).toMatchObject({ reason: '€ 200.00 was paid, € 240.00 is due: € 40.00 is missing.', link, 'Payment ID': '' });
	const [{ table }] = json('Table for a Mail') as [{ table: string }];
	for (const { reason } of review) expect(table).toContain(reason);

	// A person has decided on one of them.
	expect(json('Mark Decided')).toMatchObject([{ result: 'matched', reason: 'You chose it.', markedAsPaid: true, paymentId: differing.paymentId }]);
	expect(statusOf(differing.paymentId)).toBe('Succeeded');
	const changes = platforms.stamhoofd.sandbox.requests.filter(({ method, body }) => method === 'PATCH' && matches.some(({ paymentId }) => JSON.stringify(body).includes(String(paymentId))));
	expect(changes).toHaveLength(2);

	expect(items('Result')).toHaveLength(matches.length);
}
