/** A package: how it stands in the node panel, and how it is sent. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { Call } from '../../../operation/legacy';
import { countryCode, personFields, personProperties } from '../../fields';
import { isGiven, readInput, text, wholeNumber } from '../../input';
import type { InputField } from '../../input';

export const carrierProperties: INodeProperties[] = [
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: [
			{ name: 'DHL', value: 'DHL' },
			{ name: 'DPD', value: 'Dpd' },
			{ name: 'Mondial Relay', value: 'MondialRelay' },
			{ name: 'PostNL', value: 'PostNL' },
		],
		default: 'PostNL',
		required: true,
		description: 'Who carries the package',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Mailbox', value: 'MAILBOX' },
			{ name: 'Small', value: 'SMALL' },
			{ name: 'Standard', value: 'STANDARD' },
		],
		default: 'STANDARD',
		required: true,
	},
];

const orderIdProperty: INodeProperties = {
	displayName: 'Order ID',
	name: 'orderId',
	type: 'string',
	default: '',
	description: 'The order that the package is for',
};

const otherProperties: INodeProperties[] = [
	{
		displayName: 'Address Type',
		name: 'addressType',
		type: 'options',
		options: [
			{ name: 'Business', value: 'B' },
			{ name: 'Private', value: 'P' },
		],
		default: 'P',
	},
	{
		displayName: 'Package ID',
		name: 'packageId',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Print Options',
		name: 'printOptions',
		type: 'number',
		default: 1,
		description: 'What it means is not documented; the example of Boekwinkeltjes has 1',
	},
	{
		displayName: 'Rate',
		name: 'rate',
		type: 'string',
		default: '',
		description: 'The rate to send the package for',
	},
	{
		displayName: 'Shop ID',
		name: 'shopId',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Weight',
		name: 'weight',
		type: 'number',
		default: 500,
		description: 'Probably in grams; Boekwinkeltjes does not say',
	},
];

function collection(displayName: string, name: string, options: INodeProperties[], description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description,
		options: options.toSorted((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

const { name: recipient, street, houseNumber, postalCode, city, country, ...optional } = personProperties;

export const addressProperties: INodeProperties[] = [
	recipient,
	{ ...street, required: true },
	{ ...houseNumber, required: true },
	{ ...postalCode, required: true },
	{ ...city, required: true },
	{ ...country, default: 'NL', required: true },
];

export const additionalFields = collection(
	'Additional Fields',
	'additionalFields',
	[...Object.values(optional), orderIdProperty, ...otherProperties],
	'Fields that are empty are not sent',
);

export const replacingFields = collection(
	'Additional Fields',
	'additionalFields',
	[...Object.values(personProperties), ...otherProperties],
	'What is filled in here takes the place of what the order says',
);

const parcelFields: Record<string, InputField> = {
	...personFields,
	street: { ...personFields.street, required: true },
	houseNumber: { ...personFields.houseNumber, required: true },
	postalCode: { ...personFields.postalCode, required: true },
	city: { ...personFields.city, required: true },
	operator: { label: 'Operator', read: text, required: true },
	type: { label: 'Type', read: text, required: true },
	addressType: { label: 'Address Type', read: text },
	orderId: { label: 'Order ID', read: wholeNumber() },
	packageId: { label: 'Package ID', read: text },
	printOptions: { label: 'Print Options', read: wholeNumber() },
	rate: { label: 'Rate', read: text },
	shopId: { label: 'Shop ID', read: text },
	weight: { label: 'Weight', read: wholeNumber(1) },
};

const POSTAL_CODES: Record<string, { pattern: RegExp; example: string }> = {
	nl: { pattern: /^[1-9]\d{3}[A-Z]{2}$/, example: '7654 AA' },
	be: { pattern: /^[1-9]\d{3}$/, example: '9000' },
};

/** House number and its addition from one text, where the addition is not given by itself. */
function splitHouseNumber(given: IDataObject): IDataObject {
	const [, number, extra] = /^(\d+)[\s-]*(\S.*)?$/.exec(String(given.houseNumber ?? '').trim()) ?? [];
	const isSplit = extra !== undefined && String(given.houseNumberExtra ?? '').trim() === '';
	return isSplit ? { ...given, houseNumber: number, houseNumberExtra: extra } : given;
}

/**
 * The body that describes a package.
 * @throws InvalidInput that names every field that is wrong or missing
 */
export function parcelBody(given: IDataObject): IDataObject {
	const land = isGiven(given.country) ? countryCode(given.country) : 'nl';
	const readPostalCode = (value: unknown) => {
		const code = String(personFields.postalCode.read(value));
		const form = POSTAL_CODES[land];
		if (form && !form.pattern.test(code)) {
			throw new InvalidInput(`"${text(value)}" is not a postal code of this country, write it as ${form.example}`);
		}
		return code;
	};
	const parcel = readInput(splitHouseNumber({ ...given, country: land }), {
		...parcelFields,
		postalCode: { ...parcelFields.postalCode, read: readPostalCode },
	});
	return {
		operator: parcel.operator,
		packageID: parcel.packageId,
		type: parcel.type,
		name: parcel.name,
		address: {
			street: parcel.street,
			number: parcel.houseNumber,
			numberext: parcel.houseNumberExtra,
			zip: parcel.postalCode,
			city: parcel.city,
			country: parcel.country,
			company: parcel.company,
		},
		weight: parcel.weight,
		addressType: parcel.addressType,
		email: parcel.email,
		phoneNumber: parcel.phone,
		orderId: parcel.orderId,
		rate: parcel.rate,
		shopId: parcel.shopId,
		printOptions: parcel.printOptions,
	};
}

/** What the item fills in, where the node shows all fields of a package. */
export function givenParcel(call: Call): IDataObject {
	const shownApart = [...carrierProperties, ...addressProperties].map(({ name }) => [name, call.parameter(name, '')]);
	return { ...call.parameter<IDataObject>('additionalFields', {}), ...Object.fromEntries(shownApart) };
}
