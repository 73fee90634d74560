/** One thing, from a list with search, or by what is known of it. */
import { isPlainObject } from 'lodash';
import type { INodePropertyMode, INodePropertyModeValidation } from 'n8n-workflow';

import { cellText, field, isGiven } from './field';
import type { FieldOptions } from './field';

/** Another way to name a thing than from the list. */
export interface LocatorMode {
	/** As the panel shows it, for example "By ID". */
	displayName: string;
	/** Name of the mode in stored workflows. */
	name: string;
	placeholder?: string;
	/** Regular expression that what is typed has to match, and what the panel says if it does not. */
	form?: [regex: string, message: string];
	/** Regular expression whose first group is the value within what is typed, such as the ID within a URL. */
	extract?: string;
}

interface LocatorOptions<T> extends FieldOptions<T> {
	/** What it is, in words within a sentence: "product group". */
	thing: string;
	/** Name of the node's list search; left out: there is no list to choose from. */
	search?: string;
	modes: LocatorMode[];
	/** The value in the form that the operation works with. Throws InvalidInput. */
	read?(value: string, mode: string): T;
}

function modeOf({ displayName, name, placeholder, form, extract }: LocatorMode) {
	const validation: INodePropertyModeValidation[] | undefined = form && [
		{ type: 'regex', properties: { regex: form[0], errorMessage: form[1] } },
	];
	return {
		...{ displayName, name, type: 'string' as const },
		placeholder: placeholder && `e.g. ${placeholder}`,
		...(validation ? { validation } : {}),
		...(extract === undefined ? {} : { extractValue: { type: 'regex' as const, regex: extract } }),
	};
}

/** The value of a locator, or the value itself where an expression gives it without a locator around it. */
function located(given: unknown, modes: LocatorMode[]): { value: string; mode: string } {
	const { value, mode = 'id' } = (isPlainObject(given) && 'value' in (given as object) ? given : { value: given }) as { value: unknown; mode?: string };
	const written = isGiven(value) ? cellText(value, 2000) : '';
	const extract = modes.find(({ name }) => name === mode)?.extract;
	return { mode, value: extract === undefined ? written : (new RegExp(extract).exec(written)?.[1] ?? written) };
}

const [FROM_LIST] = [['From List', 'list'] as const].map(([displayName, name]) => ({ displayName, name, type: name }));

export const locator = <T = string, const O extends FieldOptions<T> = FieldOptions<T>>(options: O & LocatorOptions<T>) => {
	const { thing, search, modes, read = (value: string) => value as T, ...shown } = options as O & LocatorOptions<T>;
	const article = /^[aeiou]/.test(thing) ? 'an' : 'a';
	const list: INodePropertyMode[] =
		search === undefined
			? []
			: [
					{
						...FROM_LIST,
						placeholder: `Select ${article} ${thing}...`,
						typeOptions: { searchListMethod: search, searchable: true },
					},
				];
	const made = field<T, O>(
		'resourceLocator',
		(given) => {
			const { value, mode } = located(given, modes);
			return value === '' ? ('' as T) : read(value, mode);
		},
		{ ...shown, description: shown.description ?? `The ${thing}, from the list or by its ID` } as unknown as O,
		{ default: { mode: search === undefined ? modes[0].name : 'list', value: '' }, modes: [...list, ...modes.map(modeOf)] },
	);
	// An empty locator is an object: whether it is empty shows in its value.
	const isEmpty = (given: unknown) => located(given, modes).value === '';
	return { ...made, read: (given: unknown, reading: Parameters<typeof made.read>[1]) => (isEmpty(given) ? undefined : made.read(given, reading)) } as typeof made;
};
