/** Fields that operations have by what they do. */
import type { INodeProperties } from 'n8n-workflow';

import { choice, collection, list, notice, text, wholeNumber, yesNo } from '../input';
import type { Field, Fields } from '../input';
import { pathNames } from './call';
import type { Operation } from './operation';

export const returnAll = yesNo({ description: 'Whether to return all results or only up to a given limit' });

export const limit = wholeNumber({
	default: 50,
	from: 1,
	required: true,
	show: { returnAll: [false] },
	description: 'Max number of results to return',
});

export const simplify = yesNo({
	default: true,
	empty: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** In the place of Simplify where an AI agent calls the node. */
const outputForAgent = choice({
	options: [
		{ name: 'Simplified', value: 'simple', description: 'The fields that matter most' },
		{ name: 'Raw', value: 'raw', description: 'All that the service gives' },
		{ name: 'Selected Fields', value: 'selected', description: 'Only the fields that you name' },
	],
	show: { '@tool': [true] },
	description: 'What the agent gets to see of each record',
});

const outputFields = list({
	displayName: 'Fields',
	show: { '@tool': [true], output: ['selected'] },
	placeholder: 'e.g. id, status, price',
	description: 'Names of the fields of the simplified record, with commas between them',
});

/** On in the editor, so that a purchase takes a deliberate step; what an expression leaves open is on, too. */
export const dryRun = (isOn: boolean) =>
	yesNo({
		default: isOn,
		empty: isOn,
		description: 'Whether to only check everything and show what would be sent. Nothing is sent or bought.',
	});

/** No expression, so that a model cannot fill it in. */
const agentMayPlace = yesNo({
	displayName: 'Allow the Agent to Place Orders',
	noDataExpression: true,
	show: { '@tool': [true] },
	description: 'Whether the AI agent may really order. An order is a purchase. Off: it can only do a dry run.',
});

const PURCHASE = 'This is a purchase. Dry Run shows what would be ordered; switch it off to order.';

const timeout = wholeNumber({
	default: 60_000,
	from: 1,
	description: 'Milliseconds to wait for an answer, in place of a minute for reading and two for a change',
});

const proxy = text({
	placeholder: 'e.g. http://myproxy:3128',
	description: 'Address of a proxy server that the requests go through, where this n8n needs one',
});

const allowUnauthorizedCerts = yesNo({
	displayName: 'Ignore SSL Issues (Insecure)',
	description: 'Whether to accept a server whose certificate cannot be checked. Only for a test server of your own.',
});

/** The same for all operations of a node that sends. */
export const requestOptions = collection({
	displayName: 'Request Options',
	placeholder: 'Add Option',
	fields: { allowUnauthorizedCerts, proxy, timeout },
});

/** Fields that the panel shows below all others. */
const OPTIONAL: Array<INodeProperties['type']> = ['collection'];

/** A field that is part of the path: without it the request would be another one. */
const inPath = (field: Field<unknown>): Field<unknown> => ({ ...field, required: true, panel: { ...field.panel, required: true } });

/** The fields of an operation, those included that it has by what it does, in the order of the panel. */
export function fieldsOf(operation: Operation): Fields {
	const { input, list: lists, simplify: simplifies, purchase, notice: words = purchase ? PURCHASE : undefined, dryRun: offer = purchase ? 'on' : undefined } = operation;
	const path = pathNames(operation.request);
	const own = Object.entries(input).map(([name, field]) => [name, path.includes(name) ? inPath(field) : field] as const);
	const first = own.filter(([, { panel }]) => !OPTIONAL.includes(panel.type));
	const optional = own.filter(([, { panel }]) => OPTIONAL.includes(panel.type));
	return {
		...(words ? { notice: notice(words) } : {}),
		...(offer ? { dryRun: dryRun(offer === 'on') } : {}),
		...(purchase ? { agentMayPlace } : {}),
		...Object.fromEntries(first),
		...(lists ? { returnAll, limit } : {}),
		...(simplifies ? { simplify: { ...simplify, show: { '@tool': [false] } }, output: outputForAgent, outputFields } : {}),
		...Object.fromEntries(optional),
	};
}

/** What the standard fields of an operation hold; `undefined` where it does not have them. */
export interface Standard {
	returnAll?: boolean;
	limit?: number;
	simplify?: boolean;
	output?: 'simple' | 'raw' | 'selected';
	outputFields?: string[];
	dryRun?: boolean;
}

