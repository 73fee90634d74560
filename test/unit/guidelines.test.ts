/** n8n's guidelines for verified nodes, as far as a description can be held to them and no linter does; see CONTRIBUTING.md. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { CREDENTIALS as types, NODES, read, ROOT } from '../published';

const descriptions = NODES.map(({ description }) => description);

interface Panel {
	name: string;
	/** All fields of a panel, those in collections too, each with the path to it. */
	fields: Array<[at: string, field: INodeProperties]>;
}

function fieldsIn(fields: INodeProperties[], at = ''): Panel['fields'] {
	return fields.flatMap((field): Panel['fields'] => {
		const here = at + field.name;
		const inside = {
			collection: () => fieldsIn(field.options as INodeProperties[], `${here}.`),
			fixedCollection: () =>
				(field.options as INodePropertyCollection[]).flatMap(({ name, values }) => fieldsIn(values, `${here}.${name}.`)),
		}[field.type as string];
		return [[here, field], ...(inside?.() ?? [])];
	});
}

const panels = [...descriptions, ...types].map(({ name, properties }): Panel => ({ name, fields: fieldsIn(properties) }));

/** The fields for which `isWrong` holds, by panel and path. */
const wrong = (isWrong: (field: INodeProperties) => boolean) =>
	panels.flatMap(({ name, fields }) => fields.filter(([, field]) => isWrong(field)).map(([at, field]) => `${name}: ${at} (${field.displayName})`));

test('an example in a field begins with "e.g."', () => {
	const hasExample = ({ type }: INodeProperties) => !['collection', 'fixedCollection'].includes(type);
	const isBad = (placeholder?: string) => placeholder !== undefined && placeholder !== '' && !placeholder.startsWith('e.g. ');
	expect(wrong((field) => hasExample(field) && isBad(field.placeholder))).toEqual([]);
	expect(wrong(({ modes = [] }) => modes.some(({ type, placeholder }) => type === 'string' && isBad(placeholder)))).toEqual([]);
});

test('what can be chosen from a list starts with the list', () => {
	const startsWith = (mode: string, field: INodeProperties) => (field.default as { mode: string }).mode === mode && field.modes![0].name === mode;
	expect(wrong((field) => field.type === 'resourceLocator' && field.modes!.some(({ name }) => name === 'list') && !startsWith('list', field))).toEqual([]);
});

test('no text says what went wrong without what to do', () => {
	const texts = ({ displayName, description, hint, options = [] }: INodeProperties) => [
		displayName,
		description,
		hint,
		...options.flatMap((option) => [option.name, 'description' in option ? option.description : undefined]),
	];
	expect(wrong((field) => texts(field).some((text) => /\b(problem|mistake|failure)s?\b/i.test(text ?? '')))).toEqual([]);
});

test('the action of an operation names the thing, without articles', () => {
	const actions = ({ options = [] }: INodeProperties) => options.flatMap((option) => ('action' in option ? [option.action!] : []));
	expect(wrong((field) => actions(field).some((action) => /\b(an?|the)\b/i.test(action) || !action.includes(' ')))).toEqual([]);
});

test('keys and secrets are hidden', () => {
	const secret = types.flatMap(({ name, properties }) =>
		properties.filter((field) => /key|secret|password|token/i.test(field.name) && field.type === 'string' && !field.typeOptions?.password).map((field) => `${name}: ${field.name}`),
	);
	expect(secret).toEqual([]);
});

/** False for two of which another field chooses one. */
const areTogether = ({ displayOptions: one }: INodeProperties, { displayOptions: other }: INodeProperties) =>
	Object.entries(one?.show ?? {}).every(([key, values]) => other?.show?.[key]?.some((value) => (values as unknown[]).includes(value)) ?? true);

/** The panel of each operation: its fields, as far as they belong to it. */
const operationPanels = descriptions.flatMap(({ name, properties }) =>
	properties
		.filter((field) => field.name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(options as INodePropertyOptions[]).map(({ value }) => {
				const here = { ...displayOptions?.show, operation: [value] };
				const isShown = ({ displayOptions: own }: INodeProperties) =>
					Object.entries(here).every(([key, values]) => own?.show?.[key]?.some((one) => (values as unknown[]).includes(one)) ?? true);
				return { panel: `${name} ${String(value)}`, fields: properties.filter(isShown) };
			}),
		),
);

test('no two fields that are shown together have the same label', () => {
	const same = operationPanels.flatMap(({ panel, fields }) => {
		const shown = fields.filter(({ type }) => type !== 'notice');
		return shown
			.filter((field) => shown.some((other) => other !== field && other.displayName === field.displayName && areTogether(field, other)))
			.map((field) => `${panel}: ${field.displayName}`);
	});
	expect(same).toEqual([]);
});

test('no two fields that must be filled in have the same label in a panel, those within others included', () => {
	const same = operationPanels.flatMap(({ panel, fields }) => {
		const required = fieldsIn(fields).filter(([at, field]) => field.required && at !== 'resource' && at !== 'operation');
		return required
			.filter(([at, field]) => required.some(([other, { displayName }]) => other !== at && displayName === field.displayName))
			.map(([at, field]) => `${panel}: ${at} (${field.displayName})`);
	});
	expect(same).toEqual([]);
});

test('every node has an icon for both themes, and can be used by an agent unless it starts workflows', () => {
	for (const { icon, group, usableAsTool } of descriptions) {
		expect(icon).toEqual({ light: expect.stringMatching(/^file:/), dark: expect.stringMatching(/^file:/) });
		expect(usableAsTool === true || group.includes('trigger')).toBe(true);
	}
});

test('what the table in CONTRIBUTING.md points to exists', () => {
	const [, section] = read('CONTRIBUTING.md').split("## n8n's guidelines");
	const files = [...section.split('\n## ')[0].matchAll(/`([\w.@-]+(?:\/[\w.@*-]+)*)`/g)].map(([, file]) => file).filter((file) => /[/.]/.test(file));
	expect(files.length).toBeGreaterThan(20);
	expect(files.filter((file) => !file.includes('*') && !existsSync(path.join(ROOT, file)))).toEqual([]);
});
