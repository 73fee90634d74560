import { choice, digits } from '../../../input';
import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { at } from '../../paths';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get shipping cost',
	description: 'Get what it costs to send a book, by the book or by a shipping ID',
	...at('shippingCost.get'),
	input: {
		lookUpBy: choice({
			options: [
				{ name: 'Book ID', value: 'bookId' },
				{ name: 'Shipping ID', value: 'shippingId' },
			],
			required: true,
		}),
		id: digits({ displayName: 'ID', required: true, description: 'The ID of the book or of the shipping' }),
	},
	query: ({ lookUpBy }) => ({ type: lookUpBy }),
	answer: recordsOf,
	notFound: 'Boekwinkeltjes knows no shipping cost for this ID: check it',
});
