/** The panel of a trigger node, from its events. */
import { uniqBy } from 'lodash';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { moment, propertiesOf } from '../input';
import { simplify } from '../operation/standardFields';
import type { TriggerEvent } from './event';

/** Fields that events have beside their own. */
export const standard = {
	startFrom: moment({
		description:
			'The workflow starts for everything since this moment too. Leave it empty to start from what happens after activation. It counts only when the trigger is activated for the first time, or with another event or account, and not when a filter is changed',
	}),
	simplify,
};

const [startFromField, simplifyField] = propertiesOf(standard);

/** The properties of a trigger node. The first event is the one that a new node has. */
export function describeEvents(events: TriggerEvent[]): INodeProperties[] {
	const fields = [
		...events.flatMap(({ value, fields: own }) => own.map((field) => ({ field, value }))),
		...events.filter(({ hasPast }) => hasPast).map(({ value }) => ({ field: startFromField, value })),
		...events.map(({ value }) => ({ field: simplifyField, value })),
	];
	const [{ value: first }] = events;
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: events.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
			description: 'What starts the workflow',
		},
		...uniqBy(fields, ({ field }) => field).map(({ field }) => ({
			...field,
			displayOptions: {
				show: { event: fields.filter((one) => one.field === field).map(({ value }) => value), ...field.displayOptions?.show },
			},
		})),
	];
}

/** "payment paid", below the node on the canvas. */
export const eventAsSubtitle = '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}';

/** What all trigger nodes have in common, except for what n8n's lint wants to read in each of them. */
export const triggerBasics = {
	polling: true,
	group: ['trigger'],
	version: 1,
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
} satisfies Partial<INodeTypeDescription>;
