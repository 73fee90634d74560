/** A small node of a made-up shop on n8n's real engine: what holds for every operation of every platform. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { NodeConnectionTypes } from 'n8n-workflow';
import type { ICredentialType, IDataObject, INodeParameters, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { InvalidInput } from '../../nodes/transport/errors';
import { describe as describeNode, returnAllAndLimit, simplifyField } from '../../nodes/operation/legacy';
import type { BatchOperation, ItemOperation } from '../../nodes/operation/legacy';
import type { Platform } from '../../nodes/transport/platform';
import type { RateWindow } from '../../nodes/transport/rateLimit';
import { runNode } from '../engine/harness';
import type { NodeRun } from '../engine/harness';
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

const credentialType: ICredentialType = {
	name: 'shopApi',
	displayName: 'Shop API',
	properties: [],
	authenticate: { type: 'generic', properties: { headers: { 'x-key': '={{ $credentials.key }}' } } },
};

const text = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });
const locator: INodeProperties = {
	displayName: 'Thing',
	name: 'thingId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '' },
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			extractValue: { type: 'regex', regex: 'https://shop\\.example/things/(\\w+)' },
		},
	],
};

const texts = (name: string) => ({ name, value: name, action: name, description: name });
const get: ItemOperation = {
	...texts('get'),
	fields: [locator, simplifyField],
	request: (call) => ({ url: `/things/${encodeURIComponent(String(call.parameter('thingId') ?? '').trim())}` }),
	simplify: ({ id, name }) => ({ id, name }),
};
const getMany: ItemOperation = {
	...texts('getMany'),
	request: { method: 'GET', url: '/things' },
	fields: [...returnAllAndLimit],
	notFound: 'There are no such things: look for others',
};
const create: ItemOperation = {
	...texts('create'),
	fields: [text('name')],
	request(call) {
		const name = call.parameter<string>('name');
		if (name === '') throw new InvalidInput('Name is empty: fill it in', 'Every thing has a name');
		return { method: 'POST', url: '/things', body: { name } };
	},
};
const createAll: BatchOperation<string> = {
	...texts('createAll'),
	fields: [text('name')],
	read(call) {
		const name = call.parameter<string>('name');
		if (name === '') throw new InvalidInput('Name is empty: fill it in');
		return name;
	},
	async runAll(names, [call]) {
		const { body } = await call.send({ method: 'POST', url: '/things', body: { names } });
		return (body as IDataObject[]).map((thing) => (thing.name === 'bad' ? new InvalidInput('Not this one') : thing));
	},
};
const remove: ItemOperation = {
	...texts('delete'),
	fields: [text('deleteId')],
	request: (call) => ({ method: 'DELETE', url: `/things/${call.parameter<string>('deleteId')}` }),
	transform: (_, call) => ({ deleted: call.parameter<string>('deleteId') }),
};

/** As n8n adds it to a node when it loads it. */
const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	default: {},
	options: ['timeout', 'proxy'].map(text),
};

const { properties, customOperations } = describeNode(shop, [
	{ name: 'Thing', value: 'thing', operations: [get, getMany, create, createAll, remove] },
]);
const node: INodeType = {
	description: {
		displayName: 'Shop',
		name: 'shop',
		group: ['transform'],
		version: 1,
		description: 'A made-up shop',
		defaults: { name: 'Shop' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'shopApi', required: true }],
		requestDefaults: {},
		properties: [...properties, requestOptions],
	} as INodeTypeDescription,
	customOperations,
};

const operation = (operationId: string, more: object = {}) => ({ operationId, responses: { 200: { description: 'Well' } }, ...more });
const contract = {
	openapi: '3.1.0',
	info: { title: 'Shop', version: '1' },
	paths: {
		'/things': { get: operation('list'), post: operation('create') },
		'/things/{id}': {
			parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
			get: operation('get'),
			delete: operation('remove'),
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

	it.each(['', ' ', '..', '={{ $json.nothing }}', '={{ null }}'])('sends nothing with "%s" for an id', async (id) => {
		const { error } = await run('get', byId(id));
		expect(error?.message).toContain('The ID is empty');
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

	it('a write is sent again after 503 with Retry-After, and created once', async () => {
		sandbox.faults.push({ kind: 'status', status: 503, headers: { 'retry-after': '0' } });
		expect((await run('create', { name: 'one' })).items[0].json.name).toBe('one');
		expect(created).toEqual(['one']);
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
		expect((await run('get', byId('a'))).error?.message).toContain('has a problem on its side');
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

describe('an item that fails', () => {
	const three = { items: itemsNamed('one', '', 'three') };

	it('fails the node where the workflow stops on errors, and says which item it was', async () => {
		const { error, items: out } = await run('create', named, three);
		expect(error).toMatchObject({ message: 'Name is empty: fill it in', description: 'Every thing has a name' });
		expect((error as unknown as { context: IDataObject }).context.itemIndex).toBe(1);
		expect(out).toEqual([]);
	});

	it.each(['create', 'createAll'])('%s: keeps its input and says why with "Continue On Fail"; the others go through', async (name) => {
		const { items: out, error } = await run(name, named, { ...three, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(out[1].json).toMatchObject({ name: '', error: 'Name is empty: fill it in' });
		expect([out[0].json.name, out[2].json.name]).toEqual(['one', 'three']);
		expect(created.sort()).toEqual(['one', 'three']);
	});

	it.each(['create', 'createAll'])('%s: goes to the error output with its input', async (name) => {
		const { items: out, errorItems } = await run(name, named, { ...three, onError: 'continueErrorOutput' });
		expect(out.map(({ json }) => json.name)).toEqual(['one', 'three']);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0].json).toMatchObject({ name: '', error: 'Name is empty: fill it in' });
	});

	it('of a batch keeps all from being sent where the workflow stops on errors', async () => {
		const { error } = await run('createAll', named, { items: itemsNamed('one', '', 'three', '') });
		expect(error?.message).toContain('2 of the 4 items cannot be sent as they are');
		expect(error?.description).toBe('Item 1: Name is empty: fill it in\nItem 3: Name is empty: fill it in');
		expect(sandbox.requests).toHaveLength(0);
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

describe('the description of a node', () => {
	it('shows each field for its own operation only', () => {
		const shown = properties.filter(({ name }) => name === 'name').map(({ displayOptions }) => displayOptions?.show);
		expect(shown).toEqual([
			{ resource: ['thing'], operation: ['create'] },
			{ resource: ['thing'], operation: ['createAll'] },
		]);
	});

	it('keeps the conditions that a field has of its own', () => {
		expect(properties.find(({ name }) => name === 'limit')?.displayOptions?.show).toEqual({
			resource: ['thing'],
			operation: ['getMany'],
			returnAll: [false],
		});
	});

	it('leaves the fields as they were, so that operations can share them', () => {
		expect(returnAllAndLimit[0].displayOptions).toBeUndefined();
	});

	it('offers the resources and their operations', () => {
		expect(properties.slice(0, 2).map(({ name, default: value }) => [name, value])).toEqual([['resource', 'thing'], ['operation', 'get']]);
		expect(Object.keys(customOperations?.thing ?? {})).toEqual(['get', 'getMany', 'create', 'createAll', 'delete']);
	});
});
