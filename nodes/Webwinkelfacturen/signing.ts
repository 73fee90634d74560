/** What is sent to the API carries a signature that is good for one day. */
import { createHash } from 'crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';

/**
 * md5( Ydm + dmY + secret + value + dmY ) of the day in UTC; a read has no value (the vendor's manual, whose two examples
 * it reproduces).
 * @param value the text that is sent, as it is before it is encoded for the form
 * @param now milliseconds since 1970
 */
export function signatureOf(secret: string, value: string, now: number): string {
	const [year, month, day] = new Date(now).toISOString().slice(0, 10).split('-');
	const dmy = `${day}${month}${year}`;
	return createHash('md5').update(`${year}${day}${month}${dmy}${secret}${value}${dmy}`).digest('hex');
}

/** The one field of a form, with its value as text: JSON of what the node hands over, or what was signed before. */
function fieldOf(body: unknown): [name: string, value: string] {
	if (typeof body === 'string') return [...new URLSearchParams(body)][0];
	const [[name, value]] = Object.entries(body as object);
	return [name, JSON.stringify(value)];
}

/**
 * The request with its signature: in the form of a write, else in the query, where the manual has it too. To be made when
 * it is sent; signing what is signed renews the signature.
 */
export function signed(request: IHttpRequestOptions, secret: string, now: number): IHttpRequestOptions {
	if (request.method !== 'POST') return { ...request, qs: { ...request.qs, signature: signatureOf(secret, '', now) } };
	const [name, value] = fieldOf(request.body);
	return {
		...request,
		headers: { ...request.headers, 'Content-Type': 'application/x-www-form-urlencoded' },
		body: `${name}=${encodeURIComponent(value)}&signature=${signatureOf(secret, value, now)}`,
	};
}
