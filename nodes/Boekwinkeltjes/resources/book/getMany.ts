import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import { returnAllAndLimit, simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readList } from '../../answer';
import { day, language, money, parseDate, readInput, text } from '../../input';
import { requestTo } from '../../paths';
import { simplifyBook } from '../../simplify';

/** Most books that a page has been seen to give (observed). */
export const PAGE_SIZE = 500;

/** Values of `for-sale-since-type` (stated). */
const BEFORE = 0;
const AFTER = 1;
const ON = 2;

const filterFields = {
	query: { label: 'Search', read: text },
	location: { label: 'Location', read: text },
	language: { label: 'Language', read: language },
	status: { label: 'Status', read: text },
	image: { label: 'Image', read: text },
	priceFrom: { label: 'Price From', read: money() },
	priceTo: { label: 'Price To', read: money() },
	forSaleBefore: { label: 'For Sale Before', read: day },
	forSaleAfter: { label: 'For Sale After', read: day },
	forSaleOn: { label: 'For Sale On', read: day },
};

/** The API compares with one date only; of a period the end is looked at here. */
function forSale({ forSaleBefore, forSaleAfter, forSaleOn }: IDataObject) {
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

export const getMany: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many books',
	description: 'List the books of the shop',
	fields: [
		...returnAllAndLimit,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'For Sale After',
					name: 'forSaleAfter',
					type: 'dateTime',
					default: '',
					description: 'Only books that came for sale after this day',
				},
				{
					displayName: 'For Sale Before',
					name: 'forSaleBefore',
					type: 'dateTime',
					default: '',
					description: 'Only books that came for sale before this day',
				},
				{
					displayName: 'For Sale On',
					name: 'forSaleOn',
					type: 'dateTime',
					default: '',
					description: 'Only books that came for sale on this day',
				},
				{
					displayName: 'Image',
					name: 'image',
					type: 'options',
					options: [
						{ name: 'With Image', value: '2' },
						{ name: 'With or Without', value: '0' },
						{ name: 'Without Image', value: '1' },
					],
					default: '2',
					description: 'Whether the books have an image',
				},
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					placeholder: 'NL',
					default: '',
					description: 'Only books in this language, two letters',
				},
				{
					displayName: 'Location',
					name: 'location',
					type: 'string',
					placeholder: 'bw-doos 5',
					default: '',
					description: 'Only books that stand in this place',
				},
				{
					displayName: 'Price From',
					name: 'priceFrom',
					type: 'string',
					placeholder: '5,00',
					default: '',
					description: 'Only books that cost at least this, in euros',
				},
				{
					displayName: 'Price To',
					name: 'priceTo',
					type: 'string',
					placeholder: '25,00',
					default: '',
					description: 'Only books that cost at most this, in euros',
				},
				{
					displayName: 'Search',
					name: 'query',
					type: 'string',
					default: '',
					description: 'Words to search for, for example of the title or the author',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'All', value: 0 },
						{ name: 'Available', value: 1 },
						{ name: 'Sold', value: 2 },
					],
					default: 1,
					description: 'Whether the books are for sale or sold',
				},
			],
		},
	],
	request(call) {
		const filters = readInput(call.parameter<IDataObject>('filters', {}), filterFields);
		const { qs, keep } = forSale(filters);
		const limit = call.parameter<boolean>('returnAll') ? PAGE_SIZE : call.parameter<number>('limit');
		const request = requestTo('book.getAll', call.credentials, {
			qs: {
				page: 1,
				per_page: keep ? PAGE_SIZE : Math.min(limit, PAGE_SIZE),
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
		return { request, keep };
	},
	readPage: readList('books'),
	simplify: simplifyBook,
};
