import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The headers that sign a request. Blanks around the key, which come along when it is copied, are not sent. */
export function sign({ apiKey }: ICredentialDataDecryptedObject): Record<string, string> {
	return { Authorization: `Bearer ${String(apiKey).trim()}` };
}
