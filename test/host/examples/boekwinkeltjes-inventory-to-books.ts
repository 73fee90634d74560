import type { ExampleRun } from '../exampleRun';

export function check({ json, pairs, platforms }: ExampleRun) {
	const { books } = platforms.boekwinkeltjes.sandbox.state;
	const book = (number: number) => books.filter(({ bookNumber }) => bookNumber === number);
	expect(book(880001)).toMatchObject([
		{ title: 'Max Havelaar', price: 12.5, ean: 9789028902077, category1: 'literatuur', date: '2026-11-21 00:00:00' },
	]);
	expect(book(880002)).toMatchObject([{ title: 'Oude ansichten van Nijverdal', price: 7.95, amount: 2, ean: 0 }]);
	expect(book(880003)).toMatchObject([{ price: 1250, ean: 9780140449136, shippingFormat: 1 }]);
	const [known] = book(213000000005);
	expect(known).toMatchObject({ price: 9, amount: 3, location: 'bw-doos 89' });
	expect(known.title).not.toBe('');
	expect(book(880004)).toEqual([]);

	const taken = json('In the Shop').filter(({ action }) => action);
	expect(taken.map(({ bookNumber, action }) => [bookNumber, action])).toEqual([
		['880001', 'created'],
		['880002', 'created'],
		['213000000005', 'updated'],
		['880003', 'created'],
		['880005', 'created'],
	]);
	expect(json('Rows to Correct')).toEqual([
		{
			number: 880005,
			title: 'Nijntje in de sneeuw',
			whatIsWrong: 'The file is not a JPEG or PNG picture: convert it to one of these first',
		},
		{ number: 880004, title: 'De brieven', whatIsWrong: 'Price "n.o.t.k." is not an amount of money: write it as 25,00' },
	]);
	expect(book(880005)[0].images).toEqual([]);

	expect(json('Upload Picture').filter(({ success }) => success)).toHaveLength(3);
	expect(pairs('Upload Picture')).toEqual([0, 1, 2, 3]);
	for (const number of [880001, 880002, 880003]) {
		expect(book(number)[0].images).toMatchObject([{ source: { contentType: 'image/png' } }]);
	}
}
