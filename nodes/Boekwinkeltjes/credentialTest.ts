import { credentialTest } from '../transport/credentialTest';
import { requestTo } from './paths';
import { boekwinkeltjes } from './platform';
import { sign } from './sign';

/** The settings would do as well, but the vendor's document does not have them. */
export const boekwinkeltjesApiTest = credentialTest(boekwinkeltjes, {
	request: (credentials) => requestTo('book.getAll', credentials, { qs: { page: 1 } }),
	sign,
	wrongAddress: 'There is no Boekwinkeltjes API at this address: check the environment and the base URL',
});
