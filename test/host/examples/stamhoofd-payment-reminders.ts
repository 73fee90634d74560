import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { payments } = platforms.stamhoofd.sandbox.state;
	const twoWeeksAgo = Date.now() - 14 * 86_400_000;
	const open = payments
		.filter(({ method, status }) => method === 'Transfer' && ['Created', 'Pending'].includes(status))
		.filter(({ createdAt }) => createdAt < twoWeeksAgo);
	expect(open.length).toBeGreaterThan(100);
	expect(json('Open Payments').map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());
	expect(new Set(pairs('Open Payments'))).toEqual(new Set([0]));

	const reminders = json('Reminder');
	const owing = open.filter(({ price }) => price > 0);
	expect(reminders.map(({ paymentId }) => paymentId).sort()).toEqual(owing.map(({ id }) => id).sort());
	for (const { paymentId, to, subject, text } of reminders) {
		const { customer, description, price, communication } = owing.find(({ id }) => id === paymentId)!;
		expect(to).toBe(customer.email);
		expect(subject).toBe(`Reminder: ${description}`);
		expect(text).toContain(`Dear ${customer.firstName} ${customer.lastName},`);
		expect(text).toContain(`€ ${(price / 100).toFixed(2)} for ${description}.`);
		expect(text).toContain(`communication ${communication}.`);
	}
}
