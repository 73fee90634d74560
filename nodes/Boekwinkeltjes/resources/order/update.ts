import { isEmpty, omitBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { choice, collection, text } from '../../../input';
import type { Optional } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { writtenRecord } from '../../answer';
import { orderLocator, personFields } from '../../fields';
import { at } from '../../paths';
import { simplifyOrder, written } from '../../simplify';
import { bookBody, bookCollection } from '../book/bookFields';
import { paymentStatusOptions, statusOptions } from './filters';

const buyerFields = { ...personFields, language: text({ placeholder: 'e.g. nl_NL' }), note: text() };

/** The members that have a value; undefined if none has. */
function given(members: IDataObject): IDataObject | undefined {
	const some = omitBy(members, (value) => value === undefined) as IDataObject;
	return isEmpty(some) ? undefined : some;
}

/** The buyer as one order has it (stated), which is not how a list has it. */
function buyerBody(buyer: Optional<typeof buyerFields>): IDataObject | undefined {
	return given({
		name: buyer.name,
		email: buyer.email,
		phoneNumber: buyer.phone,
		language: buyer.language,
		note: buyer.note,
		address: given({
			street: buyer.street,
			number: buyer.houseNumber,
			numberExtra: buyer.houseNumberExtra,
			zipCode: buyer.postalCode,
			city: buyer.city,
			// In small type, as the API's samples have it.
			country: buyer.country?.toLowerCase(),
			company: buyer.company,
		}),
	});
}

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update order',
	description: 'Change the status, the payment status, the buyer or the book of an order; only what is filled in is sent',
	...at('order.update'),
	dryRun: 'offered',
	input: {
		orderId: orderLocator,
		updateFields: collection({
			fields: {
				paymentStatus: choice({ options: paymentStatusOptions, open: true, default: 'paid' }),
				status: choice({
					options: statusOptions,
					open: true,
					default: 'shipped_paid',
					description: 'What becomes of the order. An expression may give any other status that Boekwinkeltjes knows.',
				}),
			},
		}),
		buyer: collection({ description: 'What changes about the buyer; fields that are empty are not sent', fields: buyerFields }),
		book: bookCollection('Book', 'What changes about the book in the order; fields that are empty are not sent'),
	},
	prepare({ orderId, updateFields, buyer, book }, { credentials }) {
		const body = given({
			status: updateFields.status,
			[String(credentials.paymentStatusField ?? 'idealPaymentStatus')]: updateFields.paymentStatus,
			buyer: buyerBody(buyer),
			book: given(bookBody(book)),
		});
		if (!body) throw new InvalidInput('There is nothing to change: fill in at least one field');
		return { orderId, body };
	},
	body: ({ body }) => body,
	answer: ({ body }) => writtenRecord(body),
	simplify: written(simplifyOrder),
});
