/** The sales of a shop, read through the same transport and limits as its node. */
import { createHash } from 'crypto';
import { isPlainObject, omit } from 'lodash';
import { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { fromBoekwinkeltjesOrder } from '../../bookkeeping/from/boekwinkeltjes';
import type { Settings } from '../../bookkeeping/from/read';
import { fromStamhoofdPayment, fromStamhoofdRefund } from '../../bookkeeping/from/stamhoofd';
import { fromTopgeschenkenOrder } from '../../bookkeeping/from/topgeschenken';
import type { SaleDocument } from '../../bookkeeping/document';
import { readList, readRecord } from '../../Boekwinkeltjes/answer';
import { parseDate } from '../../Boekwinkeltjes/fields';
import { requestTo } from '../../Boekwinkeltjes/paths';
import { boekwinkeltjes } from '../../Boekwinkeltjes/platform';
import { isCurrentLine, stamhoofd, unitsPerEuro } from '../../Stamhoofd/platform';
import { listPayments } from '../../Stamhoofd/resources/payment/filters';
import { PAGE_SIZE, readHydraPage } from '../../Topgeschenken/paging';
import { topgeschenken } from '../../Topgeschenken/platform';
import { PATHS } from '../../Topgeschenken/references';
import { headersOf } from '../../Topgeschenken/request';
import { failureBehind } from '../../transport/errors';
import { collect } from '../../transport/paging';
import type { List, ReadPage } from '../../transport/paging';
import type { ApiRequest, Platform, Reply } from '../../transport/platform';
import { send } from '../../transport/send';
import type { Period } from './question';

/** A sale as the list of a shop shows it. */
export interface Entry {
	/** The shop's own ID. */
	id: string;
	/** Milliseconds since 1970. */
	at: number;
	/** The whole record, where the list has it. */
	record?: IDataObject;
}

export interface Shop {
	/** Beginning of the IDs of its documents. */
	prefix: string;
	/** Tells one credential of the shop from another: with another key, server or version its records may be others. */
	account: string;
	list(period: Period): Promise<Entry[]>;
	/** The whole record; undefined if there is none. */
	get(id: string): Promise<IDataObject | undefined>;
	document(record: IDataObject, settings: Settings): SaleDocument;
	/** Whether its sales are known to people by their IDs. */
	numbersAreIds: boolean;
}

const DAY = 86_400_000;

type Send = (request: ApiRequest) => Promise<Reply>;
type Credentials = ICredentialDataDecryptedObject;

/** The records of a list that shows the newest first, as far back as the period begins. */
function upTo(readPage: ReadPage, from: number, momentOf: (record: IDataObject) => number | undefined): ReadPage {
	return (reply, request, earlier) => {
		const page = readPage(reply, request, earlier);
		const moments = page.records.map(momentOf).filter((at) => at !== undefined);
		// More than a day of tolerance, and only where the page descends: an unsorted list is read to its end.
		const isDescending = moments.every((at, index) => index === 0 || at <= moments[index - 1] + DAY);
		const isPast = moments.length > 0 && isDescending && moments[moments.length - 1] < from - DAY;
		return isPast ? { records: page.records } : page;
	};
}

async function oneOrNone(records: Promise<IDataObject[]>): Promise<IDataObject | undefined> {
	const [record] = await records.catch((error: Error) => {
		if ([400, 404].includes(failureBehind(error)?.reply?.statusCode ?? 0)) return [];
		throw error;
	});
	return record;
}

function boekwinkeltjesShop(ask: Send, credentials: Credentials): Omit<Shop, 'account'> {
	const momentOf = ({ date }: IDataObject) => parseDate(date)?.toMillis();
	return {
		prefix: 'boekwinkeltjes',
		numbersAreIds: true,
		async list({ from, to }) {
			const request = requestTo('order.getAll', credentials, { qs: { page: 1, sort: '-date' } });
			const records = await collect(ask, { request, readPage: upTo(readList('orders'), from, momentOf) });
			// One whose date cannot be read is in every period: no bookkeeping can take it, and so it is named.
			const entries = records.map((record) => ({ id: String(record.id), at: momentOf(record) ?? from }));
			return entries.filter(({ at }) => at >= from && at < to);
		},
		// Only a single order has the e-mail address of the buyer.
		get: async (id) => await oneOrNone(collect(ask, { request: requestTo('order.get', credentials, { path: { orderId: id } }), readPage: readRecord })),
		document: (record, settings) => fromBoekwinkeltjesOrder(record, settings),
	};
}

function stamhoofdShop(ask: Send, credentials: Credentials): Omit<Shop, 'account'> {
	const succeeded = ['Succeeded'];
	const read = async (list: List) => await collect(ask, list);
	async function payment(id: string): Promise<IDataObject | undefined> {
		if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined;
		if (isCurrentLine(credentials)) return await oneOrNone(ask({ url: `/payments/${encodeURIComponent(id)}` }).then(({ body }) => [body as IDataObject]));
		const records = await read(listPayments({ status: succeeded }, credentials));
		return records.find((record) => record.id === id);
	}
	/** A refund together with the payment that it gives back, whose VAT it has. */
	async function withReversed(record: IDataObject): Promise<IDataObject> {
		const reversed = record.reversingPaymentId ? await payment(String(record.reversingPaymentId)) : undefined;
		return reversed ? { ...record, reversed } : record;
	}
	return {
		prefix: 'stamhoofd',
		numbersAreIds: false,
		async list({ from, to }) {
			// By the day on which they were paid: a transfer may come weeks after its order, when that period was fetched long ago.
			const period = { paidAfter: DateTime.fromMillis(from), paidBefore: DateTime.fromMillis(to) };
			const records = await read(listPayments({ ...period, status: succeeded }, credentials));
			const whole = await Promise.all(records.map(withReversed));
			return whole.map((record) => ({ id: String(record.id), at: Number(record.paidAt ?? record.createdAt) || from, record }));
		},
		async get(id) {
			const record = await payment(id);
			return record && (await withReversed(record));
		},
		document(record, settings) {
			const perEuro = unitsPerEuro(credentials);
			return isPlainObject(record.reversed) ? fromStamhoofdRefund(record, record.reversed as IDataObject, settings, perEuro) : fromStamhoofdPayment(record, settings, perEuro);
		},
	};
}

function topgeschenkenShop(ask: Send, credentials: Credentials, perEuro?: number): Omit<Shop, 'account'> {
	const headers = headersOf({ credentials });
	return {
		prefix: 'topgeschenken',
		numbersAreIds: false,
		async list({ from, to }) {
			const since = new Date(from).toISOString().replace(/\.\d+Z$/, '+00:00');
			const request = { url: PATHS.order, qs: { created_since: since, page_items: PAGE_SIZE }, headers };
			const records = await collect(ask, { request, readPage: readHydraPage });
			const entries = records.map((record) => ({ id: String(record.uuid), at: Date.parse(String(record.createdAt)) || from }));
			return entries.filter(({ at }) => at >= from && at < to);
		},
		async get(id) {
			if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined;
			return await oneOrNone(ask({ url: `${PATHS.order}/${encodeURIComponent(id)}`, headers }).then(({ body }) => [body as IDataObject]));
		},
		document: (record, settings) => fromTopgeschenkenOrder(record, settings, perEuro),
	};
}

export const PLATFORMS: Record<string, Platform> = { boekwinkeltjes, stamhoofd, topgeschenken };

/** @param perEuro units of a euro that Topgeschenken's amounts are in; left out: as each order shows */
export function shopOf(context: IWebhookFunctions, source: string, credentials: Credentials, perEuro?: number): Shop {
	const platform = PLATFORMS[source];
	const ask: Send = async (request) => await send(context, platform, request, credentials);
	const access = createHash('sha256').update(JSON.stringify(omit(credentials, 'accessToken')));
	const account = `${source} ${access.digest('base64url')}`;
	if (source === 'boekwinkeltjes') return { account, ...boekwinkeltjesShop(ask, credentials) };
	if (source === 'stamhoofd') return { account, ...stamhoofdShop(ask, credentials) };
	return { account, ...topgeschenkenShop(ask, credentials, perEuro) };
}
