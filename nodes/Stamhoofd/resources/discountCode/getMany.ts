import { operation } from '../../../operation/operation';
import { readWhole } from '../../../transport/paging';
import { webshopLocator } from '../../fields';
import { onCurrentLine } from '../../platform';
import { simplifyDiscountCode } from '../../records';
import { PATH } from './codes';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many discount codes',
	description: 'List the discount codes of a webshop with how often they were used',
	request: `GET ${PATH}`,
	input: { webshopId: webshopLocator },
	prepare: onCurrentLine,
	// All of them are in one answer.
	list: ({ webshopId }, call) => ({ request: call.request({ path: { webshopId } }), readPage: readWhole }),
	simplify: simplifyDiscountCode,
});
