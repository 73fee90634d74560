import { compact, uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { collection, notice, parseMoment, text, wholeNumber, yesNo } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import { inOtherWords } from '../../../transport/errors';
import type { ApiRequest } from '../../../transport/platform';
import { paymentLinks } from '../../dashboard';
import type { Match, StatementLine } from '../../matching/line';
import { matchLines } from '../../matching/matchLines';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine, toEuro, unitsPerEuro } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { amountField, directionField, paymentIds, readStatementItem, textsField } from './bankLine';
import { changeStatus } from './changeStatus';
import type { ChangeOutcome } from './changeStatus';
import { paidOnly } from './filters';

const DAY = 86_400_000;

/** Days back from now in which a payment was paid or made out to be looked at; open ones always are. */
const LOOK_BACK = 90;
/** Days before the oldest line in which its payment may have been marked as paid by somebody. */
const BEFORE_LINES = 14;

const METHODS = ['Transfer', 'Unknown'];

/** Lists that together hold all open transfers, and those paid or failed in the last time. */
function listsOfTransfers(call: Call, since: number): ApiRequest[] {
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

async function readTransfers(call: Call, since: number): Promise<IDataObject[]> {
	const lists = listsOfTransfers(call, since).map(async (request) => await call.collect({ request, readPage: readStamhoofdPage }));
	return uniqBy((await Promise.all(lists)).flat(), 'id');
}

/** What was paid since the oldest line must be known, or a statement that is read once more would pay for somebody else. */
function lookedAtSince(lines: StatementLine[], lookBackDays: number): number {
	const days = compact(lines.map(({ date }) => date && Date.parse(date)));
	const oldest = days.reduce((earliest, day) => Math.min(earliest, day), Infinity);
	return Math.min(Date.now() - lookBackDays * DAY, oldest - BEFORE_LINES * DAY);
}

const paymentsIn = ({ payment, payments }: Match) => payments ?? compact([payment]);

export const matchBankTransfers = operation({
	name: 'Match Bank Transfers',
	value: 'matchBankTransfers',
	action: 'Match bank transfers with payments',
	description: 'Find for each line of a bank statement the payment that it pays, and mark it as paid if you like',
	request: 'PATCH /organization/payments',
	input: {
		matchNotice: notice(
			'Each item is one line of a bank statement. Lines of the node Bank Statement are understood as they are, with names, dates and references. Stamhoofd is asked once for all of them together.',
		),
		amount: amountField({
			default: '={{ $json.amount }}',
			description:
				'In euros, as a number or as your bank writes it; negative, or with Af, D or DBIT beside it, for money that went out. A row without an amount pays nothing.',
		}),
		communication: textsField({
			default: '={{ $json.communication }}',
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
				currency: text({ description: 'Currency of the amount, if it is not always the euro. Lines in another one match nothing.' }),
				date: text({ description: 'Date of the line. It is passed on to the output, and tells which line came first where money went back.' }),
				direction: directionField({
					description: 'Whether the money came in or went out, where your bank has that in a column of its own: Bij or Af, C or D, CRDT or DBIT, + or -',
				}),
				counterpartyIban: text({ displayName: 'IBAN of the Payer', description: 'Tells who got money back' }),
				lookBackDays: wholeNumber({
					displayName: 'Look Back (Days)',
					from: 1,
					default: LOOK_BACK,
					description:
						'How long ago a payment may have been paid to be recognized as already paid, or longer if the lines are older; open payments are found however old they are',
				}),
				payerName: text({
					displayName: 'Name of the Payer',
					description: 'Decides where several payments have the same communication and amount',
				}),
				paymentId: paymentIds({
					displayName: 'Payment ID You Chose',
					description:
						'What a person has decided after looking at the line: the ID of the payment that it pays, the link to it, or several with commas between them. It counts more than all else; leave it empty where nobody has decided.',
				}),
				structuredCommunication: textsField({
					description: 'The reference, where your bank has it in a column of its own (gestructureerde mededeling, betalingskenmerk)',
				}),
			},
		}),
	},
	async sendAll(inputs, calls) {
		const [call] = calls;
		const lines = inputs.map(({ amount, communication = '', options }, position): StatementLine => {
			const own = readStatementItem(calls[position].json);
			return {
				...own,
				currency: options.currency ?? own.currency,
				counterpartyIban: options.counterpartyIban ?? own.counterpartyIban,
				structuredCommunication: options.structuredCommunication ?? own.structuredCommunication,
				communication,
				cents: amount?.cents ?? null,
				direction: options.direction ?? amount?.direction,
				name: options.payerName ?? own.name,
				date: parseMoment(options.date, call.zone)?.toISODate() ?? own.date,
				chosen: options.paymentId,
			};
		});
		const lookBackDays = Math.max(...inputs.map(({ options }) => options.lookBackDays ?? LOOK_BACK));
		const payments = await readTransfers(call, lookedAtSince(lines, lookBackDays));
		const centsOf = ({ price }: IDataObject) => Math.round((Number(price) * 100) / unitsPerEuro(call.credentials));
		const matches = matchLines(lines, payments, centsOf);

		const isMarked = (position: number) => matches[position].result === 'matched' && inputs[position].markAsPaid;
		const ids = matches.flatMap((match, position) => (isMarked(position) ? paymentsIn(match).map(({ id }) => id as string) : []));
		const changed = await changeStatus(ids.map((id) => ({ id, status: 'Succeeded' })), call);
		const marked = new Map<unknown, ChangeOutcome>(ids.map((id, index) => [id, changed[index]]));

		const hasPayments = matches.some((match) => paymentsIn(match).length > 0 || match.candidates.length > 0);
		// Without the links the payments are marked all the same.
		const linkTo = hasPayments ? await paymentLinks(call).catch(() => () => null) : () => null;
		const simplified = (one: IDataObject) => ({ ...simplifyPayment(one, call.credentials), link: linkTo(one.id) });
		return matches.map((match, position) => {
			const { result, reason, toReview, candidates } = match;
			const outcomes = isMarked(position) ? paymentsIn(match).map(({ id }) => marked.get(id)) : [];
			const [error] = outcomes.filter((outcome) => outcome instanceof Error);
			const done = outcomes.filter((outcome) => !(outcome instanceof Error));
			if (error) return done.length === 0 ? error : inOtherWords(error, `${error.message} (${done.length} of the ${outcomes.length} payments of this line are marked as paid)`);
			const { cents, direction, communication, name, date } = lines[position];
			const amount = cents === null ? null : (direction === 'out' ? -Math.abs(cents) : cents) / 100;
			const recordOf = (payment: IDataObject | undefined) => {
				// Another line may have paid the payment of this one.
				const now = marked.get(payment?.id);
				const [only, ...others] = candidates;
				return {
					result,
					reason,
					toReview,
					markedAsPaid: outcomes.length > 0,
					paymentId: payment?.id ?? null,
					link: linkTo(payment?.id ?? (others.length === 0 ? only?.id : undefined)),
					amount,
					amountDue: payment ? toEuro(payment.price, call.credentials) : null,
					communication,
					payerName: name ?? null,
					date: inputs[position].options.date ?? date ?? null,
					payment: payment ? simplified(now === undefined || now instanceof Error ? payment : now) : null,
					candidates: candidates.map(simplified),
				};
			};
			const paid = paymentsIn(match);
			return paid.length > 0 ? paid.map(recordOf) : recordOf(undefined);
		});
	},
});
