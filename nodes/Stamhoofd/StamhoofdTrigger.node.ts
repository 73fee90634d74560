import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { describeEvents, pollEvents } from '../polling/polling';
import { searchWebshops } from './listSearch';
import { stamhoofd } from './platform';
import { events } from './triggerEvents';

export class StamhoofdTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stamhoofd Trigger',
		name: 'stamhoofdTrigger',
		icon: { light: 'file:stamhoofd.svg', dark: 'file:stamhoofd.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Starts the workflow when a payment or an order on Stamhoofd is new or has changed',
		defaults: { name: 'Stamhoofd Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'stamhoofdApi', required: true }],
		hints: [
			{
				type: 'warning',
				message:
					'Choose Every X under Mode, with at least 2 minutes for each Stamhoofd trigger that you have: Stamhoofd allows 2000 requests a day, of which triggers use half at most. Polls that come sooner are left out; no event is lost by that.',
				displayCondition:
					'={{ ($parameter["pollTimes"]?.item ?? []).some((time) => !time.mode || time.mode === "everyMinute" || (time.mode === "everyX" && time.unit === "minutes" && time.value < 2)) }}',
				whenToDisplay: 'beforeExecution',
				location: 'ndv',
			},
		],
		properties: describeEvents(events),
	};

	methods = { listSearch: { searchWebshops } };

	async poll(this: IPollFunctions) {
		return await pollEvents(this, stamhoofd, events);
	}
}
