/** What really comes back from n8n's request helper: kinds of answers, proxies, broken connections. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

import type { ApiRequest } from '../../nodes/transport/platform';
import { ask, TOKEN } from './asking';

let listener: RequestListener;
let server: Server;
let url: string;
let requests = 0;

const portOf = (one: net.Server) => (one.address() as AddressInfo).port;

beforeAll(async () => {
	server = createServer((request, response) => {
		requests++;
		listener(request, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${portOf(server)}`;
});
beforeEach(() => (requests = 0));
afterAll(() => server.close());

const answer =
	(body: string | Buffer, type = 'application/json', status = 200): RequestListener =>
	(_, response) =>
		response.writeHead(status, { 'content-type': type }).end(body);

describe('an answer', () => {
	it.each([
		['the address of what was made', '"https://pay.example/abc?x=1"', 'application/json', 'https://pay.example/abc?x=1'],
		['any text as JSON', '"Gelukt, dank u wel."', 'application/json', 'Gelukt, dank u wel.'],
		['an address as plain text', 'https://pay.example/abc', 'text/plain', 'https://pay.example/abc'],
		['a number', '42', 'application/json', 42],
		['nothing', '', 'application/json', ''],
	])('of a write may be %s', async (_, body, type, expected) => {
		listener = answer(body, type);
		const { reply, error } = await ask(url, { method: 'POST' });
		expect(error).toBeUndefined();
		expect(reply?.body ?? '').toEqual(expected);
		expect(requests).toBe(1);
	});

	it.each([
		['half of an object', '{"id": 1, "na', 'application/json'],
		['half of a text', '"https://pay.exam', 'application/json'],
		['a web page', '<html>hello</html>', 'text/html'],
		['a sentence of a proxy', 'Bad gateway, sorry', 'text/plain'],
	])('of a write that is %s leaves it unknown', async (_, body, type) => {
		listener = answer(body, type);
		const { error } = await ask(url, { method: 'POST' });
		expect(error?.message).toMatch(/^It is unknown whether Shop carried this out/);
		expect(requests).toBe(1);
	});

	it('can be a text', async () => {
		listener = answer('naam;prijs\nKaas;5', 'text/csv');
		expect((await ask(url, { as: 'text' })).reply?.body).toBe('naam;prijs\nKaas;5');
	});

	it('can be a file', async () => {
		const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 255, 128]);
		listener = answer(bytes, 'application/pdf');
		expect((await ask(url, { as: 'binary' })).reply?.body).toEqual(bytes);
	});

	it.each(['text', 'binary'] as const)('that should be %s and is a refusal has its words', async (as) => {
		listener = answer('{"detail": "No such label"}', 'application/json', 404);
		expect((await ask(url, { as })).error?.description).toBe('No such label');
	});

	it('that is nested 200 000 levels deep is none, and is said to be none', async () => {
		listener = answer('{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000));
		const { error } = await ask(url);
		expect(error?.message).toBe('Shop answered with something that is not a valid answer: try again later');
	});

	it('that repeats the token shows it to nobody', async () => {
		listener = answer(JSON.stringify({ detail: `Token ${TOKEN} has no scope` }), 'application/json', 403);
		const { error } = await ask(url);
		expect(error?.description).toBe('Token *** has no scope');
		expect(JSON.stringify(error)).not.toContain(TOKEN);
	});
});

describe('a way that is closed', () => {
	/** A proxy that answers every request, or attempt to connect, in the same way. */
	async function withProxy(status: string | undefined, work: (proxy: ApiRequest['proxy'], asked: () => number) => Promise<void>) {
		let asked = 0;
		const proxy = net.createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => {
				asked++;
				socket.end(status === undefined ? '' : `HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nno`);
			});
		});
		proxy.listen(0, '127.0.0.1');
		await once(proxy, 'listening');
		try {
			await work({ host: '127.0.0.1', port: portOf(proxy), protocol: 'http' }, () => asked);
		} finally {
			proxy.close();
		}
	}

	it.each([
		['407 Proxy Authentication Required', /^The proxy between n8n and Shop wants a user name and a password/],
		['403 Forbidden', /^The proxy between n8n and Shop does not let requests to shop\.example through \(HTTP 403\)/],
	])('by a proxy (%s): said at once, for reads and writes alike', async (status, words) => {
		await withProxy(status, async (proxy, asked) => {
			for (const method of ['GET', 'POST'] as const) {
				expect((await ask('https://shop.example', { method, proxy })).error?.message).toMatch(words);
			}
			expect(asked()).toBe(2);
		});
	});

	it.each(['502 Bad Gateway', undefined])('by a proxy that fails (%s): nothing was sent, so a write is tried again', async (status) => {
		await withProxy(status, async (proxy, asked) => {
			const { error } = await ask('https://shop.example', { method: 'POST', proxy });
			expect(error?.message).toMatch(/^The proxy between n8n and Shop/);
			expect(asked()).toBe(6);
		});
	});

	it('by the service itself is not laid at the door of a proxy', async () => {
		listener = answer('{}', 'application/json', 403);
		expect((await ask(url)).error?.message).toMatch(/^Shop does not allow this/);
	});

	it.each([
		['http://127.0.0.1:1', /^Shop cannot be reached at 127\.0\.0\.1:1, where nothing answers/],
		['https://shop.invalid', /^(Shop cannot be found at shop\.invalid|The address shop\.invalid of Shop cannot be looked up)/],
	])('%s', async (base, words) => {
		expect((await ask(base, { method: 'POST' })).error?.message).toMatch(words);
	});

	it('https where there is none', async () => {
		expect((await ask(url.replace('http:', 'https:'), { method: 'POST' })).error?.message).toMatch(/^(It is unknown|127\.0\.0\.1:\d+ does not speak https)/);
	});
});
