import { answerTo } from '../../nodes/Webwinkelfacturen/api/answers';
import type { Source } from '../../nodes/Webwinkelfacturen/api/answers';
import { countKept, keep, keptUnder } from '../../nodes/Webwinkelfacturen/api/keep';
import type { Question } from '../../nodes/Webwinkelfacturen/api/question';
import type { Entry } from '../../nodes/Webwinkelfacturen/api/shops';
import { sale } from '../engine/saleDocuments';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const MINUTE = 60_000;

let clock: jest.SpyInstance<number>;

beforeEach(() => (clock = jest.spyOn(Date, 'now').mockReturnValue(NOW)));
afterEach(() => clock.mockRestore());

/** How often the moments of the list are looked at, which tells how long an answer takes. */
let looks: number;

function shopOf(count: number, status: (index: number) => string): Source {
	looks = 0;
	const entry = (index: number): Entry => ({
		id: String(index),
		get at() {
			looks++;
			return NOW - count * 1000 + index * 1000;
		},
		record: { status: status(index) },
	});
	const entries = Array.from({ length: count }, (_, index) => entry(index));
	const source = {
		shop: {
			...{ prefix: 'shop', account: `a shop of ${count}`, numbersAreIds: false },
			list: async () => await Promise.resolve(entries),
			get: async () => await Promise.resolve(undefined),
			document: ({ status: one }: { status: string }) => ({ ...sale('1'), status: one }),
		},
		...{ settings: {}, settingsKey: '', leavesOutInvalid: true, lookBackDays: 60, now: NOW },
	};
	return source as unknown as Source;
}

const asked = { resource: 'sales', period: { from: 0, to: NOW }, status: 'open' } as const;

test('to find nothing among 4000 sales, one a page, each is looked at a few times, and n8n gets its turns', async () => {
	let turns = 0;
	let isOver = false;
	const count = () => {
		turns++;
		if (!isOver) setImmediate(count);
	};
	setImmediate(count);
	const { data, page } = await answerTo(shopOf(4000, () => 'paid'), { ...asked, limit: 1 });
	isOver = true;
	expect([data, page]).toEqual([[], { limit: 1, count: 0, next: null }]);
	expect(looks).toBeLessThan(4000 * 30);
	expect(turns).toBeGreaterThan(10);
});

test('those that are wanted come once each over the pages, however few they are', async () => {
	const source = shopOf(1000, (index) => (index % 37 === 5 ? 'open' : 'paid'));
	let found = 0;
	let question: Question = { ...asked, limit: 4 };
	for (let pages = 0; pages < 100; pages++) {
		const { page } = await answerTo(source, question);
		found += page.count;
		if (page.next === null) break;
		question = { ...question, after: Buffer.from(page.next, 'base64url').toString() };
	}
	expect(found).toBe(27);
});

test('what has ended is let go without being asked for again', async () => {
	const large = Array.from({ length: 300 }, (_, index) => `large ${index}`);
	for (const key of large) await keep(key, NOW, 5 * MINUTE, async () => await Promise.resolve(key));
	expect(await keptUnder('large ', NOW)).toHaveLength(300);
	clock.mockReturnValue(NOW + 6 * MINUTE);
	await keep('another', NOW + 6 * MINUTE, 5 * MINUTE, async () => await Promise.resolve('another'));
	expect(countKept()).toBe(1);
});

test('what takes longer than it is kept is made once, and kept from then on', async () => {
	let made = 0;
	let finish: (value: string) => void = () => {};
	const make = async () => {
		made++;
		return await new Promise<string>((resolve) => (finish = resolve));
	};
	const first = keep('slow', NOW, 5 * MINUTE, make);
	clock.mockReturnValue(NOW + 20 * MINUTE);
	const second = keep('slow', NOW + 20 * MINUTE, 5 * MINUTE, make);
	finish('there');
	expect(await Promise.all([first, second])).toEqual(['there', 'there']);
	expect(await keep('slow', NOW + 24 * MINUTE, 5 * MINUTE, make)).toBe('there');
	expect(made).toBe(1);
});

test('a failure is asked for again', async () => {
	await expect(keep('failing', NOW, MINUTE, async () => await Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	expect(await keep('failing', NOW, MINUTE, async () => await Promise.resolve('well'))).toBe('well');
});
