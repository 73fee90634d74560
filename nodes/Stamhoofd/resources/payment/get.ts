import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import type { ApiRequest } from '../../../transport/platform';
import { paymentLocator } from '../../fields';
import { readStamhoofdPage } from '../../paging';
import { isCurrentLine } from '../../platform';
import { simplifyPayment } from '../../simplify';
import { paidOnly } from './filters';

type LookUp = (id: string) => Promise<IDataObject | undefined>;

/**
 * The first line cannot get one payment, so its lists are read as far as needed, once for all items: the plain list has
 * what is open or new, all else that it can list is paid.
 */
function lookUp(call: Call): LookUp {
	const url = '/organization/payments';
	const seen = new Map<string, IDataObject>();
	const pages: ApiRequest[] = [{ url }, { url, qs: paidOnly() }];
	async function find(id: string): Promise<IDataObject | undefined> {
		while (!seen.has(id) && pages.length > 0) {
			const [page] = pages;
			const { records, next = [] } = readStamhoofdPage(await call.send(page), page, { longest: 0 });
			pages.splice(0, 1, ...next);
			for (const record of records) seen.set(String(record.id), record);
		}
		return seen.get(id);
	}
	let turn: Promise<unknown> = Promise.resolve();
	return async (id) => {
		const found = turn.catch(() => {}).then(async () => await find(id));
		turn = found;
		return await found;
	};
}

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get payment',
	description: 'Get one payment by its ID',
	request: 'GET /payments/{paymentId}',
	input: { paymentId: paymentLocator },
	async send({ paymentId }, call) {
		if (isCurrentLine(call.credentials)) return (await call.send(call.request({ path: { paymentId } }))).body as IDataObject;
		const find = await call.once('payments', async () => lookUp(call));
		const payment = await find(paymentId);
		if (payment) return payment;
		throw new InvalidInput(
			'Stamhoofd does not list a payment with this ID: check it. API version 191 leaves out some old payments; "Current" finds them all.',
		);
	},
	simplify: simplifyPayment,
});
