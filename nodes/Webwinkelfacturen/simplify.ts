/** Flat records with the fields that matter most, amounts as numbers. */
import type { IDataObject } from 'n8n-workflow';

import { timeOf } from '../operation/time';
import { ENTITIES } from './entities';
import type { Entity } from './entities';

const amount = (value: unknown): number | null => (value === null || value === undefined || value === '' ? null : Number(value));

const word = (value: unknown): string | null => (value === null || value === undefined || value === '' || value === false ? null : String(value));

/** "2026-11-24 00:00:00" is a day. */
const momentOf = (value: unknown): string | null => timeOf(word(value)?.replace(/ 00:00:00$/, '') ?? null);

const customerName = ({ firstname, lastname }: IDataObject): string | null => word([firstname, lastname].map(word).filter(Boolean).join(' '));

function sale({ one, id, date }: Entity, record: IDataObject): IDataObject {
	const customer = Object(record.customer) as IDataObject;
	return {
		id: word(record[id]),
		number: word(record[`${one}number`]),
		date: momentOf(record[date!]),
		status: word(record[`${one}status`]),
		paymentStatus: word(record.paymentstatus),
		total: amount(record.totalInclWithDiscount),
		totalExclVat: amount(record.totalExclWithDiscount),
		totalVat: amount(record.totalVatWithDiscount),
		customerId: word(record.customerid),
		customerName: customerName(customer),
		customerEmail: word(customer.email),
		currency: word(record.currency),
		addedOn: momentOf(record.createddate),
	};
}

function closure(record: IDataObject): IDataObject {
	return {
		id: word(record.closureid),
		number: word(record.closurenumber),
		name: word(record.closurename),
		date: momentOf(record.closuredate),
		register: word(record.registername),
		currency: word(record.currency),
		addedOn: momentOf(record.createddate),
	};
}

function customer(record: IDataObject): IDataObject {
	return {
		id: word(record.customerid),
		number: word(record.customernumber),
		name: customerName(record),
		company: word(record.company),
		email: word(record.email),
		phone: word(record.telnr) ?? word(record.mobile),
		street: word([record.address1, record.housenr].map(word).filter(Boolean).join(' ')),
		postcode: word(record.zipcode),
		city: word(record.city),
		country: word(record.isocountry),
		vatId: word(record.btwnr),
		companyNumber: word(record.kvk),
	};
}

const taxRate = (record: IDataObject): IDataObject => ({
	id: word(record.taxid),
	code: word(record.taxcode),
	percentage: amount(record.percentage_100),
	title: word(record.title),
	country: word(record.country),
});

export function simplify(entity: Entity, record: IDataObject): IDataObject {
	switch (entity) {
		case ENTITIES.closure:
			return closure(record);
		case ENTITIES.customer:
			return customer(record);
		case ENTITIES.taxRate:
			return taxRate(record);
		case ENTITIES.paymentMethod:
			return { id: word(record.paymentmethodid), name: word(record.name), type: word(record.type) };
		case ENTITIES.category:
			return { id: word(record.categoryid), code: word(record.code), name: word(record.name) };
		default:
			return sale(entity, record);
	}
}
