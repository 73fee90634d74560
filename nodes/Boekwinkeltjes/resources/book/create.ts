import { operation } from '../../../operation/operation';
import { writtenRecord } from '../../answer';
import { at } from '../../paths';
import { simplifyBook, written } from '../../simplify';
import { bookBody, bookCollection, bookFields } from './bookFields';

const { title, price, author, ean, location, shippingFormat } = bookFields;
const required = <F extends { required: boolean; panel: object }>(field: F): F => ({ ...field, required: true, panel: { ...field.panel, required: true } });

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create book',
	description: 'Put a book up for sale',
	...at('book.create'),
	dryRun: 'offered',
	input: {
		title: required(title),
		price: required(price),
		author,
		ean,
		location,
		shippingFormat,
		additionalFields: bookCollection('Additional Fields', 'Fields that are empty are not sent', 'title', 'price', 'author', 'ean', 'location', 'shippingFormat'),
	},
	body: ({ additionalFields, ...book }) => ({ ...bookBody(additionalFields), ...bookBody(book) }),
	answer: ({ body }) => writtenRecord(body),
	simplify: written(simplifyBook),
});
