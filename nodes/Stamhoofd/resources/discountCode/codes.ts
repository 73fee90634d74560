/** The discount codes of a webshop. */
import { randomUUID } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import { collection, decimal, euro, text, wholeNumber } from '../../../input';
import type { Call } from '../../../operation/call';
import { InvalidInput } from '../../../transport/errors';
import { webshopLocator } from '../../fields';
import { onCurrentLine, unitsPerEuro } from '../../platform';

export const PATH = '/webshop/{webshopId}/discount-codes';

/** Put it in front of what a person fills in when making or changing a code. */
export const codeField = { required: true, longest: 100, placeholder: 'e.g. MEMBERS10' } as const;

/** Which code is changed or deleted. */
export const codeOfWebshop = {
	webshopId: webshopLocator,
	code: text({ ...codeField, displayName: 'Code or ID', description: 'What a buyer types, or the ID of the code' }),
};

export const detailFields = {
	description: text({ longest: 1000, description: 'What the code is for; only your association sees it' }),
	discountAmount: euro({ description: 'In euros, taken off the whole order' }),
	discountPercentage: decimal({ from: 0, to: 100, description: 'Percentage taken off the whole order' }),
	maximumUsage: wholeNumber({ from: 1, description: 'How many orders may use the code; left out: any number' }),
};

export const details = collection({ displayName: 'Details', placeholder: 'Add Detail', fields: detailFields });

export interface Details {
	description?: string;
	discountAmount?: number;
	discountPercentage?: number;
	maximumUsage?: number;
}

export async function listCodes(webshopId: string, call: Call): Promise<IDataObject[]> {
	return await call.once(`codes of ${webshopId}`, async () => (await call.send(call.request({ path: { webshopId } }, `GET ${PATH}`))).body as IDataObject[]);
}

/**
 * The discount code that is meant by what is written on it, or by its ID.
 * @throws InvalidInput if there is none
 */
export async function findCode(given: { webshopId: string; code: string }, call: Call): Promise<IDataObject> {
	const { webshopId, code } = onCurrentLine(given, call);
	const wanted = code.toLowerCase();
	const found = (await listCodes(webshopId, call)).find((one) => String(one.code).toLowerCase() === wanted || one.id === wanted);
	if (!found) throw new InvalidInput(`The webshop has no discount code "${code}": check it, or list them with Discount Code > Get Many`);
	return found;
}

/** A discount on the whole order; an amount and a percentage can go together. */
export function discountOf({ discountAmount = 0, discountPercentage = 0 }: Details, { credentials }: Call): IDataObject {
	return {
		id: randomUUID(),
		orderDiscount: {
			fixedDiscount: Math.round(discountAmount * unitsPerEuro(credentials)),
			// In 1/10 000 (read in the source).
			percentageDiscount: Math.round(discountPercentage * 100),
		},
	};
}

/** One change of the codes of a webshop, and what the server answers to it. */
export async function changeCodes(webshopId: string, change: IDataObject, call: Call): Promise<IDataObject[]> {
	const body = { _isPatch: true, changes: [change] };
	return (await call.send(call.request({ path: { webshopId }, body }, `PATCH ${PATH}`))).body as IDataObject[];
}
