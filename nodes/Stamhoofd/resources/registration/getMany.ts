import { operation } from '../../../operation/operation';
import { listAt } from '../../filter';
import { simplifyRegistration } from '../../records';
import { filters, prepareRegistrations } from './filters';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many registrations',
	description: 'List the registrations of members in groups, the newest first',
	request: 'GET /registrations',
	input: { filters },
	prepare: prepareRegistrations,
	list: (query, { limit }) => listAt('/registrations', { ...query, sort: 'registeredAt DESC,id DESC', limit }),
	simplify: simplifyRegistration,
});
