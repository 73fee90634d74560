import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describeEvents, eventAsSubtitle, triggerBasics } from '../polling/describe';
import { executeFor, pollFor } from '../polling/polling';
import { topgeschenken } from './platform';
import { events } from './triggerEvents';

export class TopgeschenkenTrigger implements INodeType {
	description: INodeTypeDescription = {
		...triggerBasics,
		displayName: 'Topgeschenken Trigger',
		name: 'topgeschenkenTrigger',
		icon: { light: 'file:topgeschenken.svg', dark: 'file:topgeschenken.dark.svg' },
		subtitle: eventAsSubtitle,
		description: 'Starts the workflow when an order or a cart with gifts from Topgeschenken is new or has changed',
		defaults: { name: 'Topgeschenken Trigger' },
		credentials: [{ name: 'topgeschenkenApi', required: true }],
		properties: describeEvents(events),
	};

	poll = pollFor(topgeschenken, events);

	execute = executeFor(topgeschenken, events);
}
