import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { collect, readWhole } from '../../nodes/transport/paging';
import type { ReadPage } from '../../nodes/transport/paging';
import type { ApiRequest, Reply } from '../../nodes/transport/platform';

const reply = (body: unknown): Reply => ({ statusCode: 200, headers: {}, body });
const records = (ids: number[]) => ids.map((id) => ({ id }));
const range = (length: number, start = 1) => Array.from({ length }, (_, position) => start + position);
const first: ApiRequest = { url: '/records', qs: { page: 1 } };
const nextPage = (request: ApiRequest): ApiRequest => ({ ...request, qs: { page: Number(request.qs?.page) + 1 } });

/** A server of pages by number; `listAt` gives the whole list as it is for the so-manieth request. */
function pages(listAt: (requests: number) => number[], pageSize: number) {
	const asked: number[] = [];
	return {
		asked,
		send: async ({ qs }: ApiRequest) => {
			const page = Number(qs?.page);
			const list = listAt(asked.length);
			asked.push(page);
			return reply(records(list.slice((page - 1) * pageSize, page * pageSize)));
		},
	};
}

/** Follows the page number as long as pages are full. */
const byNumber =
	(pageSize: number): ReadPage =>
	({ body }, request) => {
		const found = body as IDataObject[];
		return { records: found, next: found.length === pageSize ? [nextPage(request)] : [] };
	};

/** A server that always says that there is more. */
const endless: ReadPage = ({ body }, request) => ({ records: body as IDataObject[], next: [nextPage(request)] });

const idsOf = (found: IDataObject[]) => found.map(({ id }) => id);

describe('reading a list', () => {
	it('gives each record once and in order, however it is split into pages', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 }), async (length, pageSize) => {
				const server = pages(() => range(length), pageSize);
				expect(idsOf(await collect(server.send, { request: first, readPage: byNumber(pageSize) }))).toEqual(range(length));
				expect(server.asked).toEqual(range(Math.floor(length / pageSize) + 1));
			}),
		);
	});

	it('reads all pages before the limit cuts where the records are put in another order', async () => {
		const server = pages(() => range(25), 10);
		const backwards = { sort: (found: IDataObject[]) => [...found].reverse() };
		expect(idsOf(await collect(server.send, { request: first, readPage: byNumber(10), ...backwards }, 3))).toEqual([25, 24, 23]);
	});

	it('asks for no more pages than the limit needs', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 300 }),
				fc.integer({ min: 1, max: 60 }),
				fc.integer({ min: 1, max: 400 }),
				async (length, pageSize, limit) => {
					const server = pages(() => range(length), pageSize);
					const found = await collect(server.send, { request: first, readPage: byNumber(pageSize) }, limit);
					expect(idsOf(found)).toEqual(range(Math.min(length, limit)));
					expect(server.asked.length).toBeLessThanOrEqual(Math.ceil(limit / pageSize));
				},
			),
		);
	});

	it('gives nothing twice and loses nothing that was there, while new records push the list on', async () => {
		const anyArrivals = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 5, max: 20 }), anyArrivals, async (length, pageSize, arrivals) => {
				const listAt = (requests: number) => {
					const arrived = arrivals.slice(0, requests).reduce((sum, count) => sum + count, 0);
					return [...range(arrived, 1000).reverse(), ...range(length)];
				};
				const found = idsOf(await collect(pages(listAt, pageSize).send, { request: first, readPage: byNumber(pageSize) }));
				expect(new Set(found).size).toBe(found.length);
				expect(found.filter((id) => Number(id) < 1000)).toEqual(range(length));
			}),
		);
	});

	it('ends where the server repeats its last page for ever', async () => {
		const asked: number[] = [];
		const send = async ({ qs }: ApiRequest) => {
			asked.push(Number(qs?.page));
			return reply(records(range(10, Math.min(Number(qs?.page), 3) * 10)));
		};
		expect(idsOf(await collect(send, { request: first, readPage: endless }))).toEqual(range(30, 10));
		expect(asked).toEqual([1, 2, 3, 4]);
	});

	it('ends where the server gives empty pages for ever', async () => {
		const server = pages(() => range(25), 10);
		expect(idsOf(await collect(server.send, { request: first, readPage: endless }))).toEqual(range(25));
		expect(server.asked).toEqual([1, 2, 3, 4]);
	});

	it('ends where the next page is the same page', async () => {
		let requests = 0;
		const send = async () => reply(records(range(++requests === 0 ? 0 : 10)));
		const same: ReadPage = ({ body }, request) => ({ records: body as IDataObject[], next: [request] });
		expect(await collect(send, { request: first, readPage: same })).toHaveLength(10);
		expect(requests).toBe(2);
	});

	it('counts only the records that are kept, and reads on until there are enough', async () => {
		const keep = ({ id }: IDataObject) => Number(id) % 2 === 0;
		const found = await collect(pages(() => range(100), 10).send, { request: first, readPage: byNumber(10), keep }, 7);
		expect(idsOf(found)).toEqual([2, 4, 6, 8, 10, 12, 14]);
	});

	it('reads pages at once that are known beforehand, and keeps their order', async () => {
		let running = 0;
		let most = 0;
		const delays = [3, 1, 2, 0];
		const send = async ({ qs }: ApiRequest) => {
			most = Math.max(most, ++running);
			for (let turn = delays[Number(qs?.page) % 4]; turn >= 0; turn--) await new Promise(setImmediate);
			running--;
			return reply(records(range(10, Number(qs?.page) * 10)));
		};
		const ahead: ReadPage = ({ body }, request) => ({
			records: body as IDataObject[],
			next: request.qs?.page === 1 ? range(29, 2).map((page) => ({ ...request, qs: { page } })) : [],
		});
		expect(idsOf(await collect(send, { request: first, readPage: ahead }))).toEqual(range(300, 10));
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(10);
	});

	it('fails with the error of a page, once, even if pages after it fail as well', async () => {
		const send = async ({ qs }: ApiRequest) => {
			if (qs?.page === 1) return reply(records(range(10)));
			throw new Error(`page ${String(qs?.page)} is broken`);
		};
		const ahead: ReadPage = ({ body }, request) => ({
			records: body as IDataObject[],
			next: [2, 3, 4].map((page) => ({ ...request, qs: { page } })),
		});
		await expect(collect(send, { request: first, readPage: ahead })).rejects.toThrow('page 2 is broken');
	});

	it('takes 300 000 records in one answer', async () => {
		expect(await collect(async () => reply(records(range(300_000))), { request: first, readPage: readWhole })).toHaveLength(300_000);
	});

	it.each([
		[[{ uuid: 'a' }, { uuid: 'b' }, { uuid: 'a' }], 2],
		[[{ '@id': '/a' }, { '@id': '/b' }, { '@id': '/a' }], 2],
		[[{ name: 'a', size: 1 }, { name: 'a', size: 2 }, { name: 'a', size: 1 }], 2],
		[[{ id: 0 }, { id: 1 }], 2],
		[[{ id: null, name: 'a' }, { id: null, name: 'b' }], 2],
		[[{ id: '', name: 'a' }, { id: '', name: 'b' }, { id: '', name: 'a' }], 2],
		[[{ id: '', uuid: 'a' }, { id: '', uuid: 'b' }], 2],
		[[{ id: 'a' }, null, undefined, { id: 'b' }], 2],
	])('knows a record by its id, or by all of it: %j', async (found, different) => {
		expect(await collect(async () => reply(found), { request: first, readPage: readWhole })).toHaveLength(different);
	});
});

describe('an answer that is no list of records', () => {
	it.each([
		[['a'], 'holds "a" where a record belongs'],
		[[{ id: 1 }, 2], 'holds 2 where a record belongs'],
		[[{ id: 1 }, [{ id: 2 }]], 'holds [{"id":2}] where a record belongs'],
		[['x'.repeat(1000)], `holds "${'x'.repeat(59)} where`],
	])('%#', async (body, words) => {
		await expect(collect(async () => reply(body), { request: first, readPage: readWhole })).rejects.toThrow(words);
	});

	it('has no list where one belongs', async () => {
		const readPage: ReadPage = ({ body }) => ({ records: (body as { results: IDataObject[] }).results });
		await expect(collect(async () => reply({ message: 'hello' }), { request: first, readPage })).rejects.toThrow('without the list');
	});

	it('a gap makes a page no shorter than it was', async () => {
		const lengths: number[] = [];
		const readPage: ReadPage = ({ body }, request, { longest }) => {
			lengths.push(longest);
			return { records: body as IDataObject[], next: request.qs?.page === 1 ? [nextPage(request)] : [] };
		};
		await collect(async ({ qs }) => reply([null, { id: Number(qs?.page) }, null]), { request: first, readPage });
		expect(lengths).toEqual([0, 3]);
	});

	it('the list is read again as often as it changes its length, and no more than four times', async () => {
		let asked = 0;
		const readPage: ReadPage = ({ body }, request) => ({
			records: body as IDataObject[],
			total: 100 + asked,
			next: request.qs?.page === 1 ? [nextPage(request)] : [],
		});
		const send = async ({ qs }: ApiRequest) => reply([{ id: Number(qs?.page) + 10 * asked++ }]);
		await collect(send, { request: first, readPage });
		expect(asked).toBe(8);
	});

	it('a list that stands still but holds less than it says is read twice, since nothing is new then', async () => {
		let asked = 0;
		const readPage: ReadPage = ({ body }, request) => ({
			records: body as IDataObject[],
			total: 100,
			next: request.qs?.page === 1 ? [nextPage(request)] : [],
		});
		const send = async ({ qs }: ApiRequest) => {
			asked++;
			return reply([{ id: Number(qs?.page) }]);
		};
		expect(await collect(send, { request: first, readPage })).toHaveLength(2);
		expect(asked).toBe(4);
	});
});

describe('an answer that is read whole', () => {
	it.each([
		[{ id: 1 }, [{ id: 1 }]],
		[[{ id: 1 }, { id: 2 }], [{ id: 1 }, { id: 2 }]],
		[[], []],
		[undefined, [{}]],
		[null, [{}]],
	])('%j', (body, expected) => {
		expect(readWhole(reply(body), first, { longest: 0 })).toEqual({ records: expected });
	});
});
