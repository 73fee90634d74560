import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { idIn, webshopLocator } from '../../fields';
import { simplifyWebshop } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a webshop',
	description: 'Get one webshop with its products',
	fields: [webshopLocator, simplifyField],
	request: (call) => ({ url: `/webshop/${idIn(call, 'webshopId')}` }),
	simplify: simplifyWebshop,
};
