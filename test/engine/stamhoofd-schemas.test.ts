/** What holds for every operation of Stamhoofd. */
import { isPlainObject } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { StamhoofdApi } from '../../credentials/StamhoofdApi.credentials';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { startStamhoofd } from '../sandbox/stamhoofd';
import { receivables } from '../sandbox/stamhoofd/balances';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';
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
}

afterAll(close);

const state = () => sandbox!.state;
const webshopId = () => byId(state().webshops[0].id);
const order = () => byId(state().orders.find(({ lines }) => lines.length > 1)!.id);
const transfer = () => state().payments.find(({ method, price, status }) => method === 'Transfer' && price > 0 && status === 'Created')!;
const code = () => state().webshops[0].discountCodes[0].code;

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
		{ operation: 'balance.getReceivable', parameters: () => ({ debtor: 'member', debtorId: receivables(state()).find(({ type }) => type === 'member')!.objectId }) },
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
		{ operation: 'order.count', parameters: () => ({ webshopId: webshopId() }) },
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
		{ operation: 'order.getAll', parameters: () => ({ webshopId: webshopId(), ...everything }) },
		{ operation: 'order.getLines', parameters: () => ({ order: order() }) },
		{ operation: 'order.getManyLines', parameters: () => ({ webshopId: webshopId() }) },
		{ operation: 'order.update', parameters: () => ({ webshopId: webshopId(), order: order(), changes: { comments: 'Aan de deur' } }) },
		{ operation: 'order.updateStatus', parameters: () => ({ webshopId: webshopId(), order: order(), status: 'Completed' }) },
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
		{ operation: 'ticket.count', parameters: () => ({ webshopId: byId(state().tickets[0].order.webshop.id) }) },
		{ operation: 'ticket.getAll', parameters: () => ({ webshopId: byId(state().tickets[0].order.webshop.id), ...everything }) },
		{
			operation: 'ticket.update',
			parameters: () => {
				const [{ id, order: { webshop } }] = state().tickets;
				return { webshopId: byId(webshop.id), ticketId: id };
			},
		},
		{ operation: 'webshop.get', parameters: () => ({ webshopId: webshopId() }) },
		{ operation: 'webshop.getAll', parameters: () => everything },
		{ operation: 'webshop.getProducts', parameters: () => ({ webshopId: webshopId() }) },
	],
});
