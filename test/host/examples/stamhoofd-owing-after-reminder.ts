import { receivables, totalsOf } from '../../sandbox/stamhoofd/balances';
import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { state } = platforms.stamhoofd.sandbox;
	const owing = receivables(state).filter((one) => ['member', 'organization'].includes(one.type) && totalsOf(one).amountOpen > 0);
	expect(json('Open Balances').map(({ id }) => id).sort()).toEqual(owing.map(({ objectId }) => objectId).sort());

	const twoWeeksAgo = Date.now() - 14 * 86_400_000;
	const amounts = new Map<string, number>();
	for (const one of owing) {
		const reminded = one.member && state.reminders.get(one.member);
		const email = one.contacts[0]?.emails[0];
		if (!reminded || reminded.lastReminderEmail > twoWeeksAgo || !email) continue;
		amounts.set(email, (amounts.get(email) ?? 0) + totalsOf(one).amountOpen);
	}
	expect(amounts.size).toBeGreaterThan(0);
	const mails = json('Mail');
	expect(new Map(mails.map(({ to, amount }) => [to, Math.round(Number(amount) * 100)]))).toEqual(amounts);
	expect(mails).toHaveLength(amounts.size);
	for (const { subject, amount, text } of mails) {
		expect(subject).toBe(`Still open: € ${Number(amount).toFixed(2)}`);
		expect(text).toMatch(/is still open for \S+/);
	}
}
