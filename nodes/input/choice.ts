/** One or several of a list of values, by value or by the name that the panel shows. */
import { omit, sortBy } from 'lodash';
import type { INodePropertyOptions } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import { cellText, field, quoted } from './field';
import type { FieldOptions } from './field';
import { readList } from './text';

type Value = string | number;

export interface Choice<V extends Value = Value> extends Omit<INodePropertyOptions, 'value'> {
	value: V;
	/** Other words for it, in small letters. */
	aliases?: string[];
}

function readChoice<V extends Value>(given: unknown, choices: ReadonlyArray<Choice<V>>, isOpen: boolean): V {
	const written = cellText(given, 1000);
	const word = written.toLowerCase();
	const found =
		choices.find(({ value }) => String(value).toLowerCase() === word) ??
		choices.find(({ name, aliases }) => name.toLowerCase() === word || aliases?.includes(word));
	if (found) return found.value;
	if (isOpen) return written as V;
	const names = choices.map(({ name, value }) => (name.toLowerCase() === String(value).toLowerCase() ? String(value) : `${name} (${value})`));
	throw new InvalidInput(`${quoted(written)} is not one of ${names.slice(0, 20).join(', ')}: write one of these`);
}

interface ChoiceOptions<V extends Value> extends FieldOptions<V> {
	options: ReadonlyArray<Choice<V>>;
	/** Values that the list does not have are accepted as they are, where the service may know more of them. */
	open?: boolean;
}

const optionsOf = <V extends Value>(options: ReadonlyArray<Choice<V>>): INodePropertyOptions[] =>
	options.map((option) => omit(option, 'aliases') as INodePropertyOptions);

/** One of a list, shown in the order in which it is given. */
export const choice = <V extends Value, const O extends FieldOptions<V> = FieldOptions<V>>(options: O & ChoiceOptions<V>) => {
	const { options: choices, open = false, ...shown } = options as O & ChoiceOptions<V>;
	return field<V, O>('options', (given) => readChoice(given, choices, open), shown as unknown as O, {
		options: optionsOf(choices),
		default: choices[0].value,
	});
};

/** Several of a list; an expression may give one, an array, or a text with commas. */
export const choices = <V extends Value>(options: Omit<ChoiceOptions<V>, 'check' | 'required'>) => {
	const { options: all, open = false, ...shown } = options;
	return field<V[], FieldOptions<V[]>>(
		'multiOptions',
		(given) => {
			const read = readList(given).map((one) => readChoice(one, all, open));
			return [...new Set(read)];
		},
		shown as FieldOptions<V[]>,
		{ options: optionsOf(sortBy(all, 'name')), default: [] },
	);
};
