/** Runs the Boekwinkeltjes node against its sandbox. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { BoekwinkeltjesApi } from '../../credentials/BoekwinkeltjesApi.credentials';
import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import type { BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { runNode } from './harness';
import type { NodeResult, NodeRun } from './harness';
import { pairs } from './items';

export function credentialFor(sandbox: BoekwinkeltjesSandbox): ICredentialDataDecryptedObject {
	return {
		apiKey: sandbox.state.apiKey,
		environment: 'custom',
		baseUrl: sandbox.baseUrl,
		requestsPerSecond: 1000,
		paymentStatusField: 'idealPaymentStatus',
		pathOverrides: {},
	};
}

export { byId, ids, input as itemsOf, mapped, MAPPED_AUTOMATICALLY } from './items';

export const byNumber = (value: string | number) => ({ __rl: true, mode: 'number', value });

/** Runs `resource.operation`, for example `book.get`. */
export async function run(
	sandbox: BoekwinkeltjesSandbox,
	operation: string,
	parameters: INodeParameters = {},
	{ credential = {}, ...options }: Partial<NodeRun> & { credential?: ICredentialDataDecryptedObject } = {},
): Promise<NodeResult> {
	const [resource, value] = operation.split('.');
	return await runNode({
		node: new Boekwinkeltjes(),
		credentialTypes: [new BoekwinkeltjesApi()],
		credentials: { boekwinkeltjesApi: { ...credentialFor(sandbox), ...credential } },
		parameters: { resource, operation: value, ...parameters },
		...options,
	});
}

export const jsonOf = ({ items, error }: NodeResult): IDataObject[] => {
	if (error) throw error;
	return items.map(({ json }) => json);
};

export const pairsOf = ({ items }: NodeResult) => pairs(items);
