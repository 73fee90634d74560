import type { IDataObject } from 'n8n-workflow';

import { code, collection, country, email, isGiven, phone, postcode, text, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import { recordsIn } from '../../platform';
import { simplify } from '../../simplify';
import { ENTITIES } from '../../entities';

export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add customer',
	description: 'Add a customer. The customer of a sale comes along with it, so this is seldom needed.',
	request: 'POST /customerapi/addcustomer',
	input: {
		customerId: code({ displayName: 'Customer ID', required: true, description: 'Your own ID of the customer, which sales refer to' }),
		firstName: text(),
		lastName: text({ description: 'Last name; a company needs none' }),
		email: email(),
		more: collection({
			displayName: 'More Fields',
			fields: {
				city: text(),
				company: text(),
				companyNumber: code({ description: 'Number in the Dutch register of companies (KVK-nummer)' }),
				country: country(),
				customerNumber: code({ description: 'Number that people know the customer by' }),
				houseNumber: code(),
				isCompany: yesNo({ description: 'Whether the customer is a company' }),
				phone: phone(),
				postcode: postcode(),
				street: text(),
				vatId: code({ displayName: 'VAT ID', placeholder: 'e.g. NL123456789B01' }),
			},
		}),
	},
	body({ customerId, firstName, lastName, email: address, more }) {
		const record: IDataObject = {
			customerid: customerId,
			customernumber: more.customerNumber,
			firstname: firstName,
			lastname: lastName,
			company: more.company,
			address1: more.street,
			housenr: more.houseNumber,
			zipcode: more.postcode,
			city: more.city,
			isocountry: more.country,
			kvk: more.companyNumber,
			btwnr: more.vatId,
			telnr: more.phone,
			email: address,
			iscompany: more.isCompany === undefined ? undefined : Number(more.isCompany),
		};
		return { customer: Object.fromEntries(Object.entries(record).filter(([, value]) => isGiven(value))) };
	},
	answer: recordsIn,
	simplify: (record) => simplify(ENTITIES.customer, record),
});
