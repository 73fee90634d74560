/** A real n8n with the package in it, the sandboxes beside it, and credentials for them. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { isEqual, pick } from 'lodash';
import type { INode } from 'n8n-workflow';

import { startPlatforms } from '../../test/host/platforms';
import type { HostedPlatform } from '../../test/host/platforms';
import { logIn } from './client';
import type { Credential, StoredWorkflow, WorkflowFile } from './client';
import { bootN8n, makeUserFolder } from './host';
import type { N8n } from './n8n';
import { installPackage, ROOT } from './package';
import { Advice } from './run';

export type Playground = Awaited<ReturnType<typeof startPlayground>>;

/** The example workflows by the names of their files, without ".json". */
export async function readExamples(): Promise<Record<string, WorkflowFile>> {
	const folder = path.join(ROOT, 'examples');
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const read = async (file: string) => [path.basename(file, '.json'), JSON.parse(await readFile(path.join(folder, file), 'utf8'))];
	return Object.fromEntries(await Promise.all(files.map(read)));
}

/** What a person can change of a workflow. */
const contentOf = ({ nodes, connections }: WorkflowFile) => ({ connections, nodes: nodes.map((node) => pick(node, ['name', 'type', 'position', 'parameters'])) });

/** Where an n8n stays between starts, and the port that it always has. */
export interface Home {
	folder: string;
	port: number;
	/** More variables of it. */
	env?: Record<string, string>;
}

/**
 * @param tarball the package, as `npm pack` makes it
 * @param home left out: a new n8n, which is gone when it ends
 */
export async function startPlayground(n8n: N8n, tarball: string, home?: Home) {
	const userFolder = home?.folder ?? (await makeUserFolder());
	await mkdir(userFolder, { recursive: true });
	await installPackage(tarball, userFolder);
	const env: Record<string, string> = home ? { ...home.env, N8N_PORT: String(home.port) } : {};
	let host = await bootN8n(n8n, userFolder, env);
	const platforms = await startPlatforms();

	async function stop() {
		await host.stop();
		await Promise.all(Object.values<HostedPlatform>(platforms).map(async ({ sandbox }) => await sandbox.close()));
		if (!home) await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	try {
		const refusal = /Failed to load package.*\n.*/.exec(host.log());
		if (refusal) throw new Advice(`n8n could not load the package: ${refusal[0]}`);
		let client = await logIn(host.url);
		/** Ids of the stored credentials by type and name. */
		const stored = new Map<string, string>();
		const addCredential = async (credential: Credential): Promise<string> => {
			const id = await client.addCredential(credential);
			stored.set(`${credential.type} ${credential.name}`, id);
			return id;
		};
		/** Stores the workflow with the ids that its credentials have here; those are found by type and name. */
		const addWorkflow = async (workflow: WorkflowFile): Promise<StoredWorkflow> => {
			const idsOf = (node: INode) =>
				Object.entries(node.credentials ?? {}).map(([type, { name }]) => {
					const id = stored.get(`${type} ${name}`);
					if (!id) throw new Advice(`"${workflow.name}" needs a credential "${name}" of type ${type}, which no platform gives.`);
					return [type, { id, name }];
				});
			const nodes = workflow.nodes.map((node) => ({ ...node, credentials: Object.fromEntries(idsOf(node)) }));
			return await client.addWorkflow({ ...workflow, nodes });
		};
		const known = await client.listCredentials();
		for (const { credentials } of Object.values<HostedPlatform>(platforms)) {
			for (const credential of credentials) {
				const id = known.find(({ type, name }) => type === credential.type && name === credential.name)?.id;
				// The sandboxes have other addresses and keys after each start.
				if (id) await client.changeCredential(id, credential);
				if (id) stored.set(`${credential.type} ${credential.name}`, id);
				else await addCredential(credential);
			}
		}
		/** Stores the workflow in the place of what an earlier start has stored; one that somebody has changed stays under another name. */
		const putBack = async (workflow: WorkflowFile): Promise<StoredWorkflow> => {
			for (const { id, name } of await client.listWorkflows()) {
				if (name !== workflow.name) continue;
				const there = await client.getWorkflow(id);
				if (isEqual(contentOf(there), contentOf(workflow))) await client.removeWorkflow(id);
				else {
					// It may stand at the address that this one is to have.
					await client.rest('POST', `/rest/workflows/${id}/deactivate`);
					await client.renameWorkflow(there, `${name} (changed)`);
				}
			}
			return await addWorkflow(workflow);
		};
		const playground = {
			...{ platforms, host, client, addCredential, addWorkflow, putBack, stop },
			/** Ends n8n as a power cut would, and boots it again, at another address. */
			async restart() {
				await host.kill();
				host = playground.host = await bootN8n(n8n, userFolder, env);
				client = playground.client = await logIn(host.url);
			},
		};
		return playground;
	} catch (error) {
		await stop();
		throw error;
	}
}
