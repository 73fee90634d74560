import { failureOf } from '../../nodes/transport/failure';

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
