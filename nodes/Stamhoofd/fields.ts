/** Fields that more than one operation has. */
import { locator, readUuid, readWholeNumber } from '../input';
import type { Field, LocatorMode } from '../input';
import { InvalidInput } from '../transport/errors';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** n8n holds an empty ID against the form as well, so one that may be left out has to fit it empty. */
const byId = (example: string, required: boolean): LocatorMode => ({
	displayName: 'By ID',
	name: 'id',
	placeholder: example,
	form: [required ? `\\s*${UUID}\\s*` : `\\s*(${UUID})?\\s*`, `This is not an ID of Stamhoofd, which looks like ${example}`],
});

const located = <const R extends boolean>(thing: string, search: string, example: string, required: R, description?: string) =>
	locator({
		thing,
		search,
		required,
		description,
		displayName: thing.replace(/^./, (first) => first.toUpperCase()),
		modes: [byId(example, required)],
		read: (value) => readUuid(value, example),
	});

export const paymentLocator = located('payment', 'searchPayments', '9274bb7a-f738-4560-a833-c7b553f15717', true);

const WEBSHOP = '7b952ab3-60c7-4d59-bb40-5b10cd9a1a51';

const GROUP = 'a3e701a7-6fc9-4a10-89d7-2fdaf1959d99';

export const webshopLocator = located('webshop', 'searchWebshops', WEBSHOP, true);

/** In the place of the ID of one webshop. It is chosen, so that an expression that gives nothing does not come to mean it. */
export const ALL_WEBSHOPS = 'all';

/** A webshop, or all of them. */
export const anyWebshop = locator({
	thing: 'webshop',
	search: 'searchAllWebshops',
	required: true,
	description: 'The webshop, or all of them, from the list, or one by its ID',
	displayName: 'Webshop',
	default: { mode: 'list', value: ALL_WEBSHOPS, cachedResultName: 'All Webshops' },
	modes: [byId(WEBSHOP, true)],
	read: (value) => (value === ALL_WEBSHOPS ? value : readUuid(value, WEBSHOP)),
});

/** A filter that must not come to let everything through when the expression behind it gives nothing. */
function neverEmpty<T>(filter: Field<T>): Field<T> {
	return {
		...filter,
		readsEmpty: true,
		read(given, reading) {
			const value = filter.read(given, reading);
			if (value === undefined) throw new InvalidInput('is empty: fill it in, or check the expression that gives it');
			return value;
		},
	};
}

export const webshopFilter = (description: string) => neverEmpty(located('webshop', 'searchWebshops', WEBSHOP, false, description));

export const groupFilter = (description: string) => neverEmpty(located('group', 'searchGroups', GROUP, false, description));

/** The webshop that a trigger watches; all of them if it is empty. */
export const watchedWebshop = located('webshop', 'searchWebshops', WEBSHOP, false, 'The webshop to watch; leave it empty to watch all');

/** The group that a trigger watches; all of them if it is empty. */
export const watchedGroup = located(
	'group',
	'searchGroups',
	GROUP,
	false,
	'The group to watch; leave it empty to watch all that the API key may see',
);

export const optionalWebshop = located(
	'webshop',
	'searchWebshops',
	WEBSHOP,
	false,
	'The webshop of the order; needed where the order is given by its number, and with API version 191',
);

/** An order by its ID, or by its number within a webshop. */
export interface OrderKey {
	id?: string;
	number?: number;
}

const ORDER = '4a656a99-6898-4302-8ac4-72bd5cc31613';

export const orderLocator = locator<OrderKey, { required: true }>({
	thing: 'order',
	search: 'searchOrders',
	required: true,
	displayName: 'Order',
	description: 'The order, from the list, by its ID or by its number in the webshop',
	modes: [byId(ORDER, true), { displayName: 'By Number', name: 'number', placeholder: '27' }],
	read: (value, mode) => (mode === 'number' ? { number: readWholeNumber(value, { from: 1 }) } : { id: readUuid(value, ORDER) }),
});
