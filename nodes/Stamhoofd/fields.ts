/** Fields that more than one operation shows. */
import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import type { Call } from '../operation/legacy';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const LOOKS_LIKE = 'which looks like 9274bb7a-f738-4560-a833-c7b553f15717';

const uuid = {
	type: 'regex' as const,
	properties: { regex: `\\s*${UUID}\\s*`, errorMessage: `This is not an ID of Stamhoofd, ${LOOKS_LIKE}` },
};

/**
 * An id in lower case as Stamhoofd writes it.
 * @throws InvalidInput if it is empty or no UUID
 */
function checkedId(what: 'payment' | 'webshop', value: unknown): string {
	const id = String(value ?? '').trim().toLowerCase();
	if (id === '') throw new InvalidInput(`The ${what} ID is empty: fill it in, or check the expression that gives it`);
	if (!new RegExp(`^${UUID}$`).test(id)) throw new InvalidInput(`"${id}" is not a ${what} ID, ${LOOKS_LIKE}`);
	return id;
}

/**
 * The id in a resource locator.
 * @throws InvalidInput if it is empty or no UUID
 */
export function idIn(call: Call, name: 'paymentId' | 'webshopId'): string {
	return checkedId(name === 'paymentId' ? 'payment' : 'webshop', call.parameter<unknown>(name, ''));
}

/** A resource locator within a collection, or the id itself where an expression gives one. */
export type Locator = string | { value?: string } | null;

/**
 * The webshop that a list is filtered by; undefined if it is not.
 * @throws InvalidInput if there is a filter, but its id is empty or no UUID: it must not come to list all webshops
 */
export function webshopIn(locator: Locator | undefined): string | undefined {
	if (locator === undefined) return undefined;
	return checkedId('webshop', typeof locator === 'object' ? locator?.value : locator);
}

/** The chosen values of a field of several, which an expression may give as one, or as text with commas. */
export function listIn(value: unknown): string[] {
	return [value ?? []].flat().flatMap((one) => String(one).split(',')).map((one) => one.trim()).filter(Boolean);
}

export const paymentLocator: INodeProperties = {
	displayName: 'Payment',
	name: 'paymentId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The payment, from the list or by its ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a payment...',
			typeOptions: { searchListMethod: 'searchPayments', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: '9274bb7a-f738-4560-a833-c7b553f15717',
			validation: [uuid],
		},
	],
};

export const webshopLocator: INodeProperties = {
	displayName: 'Webshop',
	name: 'webshopId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The webshop, from the list or by its ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a webshop...',
			typeOptions: { searchListMethod: 'searchWebshops', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: '7b952ab3-60c7-4d59-bb40-5b10cd9a1a51',
			validation: [uuid],
		},
	],
};
