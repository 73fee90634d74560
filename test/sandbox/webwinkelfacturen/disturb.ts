/** A tenth of the requests goes wrong, in every way in which one can. */
import { seededRandom } from '../seed';
import type { WebwinkelfacturenSandbox } from '.';

const KINDS = ['cutBefore', 'cutAfter', 'truncated', 'html', 'empty', '429', '500', '502', '503', '422', 'token'] as const;

const REFUSAL = { error: 422, errorcode: 'ORD100_MISSING_FIELDS', errormessage: 'Try again' };

/** Goes on until the faults of the sandbox are taken away. Requests for a token are spared: a lost refresh token is lost. */
export function disturb(sandbox: WebwinkelfacturenSandbox, seed: number): void {
	const random = seededRandom(seed);
	for (const kind of KINDS) {
		const isStatus = /^\d/.test(kind);
		sandbox.faults.push({
			kind: isStatus ? 'status' : kind === 'token' ? 'empty' : (kind as 'cutBefore'),
			times: Infinity,
			...(isStatus && { status: Number(kind) }),
			...(kind === '429' && { headers: { 'retry-after': '0.01' } }),
			...(kind === '422' && { body: REFUSAL }),
			when({ path }) {
				if (path === '/api/token' || random() > 0.1 / KINDS.length) return false;
				if (kind !== 'token') return true;
				sandbox.expireTokens();
				return false;
			},
		});
	}
}
