/** The nodes as tools of n8n's own AI Agent, both its kinds: the newer has n8n run a tool as a node, the older runs it by itself. */
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Execution, WorkflowFile } from '../../scripts/lib/client';
import { startChatModel } from './chatModel';
import { PLATFORM_NAMES } from './platforms';
import { usePlayground } from './playground';

const playground = usePlayground();
let model: Awaited<ReturnType<typeof startChatModel>>;

beforeAll(async () => {
	model = await startChatModel();
	await playground.current.addCredential(model.credential);
});

afterAll(async () => await model?.close());

type PlatformName = (typeof PLATFORM_NAMES)[number];

function agentWorkflow(agentVersion: number, platform: PlatformName, parameters: INodeParameters, prompt: object): WorkflowFile {
	const [{ type, name }] = playground.current.platforms[platform].credentials;
	const tool = `n8n-nodes-dutch-commerce.${platform}Tool`;
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: agentVersion,
			parameters: { promptType: 'define', text: JSON.stringify(prompt), options: {} },
		},
		{
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.3,
			parameters: { model: { __rl: true, mode: 'id', value: 'obedient' }, responsesApiEnabled: false, options: {} },
			credentials: { openAiApi: { id: '', name: model.credential.name } },
		},
		{ name: 'Tool', type: tool, typeVersion: 1, parameters, credentials: { [type]: { id: '', name } } },
	];
	return {
		name: `${platform}: agent`,
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, position) => ({ id: node.name, position: [position * 200, 0], ...node })) as INode[],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	};
}

const fromAI = (name: string, description: string, type = 'string') => `={{ $fromAI('${name}', '${description}', '${type}') }}`;

const byId = (name: string) => ({ __rl: true, mode: 'id', value: fromAI(name, 'ID') });

describe.each([3.1, 2.2])('agent of version %s', (agentVersion) => {
	/** What the tool told the model, when that filled in `prompt`. */
	async function ask(platform: PlatformName, parameters: INodeParameters, prompt: object): Promise<string> {
		const { client, addWorkflow } = playground.current;
		const workflow = await addWorkflow(agentWorkflow(agentVersion, platform, parameters, prompt));
		const { data }: Execution = await client.finished(await client.startWorkflow(workflow));
		const { runData, error } = data.resultData;
		const output = runData.Agent?.at(-1)?.data?.main[0]?.[0].json.output;
		if (typeof output !== 'string') throw new Error(`The agent said nothing: ${error?.message ?? JSON.stringify(runData)}`);
		return output;
	}

	test('records reach the model', async () => {
		const { payments } = playground.current.platforms.stamhoofd.sandbox.state;
		const { communication, id } = payments.find((payment) => payment.communication?.startsWith('+++'))!;
		const parameters = {
			resource: 'payment',
			operation: 'getAll',
			limit: fromAI('Limit', 'How many', 'number'),
			filters: { search: fromAI('Search', 'Name, e-mail or communication') },
		};
		const said = await ask('stamhoofd', parameters, { Limit: 5, Search: communication });
		expect(JSON.parse(said)).toEqual([expect.objectContaining({ id, communication, price: expect.any(Number) as number })]);
		const [{ description, parameters: fields }] = model.offered().map((tool) => tool.function);
		expect(description).toBe('Get many payments in Stamhoofd');
		expect(fields.properties).toMatchObject({ Limit: { type: 'number' }, Search: { description: 'Name, e-mail or communication' } });
	});

	test('a change reaches the service', async () => {
		const { payments } = playground.current.platforms.stamhoofd.sandbox.state;
		const payment = payments.find(({ method, price, status }) => method === 'Transfer' && price > 0 && status === 'Created')!;
		const parameters = { resource: 'payment', operation: 'updateStatus', status: 'Succeeded', paymentId: byId('Payment') };
		const said = await ask('stamhoofd', parameters, { Payment: payment.id });
		expect(JSON.parse(said)).toEqual([expect.objectContaining({ id: payment.id, status: 'Succeeded' })]);
		expect(payment.status).toBe('Succeeded');
	});

	test('an error reaches the model as words, with what the service says of it', async () => {
		const parameters = { resource: 'order', operation: 'get', orderId: byId('Order') };
		const said = await ask('boekwinkeltjes', parameters, { Order: '1' });
		expect(said).toMatch(/Boekwinkeltjes does not know what was asked for: check the ID.*Bestelling niet gevonden/);
	});

	test('a field that the model leaves empty reaches the model as words', async () => {
		const said = await ask('stamhoofd', { resource: 'payment', operation: 'get', paymentId: byId('Payment') }, { Payment: '' });
		expect(said).toMatch(/Payment is empty: fill it in/);
	});

	test('nothing is ordered unless a person has switched that on, whatever the model says', async () => {
		const { requests, state } = playground.current.platforms.topgeschenken.sandbox;
		const orders = () => requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/finalize'));
		const before = orders().length;
		const Cart = state.carts[0].uuid;
		const untouched = { resource: 'cart', operation: 'finalize', cartId: byId('Cart') };
		expect(JSON.parse(await ask('topgeschenken', untouched, { Cart }))).toEqual([expect.objectContaining({ dryRun: true })]);
		const parameters = { ...untouched, dryRun: fromAI('Dry', 'Whether to show only what would be sent', 'boolean') };
		for (const more of [{}, { agentMayPlace: fromAI('Allow', 'Whether to order', 'boolean') }]) {
			expect(await ask('topgeschenken', { ...parameters, ...more }, { Cart, Allow: true, Dry: false })).toMatch(/An AI agent may not order with this node/);
		}
		expect(orders()).toHaveLength(before);
		const said = await ask('topgeschenken', { ...parameters, agentMayPlace: true }, { Cart, Dry: false });
		expect(JSON.parse(said)).toEqual([expect.objectContaining({ cartId: Cart })]);
		expect(orders()).toHaveLength(before + 1);
	});
});
