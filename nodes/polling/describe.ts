/** The panel of a trigger node, from its events. */
import { omit, uniqBy } from 'lodash';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { moment, propertyOf } from '../input';
import type { Fields } from '../input';
import { simplify } from '../operation/standardFields';
import type { TriggerEvent } from './event';

/** Fields that events have beside their own. */
const standard = {
	startFrom: moment({
		description:
			'The workflow starts for everything since this moment too. Leave it empty to start from what happens after activation. It counts only when the trigger is activated for the first time, or with another event or account, and not when a filter is changed',
	}),
	simplify,
};

/** Those that the event has: what is found by comparing has no past to start from. */
export function standardOf({ hasPast }: TriggerEvent): Partial<typeof standard> {
	return hasPast ? standard : omit(standard, 'startFrom');
}

/** The properties of a trigger node. The first event is the one that a new node has. */
export function describeEvents(events: TriggerEvent[]): INodeProperties[] {
	const named = (fields: Fields) => Object.entries(fields).map(([name, field]) => ({ name, field }));
	const own = events.flatMap(({ value, input }) => named(input).map((one) => ({ ...one, value })));
	const others = named(standard).flatMap((one) =>
		events.filter((event) => one.name in standardOf(event)).map(({ value }) => ({ ...one, value })),
	);
	const all = [...own, ...others];
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
		...uniqBy(all, 'field').map(({ name, field }) => {
			const property = propertyOf(name, field);
			const event = all.filter((one) => one.field === field).map(({ value }) => value);
			return { ...property, displayOptions: { show: { event, ...property.displayOptions?.show } } };
		}),
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
