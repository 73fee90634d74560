import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describeEvents, eventAsSubtitle, triggerBasics } from '../polling/describe';
import { executeFor, pollFor } from '../polling/polling';
import { boekwinkeltjesApiTest } from './credentialTest';
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
		credentials: [{ name: 'boekwinkeltjesApi', required: true, testedBy: 'boekwinkeltjesApiTest' }],
		properties: describeEvents(events),
	};

	methods = { credentialTest: { boekwinkeltjesApiTest } };

	poll = pollFor(boekwinkeltjes, events);

	execute = executeFor(boekwinkeltjes, events);
}
