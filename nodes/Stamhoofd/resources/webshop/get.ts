import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { simplifyWebshop } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get webshop',
	description: 'Get one webshop with its products',
	request: 'GET /webshop/{webshopId}',
	input: { webshopId: webshopLocator },
	simplify: simplifyWebshop,
});
