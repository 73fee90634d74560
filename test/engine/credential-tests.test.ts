/** What n8n's Test button of a credential says: the words of a node. */
import './harness';

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, INodeType, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { Boekwinkeltjes } from '../../nodes/Boekwinkeltjes/Boekwinkeltjes.node';
import { Stamhoofd } from '../../nodes/Stamhoofd/Stamhoofd.node';
import { NODES } from '../published';
import { startBoekwinkeltjes } from '../sandbox/boekwinkeltjes';
import type { BoekwinkeltjesSandbox } from '../sandbox/boekwinkeltjes';
import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';

/** n8n takes the test of any node that names one for the credential. */
async function testBy(node: INodeType, type: string, data: ICredentialDataDecryptedObject) {
	const { testedBy } = node.description.credentials!.find(({ name }) => name === type)!;
	const test = node.methods!.credentialTest![testedBy as string];
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData) as unknown as ICredentialTestFunctions;
	return await test.call(context, { id: '1', name: type, type, data });
}

/** All nodes that take the credential. */
const nodesWith = (type: string) => NODES.map(({ node }) => node).filter(({ description }) => description.credentials?.some(({ name }) => name === type));

const connections = (host: string) =>
	[
		['nothing answers', { baseUrl: 'http://127.0.0.1:1' }, /cannot be reached at 127\.0\.0\.1:1, where nothing answers/],
		['there is no such address', { baseUrl: 'https://shop.invalid' }, /(cannot be found at|The address) shop\.invalid/],
		['it is no web address', { baseUrl: 'shop.example' }, /^The base URL in the credential is not a web address/],
		['it holds a password', { baseUrl: 'https://me:secret@shop.example' }, /^The base URL in the credential holds a user name or a password/],
		['it speaks no https', { baseUrl: host.replace('http:', 'https:') }, /does not speak https/],
	] as const;

describe('of Stamhoofd', () => {
	let sandbox: StamhoofdSandbox;
	let data: ICredentialDataDecryptedObject;
	const test = async (change: ICredentialDataDecryptedObject = {}) => await testBy(new Stamhoofd(), 'stamhoofdApi', { ...data, ...change });

	beforeEach(async () => {
		sandbox = await startStamhoofd({ line: 'current' });
		data = {
			organizationId: sandbox.state.organization.id,
			apiKey: sandbox.state.keys.full,
			apiVersion: '411',
			rateLimitTier: 'standard',
			baseUrl: `${sandbox.url}/{organizationId}`,
		};
	});
	afterEach(async () => await sandbox.close());

	it.each(nodesWith('stamhoofdApi'))('is the same in each node ($description.name)', async (node) => {
		expect(await testBy(node, 'stamhoofdApi', data)).toMatchObject({ status: 'OK' });
	});

	it('sends no blanks that were copied with the key', async () => {
		expect(await test({ apiKey: `  ${sandbox.state.keys.full}\n`, organizationId: ` ${sandbox.state.organization.id} ` })).toMatchObject({ status: 'OK' });
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['the key is unknown', { apiKey: 'nobody' }, /^Stamhoofd does not know this API key/],
		['the organization is unknown', { organizationId: '00000000-0000-4000-8000-000000000000' }, /^Stamhoofd does not know the organization ID/],
		['the organization ID is none', { organizationId: 'evil.example/', baseUrl: '' }, /^The organization ID in the credential is none/],
		['the version is too old', { apiVersion: 'custom', customApiVersion: 300 }, /^Stamhoofd no longer accepts API version 300/],
		...connections('http://127.0.0.1:1').slice(0, 4).map(([name, change, words]): [string, ICredentialDataDecryptedObject, RegExp] => [name, { ...change }, words]),
	])('says that %s', async (_, change, words) => {
		const { status, message } = await test(change);
		expect(status).toBe('Error');
		expect(message).toMatch(words);
	});

	it('says of a key without any right that it has none', async () => {
		expect((await test({ apiKey: sandbox.state.keys.nothing })).message).toMatch(/has no right at all/);
	});

	it('says that a server speaks no https', async () => {
		expect((await test({ baseUrl: sandbox.url.replace('http:', 'https:') })).message).toMatch(/does not speak https/);
	});

	it('is over within ten seconds, whatever the server does', async () => {
		sandbox.faults.push({ kind: 'slow', until: new Promise(() => {}) });
		expect((await test()).message).toBe('Stamhoofd did not answer in time: try again later');
	});
});

describe('of Boekwinkeltjes', () => {
	let sandbox: BoekwinkeltjesSandbox;
	const test = async (change: ICredentialDataDecryptedObject = {}, node: INodeType = new Boekwinkeltjes()) =>
		await testBy(node, 'boekwinkeltjesApi', { apiKey: sandbox.state.apiKey, environment: 'custom', baseUrl: sandbox.baseUrl, ...change });

	beforeEach(async () => (sandbox = await startBoekwinkeltjes()));
	afterEach(async () => await sandbox.close());

	it.each(nodesWith('boekwinkeltjesApi'))('is the same in each node ($description.name)', async (node) => {
		expect(await test({}, node)).toMatchObject({ status: 'OK' });
	});

	it('sends no blanks that were copied with the key', async () => {
		expect(await test({ apiKey: ` ${sandbox.state.apiKey} ` })).toMatchObject({ status: 'OK' });
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['the key is unknown', { apiKey: 'nobody' }, /^Boekwinkeltjes does not accept this API key/],
		...connections('http://127.0.0.1:1').slice(0, 4).map(([name, change, words]): [string, ICredentialDataDecryptedObject, RegExp] => [name, { ...change }, words]),
	])('says that %s', async (_, change, words) => {
		const { status, message } = await test(change);
		expect(status).toBe('Error');
		expect(message).toMatch(words);
	});

	it('says that there is no API at the address', async () => {
		expect((await test({ baseUrl: `${sandbox.url}/webservice/v9` })).message).toMatch(/^There is no Boekwinkeltjes API at this address/);
	});
});
