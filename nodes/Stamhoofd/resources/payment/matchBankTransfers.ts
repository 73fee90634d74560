import { uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { cents, collection, notice, text, wholeNumber, yesNo } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import type { ApiRequest } from '../../../transport/platform';
import type { StatementLine } from '../../matching/line';
import { matchLines } from '../../matching/matchLines';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine, toEuro, unitsPerEuro } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { changeStatus } from './changeStatus';
import { paidOnly } from './filters';

const DAY = 86_400_000;

/** Days back from now in which a payment was paid or made out to be looked at; open ones always are. */
const LOOK_BACK = 90;

const METHODS = ['Transfer', 'Unknown'];

/** Lists that together hold all open transfers, and those paid or failed in the last time. */
function listsOfTransfers(call: Call, lookBackDays: number): ApiRequest[] {
	const since = Date.now() - lookBackDays * DAY;
	if (!isCurrentLine(call.credentials)) {
		return [{ url: '/organization/payments' }, { url: '/organization/payments', qs: paidOnly(since, undefined, METHODS) }];
	}
	const lately = { $gte: { $: '$date', value: since } };
	const filter = {
		$and: [
			{ method: { $in: METHODS } },
			{ $or: [{ status: { $in: ['Created', 'Pending'] } }, { createdAt: lately }, { paidAt: lately }] },
		],
	};
	return [{ url: '/payments', qs: { limit: PAGE_SIZE, sort: 'createdAt DESC,id DESC', filter: JSON.stringify(filter) } }];
}

async function readTransfers(call: Call, lookBackDays: number): Promise<IDataObject[]> {
	const lists = listsOfTransfers(call, lookBackDays).map(async (request) => await call.collect({ request, readPage: readStamhoofdPage }));
	return uniqBy((await Promise.all(lists)).flat(), 'id');
}

export const matchBankTransfers = operation({
	name: 'Match Bank Transfers',
	value: 'matchBankTransfers',
	action: 'Match bank transfers with payments',
	description: 'Find for each line of a bank statement the payment that it pays, and mark it as paid if you like',
	request: 'PATCH /organization/payments',
	input: {
		matchNotice: notice('Each item is one line of a bank statement. Stamhoofd is asked once for all of them together.'),
		amount: cents({
			required: true,
			description: 'In euros, as a number or as your bank writes it; negative for money that went out',
		}),
		communication: text({
			placeholder: 'e.g. +++710/1720/60345+++',
			description:
				'What the payer wrote (mededeling, omschrijving): a structured communication with or without +++, a Dutch payment reference of 16 digits, or free text with a reference in it',
		}),
		markAsPaid: yesNo({
			displayName: 'Mark Matched Payments as Paid',
			description:
				'Whether to mark the payments that match exactly as paid. Stamhoofd then marks their orders as paid too and sends its e-mails and tickets.',
		}),
		options: collection({
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: {
				date: text({ description: 'Date of the line, only passed on to the output' }),
				lookBackDays: wholeNumber({
					displayName: 'Look Back (Days)',
					from: 1,
					default: LOOK_BACK,
					description:
						'How long ago a payment may have been paid to be recognized as already paid; open payments are found however old they are',
				}),
				payerName: text({
					displayName: 'Name of the Payer',
					description: 'Decides where several payments have the same communication and amount',
				}),
			},
		}),
	},
	async sendAll(inputs, [call]) {
		const lines = inputs.map(({ amount, communication = '', options }): StatementLine => ({
			cents: amount,
			communication,
			name: options.payerName,
			date: options.date,
		}));
		const lookBackDays = Math.max(...inputs.map(({ options }) => options.lookBackDays ?? LOOK_BACK));
		const payments = await readTransfers(call, lookBackDays);
		const centsOf = ({ price }: IDataObject) => Math.round((Number(price) * 100) / unitsPerEuro(call.credentials));
		const matches = matchLines(lines, payments, centsOf);
		const toMark = matches.flatMap(({ result, payment, payments: several = [] }, position) =>
			result === 'matched' && inputs[position].markAsPaid
				? [...(payment ? [payment] : []), ...several].map(({ id }) => ({ position, id: id as string }))
				: [],
		);
		const changed = await changeStatus(
			toMark.map(({ id }) => ({ id, status: 'Succeeded' })),
			call,
		);
		const marked = new Map(toMark.map(({ id }, index) => [id, changed[index]]));
		return matches.map(({ result, reason, payment, payments: several, candidates }, position) => {
			const { amount, communication = '', markAsPaid, options } = inputs[position];
			const paid = several ?? (payment ? [payment] : []);
			const outcomes = result === 'matched' && markAsPaid ? paid.map(({ id }) => marked.get(id as string)) : [];
			const error = outcomes.find((outcome) => outcome instanceof Error);
			if (error) return error;
			const simplified = (one: IDataObject) => simplifyPayment(one, call.credentials);
			const recordOf = (one: IDataObject | undefined) => {
				// An earlier line may have paid the payment of a later one.
				const changedTo = marked.get(String(one?.id));
				return {
					result,
					reason,
					markedAsPaid: outcomes.length > 0,
					paymentId: one?.id ?? null,
					amount: amount / 100,
					amountDue: one ? toEuro(one.price, call.credentials) : null,
					communication,
					payerName: options.payerName ?? null,
					date: options.date ?? null,
					payment: one ? simplified(changedTo instanceof Error ? one : (changedTo ?? one)) : null,
					candidates: candidates.map(simplified),
				};
			};
			return paid.length > 0 ? paid.map(recordOf) : recordOf(undefined);
		});
	},
});
