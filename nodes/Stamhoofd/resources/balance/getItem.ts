import { text } from '../../../input';
import { operation } from '../../../operation/operation';
import { onCurrentLine } from '../../platform';
import { simplifyBalanceItem } from '../../records';

export const getItem = operation({
	name: 'Get Item',
	value: 'getItem',
	action: 'Get balance item',
	description: 'Get one line of what was charged, by its ID',
	request: 'GET /balance-items/{itemId}',
	input: { itemId: text({ displayName: 'Item ID', required: true, placeholder: 'e.g. a3e701a7-6fc9-4a10-89d7-2fdaf1959d99' }) },
	prepare: onCurrentLine,
	simplify: simplifyBalanceItem,
});
