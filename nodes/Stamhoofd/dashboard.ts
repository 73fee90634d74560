/** Where a person looks at a thing in Stamhoofd (read in its public source). */
import type { Call } from '../operation/call';
import { isCancellation } from '../transport/errors';
import { readOrganization } from './organization';

/** Makes the address of a payment among the transfers; of none if the organization cannot be asked for its name in addresses. */
export async function paymentLinks(call: Call): Promise<(id: unknown) => string | null> {
	const uri = await call
		.once('uri', async () => readOrganization(await call.send(call.request({}, 'GET /organization'))).uri)
		.catch((error: Error) => {
			if (isCancellation(error)) throw error;
			return undefined;
		});
	const folder = `https://stamhoofd.app/beheerders/${encodeURIComponent(String(uri))}/boekhouding/overschrijvingen`;
	return (id) => (typeof uri === 'string' && uri !== '' && typeof id === 'string' ? `${folder}/${encodeURIComponent(id)}` : null);
}
