import { simplifyField } from '../../../transport/operation';
import type { ItemOperation } from '../../../transport/operation';
import { idIn, webshopLocator } from '../../fields';
import { simplifyWebshop } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a webshop',
	description: 'Get one webshop with its products',
	request: { method: 'GET', url: '/webshop' },
	fields: [webshopLocator, simplifyField],
	prepare: (_, call) => ({ url: `/webshop/${idIn(call, 'webshopId')}` }),
	simplify: simplifyWebshop,
};
