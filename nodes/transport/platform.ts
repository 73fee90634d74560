import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { RateWindow } from './rateLimit';

/** Everything a node does that can lead to a request: running, filling a dropdown, polling. */
export type RequestContext =
	| IExecuteFunctions
	| IExecuteSingleFunctions
	| IExecutePaginationFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** A request in an API's own terms. The base URL and the key are added when it is sent. */
export interface ApiRequest {
	/** Left out: GET. */
	method?: IHttpRequestMethods;
	/** Path below the platform's base URL, ids already encoded; or an absolute URL on the same origin. */
	url: string;
	/** Query parameters. `undefined` and `''` are not sent, an array repeats its name. */
	qs?: IDataObject;
	/** JSON object, or bytes with a content type among the headers. */
	body?: IDataObject | IDataObject[] | Buffer;
	headers?: Record<string, string>;
	/** Sent without the credential, where the API takes whoever signs a request for the person that it is about. */
	anonymous?: boolean;
	/** What the answer is: JSON if left out. */
	as?: 'json' | 'text' | 'binary';
	/** Milliseconds; left out: by what the request is for. */
	timeout?: number;
	/** As n8n's helper wants it; left out: n8n's own. */
	proxy?: IHttpRequestOptions['proxy'];
	/** True for a server with a certificate of its own making. */
	skipSslCertificateValidation?: boolean;
}

/** What a server answered, body parsed where it is JSON, else text or a Buffer. */
export interface Reply {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** Why a request did not succeed: the server's answer, or the reason there is none. */
export interface Failure {
	/** The answer, if there was one. Under a successful status it is one that cannot be read. */
	reply?: Reply;
	/** Node's code for a broken connection, for example ECONNRESET; BLOCKED or PROXY for what came in between (failure.ts). */
	code?: string;
	/** How long the server asks to wait, in milliseconds. */
	retryAfter?: number;
	/** True if the request never reached the service: the credential could not get a token, or something came in between. */
	notSent?: boolean;
	/** What the credential really sent, to be kept out of every message. */
	sentSecrets?: string[];
}

/** What a person reads when an item fails: one line with what to do, then the API's own words. */
export interface Explanation {
	message?: string;
	description?: string;
}

/**
 * Header that tells the credential's `authenticate`, which takes it away, that a token was refused in an answer that n8n
 * takes for a success: `performance.now()` when the refused request was sent. An older token needs to be replaced.
 */
export const TOKEN_REFUSED_AT = 'x-token-refused-at';

/** All that is peculiar to one API. `transport/` knows platforms only through this. */
export interface Platform {
	/** Name as people know it, used in messages. */
	name: string;
	/** Name of the credential type that signs the requests; left out where the API wants no key. */
	credentialType?: string;
	/** Credential fields whose values never appear in a message or an output. */
	secrets: string[];
	/** Base URL without a trailing slash. The key is never sent to another origin. */
	baseUrl(credentials: ICredentialDataDecryptedObject): string;
	/** Whatever the API counts requests by. All nodes and executions with the same account share its allowance. */
	account(credentials: ICredentialDataDecryptedObject): string;
	/** Where to look if a read of `url` is not found, for an API whose documents name two paths for the same thing. */
	otherUrl?(url: string): string | undefined;
	/** The API's rate limits for this account. */
	windows(credentials: ICredentialDataDecryptedObject): RateWindow[];
	/** False if the API does not count a request that it refuses as one too many. */
	countsRefused?: boolean;
	/** Longest time in minutes to wait for the account's allowance; 60 if left out. */
	longestWait?(credentials: ICredentialDataDecryptedObject): number;
	/** The method and path that this account has for those of an operation, such as "GET /books/{bookId}". */
	route?(template: string, credentials: ICredentialDataDecryptedObject): string;
	/** True if the credential fetches a token, so that a 401, in the body too, is worth one more try with a new one. */
	usesToken?: boolean;
	/** The HTTP status that an answer reports in its body, if it is a failure under a successful HTTP status. */
	failureStatus?(reply: Reply): number | undefined;
	/** Turns the API's own error into words. Whatever is left out is filled in from the HTTP status. */
	explain(failure: Failure, credentials: ICredentialDataDecryptedObject, request: ApiRequest): Explanation;
	/** How to find out whether a write was carried out that got no answer, as the end of a sentence. */
	howToCheck?: string;
}
