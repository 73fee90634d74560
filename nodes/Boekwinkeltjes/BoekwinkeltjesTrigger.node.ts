import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { describeEvents, pollEvents } from '../polling/polling';
import { boekwinkeltjes } from './platform';
import { events } from './triggerEvents';

export class BoekwinkeltjesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Boekwinkeltjes Trigger',
		name: 'boekwinkeltjesTrigger',
		icon: { light: 'file:boekwinkeltjes.svg', dark: 'file:boekwinkeltjes.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Starts the workflow when an order, a payment or a book on Boekwinkeltjes is new or has changed',
		defaults: { name: 'Boekwinkeltjes Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'boekwinkeltjesApi', required: true }],
		properties: describeEvents(events),
	};

	async poll(this: IPollFunctions) {
		return await pollEvents(this, boekwinkeltjes, events);
	}
}
