import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../../operation/legacy';
import type { BatchOperation } from '../../../operation/legacy';
import { writtenRecord } from '../../answer';
import { each } from '../../batch';
import { readInput } from '../../input';
import { requestTo } from '../../paths';
import { bookProperties, newBookFields, priceProperty, shippingFormatProperty, titleProperty } from './bookFields';
import { output } from './write';

export const create: BatchOperation<IDataObject> = {
	name: 'Create',
	value: 'create',
	action: 'Create a book',
	description: 'Put a book up for sale',
	fields: [
		{ ...titleProperty, required: true },
		{ ...priceProperty, required: true },
		shippingFormatProperty,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Fields that are empty are not sent',
			options: bookProperties(titleProperty, priceProperty, shippingFormatProperty),
		},
		simplifyField,
	],
	read: (call) =>
		readInput(
			{
				...call.parameter<IDataObject>('additionalFields', {}),
				title: call.parameter('title', ''),
				price: call.parameter('price', ''),
				shippingFormat: call.parameter('shippingFormat', ''),
			},
			newBookFields,
		),
	runAll: async (books, calls) =>
		await each(books, calls, async (body, call) => {
			const reply = await call.send(requestTo('book.create', call.credentials, { body }));
			return output(call, writtenRecord(reply.body));
		}),
};
