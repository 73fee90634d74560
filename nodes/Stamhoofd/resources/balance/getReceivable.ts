import { choice, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { onCurrentLine } from '../../platform';
import { DEBTORS, simplifyReceivable } from '../../records';

export const getReceivable = operation({
	name: 'Get Receivable',
	value: 'getReceivable',
	action: 'Get receivable',
	description: 'Get what one member, account or company owes, with the lines of it',
	request: 'GET /receivable-balances/{debtor}/{debtorId}',
	input: {
		debtor: choice({ displayName: 'Owed By', required: true, options: [DEBTORS[3], DEBTORS[0], DEBTORS[1], DEBTORS[2], DEBTORS[4]], description: 'What the ID is the ID of' }),
		debtorId: text({
			displayName: 'ID',
			required: true,
			placeholder: 'e.g. 9274bb7a-f738-4560-a833-c7b553f15717',
			description: 'ID of the member, account or company, for example the ID that Get Many Receivables gives',
		}),
	},
	prepare: onCurrentLine,
	simplify: simplifyReceivable,
});
