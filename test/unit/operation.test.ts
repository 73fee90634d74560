/** A small node of a made-up shop on n8n's real engine: what holds for every operation of every platform. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DataDeduplicationService } from 'n8n-core';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { locator, text } from '../../nodes/input';
import { describe as describeNode } from '../../nodes/operation/describe';
import { operation } from '../../nodes/operation/operation';
import { InvalidInput } from '../../nodes/transport/errors';
import { readWhole } from '../../nodes/transport/paging';
import type { Platform } from '../../nodes/transport/platform';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { runNode, runWorkflow, withDefaults } from '../engine/harness';
import type { NodeRun } from '../engine/harness';
import { shopCredential, shopNode } from '../engine/madeUpShop';
import { processed, useProcessedStore } from '../engine/processedStore';
import { startSandbox } from '../sandbox/api';
import type { Fault, Sandbox } from '../sandbox/api';

let windows: RateWindow[] = [];
let longestWait = 60;

const shop: Platform = {
	name: 'Shop',
	credentialType: 'shopApi',
	secrets: ['key'],
	baseUrl: ({ url }) => `${String(url)}/v1`,
	account: ({ account }) => String(account),
	windows: () => windows,
	longestWait: () => longestWait,
	explain: ({ reply }) => ({ description: (reply?.body as IDataObject | undefined)?.message as string }),
};

const credentialType = shopCredential({ type: 'generic', properties: { headers: { 'x-key': '={{ $credentials.key }}' } } });

const texts = (name: string) => ({ name, value: name, action: name, description: name });
const get = operation({
	...texts('get'),
	request: 'GET /things/{thingId}',
	input: {
		thingId: locator({
			displayName: 'Thing',
			thing: 'thing',
			modes: [
				{ displayName: 'By ID', name: 'id' },
				{ displayName: 'By URL', name: 'url', extract: 'https://shop\\.example/things/(\\w+)' },
			],
		}),
	},
	simplify: ({ id, name }) => ({ id, name }),
});
const getMany = operation({
	...texts('getMany'),
	request: 'GET /things',
	input: {},
	list: (_, call) => ({ request: call.request(), readPage: readWhole }),
	notFound: 'There are no such things: look for others',
});
const create = operation({
	...texts('create'),
	request: 'POST /things',
	input: { name: text({ required: true }), colour: text() },
});
const createAll = operation({
	...texts('createAll'),
	request: 'POST /things',
	input: { name: text({ required: true }) },
	async sendAll(things, [call]) {
		const { body } = await call.send(call.request({ body: { names: things.map(({ name }) => name) } }));
		return (body as IDataObject[]).map((thing) => (thing.name === 'bad' ? new InvalidInput('Not this one') : thing));
	},
});
const buy = operation({
	...texts('buy'),
	request: 'POST /things',
	purchase: true,
	input: { name: text({ required: true }) },
	turn: () => 'all',
});
const remove = operation({
	...texts('delete'),
	request: 'DELETE /things/{deleteId}',
	input: { deleteId: text({ required: true }) },
	answer: (_, { deleteId }) => ({ deleted: deleteId }),
});

const { properties, execute } = describeNode(shop, [
	{ name: 'Thing', value: 'thing', operations: [get, getMany, create, createAll, buy, remove] },
]);
const node = shopNode(execute, properties);

const route = (operationId: string, more: object = {}) => ({ operationId, responses: { 200: { description: 'Well' } }, ...more });
const contract = {
	openapi: '3.1.0',
	info: { title: 'Shop', version: '1' },
	paths: {
		'/things': { get: route('list'), post: route('create') },
		'/things/{id}': {
			parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
			get: route('get'),
			delete: route('remove'),
		},
	},
};

let sandbox: Sandbox;
let created: string[];
let account: string;

beforeEach(async () => {
	windows = [];
	longestWait = 60;
	created = [];
	account = randomUUID();
	const thing = (name: string) => ({ id: created.push(name), name, colour: 'red' });
	sandbox = await startSandbox({
		contract: contract as never,
		prefix: '/v1',
		notFound: () => ({ status: 404, body: { message: 'no such path' } }),
		handlers: {
			get: ({ params: { id } }) =>
				id === 'none' ? { status: 404, body: { message: 'no such thing' } } : { status: 200, body: { id, name: `Thing ${id}`, colour: 'red' } },
			list: () => ({ status: 200, body: [1, 2, 3].map((id) => ({ id })) }),
			create({ body }) {
				const { name, names } = body as { name: string; names?: string[] };
				return { status: 201, body: names ? names.map(thing) : thing(name) };
			},
			remove: () => ({ status: 204 }),
		},
	});
});

afterEach(async () => {
	await sandbox.close();
	expect(sandbox.violations).toEqual([]);
});

async function run(name: string, parameters: INodeParameters, more: Partial<NodeRun> = {}) {
	return await runNode({
		node,
		parameters: { resource: 'thing', operation: name, ...parameters },
		credentialTypes: [credentialType],
		credentials: { shopApi: { key: 's3cret', url: sandbox.url, account } },
		...more,
	});
}

const byId = (value: string) => ({ thingId: { __rl: true, mode: 'id', value } });
const items = (...values: IDataObject[]) => values.map((json) => ({ json }));
const itemsNamed = (...names: string[]) => items(...names.map((name) => ({ name })));
const named = { name: '={{ $json.name }}' };
const idsAsked = () => sandbox.requests.map(({ path }) => path.split('/').at(-1));

describe('an operation', () => {
	it('sends one request for each item and pairs what comes back', async () => {
		const { items: out, error } = await run('get', byId('={{ $json.id }}'), { items: items({ id: 'a' }, { id: 'b' }, { id: 'c' }) });
		expect(error).toBeUndefined();
		expect(out).toEqual(
			['a', 'b', 'c'].map((id, item) => ({ json: { id, name: `Thing ${id}` }, pairedItem: { item } })),
		);
		expect(sandbox.requests.map(({ headers }) => headers['x-key'])).toEqual(['s3cret', 's3cret', 's3cret']);
	});

	it.each(['create', 'createAll'])('%s: sends each item with its own key where the credential holds an expression', async (name) => {
		const keys = items({ name: 'one', key: 'a' }, { name: 'two', key: 'b' }, { name: 'three', key: 'a' });
		const credentials = { shopApi: { key: '={{ $json.key }}', url: sandbox.url, account } };
		const { items: out } = await run(name, { name: '={{ $json.name }}' }, { items: keys, credentials });
		expect(out.map(({ json }) => json.name)).toEqual(['one', 'two', 'three']);
		const sent = sandbox.requests.map(({ headers, body }) => [headers['x-key'], body]).sort();
		expect(sent).toEqual(
			name === 'create'
				? [['a', { name: 'one' }], ['a', { name: 'three' }], ['b', { name: 'two' }]]
				: [['a', { names: ['one', 'three'] }], ['b', { names: ['two'] }]],
		);
	});

	it('gives the whole answer without Simplify', async () => {
		const { items: [out] } = await run('get', { ...byId('a'), simplify: false });
		expect(out.json).toEqual({ id: 'a', name: 'Thing a', colour: 'red' });
	});

	it('takes the id out of a URL', async () => {
		const { items: [out] } = await run('get', { thingId: { __rl: true, mode: 'url', value: 'https://shop.example/things/x7' } });
		expect(out.json.id).toBe('x7');
	});

	it.each(['a/b', '../things', 'a?b=c', 'é', '%2e%2e', ' a '])('keeps the id "%s" in its segment', async (id) => {
		const { items: [out] } = await run('get', byId(id));
		expect(out.json.id).toBe(id.trim());
		expect(sandbox.requests[0].path).toBe(`/v1/things/${encodeURIComponent(id.trim())}`);
	});

	it.each([' ', '={{ $json.nothing }}', '={{ null }}'])('sends nothing with "%s" for an id', async (id) => {
		const { error } = await run('get', byId(id));
		expect(error?.message).toBe('Thing is empty: fill it in, or check the expression that gives it');
		expect(sandbox.requests).toHaveLength(0);
	});

	it('says so when nothing is found', async () => {
		sandbox.faults.push({ kind: 'status', status: 200, body: [] });
		const { error } = await run('getMany', {});
		expect(error?.message).toBe('There are no such things: look for others');
	});

	it.each([
		[2, 2],
		['={{ "2" }}', 2],
		[50, 3],
	])('stops at the limit %s', async (limit, length) => {
		expect((await run('getMany', { limit })).items).toHaveLength(length);
	});

	it.each([0, -1, '={{ "" }}', '={{ "many" }}', '={{ null }}'])('asks for a proper limit instead of %s', async (limit) => {
		const { error } = await run('getMany', { limit });
		expect(error?.message).toContain('Limit');
		expect(sandbox.requests).toHaveLength(0);
	});

	it('takes an answer without content to a write', async () => {
		expect((await run('delete', { deleteId: '7' })).items).toEqual([{ json: { deleted: '7' }, pairedItem: { item: 0 } }]);
	});

	it('obeys the timeout among the Request Options', async () => {
		sandbox.faults.push({ kind: 'slow', until: new Promise(() => {}) });
		const { error } = await run('create', { name: 'one', requestOptions: { timeout: 50 } });
		expect(error?.message).toContain('It is unknown whether Shop carried this out');
	});

	it('goes through the proxy among the Request Options', async () => {
		const proxied: Array<string | undefined> = [];
		const proxy = createServer((request, response) => {
			proxied.push(request.url, request.headers['proxy-authorization']);
			response.setHeader('content-type', 'application/json').end('{ "id": "from the proxy" }');
		}).listen(0, '127.0.0.1');
		await once(proxy, 'listening');
		const { port } = proxy.address() as AddressInfo;
		const { items: [out] } = await run('get', { ...byId('a'), requestOptions: { proxy: `http://me:p%40ss@127.0.0.1:${port}` } });
		proxy.close();
		expect(out.json.id).toBe('from the proxy');
		expect(proxied).toEqual([`${sandbox.url}/v1/things/a`, `Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
		expect(sandbox.requests).toHaveLength(0);
	});

	it('does not follow a redirect', async () => {
		sandbox.faults.push({ kind: 'status', status: 302, headers: { location: `${sandbox.url}/v1/things/b` } });
		const { error } = await run('get', byId('a'));
		expect(error?.message).toContain('answered with a redirect');
		expect(sandbox.requests).toHaveLength(1);
	});
});

describe('trouble on the way', () => {
	const passing: Fault[] = [
		{ kind: 'cutBefore' },
		{ kind: 'cutAfter' },
		{ kind: 'truncated' },
		{ kind: 'html' },
		{ kind: 'empty' },
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 503, headers: { 'retry-after': '0' } },
	];

	it.each(passing)('a read gets over it: %j', async (fault) => {
		sandbox.faults.push({ ...fault });
		const { items: out, error } = await run('get', byId('a'));
		expect(error).toBeUndefined();
		expect(out[0].json.id).toBe('a');
		expect(sandbox.requests).toHaveLength(2);
	});

	it.each(passing.filter(({ status, kind }) => status !== 503 && kind !== 'empty'))(
		'a write is not sent again, and says that its outcome is unknown: %j',
		async (fault) => {
			sandbox.faults.push({ ...fault });
			const { error } = await run('create', { name: 'one' });
			expect(error?.message).toMatch(/^It is unknown whether Shop carried this out/);
			expect(sandbox.requests).toHaveLength(1);
		},
	);

	it('a write is not sent again after 503 with Retry-After, which a proxy answers too that has let it through', async () => {
		sandbox.faults.push({ kind: 'status', status: 503, headers: { 'retry-after': '0' } });
		expect((await run('create', { name: 'one' })).error?.message).toContain('unknown whether');
		expect(sandbox.requests).toHaveLength(1);
	});

	it('"too many requests" holds all that wait for the account, first come first served', async () => {
		windows = [{ requests: 1, milliseconds: 0 }];
		sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, when: ({ path }) => path.endsWith('/a') });
		const { items: out } = await run('get', byId('={{ $json.id }}'), { items: items({ id: 'a' }, { id: 'b' }, { id: 'c' }) });
		expect(out.map(({ json }) => json.id)).toEqual(['a', 'b', 'c']);
		expect(idsAsked()).toEqual(['a', 'a', 'b', 'c']);
	});

	it('"too many requests" holds no other account', async () => {
		let stop = () => {};
		sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3000' } });
		const held = run('get', byId('a'), { onStart: (cancel) => (stop = cancel) });
		while (sandbox.requests.length === 0) await new Promise(setImmediate);
		account = randomUUID();
		expect((await run('get', byId('other'))).items[0].json.id).toBe('other');
		stop();
		await held;
		expect(idsAsked()).toEqual(['a', 'other']);
	});

	it.each(['get', 'create'])('%s is patient with a service that names the time, because others use the account too', async (name) => {
		sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '0.01' }, times: 20 });
		expect((await run(name, { ...byId('a'), name: 'one' })).error).toBeUndefined();
		expect(sandbox.requests).toHaveLength(21);
	});

	it('gives up after some tries if the trouble is another', async () => {
		sandbox.faults.push({ kind: 'status', status: 503, headers: { 'retry-after': '0.01' }, times: 20 });
		expect((await run('get', byId('a'))).error?.message).toContain('fails on its side');
		expect(sandbox.requests).toHaveLength(6);
	});

	it.each(['99999999999999', '9'.repeat(400)])('does not stand still for ever because a server asks for it: %s', async (seconds) => {
		sandbox.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': seconds } });
		const tomorrow = new Date(Date.now() + 86_400_000).getFullYear();
		const { error } = await run('get', byId('a'));
		expect(error?.message).toMatch(new RegExp(`^Shop takes no more requests until ${tomorrow}-.*: the service asked for a pause$`));
	});

	it('gives up at once when the wait would be too long, and says which limit and until when', async () => {
		windows = [{ requests: 2, milliseconds: 86_400_000 }];
		longestWait = 5;
		const { items: out } = await run('get', byId('={{ $json.id }}'), {
			items: items({ id: 'a' }, { id: 'b' }, { id: 'c' }),
			onError: 'continueRegularOutput',
		});
		expect(out.map(({ json }) => json.id)).toEqual(['a', 'b', 'c']);
		expect(out.map(({ json }) => json.name)).toEqual(['Thing a', 'Thing b', undefined]);
		expect(out[2].json.error).toMatch(/^Shop takes no more requests until .*: the limit of 2 requests per day is used up$/);
		expect(sandbox.requests).toHaveLength(2);
	});

	it('ends at once when the execution is stopped, and sends nothing more', async () => {
		windows = [{ requests: 1, milliseconds: 3_600_000 }];
		let stop = () => {};
		const running = run('get', byId('={{ $json.id }}'), {
			items: items({ id: 'a' }, { id: 'b' }),
			onError: 'continueRegularOutput',
			onStart: (cancel) => (stop = cancel),
		});
		while (sandbox.requests.length === 0) await new Promise(setImmediate);
		stop();
		const { run: outcome } = await running;
		expect(outcome.status).toBe('canceled');
		expect(sandbox.requests).toHaveLength(1);
	});
});

const EMPTY_NAME = 'Name is empty: fill it in, or check the expression that gives it';

describe('an item that fails', () => {
	const three = { items: itemsNamed('one', '', 'three') };

	it.each(['create', 'createAll', 'delete', 'get'])('%s: keeps all from being sent where the workflow stops on errors', async (name) => {
		const parameters = { ...named, deleteId: '={{ $json.name }}', ...byId('={{ $json.name }}') };
		const { error, items: out } = await run(name, parameters, { items: itemsNamed('one', '', 'three', '') });
		const label = { delete: 'Delete Id', get: 'Thing' }[name] ?? 'Name';
		expect(error?.message).toContain('2 of the 4 items cannot be sent as they are');
		expect(error?.description).toBe(
			[1, 3].map((item) => `Item ${item}: ${label} is empty: fill it in, or check the expression that gives it`).join('\n'),
		);
		expect((error as unknown as { context: IDataObject }).context.itemIndex).toBe(1);
		expect(out).toEqual([]);
		expect(sandbox.requests).toHaveLength(0);
	});

	it('whose expression fails stays an item', async () => {
		const { items: out } = await run('create', { name: '={{ $json.name.first.second }}' }, {
			items: items({ name: { first: { second: 'one' } } }, { name: null }),
			onError: 'continueRegularOutput',
		});
		expect(out[0].json.name).toBe('one');
		expect(out[1].json.error).toEqual(expect.any(String));
	});

	it('stops the items after it where the workflow stops on errors, and the error tells what became of each', async () => {
		windows = [{ requests: 1, milliseconds: 0 }];
		sandbox.faults.push({ kind: 'status', status: 422, body: { message: 'not this' }, when: ({ body }) => (body as IDataObject).name === 'bad' });
		const { error } = await run('create', named, { items: itemsNamed('one', 'two', 'bad', 'four', 'five') });
		expect(error?.message).toBe('Shop refused the request (HTTP 422)');
		expect(error?.description).toBe(
			'not this\nDone, and stays done: items 0 (1), 1 (2)\nRefused: item 2\nNot sent: items 3–4\nRun the items again that were not done. Check the unknown ones first.',
		);
		expect(created).toEqual(['one', 'two']);
	});

	it.each(['create', 'createAll'])('%s: keeps its input and says why with "Continue On Fail"; the others go through', async (name) => {
		const { items: out, error } = await run(name, named, { ...three, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(out[1].json).toMatchObject({ name: '', error: EMPTY_NAME });
		expect([out[0].json.name, out[2].json.name]).toEqual(['one', 'three']);
		expect(created.sort()).toEqual(['one', 'three']);
	});

	it.each(['create', 'createAll'])('%s: goes to the error output with its input', async (name) => {
		const { items: out, errorItems } = await run(name, named, { ...three, onError: 'continueErrorOutput' });
		expect(out.map(({ json }) => json.name)).toEqual(['one', 'three']);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0].json).toMatchObject({ name: '', error: EMPTY_NAME });
	});

	it('of a batch does not fail the others when the server refuses it', async () => {
		const { items: out } = await run('createAll', named, { items: itemsNamed('one', 'bad', 'three'), onError: 'continueRegularOutput' });
		expect(out.map(({ json }) => json.error)).toEqual([undefined, 'Not this one', undefined]);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('says the same for each item when the request of a batch fails', async () => {
		sandbox.faults.push({ kind: 'status', status: 422, body: { message: 'too many names' } });
		const { items: out } = await run('createAll', named, { items: itemsNamed('one', 'two'), onError: 'continueRegularOutput' });
		expect(out.map(({ json }) => json)).toEqual(
			['one', 'two'].map((name) => ({ name, error: 'Shop refused the request (HTTP 422)', details: 'too many names' })),
		);
	});

	it('says all in one text in the error output, since older versions of n8n take nothing else for a failure', async () => {
		sandbox.faults.push({ kind: 'status', status: 422, body: { message: 'too many names' } });
		const { errorItems } = await run('createAll', named, { items: itemsNamed('one', 'two'), onError: 'continueErrorOutput' });
		expect(errorItems.map(({ json }) => json)).toEqual(
			['one', 'two'].map((name) => ({ name, error: 'Shop refused the request (HTTP 422)\n\nDetails: too many names' })),
		);
	});

	it('shows no key, in any way of going on', async () => {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			sandbox.faults.push({ kind: 'status', status: 401, body: { message: 'Wrong key s3cret' } });
			const { items: out, errorItems, error } = await run('get', byId('a'), { onError });
			const said = JSON.stringify([out, errorItems, error?.message, error?.description]);
			expect(said).toContain('***');
			expect(said).not.toContain('s3cret');
		}
	});
});

describe('a purchase', () => {
	it('is only shown, unless the dry run is switched off', async () => {
		const { items: out } = await run('buy', { name: 'ring' });
		expect(out[0].json).toEqual({ dryRun: true, method: 'POST', path: '/things', body: { name: 'ring' } });
		expect(sandbox.requests).toHaveLength(0);
		expect((await run('buy', { name: 'ring', dryRun: false })).items[0].json.name).toBe('ring');
		expect(created).toEqual(['ring']);
	});

	it.each(['={{ "" }}', '={{ $json.nothing }}', '={{ "ja" }}', '={{ 1 }}'])('is not made by a dry run that reads %s', async (dryRun) => {
		expect((await run('buy', { name: 'ring', dryRun })).items[0].json.dryRun).toBe(true);
	});

	it('is refused if the dry run is neither on nor off', async () => {
		const { error } = await run('buy', { name: 'ring', dryRun: '={{ "perhaps" }}' });
		expect(error?.message).toBe('Dry Run "perhaps" is neither yes nor no: write yes or no');
	});

	it('is not made by an AI agent unless a person has allowed it', async () => {
		const ask = async (agentMayPlace: INodeParameters) => await run('buy', { name: 'ring', dryRun: false, ...agentMayPlace }, { asTool: true });
		for (const answer of [{}, { agentMayPlace: '={{ true }}' }, { agentMayPlace: 'true' }]) {
			expect((await ask(answer)).error?.message).toContain('An AI agent may not order with this node');
		}
		expect((await ask({ agentMayPlace: true })).items[0].json.name).toBe('ring');
	});

	it('stays made once when n8n runs the node again', async () => {
		sandbox.faults.push({ kind: 'status', status: 422, when: ({ body }) => (body as IDataObject).name === 'two' });
		const { items: out } = await run('buy', { ...named, dryRun: false }, { items: itemsNamed('one', 'two', 'three'), retryOnFail: true });
		expect(out.map(({ json }) => json.name)).toEqual(['one', 'two', 'three']);
		expect(created).toEqual(['one', 'two', 'three']);
	});
});

describe('an execution that is tried again', () => {
	beforeAll(useProcessedStore);
	beforeEach(() => {
		processed.rows.clear();
		processed.failure = undefined;
	});
	afterAll(() => {
		processed.failure = undefined;
	});

	const three = { ...named, dryRun: false };
	const given = { items: itemsNamed('one', 'two', 'three') };
	const refuse = (name: string, fault: Fault) => sandbox.faults.push({ ...fault, when: ({ body }) => (body as IDataObject).name === name });

	/** The node's code as after a restart of n8n, which knows nothing of what it sent before. */
	async function afterRestart(parameters: INodeParameters, more: Partial<NodeRun>, name = 'buy') {
		let again: typeof execute | undefined;
		jest.isolateModules(() => {
			const { describe: describeAgain } = jest.requireActual<{ describe: typeof describeNode }>('../../nodes/operation/describe');
			again = describeAgain(shop, [{ name: 'Thing', value: 'thing', operations: [buy, create] }]).execute;
		});
		return await run(name, parameters, { ...more, node: { ...node, execute: again } as INodeType });
	}

	it('does the rest, not all', async () => {
		refuse('two', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		expect(created).toEqual(['one']);
		const { items: out } = await run('buy', three, { ...given, retryOf: first });
		expect(out.map(({ json }) => json.name)).toEqual(['one', 'two', 'three']);
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('does so after a restart of n8n, and after another retry', async () => {
		refuse('two', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		refuse('two', { kind: 'status', status: 422 });
		const { run: second } = await afterRestart(three, { ...given, retryOf: first });
		expect(second.data.resultData.error?.message).toBe('Shop refused the request (HTTP 422)');
		const { items: out } = await afterRestart(three, { ...given, retryOf: second });
		expect(out.map(({ json }) => json)).toEqual([{ alreadyDone: true }, expect.objectContaining({ name: 'two' }), expect.objectContaining({ name: 'three' })]);
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('knows the first of 4000 items, although they came at once', async () => {
		windows = [{ requests: 1, milliseconds: 0 }];
		const many = { items: itemsNamed(...Array.from({ length: 4000 }, (_, index) => String(index))) };
		refuse('1', { kind: 'status', status: 422 });
		const { run: first } = await run('create', named, many);
		expect(created).toEqual(['0']);
		refuse('1', { kind: 'status', status: 422 });
		await afterRestart(named, { ...many, retryOf: first }, 'create');
		expect(created).toEqual(['0']);
	});

	it('says what nobody knows, and does not send that', async () => {
		refuse('two', { kind: 'cutAfter' });
		const { run: first } = await run('buy', three, given);
		const { error } = await afterRestart(three, { ...given, retryOf: first });
		expect(error?.message).toMatch(/^It is unknown whether this was done by the execution that is tried again/);
		expect(error?.description).toContain('Done, and stays done: item 0\nUnknown whether it was done: item 1\nNot sent: item 2');
		expect(created).toEqual(['one', 'two']);
	});

	it('sends nothing where n8n cannot tell what was sent', async () => {
		refuse('two', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		processed.failure = new Error('The database is locked');
		const { error } = await afterRestart(three, { ...given, retryOf: first });
		expect(error?.message).toContain('because n8n could not look it up');
		expect(created).toEqual(['one']);
	});

	it('another worker does the rest, too, and knows what the first one does not', async () => {
		refuse('two', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		const { items: out } = await afterRestart(three, { ...given, retryOf: first });
		expect(out.map(({ json }) => json.alreadyDone)).toEqual([true, undefined, undefined]);
		// The first worker is still there.
		const { items: again } = await run('buy', three, { ...given, retryOf: first });
		expect(again).toHaveLength(3);
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('items that changed places are not sent', async () => {
		refuse('three', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		const moved = itemsNamed('zero', 'one', 'two', 'three');
		const { error } = await afterRestart(three, { items: moved, retryOf: first });
		expect(error?.message).toContain('because another item stood in its place then');
		expect(created).toEqual(['one', 'two']);
		// One that came after all others is only new.
		await afterRestart(three, { items: itemsNamed('one', 'two', 'three', 'four'), retryOf: first });
		expect(created).toEqual(['one', 'two', 'three', 'four']);
	});

	it('sends nothing where n8n was killed and does not tell which execution it was', async () => {
		await run('buy', three, given);
		const { error, run: second } = await afterRestart(three, { ...given, retryOfKilled: '' });
		expect(error?.message).toContain('because n8n was killed before it could note it');
		expect(second.data.resultData.metadata).toBeUndefined();
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('sends nothing where n8n had no room for the note, since the workflow has ten of its own', async () => {
		refuse('two', { kind: 'status', status: 422 });
		const { run: first } = await run('buy', three, given);
		const others = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`other${index}`, 'value']));
		Object.assign(first.data.resultData, { metadata: others });
		const { error } = await afterRestart(three, { ...given, retryOf: first });
		expect(error?.message).toContain('or the workflow keeps ten other values');
		expect(created).toEqual(['one']);
	});

	it('does the rest of one that was killed between two items', async () => {
		refuse('two', { kind: 'status', status: 422 });
		await run('buy', three, { ...given, executionId: 'killed' });
		const { items: out } = await afterRestart(three, { ...given, retryOfKilled: 'killed' });
		expect(out.map(({ json }) => json.alreadyDone)).toEqual([true, undefined, undefined]);
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('sends nothing in the retry of a killed retry, nor in those after it', async () => {
		const kept = { ...given, onError: 'continueRegularOutput' as const };
		await run('buy', three, { ...kept, executionId: '1' });
		const retryOf = async (executionId: string, retryOfKilled: string) => await afterRestart(three, { ...kept, executionId, retryOfKilled });
		expect((await retryOf('2', '1')).items.map(({ json }) => json.alreadyDone)).toEqual([true, true, true]);
		const { items: out, run: third } = await retryOf('3', '2');
		expect(out[0].json.error).toContain('because n8n was killed before it could note it');
		expect(third.data.resultData.metadata).toBeUndefined();
		expect((await retryOf('4', '3')).items[0].json.error).toContain('because n8n was killed');
		// The first one can still be tried again.
		expect((await retryOf('5', '1')).items.map(({ json }) => json.alreadyDone)).toEqual([true, true, true]);
		expect(created).toEqual(['one', 'two', 'three']);
	});

	it('each run of the node in an execution, as in a loop, is a wish of its own', async () => {
		const at = (id: string, type: string) => ({ id, name: id, type, typeVersion: 1, position: [0, 0] as [number, number], parameters: {} });
		const parameters = { resource: 'thing', operation: 'buy', ...three };
		const credentials = { shopApi: { id: 'shopApi', name: 'shopApi' } };
		const again = at('Again', 'test.items');
		const to = (name: string) => ({ node: name, type: NodeConnectionTypes.Main, index: 0 });
		const { data } = await runWorkflow({
			...given,
			nodes: [withDefaults({ ...at('Node', 'test.node'), parameters, credentials }, node), again],
			connections: { Items: { main: [[to('Node'), to('Again')]] }, Again: { main: [[to('Node')]] } },
			types: { 'test.node': node },
			credentialTypes: [credentialType],
			credentials: { shopApi: { key: 's3cret', url: sandbox.url, account } },
		});
		expect(data.resultData.error).toBeUndefined();
		expect(data.resultData.runData.Node).toHaveLength(2);
		expect(created).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
	});

	it('two executions at once are two wishes, each carried out once', async () => {
		await Promise.all([run('buy', three, given), run('buy', three, given)]);
		expect(created.sort()).toEqual(['one', 'one', 'three', 'three', 'two', 'two']);
	});

	it('leaves no content and no secret in n8n\'s store', async () => {
		const entries: unknown[] = [];
		const service = DataDeduplicationService.getInstance();
		const note = jest.spyOn(service, 'checkProcessedAndRecord');
		await run('buy', { ...three, name: '={{ $json.name }} for a secret friend' }, given);
		for (const [items] of note.mock.calls) entries.push(...items);
		note.mockRestore();
		expect(entries.length).toBeGreaterThan(0);
		expect(entries.join()).not.toMatch(/one|friend|s3cret/);
	});

	it('a new execution with the same items is a new wish', async () => {
		await run('buy', three, given);
		await run('buy', three, given);
		expect(created).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
	});
});

describe('the tool of an AI agent', () => {
	it('gets a failure in full, as its message', async () => {
		sandbox.faults.push({ kind: 'status', status: 422, body: { message: 'the name is taken' } });
		const { error } = await run('create', { name: 'one' }, { asTool: true });
		expect(error?.message).toBe('Shop refused the request (HTTP 422)\n\nDetails: the name is taken');
	});

	it.each([
		['simple', { id: 'a', name: 'Thing a' }],
		['raw', { id: 'a', name: 'Thing a', colour: 'red' }],
		['selected', { name: 'Thing a' }],
	])('gives the output that is asked for: %s', async (output, json) => {
		const { items: out } = await run('get', { ...byId('a'), output, outputFields: 'name, nothing' }, { asTool: true });
		expect(out[0].json).toEqual(json);
	});
});

describe('the description of a node', () => {
	it('shows each field for its own operation only', () => {
		const shown = properties.filter(({ name }) => name === 'name').map(({ displayOptions }) => displayOptions?.show);
		expect(shown).toEqual(['create', 'createAll', 'buy'].map((name) => ({ resource: ['thing'], operation: [name] })));
	});

	it('keeps the conditions that a field has of its own', () => {
		expect(properties.find(({ name }) => name === 'limit')?.displayOptions?.show).toEqual({
			resource: ['thing'],
			operation: ['getMany'],
			returnAll: [false],
		});
	});

	it('shows the notice and the dry run of a purchase before its other fields', () => {
		const shown = properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('buy'));
		expect(shown.map(({ name }) => name)).toEqual(['notice', 'dryRun', 'agentMayPlace', 'name']);
		expect(shown[1].default).toBe(true);
	});

	it('offers the resources and their operations', () => {
		expect(properties.slice(0, 2).map(({ name, default: value }) => [name, value])).toEqual([['resource', 'thing'], ['operation', 'get']]);
		expect(properties[1].options?.map((option) => (option as { value: string }).value)).toEqual(['get', 'getMany', 'create', 'createAll', 'buy', 'delete']);
	});
});
