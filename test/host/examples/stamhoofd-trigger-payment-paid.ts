import { timeOf } from '../../../nodes/operation/time';
import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { payments } = platforms.stamhoofd.sandbox.state;
	const found = json('Payment Paid');
	expect(found).toHaveLength(5);
	const newest = Math.max(...payments.map(({ paidAt }) => paidAt ?? 0));
	expect(found[0].paidAt).toBe(timeOf(newest));
	const mails = json('Mail');
	expect(mails.length).toBeGreaterThan(0);
	for (const { paymentId, to, subject, text } of mails) {
		const { customer, description, price, status } = payments.find(({ id }) => id === paymentId)!;
		expect(status).toBe('Succeeded');
		expect({ to, subject }).toEqual({ to: customer.email, subject: `Thank you: ${description}` });
		expect(text).toContain(`Dear ${customer.firstName} ${customer.lastName},\n\nThank you: we received € ${(price / 100).toFixed(2)} for`);
	}
}
