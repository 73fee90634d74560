import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { ApiRequest } from '../transport/platform';

/** The request with the headers that every request of this API has; `language` goes before that of the credential. */
export function apiRequest(
	{ credentials }: { credentials: ICredentialDataDecryptedObject },
	request: ApiRequest,
	language?: string,
): ApiRequest {
	return {
		...request,
		headers: {
			// Without this the API may answer lists without their length and their links (inferred).
			Accept: 'application/ld+json',
			'Accept-Language': language || String(credentials.language || 'nl_NL'),
			...request.headers,
		},
	};
}
