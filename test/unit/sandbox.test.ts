/** What every simulated API promises to the tests that use it. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Document } from 'openapi-backend';

import { fixedWindows, startSandbox } from '../sandbox/api';
import type { Sandbox } from '../sandbox/api';
import { contract as webwinkelfacturen } from '../sandbox/webwinkelfacturen/contract';


const contract = {
	openapi: '3.1.0',
	info: { title: 'Shop', version: '1' },
	paths: { '/things': { post: { operationId: 'create', responses: { 201: { description: 'Well' } } } } },
} as Document;

let made: number;
let sandbox: Sandbox;
beforeEach(async () => {
	made = 0;
	sandbox = await startSandbox({
		contract,
		handlers: { create: () => ({ status: 201, body: { id: ++made } }) },
		notFound: () => ({ status: 404 }),
	});
});
afterEach(async () => await sandbox.close());

const post = async () => await fetch(`${sandbox.url}/things`, { method: 'POST' });
const hasArrived = async () => {
	while (sandbox.requests.length === 0) await delay(1);
};

test.each(['latency', 'slow'])('%s: what waits when the server is closed is never carried out, so that no test acts in the next', async (kind) => {
	if (kind === 'latency') sandbox.latency = 100;
	else sandbox.faults.push({ kind: 'slow', milliseconds: 100 });
	const broken = expect(post()).rejects.toThrow();
	await hasArrived();
	await sandbox.close();
	await broken;
	await delay(200);
	expect(made).toBe(0);
});

test('a server that is slow for a client that left acts all the same', async () => {
	let goOn = () => {};
	sandbox.faults.push({ kind: 'slow', until: new Promise<void>((resolve) => (goOn = resolve)) });
	const { port } = new URL(sandbox.url);
	const client = createConnection(Number(port), '127.0.0.1');
	client.write('POST /things HTTP/1.1\r\nhost: shop\r\ncontent-length: 0\r\n\r\n');
	await hasArrived();
	client.destroy();
	await once(client, 'close');
	expect(made).toBe(0);
	goOn();
	while (made === 0) await delay(1);
});

test('the contracts are valid OpenAPI 3.1 documents', () => {
	const folder = path.join(__dirname, '../sandbox');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).map((name) => path.join(folder, name));
	// The validator has ES modules only, which cannot be loaded in here.
	const script = `
		import { Validator } from '@seriousme/openapi-schema-validator';
		const validator = new Validator();
		for (const document of JSON.parse(process.argv[1])) console.log(JSON.stringify(await validator.validate(document)), validator.version);
	`;
	const documents = [...files, webwinkelfacturen];
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(documents)], { encoding: 'utf8' });
	expect(files.length).toBeGreaterThanOrEqual(4);
	expect(output.trim().split('\n')).toEqual(documents.map(() => '{"valid":true} 3.1'));
});

test.each([
	[undefined, [undefined, 10_000, 10_000]],
	['ofLonger', [undefined, 10_000, 1000]],
	[true, [10_000, 10_000, 1000]],
] as const)('windows count what is refused as they are told to: %s', (countsRefused, refusing) => {
	const refuse = fixedWindows([{ requests: 2, milliseconds: 1000, countsRefused }, { requests: 3, milliseconds: 10_000, countsRefused }], () => 0);
	const refusedBy = (now: number) => refuse('account', now)?.window.milliseconds;
	expect([0, 0, 0].map(refusedBy)).toEqual([undefined, undefined, 1000]);
	expect([1000, 1000, 1000].map(refusedBy)).toEqual(refusing);
});
