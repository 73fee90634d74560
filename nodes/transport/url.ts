import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './errors';
import type { ApiRequest } from './platform';

/** `key=value` pairs encoded byte for byte, since not every server reads a plus sign as a space. */
function queryString(qs: IDataObject = {}): string {
	return Object.entries(qs)
		.flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
		.filter(([, value]) => value !== undefined && value !== null && value !== '')
		.map(([name, value]) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(value))}`)
		.join('&');
}

/** The parts of the path of an address as it is written, which is not always how it is read. */
function segmentsOf(address: string): string[] {
	const [path] = address.replace(/^https?:\/\//i, '').split(/[?#]/);
	return path.split('/').slice(1);
}

function isNowhere(segment: string): boolean {
	return ['', '.', '..'].includes(segment);
}

/** @throws InvalidInput if it is no web address, or one with a password or without a proper path */
export function checkBase(baseUrl: string): void {
	if (!/^https?:\/\/[^?#]+$/i.test(baseUrl) || !URL.canParse(baseUrl)) {
		throw new InvalidInput('The base URL in the credential is not a web address: write it as https://api.example.com');
	}
	const { username, password } = new URL(baseUrl);
	if (username !== '' || password !== '') {
		throw new InvalidInput(
			'The base URL in the credential holds a user name or a password: take it out, as https://api.example.com',
		);
	}
	if (segmentsOf(baseUrl).some(isNowhere)) {
		throw new InvalidInput(
			'The base URL in the credential has an empty part, "." or ".." between its slashes: write it as https://api.example.com/v1',
		);
	}
}

/** Up to so many characters of an address are shown, without its query, which may hold anything. */
const SHOWN = 100;

function uselessLink(url: string): InvalidInput {
	return new InvalidInput(
		`The service gave a link that cannot be followed ("${url.split(/[?#]/)[0].slice(0, SHOWN)}"): nothing was sent there, ask the service about it`,
	);
}

/**
 * The absolute URL of a request.
 * @throws InvalidInput if an id in the path is missing, if a link of the service leads nowhere or to another origin than
 * the base URL, or if the base URL is none
 */
export function resolveUrl(baseUrl: string, { url, qs }: ApiRequest): string {
	checkBase(baseUrl);
	const isAbsolute = /^https?:\/\//i.test(url);
	if (!isAbsolute && !/^[/\\](?!\/)/.test(url)) throw uselessLink(String(url));
	const absolute = isAbsolute ? url : baseUrl + url;
	if (!URL.canParse(absolute)) throw uselessLink(url);
	const { origin, host, href, search, username, password } = new URL(absolute);
	if (origin !== new URL(baseUrl).origin || username !== '' || password !== '') {
		throw new InvalidInput(
			`The service pointed to another address (${host}): nothing was sent there, to keep the credential safe`,
		);
	}
	const segments = segmentsOf(absolute);
	const isLink = isAbsolute || url.includes('?');
	// No id of ours can be missing where the service wrote the whole address.
	if (isAbsolute && segments.at(-1) === '') segments.pop();
	if (isLink && segments.some(isNowhere)) throw uselessLink(url);
	if (segments.some((segment) => ['', 'undefined', 'null'].includes(segment))) {
		throw new InvalidInput('The ID is empty: fill it in, or check the expression that gives it');
	}
	if (segments.some(isNowhere)) throw new InvalidInput('The ID is "." or "..": fill in a real one, or check the expression that gives it');
	const query = queryString(qs);
	// As it was read above: another reader of the same text might see another host in it.
	return query === '' ? href : `${href}${search === '' ? '?' : '&'}${query}`;
}
