/** Where the API is and who asks: what the credential and the node have to agree on. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

export const DEFAULT_BASE_URL = 'https://wisteria.webwinkelfacturen.nl';

export function baseUrlOf({ baseUrl }: ICredentialDataDecryptedObject): string {
	return (String(baseUrl ?? '').trim() || DEFAULT_BASE_URL).replace(/\/+$/, '').replace(/\/api$/, '');
}

export const textOf = (credentials: ICredentialDataDecryptedObject, field: string): string => String(credentials[field] ?? '').trim();

/** The page on which a person allows this shop to add sales. */
function authorizeUrl(credentials: ICredentialDataDecryptedObject): string {
	const query = [
		['response_type', 'code'],
		['client_id', textOf(credentials, 'clientId')],
		['redirect_url', textOf(credentials, 'redirectUrl')],
	];
	return `${baseUrlOf(credentials)}/api/authorize?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Why there is no token. The first three are ours, the others are those of OAuth 2.0. */
export type LoginFault = 'no_login' | 'code_refused' | 'login_ended' | 'invalid_client' | 'other';

/** What happened and what to do, for the credential's test and for a node alike. */
export function loginMessage(fault: LoginFault, credentials: ICredentialDataDecryptedObject): string {
	const again = `open ${authorizeUrl(credentials)} in a browser, allow it, and paste what stands behind "code=" in the address that you come to into Authorization Code`;
	switch (fault) {
		case 'no_login':
			return `Webwinkelfacturen has to be asked first: ${again}`;
		case 'code_refused':
			return `Webwinkelfacturen does not accept the authorization code, which serves once and not for long: ${again}`;
		case 'login_ended':
			return `The login at Webwinkelfacturen has ended: ${again}`;
		case 'invalid_client':
			return 'Webwinkelfacturen does not accept the client ID or the client secret: check both in the credential';
		case 'other':
			return 'Webwinkelfacturen gave no access token: check the base URL in the credential, or try again later';
	}
}
