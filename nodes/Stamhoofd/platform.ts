import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { faultLines, InvalidInput } from '../transport/errors';
import type { ApiRequest, Failure, Platform, Reply } from '../transport/platform';
import type { RateWindow } from '../transport/rateLimit';
import { lacks, rightFor, RIGHTS } from './rights';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function tier(short: number, twoMinutes: number, hour: number, day: number): RateWindow[] {
	return [
		{ requests: short, milliseconds: 5 * SECOND },
		{ requests: twoMinutes, milliseconds: 2 * MINUTE },
		{ requests: hour, milliseconds: HOUR },
		{ requests: day, milliseconds: DAY },
	];
}

/**
 * Requests are counted per organization, whatever the key; one that is refused does not count in the window that refuses
 * it. The standard limits are stated in Stamhoofd's manual, but for 120 in 120 seconds, which the current line has instead
 * of 150 in 150. That and the higher tiers were read in its public source.
 */
const TIERS: Record<string, RateWindow[]> = {
	standard: tier(25, 120, 1000, 2000),
	raised: tier(50, 240, 2000, 14_400),
	high: tier(125, 480, 4000, 18_000),
	none: [{ requests: 25, milliseconds: 0 }],
};
const STANDARD_OF_FIRST_LINE = TIERS.standard.with(1, { requests: 150, milliseconds: 150 * SECOND });

/** The newest version that the node knows; servers accept higher numbers than their own (observed). */
export const NEWEST_VERSION = 411;

/** Number after the v in every path, for example 411. */
export function versionOf({ apiVersion, customApiVersion }: ICredentialDataDecryptedObject): number {
	return Number(apiVersion === 'custom' ? customApiVersion : apiVersion);
}

/** False for the first line of the API, which the public manual describes with v191; it ends before v331 (observed). */
export function isCurrentLine(credentials: ICredentialDataDecryptedObject): boolean {
	return versionOf(credentials) >= 331;
}

/**
 * The input of an operation that the first line does not have.
 * @throws InvalidInput on the first line
 */
export function onCurrentLine<T>(input: T, { credentials }: { credentials: ICredentialDataDecryptedObject }): T {
	if (isCurrentLine(credentials)) return input;
	throw new InvalidInput(
		`API version ${versionOf(credentials)} does not have this: choose "Current (${NEWEST_VERSION})" as API Version in the credential`,
	);
}

/** Stamhoofd's units in a euro: cents, and 1/10 000 euro from v389 on (observed). */
export function unitsPerEuro(credentials: ICredentialDataDecryptedObject): number {
	return versionOf(credentials) >= 389 ? 10_000 : 100;
}

/** Euro from Stamhoofd's integer amount, which is in cents or, from v389 on, in 1/10 000 euro. */
export function toEuro(amount: unknown, credentials: ICredentialDataDecryptedObject): number | null {
	return typeof amount === 'number' ? amount / unitsPerEuro(credentials) : null;
}

function windows(credentials: ICredentialDataDecryptedObject): RateWindow[] {
	const limits = TIERS[String(credentials.rateLimitTier)] ?? TIERS.standard;
	return limits === TIERS.standard && !isCurrentLine(credentials) ? STANDARD_OF_FIRST_LINE : limits;
}

interface StamhoofdError {
	code?: string;
	message?: string;
	/** Dutch, and fit for people. */
	human?: string;
	field?: string;
}

/** The errors in Stamhoofd's answer; empty if it is not one of its error answers. */
export function errorsOf(reply: Reply | undefined): StamhoofdError[] {
	const { errors } = (reply?.body ?? {}) as { errors?: StamhoofdError[] };
	return Array.isArray(errors) ? errors : [];
}

/** Paths that every server of the current line has; newer ones have more. */
const OLD_PATHS = /^\/(payments(\/count)?|webshop\/orders|organization|user)$/;

/** What an unknown id is the id of. */
function thingOf(url: string): string {
	if (/^\/webshop\/[^/]+\/order/.test(url)) return 'order';
	if (/^\/webshop/.test(url)) return 'webshop';
	if (/^\/documents/.test(url)) return 'document';
	return /^\/balance-items/.test(url) ? 'item' : 'payment';
}

/** The server says the same of what there is not and of what the key may not know of (observed). */
function notFound(request: ApiRequest): string {
	const { url } = request;
	const right = /^\/webshop\/[^/]+\/(orders|tickets|discount-codes)/.test(url) ? rightFor(request) : undefined;
	if (right) return `Stamhoofd knows no webshop with this ID, or the API key lacks the right ${RIGHTS[right]}: check both`;
	return `Stamhoofd knows no ${thingOf(url)} with this ID that the API key may see: check it`;
}

function messageFor(code: string | undefined, credentials: ICredentialDataDecryptedObject, request: ApiRequest): string | undefined {
	switch (code) {
		case 'invalid_access_token':
		case 'not_authenticated':
			// Some paths answer so as well if it is the organization that they do not know (read in the source).
			return 'Stamhoofd does not know this API key: check it and the organization ID in the credential, or make a new key in Stamhoofd';
		case 'expired_access_token':
			return 'The API key has expired: make a new one in Stamhoofd and put it in the credential';
		case 'invalid_organization':
			return 'Stamhoofd does not know the organization ID in the credential: find the right one with Organization > Search';
		case 'client_update_required':
			return `Stamhoofd no longer accepts API version ${versionOf(credentials)}: choose "Current" as API Version in the credential`;
		case 'permission_denied':
			return lacks(rightFor(request));
		case 'not_found':
			return notFound(request);
		default:
			return undefined;
	}
}

/** The server does not know the path: it is of the other line, or older than what is asked of it. */
function unknownPath(credentials: ICredentialDataDecryptedObject, { url }: ApiRequest): string {
	if (isCurrentLine(credentials) && !OLD_PATHS.test(url)) {
		return 'This Stamhoofd server does not offer this yet: it is older than what the node asks for';
	}
	const otherVersion = isCurrentLine(credentials) ? 'First Manual (191)' : 'Current';
	return `This Stamhoofd server does not know API version ${versionOf(credentials)}: choose "${otherVersion}" as API Version in the credential`;
}

function explain({ reply }: Failure, credentials: ICredentialDataDecryptedObject, request: ApiRequest) {
	const errors = errorsOf(reply);
	const [first] = errors;
	const isUnknownPath = reply?.statusCode === 404 && (first === undefined || first.message === 'Endpoint not found');
	const message = isUnknownPath ? unknownPath(credentials, request) : messageFor(first?.code, credentials, request);
	const isRefusal = reply !== undefined && reply.statusCode < 429 && reply.statusCode >= 400;
	return {
		message: message ?? (isRefusal && first ? `Stamhoofd refused this: ${first.human ?? first.message}` : undefined),
		description: faultLines(
			errors.map(({ field, code, human, message: text }) => ({ field, text: `${human ?? text} (${code})` })),
		),
	};
}

export const stamhoofd: Platform = {
	name: 'Stamhoofd',
	credentialType: 'stamhoofdApi',
	secrets: ['apiKey'],
	baseUrl(credentials) {
		const { organizationId, baseUrl } = credentials as { organizationId: string; baseUrl?: string };
		const host = (baseUrl || 'https://{organizationId}.api.stamhoofd.app').trim().replace(/\/+(v\d+\/*)?$/, '');
		const id = organizationId.trim();
		// It becomes a part of the host's name, and the key goes wherever that leads.
		if (host.includes('{organizationId}') && !UUID.test(id)) {
			throw new InvalidInput(
				'The organization ID in the credential is none: it looks like 634d549b-862e-4a5e-852d-3d4a9814e22d, and Organization > Search finds it by name',
			);
		}
		return `${host.replace('{organizationId}', id)}/v${versionOf(credentials)}`;
	},
	account: ({ organizationId }) => String(organizationId).trim(),
	windows,
	longestWait: ({ longestWait }) => Number(longestWait ?? 60),
	countsRefused: false,
	explain,
	howToCheck: 'look it up in Stamhoofd',
};
