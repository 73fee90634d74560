import { choices, collection, euro, text, wholeNumber } from '../../../input';
import { operation } from '../../../operation/operation';
import { listAt, oneOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { DEBTORS, EACH_ONCE, simplifyReceivable } from '../../records';

/** Prices in filters are in 1/10 000 euro whatever the version (read in the source). */
const units = (amount: number) => Math.round(amount * 10_000);

export const getReceivables = operation({
	name: 'Get Many Receivables',
	value: 'getReceivables',
	action: 'Get many receivables',
	description: 'List who still owes how much: members, accounts and companies, the largest amount first',
	request: 'GET /receivable-balances',
	input: {
		filters: collection({
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: {
				debtor: choices({
					displayName: 'Owed By',
					options: DEBTORS,
					default: EACH_ONCE,
					description: 'Left out: members, accounts without their members, and companies, so that every euro is in the list once',
				}),
				amountOpen: euro({
					displayName: 'Open Amount From',
					from: -1_000_000,
					default: '0,01',
					description: 'Only those who owe so many euros or more; left out: more than nothing. 0 shows who owes nothing too.',
				}),
				remindersUpTo: wholeNumber({
					displayName: 'Reminders Up To',
					description: 'Only those who were sent so many reminders by Stamhoofd at most',
				}),
				search: text({ description: 'Part of the name, or of the e-mail address of an account' }),
			},
		}),
	},
	prepare: onCurrentLine,
	list: ({ filters: { debtor = [], amountOpen = 0.01, remindersUpTo, search } }, { limit }) =>
		listAt('/receivable-balances', {
			conditions: [
				oneOf('objectType', debtor.length > 0 ? debtor : EACH_ONCE),
				{ amountOpen: { $gte: units(amountOpen) } },
				remindersUpTo === undefined ? undefined : { reminderEmailCount: { $lte: remindersUpTo } },
			],
			search,
			sort: 'amountOpen DESC,id DESC',
			limit,
		}),
	simplify: simplifyReceivable,
});
