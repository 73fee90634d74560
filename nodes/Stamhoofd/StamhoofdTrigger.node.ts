import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describeEvents, eventAsSubtitle, triggerBasics } from '../polling/describe';
import { executeFor, pollFor } from '../polling/polling';
import { stamhoofdApiTest } from './credentialTest';
import { searchGroups, searchWebshops } from './listSearch';
import { stamhoofd } from './platform';
import { events } from './triggerEvents';

export class StamhoofdTrigger implements INodeType {
	description: INodeTypeDescription = {
		...triggerBasics,
		displayName: 'Stamhoofd Trigger',
		name: 'stamhoofdTrigger',
		icon: { light: 'file:stamhoofd.svg', dark: 'file:stamhoofd.dark.svg' },
		subtitle: eventAsSubtitle,
		description: 'Starts the workflow when a payment, order, registration, ticket or invoice on Stamhoofd is new or has changed',
		defaults: { name: 'Stamhoofd Trigger' },
		credentials: [{ name: 'stamhoofdApi', required: true, testedBy: 'stamhoofdApiTest' }],
		properties: describeEvents(events),
	};

	methods = { listSearch: { searchGroups, searchWebshops }, credentialTest: { stamhoofdApiTest } };

	poll = pollFor(stamhoofd, events);

	execute = executeFor(stamhoofd, events);
}
