import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describeEvents, eventAsSubtitle, triggerBasics } from '../polling/describe';
import { executeFor, pollFor } from '../polling/polling';
import { boekwinkeltjes } from './platform';
import { events } from './triggerEvents';

export class BoekwinkeltjesTrigger implements INodeType {
	description: INodeTypeDescription = {
		...triggerBasics,
		displayName: 'Boekwinkeltjes Trigger',
		name: 'boekwinkeltjesTrigger',
		icon: { light: 'file:boekwinkeltjes.svg', dark: 'file:boekwinkeltjes.dark.svg' },
		subtitle: eventAsSubtitle,
		description: 'Starts the workflow when an order, a payment or a book of a shop on Boekwinkeltjes is new or has changed',
		defaults: { name: 'Boekwinkeltjes Trigger' },
		credentials: [{ name: 'boekwinkeltjesApi', required: true }],
		properties: describeEvents(events),
	};

	poll = pollFor(boekwinkeltjes, events);

	execute = executeFor(boekwinkeltjes, events);
}
