/**
 * What holds for every operation of every node, found in the node's own description, so that a new operation cannot be
 * forgotten: a stored output schema, the same output on both engines and as a tool, and a faulty item that keeps all others
 * from being sent.
 */
import { isPlainObject } from 'lodash';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import type { NodeResult, NodeRun } from './harness';
import { declaredSchema, hasSchema, outputSchema, storedSchemas } from './outputSchema';
import type { Schema } from './outputSchema';
import { otherTimeForms } from './timeForm';

export interface OperationCase {
	/** Resource and operation as in stored workflows: "book.getAll". */
	operation: string;
	/** Parameters with which it gives something. Called anew for each run, after `fresh`. */
	parameters(): INodeParameters;
	items?: INodeExecutionData[];
	/** Nobody has published the fields of the answer, so that no schema may promise any. */
	isUnpublished?: boolean;
	/** Fields that come out or stay empty by what is in a file, as the schema has them. */
	byFile?: IDataObject;
	/** All items together make one thing, or none. */
	isSum?: boolean;
	/** Shape of the output where the node declares it; left out: the schema is that of what comes out. */
	declared?: Schema;
}

interface Suite {
	/** Folder of the node. */
	folder: string;
	node: INodeType;
	cases: OperationCase[];
	/** Puts the service into the state in which the cases work. */
	fresh(): Promise<void>;
	run(parameters: INodeParameters, options: Partial<NodeRun>): Promise<NodeResult>;
	/** How many requests that change something the service has got since `fresh`; left out for a node without a service. */
	writes?(): number;
}

const optionsOf = (property: INodeProperties) => (property.options as INodePropertyOptions[]).map(({ value }) => String(value));

/** Every operation that the panel offers. */
export function operationsOf({ description: { properties } }: INodeType): string[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) => optionsOf(property).map((operation) => `${String(property.displayOptions?.show?.resource?.[0])}.${operation}`));
}

/** Kinds of fields that take an expression, the likeliest to be left empty first. */
const TYPES = ['string', 'resourceLocator', 'resourceMapper', 'json', 'options'];

/** A field of an operation that must be filled in, if it has one. */
function requiredOf({ description: { properties } }: INodeType, name: string): INodeProperties | undefined {
	const [resource, operation] = name.split('.');
	const own = properties.filter(
		({ required, displayOptions }) => required && displayOptions?.show?.resource?.[0] === resource && displayOptions.show.operation?.[0] === operation,
	);
	return TYPES.flatMap((type) => own.filter((field) => field.type === type))[0];
}

/** The parameters with one field empty for the items that say so. */
function faultyFor(field: INodeProperties, parameters: INodeParameters): INodeParameters {
	const given = parameters[field.name] ?? field.default;
	if (field.type === 'resourceMapper') {
		const { value: columns, ...mapper } = given as { value: INodeParameters };
		const [column] = Object.keys(columns);
		const faulty = faultyFor({ ...field, name: column, type: 'string' }, columns);
		return { ...parameters, [field.name]: { ...mapper, value: faulty } as never };
	}
	const isLocator = field.type === 'resourceLocator' && isPlainObject(given);
	const value = isLocator ? (given as { value: unknown }).value : given;
	const [, inner = JSON.stringify(value)] = /^=\{\{(.*)\}\}$/s.exec(String(value)) ?? [];
	const expression = `={{ $json.faulty ? '' : (${inner}) }}`;
	const written = isLocator ? { ...(given as object), value: expression } : expression;
	return { ...parameters, [field.name]: written as never };
}

/** What came out, but for moments, since the simulators' data are made anew for each run and some begin with the present. */
const outputOf = ({ items }: NodeResult): unknown =>
	JSON.parse(JSON.stringify(items.map(({ json }) => json)).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)?/g, 'a moment'));

export function everyOperation({ folder, node, cases, fresh, run, writes }: Suite): void {
	test('every operation that the panel offers has a case in this file, and every stored schema an operation', () => {
		expect(cases.map(({ operation }) => operation).sort()).toEqual(operationsOf(node).sort());
		expect(storedSchemas(folder).filter((operation) => !operationsOf(node).includes(operation))).toEqual([]);
	});

	describe.each(cases.map((one) => [one.operation, one] as const))('%s', (name, { parameters, items: given, isUnpublished, byFile, declared, isSum }) => {
		const [resource, operation] = name.split('.');
		const items = given ?? [{ json: {} }];
		const runAs = async (options: Partial<NodeRun>) => {
			await fresh();
			return await run({ resource, operation, ...parameters() }, { items, ...options });
		};

		test('gives what its schema says, on both engines and to an agent', async () => {
			const first = await runAs({});
			expect(first.error).toBeUndefined();
			expect(first.items.length).toBeGreaterThan(0);
			expect(otherTimeForms(first.items.map(({ json }) => json))).toEqual([]);
			if (isUnpublished) {
				expect(hasSchema(folder, resource, operation)).toBe(false);
			} else {
				const filled = byFile ? first.items.map((item) => ({ ...item, json: { ...item.json, ...byFile } })) : first.items;
				const { actual, stored } = declared ? declaredSchema(folder, resource, operation, declared) : outputSchema(folder, resource, operation, filled);
				expect({ 'what comes out; UPDATE_SCHEMAS=1 stores it': actual }).toEqual({ 'what comes out; UPDATE_SCHEMAS=1 stores it': stored });
			}
			for (const options of [{ onSecondEngine: true }, { asTool: true }]) {
				const other = await runAs(options);
				expect([options, other.error]).toEqual([options, undefined]);
				expect(outputOf(other)).toEqual(outputOf(first));
				expect(other.items.map(({ pairedItem }) => pairedItem)).toEqual(first.items.map(({ pairedItem }) => pairedItem));
			}
		});

		const field = requiredOf(node, name);
		const faulty = [items[0], { ...items[0], json: { ...items[0].json, faulty: true } }, items[0]];
		if (!field) return;

		test('a faulty item among good ones keeps all from being sent, on both engines', async () => {
			for (const onSecondEngine of [false, true]) {
				await fresh();
				const { error, items: out } = await run({ resource, operation, ...faultyFor(field, parameters()) }, { items: faulty, onSecondEngine });
				expect(error?.message).toMatch(/^[12] of the 3 items cannot be sent as they are/);
				expect(error?.message).not.toContain('undefined');
				expect(out).toEqual([]);
				expect(writes?.() ?? 0).toBe(0);
			}
		});

		test('a faulty item goes to the error output, and nowhere else, while the others go through', async () => {
			await fresh();
			const { error, run: whole } = await run({ resource, operation, ...faultyFor(field, parameters()) }, { items: faulty, onError: 'continueErrorOutput' });
			expect(error).toBeUndefined();
			const outputs = whole.data.resultData.runData.Node[0].data!.main.map((items) => items ?? []);
			const fromItem = ({ pairedItem }: INodeExecutionData) => [pairedItem].flat().map((one) => (typeof one === 'object' ? one.item : one));
			const failed = outputs.pop()!;
			expect(failed.flatMap(fromItem)).toContain(1);
			for (const { json } of failed) expect(json.error).toMatch(/^\S.{10,}/s);
			expect(outputs.flat().flatMap(fromItem)).not.toContain(1);
			expect(outputs.flat().filter(({ json }) => 'error' in json)).toEqual([]);
			if (isSum) return;
			expect(outputs.flat().length).toBeGreaterThan(0);
			expect([...new Set([...failed, ...outputs.flat()].flatMap(fromItem))].sort()).toEqual([0, 1, 2]);
		});
	});
}
