/** Fields within a field. */
import { isPlainObject, mapValues, omit, sortBy } from 'lodash';
import type { INodePropertyCollection } from 'n8n-workflow';

import { InvalidInput } from '../transport/errors';
import { FaultyInput, field, memberOf, propertiesOf, readFields, tryFields } from './field';
import type { Field, FieldOptions, Fields, InputOf, Reading } from './field';

/** Fields of which any can be missing. */
export type Optional<F extends Fields> = { [Name in keyof F]?: InputOf<F>[Name] };

const asOptional = <F extends Fields>(fields: F): F =>
	mapValues(fields, (one) => ({ ...one, required: false, panel: omit(one.panel, 'required') })) as unknown as F;

/** Only what has been added is read: yes or no is neither before that. */
function readAdded<F extends Fields>(fields: F, given: unknown, reading: Reading): Optional<F> {
	const members = Object.entries(fields).filter(([name]) => memberOf(given, name) !== undefined);
	const added = Object.fromEntries(members) as F;
	return readFields(asOptional(added), (name) => memberOf(given, name), reading);
}

function objectIn(given: unknown): unknown {
	if (given === undefined || given === null || given === '') return {};
	if (!isPlainObject(given)) throw new InvalidInput('is not a group of fields: add its fields one by one');
	return given;
}

interface CollectionOptions<F extends Fields> extends Omit<FieldOptions, 'required' | 'check'> {
	fields: F;
	/** Text of the button; left out: "Add Field". */
	placeholder?: string;
}

/** Fields that are added one by one, in the panel in the order of their labels. */
export function collection<F extends Fields>({ fields, ...options }: CollectionOptions<F>): Field<Optional<F>> {
	return field<Optional<F>, { required: true }>(
		'collection',
		(given, reading) => readAdded(fields, objectIn(given), reading),
		{ ...(options as object), required: true },
		{
			required: undefined,
			readsEmpty: true,
			default: {},
			placeholder: options.placeholder ?? 'Add Field',
			options: sortBy(propertiesOf(asOptional(fields)), 'displayName'),
		},
	);
}

interface GroupOptions<F extends Fields> extends FieldOptions<InputOf<F>> {
	/** Name of the group in stored workflows, below the name of the field. */
	name: string;
	/** Label of one group; left out: that of the field. */
	groupName?: string;
	fields: F;
	placeholder: string;
}

function groupOf<F extends Fields>({ name, groupName, displayName, fields }: GroupOptions<F>): INodePropertyCollection[] {
	return [{ displayName: groupName ?? displayName ?? name, name, values: propertiesOf(fields) }];
}

/** The fields of a group; its label stands in front of what is wrong with them. */
function tryWithin<F extends Fields>(label: string, fields: F, given: unknown, reading: Reading) {
	const { values, faults } = tryFields(fields, (name) => memberOf(given, name), reading);
	return { values, faults: faults.map((fault) => `${label}: ${fault}`) };
}

const shownOf = <F extends Fields>(options: GroupOptions<F>) => omit(options, 'name', 'groupName', 'fields') as FieldOptions<InputOf<F>>;

/** A group of fields that is there once or not at all. */
export const group = <F extends Fields, const O extends FieldOptions<InputOf<F>>>(options: O & GroupOptions<F>) =>
	field<InputOf<F>, O>(
		'fixedCollection',
		(given, reading) => {
			const one = memberOf(objectIn(given), options.name);
			if (one === undefined) return undefined as unknown as InputOf<F>;
			const { values, faults } = tryWithin(options.groupName ?? options.displayName ?? options.name, options.fields, one, reading);
			if (faults.length > 0) throw new FaultyInput(faults);
			return values;
		},
		shownOf<F>(options) as unknown as O,
		{ default: {}, options: groupOf(options) },
	);

/** Most groups in one item. */
const MOST_GROUPS = 1000;

/** A group of fields that is there any number of times. */
export const groups = <F extends Fields>(options: GroupOptions<F>): Field<Array<InputOf<F>>> =>
	field<Array<InputOf<F>>, { required: true }>(
		'fixedCollection',
		(given, reading) => {
			const all = Array.isArray(given) ? given : [memberOf(objectIn(given), options.name) ?? []].flat();
			if (all.length > MOST_GROUPS) throw new InvalidInput(`has more than ${MOST_GROUPS} entries: spread them over several items`);
			const label = options.groupName ?? options.displayName ?? options.name;
			const read = all.map((one, position) => tryWithin(`${label} ${position + 1}`, options.fields, one, reading));
			const faults = read.flatMap((one) => one.faults);
			if (faults.length > 0) throw new FaultyInput(faults);
			return read.map(({ values }) => values);
		},
		{ ...(shownOf<F>(options) as object), required: true },
		{ required: options.required, readsEmpty: true, default: {}, options: groupOf(options), typeOptions: { multipleValues: true, ...options.typeOptions } },
	);
