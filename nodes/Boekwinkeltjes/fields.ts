/** Fields that more than one operation shows. */
import type { IExecuteFunctions, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import type { Call } from '../operation/legacy';
import { email, readInput, text, wholeNumber } from './input';
import type { InputField } from './input';

const digits = (name: string) => ({
	type: 'regex' as const,
	properties: { regex: '\\s*\\d+\\s*', errorMessage: `${name} has digits only` },
});

export const bookLocator: INodeProperties = {
	displayName: 'Book',
	name: 'bookId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The book, from the list, by its ID at Boekwinkeltjes, or by your own book number',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a book...',
			typeOptions: { searchListMethod: 'searchBooks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: '123456',
			validation: [digits('An ID of Boekwinkeltjes')],
		},
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: '213124124124',
			validation: [digits('A book number')],
		},
	],
};

/** A field for one thing: from a list with search, or by its ID; `byId` adds to the latter. */
function locator(displayName: string, searchListMethod: string, byId: Partial<INodePropertyMode>): INodeProperties {
	const thing = displayName.toLowerCase();
	return {
		displayName,
		name: `${thing}Id`,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `The ${thing}, from the list or by its ID`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', ...byId },
		],
	};
}

export const orderLocator = locator('Order', 'searchOrders', { placeholder: '4006' });
export const paymentLocator = locator('Payment', 'searchPayments', {
	placeholder: '15400',
	validation: [digits('The ID of a payment')],
});
export const packageLocator = locator('Package', 'searchPackages', { placeholder: 'BW90000' });

/** True if the locator was filled in with a book number instead of an ID. */
export function isByNumber(call: Call): boolean {
	const { context, itemIndex } = call;
	const locator = (
		'makeRoutingRequest' in context
			? context.getNodeParameter('bookId')
			: (context as IExecuteFunctions).getNodeParameter('bookId', itemIndex)
	) as { mode?: string } | null;
	return locator?.mode === 'number';
}

export const bookIdField: InputField = { label: 'Book', read: wholeNumber(), required: true };

/**
 * A field's value as an ID that is a number at Boekwinkeltjes.
 * @throws InvalidInput
 */
export function numericId(call: Call, parameter: string, label: string): string {
	const { id } = readInput({ id: call.parameter(parameter, '') }, { id: { ...bookIdField, label } });
	return String(id);
}

/** @throws InvalidInput */
export function textId(call: Call, parameter: string, label: string): string {
	const { id } = readInput({ id: call.parameter(parameter, '') }, { id: { label, read: text, required: true } });
	return String(id);
}

const COUNTRIES: Record<string, string> = { nederland: 'nl', netherlands: 'nl', belgië: 'be', belgie: 'be', belgium: 'be' };

/** In small type, as the API's samples have it. */
export function countryCode(value: unknown): string {
	const written = text(value).toLowerCase();
	return COUNTRIES[written] ?? written;
}

function country(value: unknown): string {
	const code = countryCode(value);
	if (!/^[a-z]{2}$/.test(code)) {
		throw new InvalidInput(`"${text(value)}" is not a country code of two letters, write it as NL`);
	}
	return code;
}

/** A Dutch postal code without its space; those of other countries as they are. */
function postalCode(value: unknown): string {
	const written = text(value).toUpperCase();
	return /^\d{4}\s*[A-Z]{2}$/.test(written) ? written.replace(/\s/g, '') : written;
}

/** The parts of an address and of the person who lives there, in the words of the node. */
export const personFields: Record<string, InputField> = {
	name: { label: 'Name', read: text },
	email: { label: 'Email', read: email },
	phone: { label: 'Phone', read: text },
	company: { label: 'Company', read: text },
	street: { label: 'Street', read: text },
	houseNumber: { label: 'House Number', read: text },
	houseNumberExtra: { label: 'House Number Addition', read: text },
	postalCode: { label: 'Postal Code', read: postalCode },
	city: { label: 'City', read: text },
	country: { label: 'Country', read: country },
};

/** What stands in the node panel for `personFields`, by name. */
export const personProperties = {
	name: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		description: 'First and last name',
	},
	email: {
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
	},
	phone: {
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		placeholder: '+31612345678',
		default: '',
	},
	company: {
		displayName: 'Company',
		name: 'company',
		type: 'string',
		default: '',
	},
	street: {
		displayName: 'Street',
		name: 'street',
		type: 'string',
		default: '',
	},
	houseNumber: {
		displayName: 'House Number',
		name: 'houseNumber',
		type: 'string',
		placeholder: '12',
		default: '',
	},
	houseNumberExtra: {
		displayName: 'House Number Addition',
		name: 'houseNumberExtra',
		type: 'string',
		placeholder: 'A',
		default: '',
		description: 'What follows the house number (toevoeging)',
	},
	postalCode: {
		displayName: 'Postal Code',
		name: 'postalCode',
		type: 'string',
		placeholder: '7654 AA',
		default: '',
	},
	city: {
		displayName: 'City',
		name: 'city',
		type: 'string',
		default: '',
	},
	country: {
		displayName: 'Country',
		name: 'country',
		type: 'string',
		placeholder: 'NL',
		default: '',
		description: 'Two letters, for example NL or BE',
	},
} satisfies Record<string, INodeProperties>;
