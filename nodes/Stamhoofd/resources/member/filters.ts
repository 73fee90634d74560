import { collection, text, yesNo } from '../../../input';
import type { Optional } from '../../../input';
import type { Call } from '../../../operation/call';
import { groupFilter } from '../../fields';
import { some } from '../../filter';
import type { Condition } from '../../filter';
import { currentPeriod } from '../../organization';
import { onCurrentLine } from '../../platform';

const fields = {
	groupId: groupFilter('Only members who are registered in this group now. An API key that may read one group only needs this.'),
	isActive: yesNo({
		displayName: 'Active Only',
		default: true,
		empty: true,
		description: 'Whether to leave out who is not registered as a member in the current working year',
	}),
	search: text({ description: 'Part of the name, an e-mail address of the member or a parent, a telephone number, or the member number' }),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

export interface MemberQuery {
	conditions: Condition[];
	search?: string;
}

/** What is asked of the server; the current working year has to be looked up. */
export async function prepareMembers({ filters: given }: { filters: Optional<typeof fields> }, call: Call): Promise<MemberQuery> {
	const { groupId, isActive, search } = onCurrentLine(given, call);
	// Only registrations that hold count here; who is in a group is active.
	if (groupId) return { conditions: [some('registrations', { groupId })], search };
	if (!isActive) return { conditions: [], search };
	return { conditions: [some('registrations', { periodId: await currentPeriod(call), group: { type: 'Membership' } })], search };
}
