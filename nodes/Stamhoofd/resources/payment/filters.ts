/** The filters of payments, in the words of either line of the API. */
import type { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { choices, collection, moment, text } from '../../../input';
import type { Optional } from '../../../input';
import { failureBehind } from '../../../transport/errors';
import type { List } from '../../../transport/paging';
import type { ApiRequest, Reply } from '../../../transport/platform';
import { remember } from '../../../transport/remember';
import { webshopFilter } from '../../fields';
import { before, filterOf, from, listAt, oneOf, some } from '../../filter';
import type { Condition } from '../../filter';
import { structuredDigits } from '../../../input/checkDigits';
import { PAGE_SIZE, readStamhoofdPage } from '../../paging';
import { errorsOf, isCurrentLine, stamhoofd } from '../../platform';
import { customerOf, descriptionOf, webshopOf } from '../../simplify';

const types = [
	{ name: 'Chargeback (Reversal)', value: 'Chargeback' },
	{ name: 'Payment', value: 'Payment' },
	{ name: 'Reallocation', value: 'Reallocation' },
	{ name: 'Refund', value: 'Refund' },
];

const statuses = [
	{ name: 'Created (Open)', value: 'Created' },
	{ name: 'Failed', value: 'Failed' },
	{ name: 'Pending (Open)', value: 'Pending' },
	{ name: 'Succeeded (Paid)', value: 'Succeeded', aliases: ['paid'] },
];

const methods = [
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

export const filterFields = {
	createdAfter: moment({ description: 'Only payments created at this moment or later' }),
	createdBefore: moment({ description: 'Only payments created before this moment' }),
	method: choices({ options: methods, description: 'Only payments made in one of these ways' }),
	paidAfter: moment({ description: 'Only payments paid at this moment or later' }),
	paidBefore: moment({ description: 'Only payments paid before this moment' }),
	search: text({
		description:
			'Part of the name of the payer, of the e-mail address (with its @), of the description or of the communication; or a structured communication in any spelling',
	}),
	status: choices({ options: statuses, description: 'Only payments with one of these statuses' }),
	type: choices({ options: types, description: 'Only payments, refunds or other movements; version 191 has payments only' }),
	webshopId: webshopFilter('Only payments for orders of this webshop'),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields: filterFields });

export interface PaymentFilters extends Optional<typeof filterFields> {
	/** Created or changed in any way. */
	updatedAfter?: DateTime;
}

function inPeriod(value: unknown, after: DateTime | undefined, until: DateTime | undefined): boolean {
	if (after === undefined && until === undefined) return true;
	return typeof value === 'number' && value >= (after?.toMillis() ?? -Infinity) && value < (until?.toMillis() ?? Infinity);
}

/** What the search of the current line finds, for the first line, which has none. */
function matchesSearch(payment: IDataObject, search: string): boolean {
	const communication = payment.transferDescription as string | null;
	const reference = structuredDigits(search);
	if (reference) return structuredDigits(communication) === reference;
	const { name, company, email } = customerOf(payment);
	const texts = search.includes('@') ? [email] : [name, company, descriptionOf(payment), communication];
	return texts.some((one) => one?.toLowerCase().includes(search.toLowerCase()));
}

const isOneOf = (values: string[], value: unknown) => values.length === 0 || values.includes(value as string);

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

/** The list of the first line, whose server filters by little more than the paid period; the rest is filtered here. */
function listOfFirstLine(given: PaymentFilters): List {
	const { createdAfter, createdBefore, paidAfter, paidBefore, updatedAfter, webshopId, status = [], method = [], type = [], search = '' } = given;
	const asksForPaidOnly =
		paidAfter !== undefined || paidBefore !== undefined || (status.length > 0 && status.every((one) => one === 'Succeeded'));
	return {
		request: {
			url: '/organization/payments',
			qs: asksForPaidOnly ? paidOnly(paidAfter?.toMillis(), paidBefore?.toMillis(), method) : {},
		},
		readPage: readStamhoofdPage,
		keep: (payment) =>
			(!webshopId || webshopOf(payment).id === webshopId) &&
			isOneOf(status, payment.status) &&
			isOneOf(method, payment.method) &&
			isOneOf(type, payment.type ?? 'Payment') &&
			inPeriod(payment.createdAt, createdAfter, createdBefore) &&
			inPeriod(payment.paidAt, paidAfter, paidBefore) &&
			inPeriod(payment.updatedAt, updatedAfter, undefined) &&
			(search === '' || matchesSearch(payment, search)),
	};
}

/** That a payment is for an order of a webshop. A server of version 394 does not know it, one of 411 does (observed). */
function ofWebshop(webshopId: string): IDataObject {
	return some('balanceItemPayments', { balanceItem: some('order', { webshopId }) });
}

function conditionsOf({ status, method, type, createdAfter, createdBefore, paidAfter, paidBefore, updatedAfter }: PaymentFilters): Condition[] {
	return [
		oneOf('status', status),
		oneOf('method', method),
		oneOf('type', type),
		from('createdAt', createdAfter),
		before('createdAt', createdBefore),
		from('paidAt', paidAfter),
		before('paidAt', paidBefore),
		from('updatedAt', updatedAfter),
	];
}

/** What a server that filters by webshop is asked where it gives no list. */
export function queryFor(given: PaymentFilters): IDataObject {
	const { webshopId, search } = given;
	// It knows a structured communication with plus signs and slashes, but not with blanks or asterisks.
	return {
		filter: filterOf([...conditionsOf(given), webshopId ? ofWebshop(webshopId) : undefined]),
		search: structuredDigits(search) ?? search,
	};
}

/** The list of the line that the credential is set to; what that line or its server cannot filter is filtered by `keep`. */
export function listPayments(given: PaymentFilters, credentials: ICredentialDataDecryptedObject, { limit = PAGE_SIZE, byServer = false } = {}): List {
	if (!isCurrentLine(credentials)) return listOfFirstLine(given);
	const { webshopId, search } = given;
	const conditions = conditionsOf(given);
	const asked = { conditions, search: structuredDigits(search) ?? search };
	if (!webshopId) return listAt('/payments', { ...asked, limit });
	if (byServer) return listAt('/payments', { ...asked, conditions: [...conditions, ofWebshop(webshopId)], limit });
	// What is filtered afterwards may need more records than the limit.
	return { ...listAt('/payments', asked), keep: (payment) => webshopOf(payment).id === webshopId };
}

/** Servers by what they answered, for as long as this process lives: by base URL, since that has the version too. */
const knowsWebshops = new Map<string, boolean>();

type Send = (request: ApiRequest) => Promise<Reply>;

/**
 * Whether the server itself can filter payments by their webshop. It is asked once.
 * @throws what `send` throws for any other reason
 */
export async function filtersByWebshop(
	{ webshopId }: PaymentFilters,
	credentials: ICredentialDataDecryptedObject,
	send: Send,
): Promise<boolean> {
	if (!webshopId || !isCurrentLine(credentials)) return false;
	const server = stamhoofd.baseUrl(credentials);
	const known = knowsWebshops.get(server);
	if (known !== undefined) return known;
	const knows = await send({ url: '/payments/count', qs: { filter: filterOf([ofWebshop(webshopId)]) } }).then(
		() => true,
		async (error: Error) => (errorsOf(failureBehind(error)?.reply)[0]?.code === 'unknown_filter' ? false : await Promise.reject(error)),
	);
	remember(knowsWebshops, server, knows);
	return knows;
}
