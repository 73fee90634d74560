import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation } from '../../../operation/legacy';
import { writtenRecord } from '../../answer';
import { each } from '../../batch';
import { orderLocator, personFields, personProperties } from '../../fields';
import { readParts, text } from '../../input';
import { requestTo } from '../../paths';
import { simplifyOrder, written } from '../../simplify';
import { bookFields, bookProperties } from '../book/bookFields';
import { paymentStatusOptions, statusOptions } from './filters';

interface Change {
	id: string;
	body: IDataObject;
}

const buyerFields = {
	...personFields,
	language: { label: 'Language', read: text },
	note: { label: 'Note', read: text },
};

/** The members that have a value; undefined if none has. */
function given(members: IDataObject): IDataObject | undefined {
	const entries = Object.entries(members).filter(([, value]) => value !== undefined);
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The buyer as one order has it (stated), which is not how a list has it. */
function buyerBody(buyer: IDataObject): IDataObject | undefined {
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
			country: buyer.country,
			company: buyer.company,
		}),
	});
}

export const update: BatchOperation<Change> = {
	name: 'Update',
	value: 'update',
	action: 'Update an order',
	description: 'Change the status, the payment status, the buyer or the book of an order; only what is filled in is sent',
	fields: [
		orderLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Payment Status',
					name: 'paymentStatus',
					type: 'options',
					options: paymentStatusOptions,
					default: 'paid',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: statusOptions,
					default: 'shipped_paid',
					description: 'What becomes of the order. An expression may give any other status that Boekwinkeltjes knows.',
				},
			],
		},
		{
			displayName: 'Buyer',
			name: 'buyer',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What changes about the buyer; fields that are empty are not sent',
			options: [
				personProperties.city,
				personProperties.company,
				personProperties.country,
				personProperties.email,
				personProperties.houseNumber,
				personProperties.houseNumberExtra,
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					placeholder: 'nl_NL',
					default: '',
				},
				personProperties.name,
				{
					displayName: 'Note',
					name: 'note',
					type: 'string',
					default: '',
				},
				personProperties.phone,
				personProperties.postalCode,
				personProperties.street,
			],
		},
		{
			displayName: 'Book',
			name: 'book',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What changes about the book in the order; fields that are empty are not sent',
			options: bookProperties(),
		},
		simplifyField,
	],
	read(call) {
		const { order, buyer, book } = readParts({
			order: [
				{ ...call.parameter<IDataObject>('updateFields', {}), id: call.parameter('orderId', '') },
				{
					id: { label: 'Order', read: text, required: true },
					status: { label: 'Status', read: text },
					paymentStatus: { label: 'Payment Status', read: text },
				},
			],
			buyer: [call.parameter('buyer', {}), buyerFields],
			book: [call.parameter('book', {}), bookFields],
		});
		const body = given({
			status: order.status,
			[String(call.credentials.paymentStatusField ?? 'idealPaymentStatus')]: order.paymentStatus,
			buyer: buyerBody(buyer),
			book: given(book),
		});
		if (!body) throw new InvalidInput('There is nothing to change: fill in at least one field');
		return { id: String(order.id), body };
	},
	runAll: async (changes, calls) =>
		await each(changes, calls, async ({ id, body }, call) => {
			const reply = await call.send(requestTo('order.update', call.credentials, { id, body }));
			const order = writtenRecord(reply.body);
			return call.parameter<boolean>('simplify', true) ? written(simplifyOrder)(order) : order;
		}),
};
