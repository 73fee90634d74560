import { customerLocator } from '../../fields';
import { getOne } from '../../reading';
import { plain } from '../../simplify';

export const get = getOne(
	{ name: 'Get', value: 'get', action: 'Get customer', description: 'Get one customer, such as a colleague at your company' },
	{ kind: 'customer', name: 'customerId', field: customerLocator({ displayName: 'Customer' }), simplify: plain, links: true },
);
