import { uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { BatchOperation, Call } from '../../../operation/legacy';
import type { ApiRequest } from '../../../transport/platform';
import { collect } from '../../../transport/paging';
import type { StatementLine } from '../../matching/line';
import { matchLines } from '../../matching/matchLines';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { isCurrentLine, toEuro, unitsPerEuro } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { changeStatus } from './changeStatus';
import { paidOnly } from './filters';

const DAY = 86_400_000;

interface Line extends StatementLine {
	cents: number;
	markAsPaid: boolean;
	/** Days back from now in which a payment was paid or made out to be looked at; open ones always are. */
	lookBackDays: number;
}

/**
 * Euro cents from an amount as banks write it: 25, "25,00", "1.234,56", "+25.00", "€ 25", "25,00-".
 * @throws InvalidInput for text that is no amount, or that could be two, such as "1.234"
 */
export function parseCents(value: unknown): number {
	if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value * 100);
	const text = String(value ?? '')
		.replace(/€|EUR|\s/gi, '')
		.replace(/[−–]/g, '-');
	const sign = /^-|-$/.test(text) ? -1 : 1;
	const amount = text.replace(/^[+-]|[+-]$/, '');
	const decimals = /^(\d+|\d{1,3}(?:([.,' ])\d{3})+)(?:([.,])(\d{1,2}))?$/.exec(amount);
	if (!decimals || (decimals[2] !== undefined && decimals[2] === decimals[3])) {
		throw new InvalidInput(`"${String(value ?? '')}" is not an amount: write it as 25.00 or 25,00`);
	}
	const [, whole, thousands, , fraction = ''] = decimals;
	if (thousands !== undefined && fraction === '' && whole.replace(/\d/g, '').length === 1) {
		throw new InvalidInput(`"${String(value)}" can be read in two ways: write it with two decimals, as ${whole},00`);
	}
	return sign * (Number(whole.replace(/\D/g, '')) * 100 + Number(fraction.padEnd(2, '0')));
}

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
	const lists = listsOfTransfers(call, lookBackDays).map(
		async (request) => await collect(call.send, { request, readPage: readStamhoofdPage }),
	);
	return uniqBy((await Promise.all(lists)).flat(), 'id');
}

export const matchBankTransfers: BatchOperation<Line> = {
	name: 'Match Bank Transfers',
	value: 'matchBankTransfers',
	action: 'Match bank transfers with payments',
	description: 'Find for each line of a bank statement the payment that it pays, and mark it as paid if you like',
	fields: [
		{
			displayName:
				'Each item is one line of a bank statement. Stamhoofd is asked once for all of them together.',
			name: 'matchNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			required: true,
			default: '',
			placeholder: '25,00',
			description: 'In euros, as a number or as your bank writes it; negative for money that went out',
		},
		{
			displayName: 'Communication',
			name: 'communication',
			type: 'string',
			default: '',
			placeholder: '+++710/1720/60345+++',
			description:
				'What the payer wrote (mededeling, omschrijving): a structured communication with or without +++, a Dutch payment reference of 16 digits, or free text with a reference in it',
		},
		{
			displayName: 'Mark Matched Payments as Paid',
			name: 'markAsPaid',
			type: 'boolean',
			default: false,
			description:
				'Whether to mark the payments that match exactly as paid. Stamhoofd then marks their orders as paid too and sends its e-mails and tickets.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Date',
					name: 'date',
					type: 'string',
					default: '',
					description: 'Date of the line, only passed on to the output',
				},
				{
					displayName: 'Look Back (Days)',
					name: 'lookBackDays',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 90,
					description: 'How long ago a payment may have been paid to be recognized as already paid; open payments are found however old they are',
				},
				{
					displayName: 'Name of the Payer',
					name: 'payerName',
					type: 'string',
					default: '',
					description: 'Decides where several payments have the same communication and amount',
				},
			],
		},
	],
	read(call) {
		const options = call.parameter<{ payerName?: string; date?: string; lookBackDays?: number }>('options', {});
		return {
			cents: parseCents(call.parameter<unknown>('amount')),
			communication: String(call.parameter<unknown>('communication', '') ?? ''),
			name: options.payerName,
			date: options.date,
			markAsPaid: call.parameter<boolean>('markAsPaid', false),
			lookBackDays: options.lookBackDays ?? 90,
		};
	},
	async runAll(lines, calls) {
		const [call] = calls;
		const lookBackDays = Math.max(...lines.map((line) => line.lookBackDays));
		const payments = await readTransfers(call, lookBackDays);
		const centsOf = ({ price }: IDataObject) => Math.round((Number(price) * 100) / unitsPerEuro(call.credentials));
		const matches = matchLines(lines, payments, centsOf);
		const toMark = matches.flatMap(({ result, payment, payments: several = [] }, position) =>
			result === 'matched' && lines[position].markAsPaid
				? [...(payment ? [payment] : []), ...several].map(({ id }) => ({ position, id: id as string }))
				: [],
		);
		const changed = await changeStatus(
			toMark.map(({ id }) => ({ id, status: 'Succeeded' })),
			call,
		);
		const marked = new Map(toMark.map(({ id }, index) => [id, changed[index]]));
		return matches.map(({ result, reason, payment, payments: several, candidates }, position) => {
			const { cents, communication, name, date, markAsPaid } = lines[position];
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
					amount: cents / 100,
					amountDue: one ? toEuro(one.price, call.credentials) : null,
					communication,
					payerName: name ?? null,
					date: date ?? null,
					payment: one ? simplified(changedTo instanceof Error ? one : (changedTo ?? one)) : null,
					candidates: candidates.map(simplified),
				};
			};
			return paid.length > 0 ? paid.map(recordOf) : recordOf(undefined);
		});
	},
};
