import { get, omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../operation/call';
import type { Reply } from '../transport/platform';
import { listIn } from './values';

export interface Organization extends IDataObject {
	webshops: IDataObject[];
}

/** The organization in an answer: on the first line it stands under `data`. Its private key is left out. */
export function readOrganization({ body }: Reply): Organization {
	const { data, ...rest } = body as IDataObject;
	const organization = omit((data ?? rest) as IDataObject, 'privateMeta.privateKey') as IDataObject;
	return { ...organization, webshops: listIn(organization, 'webshops') };
}

/** ID of the working year that the organization in an answer is in now. */
export function periodIn(reply: Reply): string {
	const organization = readOrganization(reply);
	return String(get(organization, 'period.period.id') ?? get(organization, 'period.id'));
}

/** The same, asked once for all items. */
export async function currentPeriod(call: Call): Promise<string> {
	return await call.once('current period', async () => periodIn(await call.send({ url: '/organization' })));
}
