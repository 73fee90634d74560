import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { requestTo } from '../../paths';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get the shipping fees',
	description: 'Get the shipping fees of the shop',
	fields: [],
	request: (call) => requestTo('shippingFee.get', call.credentials),
	readPage: readRecord,
};
