import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { requestTo } from '../../paths';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get the settings',
	description: 'Get the settings of the shop',
	fields: [],
	request: (call) => requestTo('settings.get', call.credentials),
	readPage: readRecord,
};
