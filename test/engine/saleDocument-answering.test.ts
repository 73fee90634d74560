/** A workflow that answers bookkeeping: what is answered, and what bookkeeping and the owner of the workflow learn of a sale that cannot be booked. */
import { ExecuteContext } from 'n8n-core';
import type { IConnections, IDataObject, IExecuteResponsePromiseData, INode, INodeType } from 'n8n-workflow';

import { SaleDocument } from '../../nodes/SaleDocument/SaleDocument.node';
import { runWorkflow, withDefaults } from './harness';

const sendResponse = jest.spyOn(ExecuteContext.prototype, 'sendResponse');
beforeEach(() => void sendResponse.mockReset().mockResolvedValue(undefined));

const order = (id: number, more: IDataObject = {}): IDataObject => ({
	...{ id, date: '2026-11-24 12:12:12', status: 'new_order', idealPaymentStatus: 'paid' },
	book: { id: id + 1000, bookNumber: id + 2000, title: 'Kaas', author: 'Elsschot, Willem', price: 10, shippingCost: 5, ...more },
	buyer: { firstName: 'An', lastName: 'Peeters', email: `buyer${id}@example.com`, address: { country: 'nl' } },
});
const UNBOOKABLE = order(4006, { price: 10.005 });

const giving = (items: IDataObject[]): INodeType => ({
	description: { displayName: 'Gives', name: 'gives', group: ['transform'], version: 1, description: '', defaults: { name: 'Gives' }, inputs: ['main'], outputs: ['main'], properties: [] },
	execute: async () => await Promise.resolve([items.map((json) => ({ json, pairedItem: { item: 0 } }))]),
});

interface Asked {
	question?: IDataObject;
	found: IDataObject[];
	/** What the workflow does after a sale that cannot be booked. */
	onError?: INode['onError'];
	/** Type of the node that starts it. */
	trigger?: string;
	/** The records go to the answer as they are. */
	skipsDocuments?: boolean;
}

/** What a workflow answers, and the error that its owner sees. */
async function ask({ question = {}, found, onError, trigger = 'n8n-nodes-dutch-commerce.webwinkelfacturenApiTrigger', skipsDocuments }: Asked) {
	const asked = { resource: 'sales', limit: 50, requestId: 'r', ...question };
	const node = (name: string, type: string, parameters: IDataObject = {}, more: Partial<INode> = {}): INode =>
		({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more }) as INode;
	const sale = (name: string, parameters: IDataObject, more?: Partial<INode>) => withDefaults(node(name, 'test.saleDocument', parameters, more), new SaleDocument());
	const nodes = [
		node('Webwinkelfacturen API Trigger', trigger),
		node('Orders', 'test.orders'),
		sale('Sale Document', { resource: 'document', operation: 'fromBoekwinkeltjesOrder', order: '={{ $json }}', regime: 'margin', sellerCountry: 'NL', goods: 'book' }, { onError }),
		sale('Answer', { resource: 'apiRequest', operation: 'answer' }),
	];
	const path = ['Items', ...nodes.map(({ name }) => name).filter((name) => !skipsDocuments || name !== 'Sale Document')];
	const connections: IConnections = Object.fromEntries(path.slice(1).map((name, position) => [path[position], { main: [[{ node: name, type: 'main', index: 0 }]] }]));
	const run = await runWorkflow({ nodes, connections, types: { [trigger]: giving([asked]), 'test.orders': giving(found), 'test.saleDocument': new SaleDocument() } });
	const answers = sendResponse.mock.calls.map(([response]) => response as IExecuteResponsePromiseData & { statusCode: number; body: { success: boolean; data: IDataObject[]; error: { code: string; description: string } } });
	expect(answers.length).toBeLessThanOrEqual(1);
	const { error } = run.data.resultData as { error?: Error & { description?: string } };
	return { answer: answers.at(0), error };
}

test('a sale that cannot be booked stops the workflow; its owner and bookkeeping are told which, and by which rule', async () => {
	const { answer, error } = await ask({ found: [order(1), UNBOOKABLE] });
	expect(answer).toMatchObject({ statusCode: 400, body: { success: false, error: { code: 'document_invalid', description: expect.stringMatching(/4006[^]*SD13/), requestId: 'r' } } });
	expect(error?.message).toContain('4006');
	expect(error?.description).toContain('SD13');
});

test('where nobody has asked, nobody is told', async () => {
	const { answer, error } = await ask({ found: [UNBOOKABLE], trigger: 'n8n-nodes-base.webhook' });
	expect(error?.message).toContain('4006');
	expect(answer).toBeUndefined();
});

test('a workflow that goes on after errors leaves no sale out in silence, unless errors have a way of their own', async () => {
	const found = [order(1), UNBOOKABLE];
	const { answer, error } = await ask({ found, onError: 'continueRegularOutput' });
	expect(answer).toMatchObject({ statusCode: 400, body: { error: { code: 'document_invalid', description: expect.stringMatching(/4006[^]*SD13/) } } });
	expect(error?.description).toContain('4006');
	sendResponse.mockClear();
	const { answer: rest } = await ask({ found, onError: 'continueErrorOutput' });
	expect(rest?.body.data.map(({ id }) => id)).toEqual(['boekwinkeltjes:1']);
});

test('records that are no documents are refused; where nothing was found the list is empty', async () => {
	expect((await ask({ found: [order(1)], skipsDocuments: true })).answer?.body.error.description).toContain('no sale document');
	sendResponse.mockClear();
	const { answer } = await ask({ found: [{}], skipsDocuments: true });
	expect(answer).toMatchObject({ statusCode: 200, body: { success: true, data: [], page: { count: 0, next: null } } });
});

test.each([
	[{ resource: 'sales', id: 'boekwinkeltjes:2' }, [{ id: 'boekwinkeltjes:2' }]],
	[{ resource: 'sales', from: '2026-11-25T00:00:00Z', to: '2026-11-26T00:00:00Z' }, []],
	[{ resource: 'sales', limit: 1, after: '' }, [{ id: 'boekwinkeltjes:1' }]],
	[{ resource: 'receipts' }, [{ id: 'boekwinkeltjes:1', kind: 'receipt' }, { id: 'boekwinkeltjes:2', kind: 'receipt' }]],
	[{ resource: 'customers', email: 'BUYER2@example.com' }, [{ email: 'buyer2@example.com', name: 'An Peeters' }]],
	[{ resource: 'products', sku: '2001' }, [{ sku: '2001', description: 'Elsschot, Willem: Kaas' }]],
	[{ resource: 'vat-rates' }, [{ id: 'NL-0' }, { id: 'NL-21' }, { id: 'NL-9' }]],
])('%j is answered from the documents', async (question, wanted) => {
	const { answer } = await ask({ question, found: [order(2), order(1), { ...order(3), idealPaymentStatus: 'open' }].slice(0, question.resource === 'receipts' ? 3 : 2) });
	expect(answer?.statusCode).toBe(200);
	expect(answer?.body.data.map(({ id }) => id).length).toBe(wanted.length);
	expect(answer?.body.data).toMatchObject(wanted);
});
