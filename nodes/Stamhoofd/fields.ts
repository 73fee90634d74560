/** Fields that more than one operation has. */
import { locator, readUuid } from '../input';
import type { Field, LocatorMode } from '../input';
import { InvalidInput } from '../transport/errors';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

const byId = (example: string): LocatorMode => ({
	displayName: 'By ID',
	name: 'id',
	placeholder: example,
	form: [`\\s*${UUID}\\s*`, `This is not an ID of Stamhoofd, which looks like ${example}`],
});

const located = <const R extends boolean>(thing: string, search: string, example: string, required: R, description?: string) =>
	locator({
		thing,
		search,
		required,
		description,
		displayName: thing.replace(/^./, (first) => first.toUpperCase()),
		modes: [byId(example)],
		read: (value) => readUuid(value, example),
	});

export const paymentLocator = located('payment', 'searchPayments', '9274bb7a-f738-4560-a833-c7b553f15717', true);

const WEBSHOP = '7b952ab3-60c7-4d59-bb40-5b10cd9a1a51';

export const webshopLocator = located('webshop', 'searchWebshops', WEBSHOP, true);

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

/** The webshop that a trigger watches; all of them if it is empty. */
export const watchedWebshop = located('webshop', 'searchWebshops', WEBSHOP, false, 'The webshop to watch; leave it empty to watch all');
