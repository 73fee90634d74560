import { failureOf, failureOfReply } from '../../nodes/transport/failure';

/** As n8n 1.x hands on an answer that its HTTP client refused: the error itself is gone. */
const bare = (httpCode: string | null, data?: unknown) => Object.assign(new Error('Request failed'), { httpCode, context: { data }, cause: undefined });

describe('an error of n8n 1.x, which keeps neither the answer nor its headers', () => {
	test('has its status and what the service said', () => {
		expect(failureOf(bare('401', { message: 'unknown key' }), 1000)).toMatchObject({
			reply: { statusCode: 401, body: { message: 'unknown key' } },
			notSent: false,
		});
		expect(failureOf(bare('429'), 1000)).toMatchObject({ reply: { statusCode: 429 }, retryAfter: undefined });
	});

	test.each([null, 'ECONNREFUSED', '', '99'])('without a status (%s) it is a connection that broke', (httpCode) => {
		expect(failureOf(bare(httpCode), 1000).reply).toBeUndefined();
	});
});

const HOUR = 3_600_000;

test.each([
	['23', 23_000],
	[String(24 * 3600), 24 * HOUR],
	[String(24 * 3600 + 1), 24 * HOUR],
	[String(365 * 24 * 3600), 24 * HOUR],
	['Tue, 01 Jan 2030 00:00:00 GMT', 24 * HOUR],
])('Retry-After %s holds an account for a day at most', (header, milliseconds) => {
	const headers = { 'retry-after': header, date: 'Sun, 01 Nov 2026 00:00:00 GMT' };
	expect(failureOfReply({ statusCode: 503, headers, body: {} }, 1000).retryAfter).toBe(milliseconds);
});
