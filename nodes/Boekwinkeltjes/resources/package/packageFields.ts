/** A package: how it stands in the node panel, and how it is sent. */
import type { IDataObject } from 'n8n-workflow';

import { choice, collection, country, postcode, readFields, text, wholeNumber } from '../../../input';
import type { Call } from '../../../operation/call';
import { ZONE } from '../../../operation/time';
import { recordIn } from '../../answer';
import { personFields } from '../../fields';
import { ROUTES } from '../../paths';
import { simplifyPackage } from '../../simplify';

export const carrierFields = {
	operator: choice({
		options: [
			{ name: 'PostNL', value: 'PostNL' },
			{ name: 'DHL', value: 'DHL' },
			{ name: 'DPD', value: 'Dpd' },
			{ name: 'Mondial Relay', value: 'MondialRelay' },
		],
		required: true,
		description: 'Who carries the package',
	}),
	type: choice({
		options: [
			{ name: 'Standard', value: 'STANDARD' },
			{ name: 'Mailbox', value: 'MAILBOX' },
			{ name: 'Small', value: 'SMALL' },
		],
		required: true,
	}),
};

const otherFields = {
	addressType: choice({ options: [{ name: 'Private', value: 'P' }, { name: 'Business', value: 'B' }] }),
	packageId: text({ displayName: 'Package ID' }),
	printOptions: wholeNumber({ default: 1, description: 'What it means is not documented; the example of Boekwinkeltjes has 1' }),
	rate: text({ description: 'The rate to send the package for' }),
	shopId: text({ displayName: 'Shop ID' }),
	weight: wholeNumber({ from: 1, default: 500, description: 'Probably in grams; Boekwinkeltjes does not say' }),
};

const { email, phone, company, houseNumberExtra } = personFields;

export const addressFields = {
	name: personFields.name,
	street: text({ required: true }),
	houseNumber: text({ placeholder: 'e.g. 12', required: true }),
	postalCode: postcode({ displayName: 'Postal Code', required: true }),
	city: text({ required: true }),
	country: country({ default: 'NL', required: true }),
};

export const additionalFields = collection({
	displayName: 'Additional Fields',
	description: 'Fields that are empty are not sent',
	fields: {
		email,
		phone,
		company,
		houseNumberExtra,
		orderId: wholeNumber({ displayName: 'Order ID', default: '', description: 'The order that the package is for' }),
		...otherFields,
	},
});

export const replacingFields = collection({
	displayName: 'Additional Fields',
	description: 'What is filled in here takes the place of what the order says',
	fields: { ...personFields, ...otherFields },
});

/** House number and its addition from one text, where the addition is not given by itself. */
function splitHouseNumber(given: IDataObject): IDataObject {
	const [, number, extra] = /^(\d+)[\s-]*([^\s-].*)?$/.exec(String(given.houseNumber ?? '').trim()) ?? [];
	const isSplit = extra !== undefined && String(given.houseNumberExtra ?? '').trim() === '';
	return isSplit ? { ...given, houseNumber: number, houseNumberExtra: extra } : given;
}

/**
 * The body that describes a package.
 * @throws InvalidInput that names what is missing or wrong in an address that comes from an order
 */
export function packageBody(given: IDataObject): IDataObject {
	const parcel = splitHouseNumber({ ...given, country: given.country ?? 'NL' });
	const address = readFields(addressFields, (name) => parcel[name], { zone: ZONE });
	return {
		operator: parcel.operator,
		packageID: parcel.packageId,
		type: parcel.type,
		name: address.name,
		address: {
			street: address.street,
			number: address.houseNumber,
			numberext: parcel.houseNumberExtra,
			zip: address.postalCode,
			city: address.city,
			// In small type, as the API's samples have it.
			country: address.country.toLowerCase(),
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

/** The answer is empty (stated), so what comes out is what was sent. */
export async function sendPackage(body: IDataObject, call: Call): Promise<IDataObject> {
	const reply = await call.send(call.request({ body }, ROUTES['package.create'].route));
	return { success: true, ...simplifyPackage({ ...body, ...recordIn(reply.body) }) };
}

