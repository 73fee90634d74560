import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The headers that every request of this API has; `language` goes before that of the credential. */
export function headersOf(
	{ credentials }: { credentials: ICredentialDataDecryptedObject },
	language?: string,
): Record<string, string> {
	return {
		// Without this the API may answer lists without their length and their links (inferred).
		Accept: 'application/ld+json',
		'Accept-Language': language || String(credentials.language || 'nl_NL'),
	};
}
