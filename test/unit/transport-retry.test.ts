import fc from 'fast-check';

import type { Failure } from '../../nodes/transport/platform';
import { isRead, mayHaveBeenDone, MOST_TRIES, parseRetryAfter, retryDelay, surelyNotDone, waitInBody } from '../../nodes/transport/retry';

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
		[answered(503, 2000), false],
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
		[{ code: 'BLOCKED', notSent: true }, false],
		[{ code: 'PROXY', notSent: true }, true],
		[{ ...answered(407), code: 'PROXY', notSent: true }, false],
		[{ ...answered(502), code: 'PROXY', notSent: true }, true],
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
		[broken('BLOCKED'), false],
		[broken('ERR_INVALID_URL'), false],
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

	it('doubles, with full jitter', () => {
		const longest = [1, 2, 3, 4, 5].map((tries) => retryDelay('GET', answered(500), tries, () => 1));
		expect(longest).toEqual([500, 1000, 2000, 4000, 8000]);
		expect(retryDelay('GET', answered(500), 5, () => 0)).toBe(0);
	});

	it('is what the server asks for', () => {
		expect(retryDelay('GET', answered(503, 7000), 3, () => 1)).toBe(7000);
		expect(retryDelay('GET', answered(503, 0), 1, () => 1)).toBe(500);
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

	it.each([
		['5000', 60_000, 5000],
		['1500', 60_000, 1500],
		['999', 60_000, 999_000],
		['30', 1000, 30_000],
		['5000', 24 * 3_600_000, 5_000_000],
		['90000000', 24 * 3_600_000, 90_000_000],
		['5000', Infinity, 5_000_000],
	])('%s is milliseconds where that many seconds make no sense, since no limit is longer than %d ms', (header, longest, milliseconds) => {
		expect(parseRetryAfter(header, now, longest)).toBe(milliseconds);
	});

	it('counts from the moment of this machine if the server does not name its own', () => {
		const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
		expect(Math.abs(parseRetryAfter(inAnHour, undefined)! - 3_600_000)).toBeLessThan(60_000);
	});
});

describe('a wait in the text of an answer', () => {
	const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '"retry after 5s"' + '}'.repeat(levels));

	it.each<[unknown, number | undefined]>([
		[{ errors: [{ code: 'rate_limit', message: 'Too many requests. Retry after 5s' }] }, 5000],
		[{ message: 'Try again in 2 minutes.' }, 120_000],
		[{ detail: 'Request was throttled. Expected available in 86399 seconds.' }, 86_399_000],
		[{ error: { message: 'Probeer het over 30 seconden opnieuw' } }, 30_000],
		[{ error: 'Wacht 10 sec' }, 10_000],
		[{ message: 'over 1 uur' }, 3_600_000],
		[{ message: 'please wait 250 ms' }, 250],
		[{ retry_after: 1.5 }, 1500],
		[{ retryAfter: '3' }, 3000],
		['Rate limit exceeded, retry in 10 s', 10_000],
		// As the real servers of Stamhoofd say it.
		[{ errors: [{ message: 'Rate limit exceeded (26  requests in 0s). Retry after 5s. Check your code.' }] }, 5000],
		['Limit of 100 requests in 60 seconds reached, please wait for 7 seconds', 7000],
		[{ message: 'Te veel verzoeken (30 in 10 s). Probeer het na 12 s opnieuw' }, 12_000],
		[{ message: 'You may send 60 requests in a minute' }, undefined],
		[{ message: 'Too many requests' }, undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
		[42, undefined],
		[['after 5 s'], 5000],
		[deep(3), 5000],
		[deep(1000), undefined],
	])('%#', (body, milliseconds) => {
		expect(waitInBody(body)).toBe(milliseconds);
	});

	it('is not looked for where it would take long', () => {
		for (const body of ['in '.repeat(1_000_000), 'retry '.repeat(1_000_000), `in ${'9'.repeat(1_000_000)} s`, Array.from({ length: 100_000 }, () => 'after')]) {
			expect(waitInBody(body)).toBeUndefined();
		}
	});
});
