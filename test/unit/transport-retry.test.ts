import fc from 'fast-check';

import type { Failure } from '../../nodes/transport/platform';
import { isRead, mayHaveBeenDone, MOST_TRIES, parseRetryAfter, retryDelay, surelyNotDone } from '../../nodes/transport/retry';

const answered = (statusCode: number, retryAfter?: number): Failure => ({
	reply: { statusCode, headers: {}, body: {} },
	retryAfter,
});
const broken = (code: string): Failure => ({ code });

const reads = ['GET', 'HEAD', undefined] as const;
const writes = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

describe('what is sent again', () => {
	const anyFailure: fc.Arbitrary<Failure> = fc.record({
		reply: fc.option(
			fc.record({ statusCode: fc.integer({ min: 200, max: 599 }), headers: fc.constant({}), body: fc.constant({}) }),
			{ nil: undefined },
		),
		code: fc.constantFrom(undefined, 'ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'CERT_HAS_EXPIRED'),
		retryAfter: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
		notSent: fc.boolean(),
	});

	it('never repeats a write that may have been carried out', () => {
		fc.assert(
			fc.property(fc.constantFrom(...writes), anyFailure, fc.integer({ min: 1, max: MOST_TRIES }), (method, failure, tries) => {
				fc.pre(!surelyNotDone(failure));
				expect(retryDelay(method, failure, tries)).toBeUndefined();
			}),
		);
	});

	it('never calls a request both surely not done and possibly done', () => {
		fc.assert(
			fc.property(anyFailure, (failure) => {
				expect(surelyNotDone(failure) && mayHaveBeenDone(failure)).toBe(false);
			}),
		);
	});

	it.each([
		[broken('ECONNREFUSED'), true],
		[broken('ENOTFOUND'), true],
		[answered(429), true],
		[answered(503, 2000), true],
		[answered(503), false],
		[answered(500), false],
		[answered(502), false],
		[answered(504), false],
		[answered(408), false],
		[answered(409), false],
		[answered(422), false],
		[answered(200), false],
		[broken('ECONNRESET'), false],
		[broken('ETIMEDOUT'), false],
		[broken('ECONNABORTED'), false],
		[{ code: 'ECONNRESET', notSent: true }, true],
		[{ ...answered(500), notSent: true }, true],
		[{ ...answered(401), notSent: true }, false],
	])('%j: a write is repeated: %s', (failure, repeated) => {
		for (const method of writes) expect(retryDelay(method, failure, 1) !== undefined).toBe(repeated);
	});

	it.each([
		[broken('ECONNRESET'), true],
		[broken('ETIMEDOUT'), true],
		[answered(429), true],
		[answered(408), true],
		[answered(500), true],
		[answered(503), true],
		[answered(200), true],
		[answered(302), false],
		[answered(400), false],
		[answered(401), false],
		[answered(403), false],
		[answered(404), false],
		[answered(422), false],
		[broken('DEPTH_ZERO_SELF_SIGNED_CERT'), false],
		[broken('CERT_HAS_EXPIRED'), false],
		[broken('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), false],
		[broken('ERR_TLS_CERT_ALTNAME_INVALID'), false],
		[broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), false],
	])('%j: a read is repeated: %s', (failure, repeated) => {
		for (const method of reads) expect(retryDelay(method, failure, 1) !== undefined).toBe(repeated);
	});

	it('tells reads from writes', () => {
		expect(reads.map((method) => isRead(method))).toEqual([true, true, true]);
		expect(writes.map((method) => isRead(method))).toEqual([false, false, false, false]);
	});

	it('knows of a broken certificate that nothing was sent', () => {
		expect(mayHaveBeenDone(broken('CERT_HAS_EXPIRED'))).toBe(false);
	});
});

describe('how long is waited', () => {
	it('ends after so many tries', () => {
		expect(retryDelay('GET', answered(500), MOST_TRIES - 1)).toBeDefined();
		expect(retryDelay('GET', answered(500), MOST_TRIES)).toBeUndefined();
		expect(retryDelay('GET', answered(429, 1000), MOST_TRIES)).toBeUndefined();
	});

	it('doubles, with full jitter, up to a longest delay', () => {
		const longest = [1, 2, 3, 4, 5].map((tries) => retryDelay('GET', answered(500), tries, () => 1));
		expect(longest).toEqual([500, 1000, 2000, 4000, 8000]);
		expect(retryDelay('GET', answered(500), 5, () => 0)).toBe(0);
	});

	it('is what the server asks for', () => {
		expect(retryDelay('GET', answered(429, 7000), 3, () => 1)).toBe(7000);
		expect(retryDelay('POST', answered(503, 7000), 1, () => 1)).toBe(7000);
	});

	it.each([undefined, 0])('is never nothing after "too many requests" (Retry-After %s)', (retryAfter) => {
		const delays = [1, 2, 3].map((tries) => retryDelay('PATCH', answered(429, retryAfter), tries, () => 0));
		expect(delays).toEqual([1000, 2000, 4000]);
	});
});

describe('Retry-After', () => {
	const now = 'Sat, 21 Nov 2026 12:00:00 GMT';

	it.each([
		['5', 5000],
		[5, 5000],
		[' 1.5 ', 1500],
		['0', 0],
		['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
		['Sat, 21 Nov 2026 11:00:00 GMT', 0],
		[['7'], 7000],
		['-5', 0],
		['', undefined],
		['soon', undefined],
		[undefined, undefined],
		[null, undefined],
		['120 seconds', undefined],
	])('%j is %s milliseconds', (header, milliseconds) => {
		expect(parseRetryAfter(header, now)).toBe(milliseconds);
	});

	it('counts from the moment of this machine if the server does not name its own', () => {
		const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
		expect(Math.abs(parseRetryAfter(inAnHour, undefined)! - 3_600_000)).toBeLessThan(60_000);
	});
});
