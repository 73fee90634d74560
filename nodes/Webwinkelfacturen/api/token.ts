/** Access tokens that need no store: a restart or a second process of n8n changes nothing, a new secret ends them all. */
import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** Seconds. */
export const LIFETIME = 3600;

/** Characters of a secret that nobody can guess; with a shorter one whoever asks could make tokens. */
export const LEAST_SECRET = 32;

const VERSION = 1;
/** Nothing longer is looked at. */
const LONGEST = 1000;

/** True if both are the same text; how long it takes says nothing of where they differ. */
export function isSame(one: unknown, other: string): boolean {
	if (typeof one !== 'string' || one.length > LONGEST) return false;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(one), digest(other));
}

function signatureOf(payload: string, secret: string): string {
	const key = createHmac('sha256', secret).update('sales-api token').digest();
	return createHmac('sha256', key).update(payload).digest('base64url');
}

/**
 * @param audience the API that the token is for: another one does not take it
 * @param now seconds since 1970
 */
export function issueToken(secret: string, audience: string, now: number): string {
	const payload = Buffer.from(JSON.stringify({ v: VERSION, aud: audience, iat: now, exp: now + LIFETIME })).toString('base64url');
	return `${payload}.${signatureOf(payload, secret)}`;
}

/** True if this API has issued the token with this secret and it has not ended. */
export function isValidToken(token: string, secret: string, audience: string, now: number): boolean {
	if (token.length > LONGEST) return false;
	const [payload, signature, more] = token.split('.');
	if (more !== undefined || !isSame(signature, signatureOf(payload, secret))) return false;
	const { v, aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
	return v === VERSION && aud === audience && typeof exp === 'number' && exp > now;
}
