import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { at } from '../../paths';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get settings',
	description: 'Get the settings of the shop',
	...at('settings.get'),
	input: {},
	answer: recordsOf,
});
