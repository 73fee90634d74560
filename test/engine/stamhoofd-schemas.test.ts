/** What holds for every operation of Stamhoofd. */
import { isPlainObject } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';
import { receivables } from '../sandbox/stamhoofd/balances';
import { everyOperation } from './everyOperation';
import { runNode } from './harness';
import type { NodeRun } from './harness';
import { byId } from './items';

let sandbox: StamhoofdSandbox | undefined;

async function close() {
	if (!sandbox) return;
	await sandbox.close();
	expect(sandbox.violations).toEqual([]);
	sandbox = undefined;
}

async function fresh() {
	await close();
	sandbox = await startStamhoofd({ line: 'current', payments: 600 });
	// Records in which everything is filled in.
	Object.assign(delivered(), { comments: 'Aan de achterdeur' });
	Object.assign(shop(), { domain: 'bloemen.example.org' });
	const [payout] = state().payments.flatMap(({ settlement }) => settlement ?? []);
	Object.assign(transfer(), { company: state().companies[0], settlement: payout, iban: 'BE71 0961 2345 6769', ibanName: 'Jan Maes' });
}

afterAll(close);

const state = () => sandbox!.state;
const webshopId = () => byId(state().webshops[0].id);
/** The one that also delivers. */
const shop = () => state().webshops[3];
const delivered = () => state().orders.find(({ address }) => address)!;
const shopId = () => byId(shop().id);
const order = () => byId(delivered().id);
const transfer = () => state().payments.find(({ method, order, price, status }) => method === 'Transfer' && order && price > 0 && status === 'Created')!;
const code = () => state().webshops[0].discountCodes[0].code;
const debtor = () => receivables(state()).find(({ type }) => type === 'member')!.objectId;

/** What is not text, a number, a yes or no, or nothing. Bank lines come out with the payment that they pay. */
const nested = (operation: string, record: object) =>
	operation === 'matchBankTransfers' ? [] : Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);

async function run(parameters: INodeParameters, options: Partial<NodeRun>) {
	const result = await runNode({
		node: new Stamhoofd(),
		credentialTypes: [new StamhoofdApi()],
		credentials: {
			stamhoofdApi: {
				organizationId: state().organization.id,
				apiKey: state().keys.full,
				apiVersion: '411',
				rateLimitTier: 'none',
				baseUrl: sandbox!.url,
			},
		},
		parameters,
		...options,
	});
	for (const { json } of result.items) {
		expect(isPlainObject(json)).toBe(true);
		expect(nested(String(parameters.operation), json)).toEqual([]);
	}
	return result;
}

const everything = { returnAll: true };

everyOperation({
	folder: 'Stamhoofd',
	node: new Stamhoofd(),
	fresh,
	run,
	writes: () => sandbox!.requests.filter(({ method }) => method !== 'GET').length,
	cases: [
		{ operation: 'apiKey.getRights', parameters: () => ({}) },
		{ operation: 'balance.countItems', parameters: () => ({}) },
		{ operation: 'balance.getItem', parameters: () => ({ itemId: state().openItems[0].id }) },
		{ operation: 'balance.getItems', parameters: () => everything },
		{ operation: 'balance.getReceivable', parameters: () => ({ debtor: 'member', debtorId: debtor() }) },
		{ operation: 'balance.getReceivables', parameters: () => everything },
		{ operation: 'balance.getTotals', parameters: () => ({ split: 'category' }) },
		{ operation: 'discountCode.create', parameters: () => ({ webshopId: webshopId(), code: 'ZOMER', details: { discountAmount: '5,00', description: 'Actie', maximumUsage: 20 } }) },
		{ operation: 'discountCode.delete', parameters: () => ({ webshopId: webshopId(), code: code() }) },
		{ operation: 'discountCode.getAll', parameters: () => ({ webshopId: webshopId(), ...everything }) },
		{ operation: 'discountCode.update', parameters: () => ({ webshopId: webshopId(), code: code(), changes: { discountPercentage: '12,5' } }) },
		{ operation: 'document.download', parameters: () => ({ documentId: state().documents[0].id, binaryField: 'data' }) },
		{ operation: 'document.getAll', parameters: () => everything },
		{ operation: 'group.getAll', parameters: () => everything },
		{ operation: 'invoice.count', parameters: () => ({}) },
		{ operation: 'invoice.get', parameters: () => ({ findBy: 'number', invoice: state().invoices[0].number! }) },
		{ operation: 'invoice.getAll', parameters: () => everything },
		{ operation: 'member.count', parameters: () => ({}) },
		{ operation: 'member.getAll', parameters: () => everything },
		{ operation: 'order.count', parameters: () => ({ webshopId: shopId() }) },
		{
			operation: 'order.create',
			parameters: () => ({
				webshopId: webshopId(),
				dryRun: false,
				agentMayPlace: true,
				lines: { line: [{ product: 'Tiramisu', quantity: 1 }] },
				firstName: 'Jef',
				lastName: 'Maes',
				email: 'jef@example.com',
				phone: '+32 479 42 78 66',
				paymentMethod: 'Transfer',
			}),
		},
		{ operation: 'order.get', parameters: () => ({ order: order() }) },
		{ operation: 'order.getAll', parameters: () => ({ webshopId: shopId(), ...everything }) },
		{ operation: 'order.getLines', parameters: () => ({ order: order() }) },
		{ operation: 'order.getManyLines', parameters: () => ({ webshopId: shopId() }) },
		{ operation: 'order.update', parameters: () => ({ webshopId: shopId(), order: order(), changes: { comments: 'Aan de deur' } }) },
		{ operation: 'order.updateStatus', parameters: () => ({ webshopId: shopId(), order: order(), status: 'Completed' }) },
		{ operation: 'organization.get', parameters: () => ({}) },
		{ operation: 'organization.search', parameters: () => ({ query: 'a', options: { baseUrl: sandbox!.url } }) },
		{ operation: 'payment.count', parameters: () => ({}) },
		{ operation: 'payment.get', parameters: () => ({ paymentId: byId(transfer().id) }) },
		{ operation: 'payment.getAll', parameters: () => everything },
		{ operation: 'payment.getTotals', parameters: () => ({ split: 'account' }) },
		{
			operation: 'payment.matchBankTransfers',
			parameters: () => ({ amount: transfer().price / 100, communication: transfer().communication!, options: { payerName: 'Jan', date: '2026-11-21' } }),
		},
		{ operation: 'payment.updateStatus', parameters: () => ({ paymentId: byId(transfer().id), status: 'Succeeded' }) },
		{ operation: 'registration.count', parameters: () => ({}) },
		{ operation: 'registration.getAll', parameters: () => everything },
		{ operation: 'ticket.count', parameters: () => ({ webshopId: webshopId() }) },
		{ operation: 'ticket.getAll', parameters: () => ({ webshopId: webshopId(), ...everything }) },
		{ operation: 'ticket.update', parameters: () => ({ webshopId: webshopId(), ticketId: state().tickets.find(({ order: { webshop } }) => webshop === state().webshops[0])!.id }) },
		{ operation: 'webshop.get', parameters: () => ({ webshopId: shopId() }) },
		{ operation: 'webshop.getAll', parameters: () => everything },
		{ operation: 'webshop.getProducts', parameters: () => ({ webshopId: shopId() }) },
	],
});
