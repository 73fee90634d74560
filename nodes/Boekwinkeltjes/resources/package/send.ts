import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../operation/legacy';
import { recordIn } from '../../answer';
import { requestTo } from '../../paths';
import { simplifyPackage } from '../../simplify';

/** The answer is empty (stated), so what comes out is what was sent. */
export async function sendParcel(body: IDataObject, call: Call): Promise<IDataObject> {
	const reply = await call.send(requestTo('package.create', call.credentials, { body }));
	return { success: true, ...simplifyPackage({ ...body, ...recordIn(reply.body) }) };
}
