import type { IDataObject } from 'n8n-workflow';

import { credentialTest } from '../transport/credentialTest';
import { stamhoofd } from './platform';
import { sign } from './sign';

/** Whatever else a key may do, it may ask who it is. */
export const stamhoofdApiTest = credentialTest(stamhoofd, {
	request: { url: '/user' },
	sign,
	wrongAddress: 'This server does not know the API version: choose "First Manual (191)" as API Version, and check the Base URL',
	fault: ({ body }) =>
		(body as IDataObject).permissions === null
			? 'The API key works but has no right at all: give it the rights it needs in Stamhoofd'
			: undefined,
});
