import { operation } from '../../../operation/operation';
import { listAt } from '../../filter';
import { simplifyMember } from '../../records';
import { filters, prepareMembers } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many members',
	description: 'List members with their groups, their parents and what they owe',
	request: 'GET /members',
	input: { filters },
	prepare: prepareMembers,
	list: (query, { limit }) => listAt('/members', { ...query, limit }),
	simplify: simplifyMember,
});
