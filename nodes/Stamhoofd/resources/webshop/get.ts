import { inPath, simplifyField } from '../../../transport/operation';
import type { ItemOperation } from '../../../transport/operation';
import { webshopLocator } from '../../fields';
import { simplifyWebshop } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a webshop',
	description: 'Get one webshop with its products',
	request: { method: 'GET' },
	fields: [inPath('/webshop/', webshopLocator), simplifyField],
	simplify: simplifyWebshop,
};
