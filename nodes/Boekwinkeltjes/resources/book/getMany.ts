import type { IDataObject } from 'n8n-workflow';

import { choice, collection, day, euro, language, text, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { readList } from '../../answer';
import { parseDate } from '../../fields';
import { at } from '../../paths';
import { simplifyBook, simplifyImages } from '../../simplify';
import { imagesOf } from './getImages';

/** Most books that a page has been seen to give (observed). */
export const PAGE_SIZE = 500;

/** Values of `for-sale-since-type` (stated). */
const BEFORE = 0;
const AFTER = 1;
const ON = 2;

export const bookFilters = {
	forSaleAfter: day({ description: 'Only books that came for sale after this day' }),
	forSaleBefore: day({ description: 'Only books that came for sale before this day' }),
	forSaleOn: day({ description: 'Only books that came for sale on this day' }),
	image: choice({
		options: [
			{ name: 'With Image', value: '2' },
			{ name: 'With or Without', value: '0' },
			{ name: 'Without Image', value: '1' },
		],
		description: 'Whether the books have an image',
	}),
	language: language({ description: 'Only books in this language, two letters' }),
	location: text({ placeholder: 'e.g. bw-doos 5', description: 'Only books that stand in this place' }),
	priceFrom: euro({ placeholder: 'e.g. 5,00', description: 'Only books that cost at least this, in euros' }),
	priceTo: euro({ description: 'Only books that cost at most this, in euros' }),
	query: text({ displayName: 'Search', description: 'Words to search for, for example of the title or the author' }),
	status: choice({
		options: [
			{ name: 'Available', value: 1 },
			{ name: 'Sold', value: 2 },
			{ name: 'All', value: 0 },
		],
		description: 'Whether the books are for sale or sold',
	}),
};

/** The API compares with one date only; of a period the end is looked at here. */
function forSale({ forSaleBefore, forSaleAfter, forSaleOn }: { forSaleBefore?: string; forSaleAfter?: string; forSaleOn?: string }) {
	const since = forSaleOn ?? forSaleAfter ?? forSaleBefore;
	if (since === undefined) return { qs: {} };
	if (forSaleOn && (forSaleAfter || forSaleBefore)) {
		throw new InvalidInput('For Sale On cannot be combined with For Sale After or For Sale Before: remove one of them');
	}
	const type = forSaleOn ? ON : forSaleAfter ? AFTER : BEFORE;
	const isBefore = ({ date }: IDataObject) => (parseDate(date)?.toISODate() ?? '') < String(forSaleBefore);
	return {
		qs: { 'for-sale-since-type': type, 'for-sale-since': since },
		keep: forSaleAfter && forSaleBefore ? isBefore : undefined,
	};
}

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many books',
	description: 'List the books of the shop',
	...at('book.getAll'),
	input: {
		withImages: yesNo({ description: 'Whether each book comes with the addresses of its pictures; that takes one more request for each book' }),
		filters: collection({ placeholder: 'Add Filter', fields: bookFilters }),
	},
	prepare: ({ withImages, filters }) => ({ withImages, filters, forSale: forSale(filters) }),
	list({ filters, forSale: { qs, keep } }, call) {
		const request = call.request({
			qs: {
				page: 1,
				per_page: keep ? PAGE_SIZE : Math.min(call.limit, PAGE_SIZE),
				query: filters.query,
				location: filters.location,
				language: filters.language,
				status: filters.status,
				image: filters.image,
				'price-from': filters.priceFrom,
				'price-to': filters.priceTo,
				...qs,
			},
		});
		return { request, keep, readPage: readList('books') };
	},
	complete: async (book, call, { withImages }) => (withImages ? { ...book, images: await imagesOf(String(book.id), call) } : book),
	simplify: (book) => ({ ...simplifyBook(book), ...(Array.isArray(book.images) ? simplifyImages(book.images as IDataObject[]) : {}) }),
});
