import type { ExampleRun } from '../exampleRun';

export function check({ json, platforms }: ExampleRun) {
	const { orders, payments, shippingFees } = platforms.boekwinkeltjes.sandbox.state;
	const mails = json('Mail');
	expect(mails.length).toBeGreaterThan(50);
	const unreachable = json('Orders to Look At');
	expect(unreachable).toEqual([{ order: expect.any(Number), whatIsWrong: 'Customer Email is empty: fill it in, or check the expression that gives it' }]);
	const others = json('Unpaid Orders').filter(({ id }) => id !== unreachable[0].order);
	expect(mails.map(({ orderId }) => orderId)).toEqual(others.map(({ id }) => id));
	// What still waits for payment is not older than seven days.
	const weekAgo = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
	const waiting = orders.filter(
		({ id, status, paymentStatus }) => status === 'wait_for_payment' && paymentStatus === 'open' && id !== unreachable[0].order,
	);
	expect(waiting.every(({ date }) => date.slice(0, 10) >= weekAgo)).toBe(true);

	for (const { orderId, to, text } of mails) {
		const { status, buyer, book } = orders.find(({ id }) => id === orderId)!;
		expect(status).toBe('paymentlink_mailed');
		expect(to).toBe(buyer.email);
		const link = /https:\/\/\S+/.exec(String(text))![0];
		const fee = shippingFees.categories.find(({ id }) => id === book.shippingCategory)!.fee;
		expect(payments.find(({ paymentLinkUuid }) => link.endsWith(String(paymentLinkUuid)))).toMatchObject({
			title: book.title,
			price: book.price,
			shippingCost: fee,
			email: buyer.email,
		});
		expect(text).toContain(`€ ${(book.price + fee).toFixed(2)}`);
	}
}
