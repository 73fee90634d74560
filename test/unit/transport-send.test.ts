import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

import { faultLines, failureToError, InvalidInput, toNodeError, waitMessage, waitTooLongToError } from '../../nodes/transport/errors';
import type { Failure, Platform } from '../../nodes/transport/platform';
import { WaitTooLong } from '../../nodes/transport/rateLimit';
import type { Standstill } from '../../nodes/transport/rateLimit';
import { resolveUrl } from '../../nodes/transport/url';

const BASE = 'https://shop.example/v1';
const node: INode = { id: '1', name: 'Shop', type: 'test.shop', typeVersion: 1, position: [0, 0], parameters: {} };

describe('the URL of a request', () => {
	it('stands below the base URL', () => {
		expect(resolveUrl(BASE, { url: '/things/1' })).toBe('https://shop.example/v1/things/1');
		expect(resolveUrl(BASE, { url: '/things?page=2', qs: { size: 5 } })).toBe('https://shop.example/v1/things?page=2&size=5');
	});

	it('carries any id in one segment of its own, or is refused', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.constantFrom('..', '.', '../x', 'a/b', '?all', '#', '%2e%2e', '\\', ' ')), (id) => {
				const url = `/things/${encodeURIComponent(id)}/parts`;
				try {
					const { origin, pathname } = new URL(resolveUrl(BASE, { url }));
					expect(origin).toBe('https://shop.example');
					expect(pathname.split('/')).toHaveLength(5);
					expect(decodeURIComponent(pathname.split('/')[3])).toBe(id);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidInput);
					expect(['', '.', '..', 'undefined', 'null']).toContain(id);
				}
			}),
		);
	});

	it.each(['', '.', '..', 'undefined', 'null'])('is refused with "%s" for an id, wherever the id stands', (id) => {
		for (const url of [`/things/${id}`, `/things/${id}/parts`, `/${id}`]) {
			expect(() => resolveUrl(BASE, { url })).toThrow(id.startsWith('.') ? 'The ID is "." or ".."' : 'The ID is empty');
		}
		expect(() => resolveUrl(BASE, { url: `/things/${id}?page=1` })).toThrow(InvalidInput);
	});

	it.each(['javascript:alert(1)', 'file:///etc/hosts', 'mailto:a@b.example', '/things/../keys?page=2', 'https://shop.example/v1//things', 'https://shop.example/v1/../keys', '/things/?page=2'])(
		'is no link of the service that leads nowhere, and nobody is blamed for an ID: %s',
		(url) => {
			expect(() => resolveUrl(BASE, { url })).toThrow('gave a link that cannot be followed');
		},
	);

	it.each([5, {}, [], null, true])('is no link of the service that is no text: %j', (url) => {
		expect(() => resolveUrl(BASE, { url: url as unknown as string })).toThrow('gave a link that cannot be followed');
	});

	it('may be a link of the service that ends in a slash', () => {
		expect(resolveUrl(BASE, { url: 'https://shop.example/v1/things/?page=2' })).toBe('https://shop.example/v1/things/?page=2');
	});

	it('carries no user name', () => {
		expect(() => resolveUrl(BASE, { url: 'https://me:secret@shop.example/v1/things' })).toThrow('another address');
	});

	it('takes an id that only looks like nothing', () => {
		expect(resolveUrl(BASE, { url: '/things/0' })).toBe(`${BASE}/things/0`);
		expect(resolveUrl(BASE, { url: '/things/nullable' })).toBe(`${BASE}/things/nullable`);
	});

	it.each([
		'https://shop.example/v1/things?page=2',
		'https://SHOP.example/v1/things?page=2',
		'https://shop.example:443/v1/things?page=2',
	])('may be absolute on the same origin: %s', (url) => {
		expect(resolveUrl(BASE, { url })).toBe('https://shop.example/v1/things?page=2');
	});

	it('is sent as it was checked, so that no other reader finds another host in it', () => {
		expect(resolveUrl('https://shop.example', { url: '\\@evil.example' })).toBe('https://shop.example/@evil.example');
	});

	it.each([
		'https://evil.example/v1/things',
		'https://shop.example.evil.example/v1/things',
		'https://shop.example@evil.example/v1/things',
		'https://shop.example:8443/v1/things',
		'http://shop.example/v1/things',
		'HTTPS://evil.example/v1/things',
	])('never leads to another origin: %s', (url) => {
		expect(() => resolveUrl(BASE, { url })).toThrow('pointed to another address');
	});

	it.each(['//evil.example/things', '@evil.example/things', '.evil.example/things', ':8443/things'])(
		'is not led astray by a path that starts like a host: %s',
		(url) => {
			expect(() => resolveUrl('https://shop.example', { url })).toThrow(InvalidInput);
		},
	);

	it.each(['', 'shop.example', 'shop.example:8080', 'file:///etc/hosts', 'https://', 'https://a b', 'https://shop.example/?a=b', 'https://shop.example/#'])(
		'asks for another base URL than "%s"',
		(baseUrl) => {
			expect(() => resolveUrl(baseUrl, { url: '/things' })).toThrow('base URL in the credential');
		},
	);

	it.each([
		['https://me:secret@shop.example', 'holds a user name or a password'],
		['https://me@shop.example', 'holds a user name or a password'],
		['https://shop.example/../v1', 'has an empty part'],
		['https://shop.example//v1', 'has an empty part'],
		['https://shop.example/./v1', 'has an empty part'],
	])('says what is wrong with the base URL %s', (baseUrl, words) => {
		expect(() => resolveUrl(baseUrl, { url: '/things' })).toThrow(words);
	});
});

describe('query parameters', () => {
	it('come back as they were given, whatever they contain', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), (qs) => {
				const query = new URL(resolveUrl(BASE, { url: '/things', qs })).search;
				expect(Object.fromEntries(new URLSearchParams(query))).toEqual({ ...qs });
				expect(query).not.toContain('+');
			}),
		);
	});

	it('leave out what is empty, keep 0 and false, and repeat the name of a list', () => {
		const qs = { a: '', b: undefined, c: null, d: 0, e: false, f: [1, '', 2], g: [] };
		expect(resolveUrl(BASE, { url: '/things', qs })).toBe(`${BASE}/things?d=0&e=false&f=1&f=2`);
	});

	it('encode brackets, spaces and plus signs', () => {
		const qs = { 'a[b]': 'c d+e&f' };
		expect(resolveUrl(BASE, { url: '/things', qs })).toBe(`${BASE}/things?a%5Bb%5D=c%20d%2Be%26f`);
	});
});

describe('the error of a request', () => {
	const secret = 'se cret/1';
	const platform: Platform = {
		name: 'Shop',
		credentialType: 'shopApi',
		secrets: ['key'],
		baseUrl: () => BASE,
		account: () => '1',
		windows: () => [],
		explain: () => ({}),
		howToCheck: 'look at the order',
	};
	const errorOf = (failure: Failure, method: 'GET' | 'POST' = 'GET', more: Partial<Platform> = {}) =>
		failureToError(node, { ...platform, ...more }, { method, url: '/things' }, failure, { key: secret, empty: '' });
	const answered = (statusCode: number): Failure => ({ reply: { statusCode, headers: {}, body: {} } });

	it.each<[Failure, string]>([
		[{ code: 'ENOTFOUND' }, 'Shop cannot be found at shop.example'],
		[{ code: 'EAI_AGAIN' }, 'The address shop.example of Shop cannot be looked up'],
		[{ code: 'ECONNREFUSED' }, 'Shop cannot be reached at shop.example'],
		[{ code: 'EHOSTUNREACH' }, 'There is no way to Shop at shop.example'],
		[{ code: 'ENETUNREACH' }, 'n8n has no network'],
		[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'The certificate of shop.example belongs to another address'],
		[{ code: 'CERT_HAS_EXPIRED' }, 'The certificate of shop.example has expired'],
		[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'The certificate of shop.example is not trusted'],
		[{ code: 'EPROTO' }, 'shop.example does not speak https'],
		[{ code: 'ECONNRESET' }, 'Shop broke off the connection'],
		[{ code: 'EPIPE' }, 'Shop broke off the connection while'],
		[{ code: 'ETIMEDOUT' }, 'Shop did not answer in time'],
		[{ code: 'ECONNABORTED' }, 'Shop did not answer in time'],
		[{ code: 'ERR_INVALID_URL' }, 'The base URL in the credential is not a web address'],
		[{ code: 'BLOCKED', notSent: true }, 'n8n does not allow requests to shop.example (SSRF protection)'],
		[{ code: 'PROXY', notSent: true }, 'The proxy between n8n and Shop closed the connection'],
		[{ ...answered(407), code: 'PROXY', notSent: true }, 'The proxy between n8n and Shop wants a user name'],
		[{ ...answered(403), code: 'PROXY', notSent: true }, 'The proxy between n8n and Shop does not let requests to shop.example through'],
		[{ code: 'constructor' }, 'Shop broke off the connection or did not answer in time'],
		[{}, 'Shop broke off the connection'],
		[answered(200), 'Shop answered with something that is not a valid answer'],
		[answered(302), 'Shop answered with a redirect'],
		[answered(401), 'Shop does not accept the credential'],
		[answered(403), 'Shop does not allow this'],
		[answered(404), 'Shop does not know what was asked for'],
		[answered(422), 'Shop refused the request (HTTP 422)'],
		[answered(429), 'Shop kept refusing'],
		[answered(503), 'Shop fails on its side (HTTP 503)'],
	])('%j says what to do', (failure, start) => {
		const { message, httpCode } = errorOf(failure);
		expect(message.startsWith(start)).toBe(true);
		expect(httpCode).toBe(failure.reply ? String(failure.reply.statusCode) : null);
	});

	it('says of a write without a proper answer that its outcome is unknown, and how to find out', () => {
		for (const failure of [answered(500), answered(200), { code: 'ECONNRESET' }, { code: 'ETIMEDOUT' }]) {
			expect(errorOf(failure, 'POST').message).toMatch(/^It is unknown whether Shop carried this out.*: look at the order before/);
		}
	});

	it('does not say so of a write that was refused or never arrived', () => {
		for (const failure of [answered(422), answered(429), { code: 'ECONNREFUSED' }, { code: 'CERT_HAS_EXPIRED' }]) {
			expect(errorOf(failure, 'POST').message).not.toContain('unknown');
		}
	});

	it('holds no secret, as it is or encoded', () => {
		const explain = () => ({ message: `Wrong key ${secret}`, description: `key=${encodeURIComponent(secret)}` });
		const error = errorOf(answered(400), 'GET', { explain });
		expect(error.message).toBe('Wrong key ***');
		expect(error.description).toBe('key=***');
		expect(JSON.stringify(error)).not.toContain(secret);
		expect(JSON.stringify(error)).not.toContain(encodeURIComponent(secret));
	});

	it('holds no secret that was stored with spaces around it, which are not sent', () => {
		const refusal = failureToError(node, { ...platform, explain: () => ({ message: 'Wrong key abcdef' }) }, { url: '/things' }, answered(401), { key: ' abcdef\n' });
		expect(refusal.message).toBe('Wrong key ***');
	});

	it('holds nothing of what the credential really sent, such as a token that only the credential knows', () => {
		const token = 'eyJ0.raw-token';
		const failure = { ...answered(403), sentSecrets: [`Bearer ${token}`, token] };
		const error = errorOf(failure, 'GET', { explain: () => ({ message: `Token ${token} has no scope`, description: `Authorization: Bearer ${token}` }) });
		expect(error.message).toBe('Token *** has no scope');
		expect(error.description).toBe('Authorization: ***');
		expect(JSON.stringify(error)).not.toContain(token);
	});

	it('leaves a text alone if the credential holds no secret', () => {
		expect(errorOf(answered(400), 'GET', { secrets: ['empty', 'other'], explain: () => ({ message: 'No' }) }).message).toBe('No');
	});

	const zone = 'Asia/Tokyo';

	it('names the window that is full and the moment when it frees, in the time zone of the workflow', () => {
		const before = Date.now();
		const { message } = waitTooLongToError(node, platform, new WaitTooLong({ requests: 1000, milliseconds: 3_600_000 }, 120_000), { zone });
		const [, moment, reason] = /^Shop takes no more requests until (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\+9: (.*)$/.exec(message)!;
		expect(reason).toBe('the limit of 1000 requests per hour is used up');
		expect(Math.abs(Date.parse(`${moment.replace(' ', 'T')}+09:00`) - before - 120_000)).toBeLessThan(60_000);
	});

	it.each([
		[5000, '5 seconds'],
		[1000, 'second'],
		[60_000, 'minute'],
		[86_400_000, 'day'],
	])('calls %s milliseconds %s', (milliseconds, name) => {
		const { message } = waitTooLongToError(node, platform, new WaitTooLong({ requests: 25, milliseconds }, 1), { zone });
		expect(message).toContain(`25 requests per ${name} is used up`);
	});

	it.each<[Standstill, string]>([
		[{ milliseconds: 1 }, 'the service asked for a pause'],
		[{ milliseconds: Infinity }, 'Shop is not free at the moment: other requests are under way'],
		[{ window: { requests: 8, milliseconds: 0 }, milliseconds: 1 }, '8 requests are under way'],
		[{ window: { requests: Infinity, milliseconds: 60_000 }, milliseconds: 1 }, 'it takes no more requests in one minute'],
	])('says why: %j', ({ window, milliseconds }, words) => {
		expect(waitTooLongToError(node, platform, new WaitTooLong(window, milliseconds), { zone }).message).toContain(words);
	});

	it('says at a dropdown what to do instead', () => {
		const { description } = waitTooLongToError(node, platform, new WaitTooLong(undefined, 1), { zone, isInteractive: true });
		expect(description).toContain('fill in the ID');
	});

	it('tells of a wait why and until when', () => {
		const window = { requests: 120, milliseconds: 120_000 };
		expect(waitMessage(platform, { window, milliseconds: 1000 }, zone)).toMatch(
			/^Waiting for Shop until .* GMT\+9, or longer if many wait: the limit of 120 requests per 120 seconds is used up$/,
		);
		expect(waitMessage(platform, { milliseconds: Infinity }, zone)).toBe('Waiting for Shop: other requests are under way');
	});

	it('keeps an error of n8n and adds the item to it', () => {
		const error = errorOf(answered(404));
		expect(toNodeError(node, error, 3)).toBe(error);
		expect(error.context.itemIndex).toBe(3);
	});

	it('makes an error of n8n of any other, with its description', () => {
		const error = toNodeError(node, new InvalidInput('Fill in the date', 'It is empty'), 2);
		expect(error).toMatchObject({ message: 'Fill in the date', description: 'It is empty', context: { itemIndex: 2 } });
	});
});

describe('faults by field', () => {
	it('stand on a line each', () => {
		expect(faultLines([{ field: 'price', text: 'too low' }, { text: 'not now' }])).toBe('price: too low\nnot now');
		expect(faultLines([])).toBeUndefined();
	});
});
