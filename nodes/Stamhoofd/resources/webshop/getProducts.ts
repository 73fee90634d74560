import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { webshopLocator } from '../../fields';
import { simplifyProducts } from '../../simplify';

export const getProducts = operation({
	name: 'Get Products',
	value: 'getProducts',
	action: 'Get products of webshop',
	description: 'Get one item for each product and price of a webshop, with what is sold of it',
	request: 'GET /webshop/{webshopId}',
	input: { webshopId: webshopLocator },
	answer: ({ body }, _, call) => simplifyProducts(body as IDataObject, call.credentials),
});
