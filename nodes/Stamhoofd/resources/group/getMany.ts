import { choices, collection, text, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import { listAt, oneOf } from '../../filter';
import { currentPeriod } from '../../organization';
import { onCurrentLine } from '../../platform';
import { simplifyGroup } from '../../records';
import { groupTypes } from '../registration/filters';

const statuses = ['Archived', 'Closed', 'Open'].map((name) => ({ name, value: name }));

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'List the groups that members register for',
	request: 'GET /groups',
	input: {
		filters: collection({
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: {
				isCurrent: yesNo({
					displayName: 'Current Working Year Only',
					default: true,
					empty: true,
					description: 'Whether to leave out groups of other working years (werkjaren)',
				}),
				search: text({ description: 'Part of the name' }),
				status: choices({ options: statuses, description: 'Only groups with one of these statuses' }),
				type: choices({ options: groupTypes, description: 'Only groups of one of these kinds' }),
			},
		}),
	},
	async prepare({ filters }, call) {
		const { isCurrent, search, status, type } = onCurrentLine(filters, call);
		const period = isCurrent ? { periodId: await currentPeriod(call) } : undefined;
		return { conditions: [{ deletedAt: null }, period, oneOf('status', status), oneOf('type', type)], search };
	},
	list: (query, { limit }) => listAt('/groups', { ...query, sort: 'id ASC', limit }),
	simplify: simplifyGroup,
});
