import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { Reply } from '../transport/platform';

export interface Organization extends IDataObject {
	webshops: IDataObject[];
}

/** The organization in an answer: on the first line it stands under `data`. Its private key is left out. */
export function readOrganization({ body }: Reply): Organization {
	const { data, ...rest } = body as IDataObject;
	const organization = omit((data ?? rest) as IDataObject, 'privateMeta.privateKey') as IDataObject;
	return { ...organization, webshops: (organization.webshops ?? []) as IDataObject[] };
}
