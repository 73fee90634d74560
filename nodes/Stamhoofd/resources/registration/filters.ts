import { choices, collection, moment, text, yesNo } from '../../../input';
import type { Optional } from '../../../input';
import type { Call } from '../../../operation/call';
import { groupFilter } from '../../fields';
import { before, from, inFront } from '../../filter';
import type { Condition } from '../../filter';
import { currentPeriod } from '../../organization';
import { onCurrentLine } from '../../platform';

export const groupTypes = [
	{ name: 'Activity', value: 'EventRegistration' },
	{ name: 'Membership', value: 'Membership' },
	{ name: 'Waiting List', value: 'WaitingList' },
];

const fields = {
	groupId: groupFilter('Only registrations in this group. An API key that may read one group only needs this.'),
	groupType: choices({ options: groupTypes, description: 'Only registrations in groups of one of these kinds' }),
	isActive: yesNo({ displayName: 'Active Only', default: true, empty: true, description: 'Whether to leave out registrations that have been ended' }),
	isCurrent: yesNo({
		displayName: 'Current Working Year Only',
		default: true,
		empty: true,
		description: 'Whether to leave out registrations of other working years (werkjaren)',
	}),
	registeredAfter: moment({ description: 'Only registrations made at this moment or later' }),
	registeredBefore: moment({ description: 'Only registrations made before this moment' }),
	search: text({ description: 'Part of the name of the member, or an e-mail address of the member or a parent' }),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

export interface RegistrationQuery {
	conditions: Condition[];
	search?: string;
}

/** What is asked of the server; the current working year has to be looked up. */
export async function prepareRegistrations({ filters: given }: { filters: Optional<typeof fields> }, call: Call): Promise<RegistrationQuery> {
	const { groupId, groupType = [], isActive, isCurrent, registeredAfter, registeredBefore, search } = onCurrentLine(given, call);
	const others = [
		isActive ? { deactivatedAt: null } : undefined,
		groupType.length > 0 ? { group: { type: { $in: groupType } } } : undefined,
		isCurrent ? { periodId: await currentPeriod(call) } : undefined,
		from('registeredAt', registeredAfter),
		before('registeredAt', registeredBefore),
	];
	return { conditions: inFront(groupId ? { groupId } : undefined, others), search };
}
