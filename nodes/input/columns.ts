/** n8n's resource mapper: the fields of one thing, each filled in by hand or by an expression, or all from the columns of a sheet. */
import { isPlainObject, mapValues, omit, pickBy } from 'lodash';
import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import { FaultyInput, field, isGiven, labelOf, memberOf, readFields } from './field';
import type { Field, FieldOptions, Fields, InputOf, Reading } from './field';
import type { Optional } from './group';

interface ColumnsOptions<F extends Fields, M extends Fields> extends Omit<FieldOptions, 'required' | 'check' | 'default'> {
	/** What is filled in, within a sentence: "book". */
	thing: string;
	/** Name of the node's method that tells the panel these columns; it is made with the node. */
	method: string;
	/** Shown from the start. Where no column has a value, their defaults count. */
	fields: F;
	/** Added one by one. */
	more: M;
	/** Further headings that sheets have for a field. The first that has a value counts. */
	headings?: { [Name in keyof F | keyof M]?: string[] };
}

/** A field whose columns the panel asks for. */
export interface Columns<T> extends Field<T> {
	columns: { method: string; fields: ResourceMapperField[] };
}

export const hasColumns = (one: Field<unknown>): one is Columns<unknown> => 'columns' in one;

/** The same for "Delivery Date", "delivery_date" and "deliverydate"; "plaats" for "Plaats:". */
const plain = (heading: string) => heading.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '');

/** What n8n's own sheets add to each row. */
const NOT_OF_THE_SHEET = ['rownumber'];

/** So many headings are named in a message. */
const MOST_NAMED = 20;

const named = (headings: string[]) => headings.slice(0, MOST_NAMED).join(', ') + (headings.length > MOST_NAMED ? ', …' : '');

function columnOf(name: string, one: Field<unknown>, isShown: boolean): ResourceMapperField {
	const { required, panel } = one;
	const options = panel.type === 'options' ? (panel.options as INodePropertyOptions[] | undefined) : undefined;
	return {
		id: name,
		displayName: labelOf(name, one),
		required: isShown && required,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		removed: !isShown,
		...(options ? { type: 'options' as const, options } : { type: 'string' as const }),
		...(isShown && isGiven(panel.default) && !isPlainObject(panel.default) ? { defaultValue: panel.default as string | number } : {}),
	};
}

/** The columns of an item by what their headings come to; of several the first that has a value. */
function columnsOf(item: object): Map<string, { heading: string; value: unknown }> {
	const found = new Map<string, { heading: string; value: unknown }>();
	for (const [heading, value] of Object.entries(item)) {
		if (!isGiven(found.get(plain(heading))?.value)) found.set(plain(heading), { heading, value });
	}
	return found;
}

/**
 * A thing by its fields. In the panel they are filled in one by one, or found by their names in the item ("Map
 * Automatically"); each is read by its own reader either way.
 */
export function columns<F extends Fields, M extends Fields>(options: ColumnsOptions<F, M>): Columns<InputOf<F> & Optional<M>> {
	const { thing, method, fields: shown, more, headings = {}, ...rest } = options;
	const added = mapValues(more, (one) => ({ ...one, required: false, panel: omit(one.panel, 'required') })) as Fields;
	const fields: Fields = { ...shown, ...added };
	const labels = mapValues(fields, (one, name) => labelOf(name, one));
	const headingsOf = (name: string) => [name, labels[name], ...((headings as Record<string, string[]>)[name] ?? [])].map(plain);

	function readGiven(given: (name: string) => unknown, reading: Reading) {
		const present = pickBy(fields, (one, name) => one.required || isGiven(given(name)));
		return readFields(present, given, reading) as InputOf<F> & Optional<M>;
	}

	function readAutomatically(item: object, reading: Reading) {
		const found = columnsOf(item);
		const columnFor = (name: string) => {
			const all = headingsOf(name).flatMap((heading) => found.get(heading) ?? []);
			return all.find(({ value }) => isGiven(value)) ?? all[0];
		};
		const given = (name: string) => {
			const value = columnFor(name)?.value;
			return isGiven(value) || !(name in shown) ? value : fields[name].panel.default;
		};
		const absent = Object.keys(fields).filter((name) => fields[name].required && !columnFor(name) && !isGiven(given(name)));
		if (absent.length > 0) {
			const there = named(Object.keys(item)) || 'none at all';
			throw new FaultyInput(absent.map((name) => `${labels[name]} has no column in this item, which has ${there}: give a column that name, or choose Map Each Column Manually`));
		}
		const used = Object.keys(fields).flatMap((name) => columnFor(name)?.heading ?? []);
		const unused = Object.keys(item).filter((heading) => !used.includes(heading) && !NOT_OF_THE_SHEET.includes(plain(heading)));
		if (unused.length > 0) {
			reading.hint?.(`These columns are left out, since no field of a ${thing} has their name: ${named(unused)}. To use one, call it ${Object.values(labels).join(', ')}.`);
		}
		return readGiven(given, reading);
	}

	const made = field<InputOf<F> & Optional<M>, { required: true }>(
		'resourceMapper',
		(given, reading) => {
			if (!isPlainObject(given)) throw new InvalidInput('is not a set of columns: choose Map Automatically, or fill in the columns one by one');
			if (memberOf(given, 'mappingMode') === 'autoMapInputData') return readAutomatically(reading.item ?? {}, reading);
			return readGiven((name) => memberOf(memberOf(given, 'value'), name), reading);
		},
		{ ...(rest as object), required: true },
		{
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			typeOptions: {
				resourceMapper: {
					localResourceMapperMethod: method,
					mode: 'add',
					valuesLabel: 'Columns',
					fieldWords: { singular: 'column', plural: 'columns' },
					addAllFields: true,
					multiKeyMatch: false,
					supportAutoMap: true,
				},
			},
		},
	);
	const list = Object.entries(fields).map(([name, one]) => columnOf(name, one, name in shown));
	return { ...made, columns: { method, fields: list } };
}
