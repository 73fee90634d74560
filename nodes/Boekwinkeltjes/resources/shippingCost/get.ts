import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { numericId } from '../../fields';
import { requestTo } from '../../paths';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get the shipping cost',
	description: 'Get what it costs to send a book, by the book or by a shipping ID',
	fields: [
		{
			displayName: 'Look Up By',
			name: 'lookUpBy',
			type: 'options',
			options: [
				{ name: 'Book ID', value: 'bookId' },
				{ name: 'Shipping ID', value: 'shippingId' },
			],
			default: 'bookId',
		},
		{
			displayName: 'ID',
			name: 'id',
			type: 'string',
			default: '',
			required: true,
			description: 'The ID of the book or of the shipping',
		},
	],
	request: (call) =>
		requestTo('shippingCost.get', call.credentials, {
			id: numericId(call, 'id', 'ID'),
			qs: { type: call.parameter('lookUpBy') },
		}),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes knows no shipping cost for this ID: check it',
};
