/** Many sales, a tenth of the requests disturbed, over several executions: each is booked once, each unknown end is named. */
import { disturb } from '../sandbox/webwinkelfacturen/disturb';
import { LONGEST_TEST, times } from '../stress/times';
import { items, sale } from './saleDocuments';
import { useWebwinkelfacturen } from './webwinkelfacturen';

jest.setTimeout(LONGEST_TEST);

const bench = useWebwinkelfacturen();

const SALES = times(120, 1000);
const add = { resource: 'sale', operation: 'add' };

const documents = Array.from({ length: SALES }, (_, index) => sale(index + 1));

const isUnknown = (text: string) => text.includes('It is unknown whether');

test(`${SALES} sales with a tenth of the requests disturbed`, async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const { state } = bench.sandbox;
	const arrived = () => new Set(state.added.filter(({ entity }) => entity === 'order').map(({ id }) => id));
	const named = new Map<string, string>();
	const booked = () => new Set(state.booked.map(({ id }) => id));

	for (const round of [1, 2, 3]) {
		disturb(bench.sandbox, round);
		// Whoever runs it sees which sale it is by the number in the sentence.
		const { items: out, error } = await bench.run(add, { items: items(...documents), onError: 'continueRegularOutput' });
		bench.sandbox.faults.splice(0);
		expect(error).toBeUndefined();
		expect(out).toHaveLength(SALES);
		for (const [index, { json }] of out.entries()) {
			const { id, number } = documents[index];
			if (json.result !== undefined) {
				// What is said to be sent is there, or has been.
				expect(arrived()).toContain(id);
				named.delete(id);
			} else {
				expect(String(json.error)).toContain(`Order ${number}`);
				if (isUnknown(String(json.error))) named.set(id, String(json.error));
				// What is said to have failed is not there.
				else if (!named.has(id)) expect(arrived()).not.toContain(id);
			}
		}
		bench.sandbox.book();
	}

	// Nobody has one twice.
	const all = state.added.filter(({ entity }) => entity === 'order').map(({ id }) => id);
	expect(all).toHaveLength(new Set(all).size);
	// What is neither booked nor said to be unknown is only waiting for a run without a refusal.
	const { items: rest } = await bench.run(add, { items: items(...documents), onError: 'continueRegularOutput' });
	const unknown = new Set(rest.filter(({ json }) => isUnknown(String(json.error))).map((_, index) => index));
	bench.sandbox.book();
	for (const [index, { json }] of rest.entries()) {
		if (json.result !== undefined) expect(booked()).toContain(documents[index].id);
		else expect(String(json.error)).toMatch(/^It is unknown whether Webwinkelfacturen has Order \d+: .* switch on Send Again for it\.$/);
	}
	expect(unknown.size).toBeLessThan(SALES / 10);

	// A person looks those up in the bookkeeping, and sends again what is not there.
	const missing = documents.filter(({ id }) => !booked().has(id));
	await bench.run({ ...add, options: { sendAgain: true } }, { items: items(...missing) });
	bench.sandbox.book();
	expect(state.booked).toHaveLength(SALES);
	expect(booked().size).toBe(SALES);
});
