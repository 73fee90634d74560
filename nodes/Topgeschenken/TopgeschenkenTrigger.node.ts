import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { describeEvents, pollEvents } from '../polling/polling';
import { topgeschenken } from './platform';
import { events } from './triggerEvents';

export class TopgeschenkenTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Topgeschenken Trigger',
		name: 'topgeschenkenTrigger',
		icon: { light: 'file:topgeschenken.svg', dark: 'file:topgeschenken.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Starts the workflow when an order or a cart at Topgeschenken is new or has changed',
		defaults: { name: 'Topgeschenken Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'topgeschenkenApi', required: true }],
		properties: describeEvents(events),
	};

	async poll(this: IPollFunctions) {
		return await pollEvents(this, topgeschenken, events);
	}
}
