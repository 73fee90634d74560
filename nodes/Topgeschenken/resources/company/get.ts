import { companyLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get company', description: 'Get one company with its registration and settings' },
	{ kind: 'company', name: 'companyId', field: companyLocator({ displayName: 'Company' }), simplify: plain, links: true },
);
