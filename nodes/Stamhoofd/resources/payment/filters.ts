/** The filters of payments, in the words of either line of the API. */
import { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../../transport/errors';
import type { Query } from '../../../transport/paging';
import { listIn, webshopIn, webshopLocator } from '../../fields';
import type { Locator } from '../../fields';
import { structuredDigits } from '../../matching/checkDigits';
import { PAGE_SIZE } from '../../paging';
import { isCurrentLine } from '../../platform';
import { customerOf, descriptionOf, webshopOf } from '../../simplify';

export interface PaymentFilters {
	status?: string[];
	method?: string[];
	createdAfter?: string;
	createdBefore?: string;
	paidAfter?: string;
	paidBefore?: string;
	/** Created or changed in any way. */
	updatedAfter?: string;
	webshopId?: Locator;
	search?: string;
}

export const statusOptions = [
	{ name: 'Created (Open)', value: 'Created' },
	{ name: 'Failed', value: 'Failed' },
	{ name: 'Pending (Open)', value: 'Pending' },
	{ name: 'Succeeded (Paid)', value: 'Succeeded' },
];

const methodOptions = [
	// Spelled this way by the API.
	{ name: 'Account Deductions', value: 'AccountDeducations' },
	{ name: 'Bancontact', value: 'Bancontact' },
	{ name: 'Bank Transfer', value: 'Transfer' },
	{ name: 'Credit Card', value: 'CreditCard' },
	{ name: 'Direct Debit', value: 'DirectDebit' },
	{ name: 'iDEAL', value: 'iDEAL' },
	{ name: 'Payconiq', value: 'Payconiq' },
	{ name: 'Point of Sale', value: 'PointOfSale' },
	{ name: 'Unknown', value: 'Unknown' },
];

const FIRST_LINE_METHODS = [
	'Unknown',
	'PointOfSale',
	'Transfer',
	'DirectDebit',
	'Bancontact',
	'iDEAL',
	'Payconiq',
	'CreditCard',
];

/** `null` stands for payments without a provider, such as transfers. */
const FIRST_LINE_PROVIDERS = ['null', 'Mollie', 'Payconiq', 'Buckaroo', 'Stripe'];

export const filterFields: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: 'Only payments created at this moment or later',
			},
			{
				displayName: 'Created Before',
				name: 'createdBefore',
				type: 'dateTime',
				default: '',
				description: 'Only payments created before this moment',
			},
			{
				displayName: 'Method',
				name: 'method',
				type: 'multiOptions',
				options: methodOptions,
				default: [],
				description: 'Only payments made in one of these ways',
			},
			{
				displayName: 'Paid After',
				name: 'paidAfter',
				type: 'dateTime',
				default: '',
				description: 'Only payments paid at this moment or later',
			},
			{
				displayName: 'Paid Before',
				name: 'paidBefore',
				type: 'dateTime',
				default: '',
				description: 'Only payments paid before this moment',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				description:
					'Part of the name of the payer, of the e-mail address (with its @), of the description or of the communication; or a structured communication in any spelling',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				options: statusOptions,
				default: [],
				description: 'Only payments with one of these statuses',
			},
			{ ...webshopLocator, required: false, description: 'Only payments for orders of this webshop' },
		],
	},
];

/** ISO 8601 for dates as sheets hold them: "21/11/2026", "21-11-2026 14:30", "2026-11-21 14:30:00". */
function isoOf(written: string): string {
	return written
		.trim()
		.replace(/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/, (_, day: string, _mark, month: string, year: string) =>
			[year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
		)
		.replace(/^(\d{4}-\d\d-\d\d) +(?=\d)/, '$1T');
}

/** Milliseconds since 1970. A date without a zone is meant in the workflow's time zone. */
export function toMilliseconds(field: string, value: string | undefined, zone: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const written = isoOf(String(value));
	const date = DateTime.fromISO(written, { zone });
	const parsed = date.isValid ? date : DateTime.fromJSDate(new Date(written));
	if (!parsed.isValid) {
		throw new InvalidInput(`${field} is not a date: "${value}". Write it as 2026-11-21 or 2026-11-21T14:30:00`);
	}
	return parsed.toMillis();
}

function inPeriod(value: unknown, after: number | undefined, before: number | undefined): boolean {
	if (after === undefined && before === undefined) return true;
	return typeof value === 'number' && value >= (after ?? -Infinity) && value < (before ?? Infinity);
}

/** What the search of the current line finds, for the first line, which has none. */
function matchesSearch(payment: IDataObject, search: string): boolean {
	const communication = payment.transferDescription as string | null;
	const reference = structuredDigits(search);
	if (reference) return structuredDigits(communication) === reference;
	const { name, company, email } = customerOf(payment);
	const texts = search.includes('@') ? [email] : [name, company, descriptionOf(payment), communication];
	return texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()));
}

/**
 * The first line's plain list has the open transfers and those paid in the last seven days. With `paidSince`, which is
 * not in the manual, its server lists all that was paid since then, in any way that `methods` and `providers` name. It
 * refuses methods that it does not know.
 */
export function paidOnly(paidAfter = 0, paidBefore?: number, method: string[] = []): IDataObject {
	const known = method.filter((one) => FIRST_LINE_METHODS.includes(one));
	return {
		paidSince: paidAfter,
		paidBefore,
		limit: PAGE_SIZE,
		methods: (known.length > 0 ? known : FIRST_LINE_METHODS).join(','),
		providers: FIRST_LINE_PROVIDERS.join(','),
	};
}

/** The list request of the line that the credential is set to; what that line cannot filter is filtered by `keep`. */
export function listPayments(
	filters: PaymentFilters,
	credentials: ICredentialDataDecryptedObject,
	zone: string,
	pageSize = PAGE_SIZE,
): Query {
	const createdAfter = toMilliseconds('Created After', filters.createdAfter, zone);
	const createdBefore = toMilliseconds('Created Before', filters.createdBefore, zone);
	const paidAfter = toMilliseconds('Paid After', filters.paidAfter, zone);
	const paidBefore = toMilliseconds('Paid Before', filters.paidBefore, zone);
	const updatedAfter = toMilliseconds('Updated After', filters.updatedAfter, zone);
	const status = listIn(filters.status);
	const method = listIn(filters.method);
	const search = String(filters.search ?? '').trim();
	const reference = structuredDigits(search);
	const webshopId = webshopIn(filters.webshopId);
	const isWanted = (payment: IDataObject) => !webshopId || webshopOf(payment).id === webshopId;

	if (!isCurrentLine(credentials)) {
		const asksForPaidOnly =
			paidAfter !== undefined ||
			paidBefore !== undefined ||
			(status.length > 0 && status.every((one) => one === 'Succeeded'));
		return {
			request: {
				url: '/organization/payments',
				qs: asksForPaidOnly ? paidOnly(paidAfter, paidBefore, method) : {},
			},
			keep: (payment) =>
				isWanted(payment) &&
				(status.length === 0 || status.includes(payment.status as string)) &&
				(method.length === 0 || method.includes(payment.method as string)) &&
				inPeriod(payment.createdAt, createdAfter, createdBefore) &&
				inPeriod(payment.paidAt, paidAfter, paidBefore) &&
				inPeriod(payment.updatedAt, updatedAfter, undefined) &&
				(search === '' || matchesSearch(payment, search)),
		};
	}

	// A bare number as a date makes the server fail (observed).
	const date = (value: number) => ({ $: '$date', value });
	const conditions: IDataObject[] = [
		status.length > 0 && { status: { $in: status } },
		method.length > 0 && { method: { $in: method } },
		createdAfter !== undefined && { createdAt: { $gte: date(createdAfter) } },
		createdBefore !== undefined && { createdAt: { $lt: date(createdBefore) } },
		paidAfter !== undefined && { paidAt: { $gte: date(paidAfter) } },
		paidBefore !== undefined && { paidAt: { $lt: date(paidBefore) } },
		updatedAfter !== undefined && { updatedAt: { $gte: date(updatedAfter) } },
	].filter((condition) => condition !== false);
	return {
		request: {
			url: '/payments',
			qs: {
				limit: pageSize,
				sort: 'createdAt DESC,id DESC',
				filter: conditions.length > 0 ? JSON.stringify({ $and: conditions }) : undefined,
				// The server knows it with plus signs and slashes, but not with blanks or asterisks.
				search: reference ?? search,
			},
		},
		keep: webshopId ? isWanted : undefined,
	};
}
