/** n8n's REST API, as its own editor uses it. */
import { setTimeout as delay } from 'node:timers/promises';

import { parse } from 'flatted';
import type { IBinaryData, IConnections, ICredentialDataDecryptedObject, INode, IRunExecutionData } from 'n8n-workflow';

/** Login of the n8n that is made for a sandbox. */
export const OWNER = { email: 'owner@example.com', firstName: 'Sandbox', lastName: 'Owner', password: 'Sandbox-2041' };

export interface Credential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** A workflow as it is exported and imported. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: object;
}

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
}

export interface Execution {
	id: string;
	/** success, error, canceled, running, ... */
	status: string;
	data: IRunExecutionData;
}

export type Client = Awaited<ReturnType<typeof logIn>>;

/** Milliseconds that n8n has for an answer. */
const PATIENCE = 60_000;

const UNFINISHED = ['new', 'running', 'waiting'];

/** Makes the owner of a fresh n8n, or logs in where there is one. */
export async function logIn(url: string) {
	let cookie = '';

	async function rest<T>(method: string, path: string, body?: unknown, end = Date.now() + PATIENCE): Promise<T> {
		// n8n binds a login to the browser that made it.
		const headers = { cookie, 'browser-id': 'scripts', 'content-type': 'application/json' };
		const send = async () =>
			await fetch(url + path, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
				signal: AbortSignal.timeout(PATIENCE),
			});
		// A busy n8n closes connections that it has not looked at for five seconds.
		const response = await send().catch(async (error: unknown) => {
			if (method !== 'GET') throw error;
			return await send();
		});
		const text = await response.text();
		// So says n8n before it does anything, for a moment after it was so busy that its look at the database came late.
		if (response.status === 503 && text.includes('Database is not ready') && Date.now() < end) {
			await delay(500);
			return await rest(method, path, body, end);
		}
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`);
		cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='))?.split(';')[0] ?? cookie;
		const answer = JSON.parse(text) as { data?: T };
		return answer.data ?? (answer as T);
	}

	/** Text of a file that a node gave. */
	async function file({ id, data }: IBinaryData): Promise<string> {
		// Without an ID the file is in the execution itself.
		if (!id) return Buffer.from(data, 'base64').toString();
		const response = await fetch(`${url}/rest/binary-data?id=${encodeURIComponent(id)}&action=download`, { headers: { cookie, 'browser-id': 'scripts' } });
		if (!response.ok) throw new Error(`n8n answered ${response.status} to the file ${id}`);
		return await response.text();
	}

	async function getExecution(id: string): Promise<Execution> {
		const execution = await rest<Omit<Execution, 'data'> & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...execution, data: parse(execution.data) as IRunExecutionData };
	}

	const { showSetupOnFirstLoad } = (await rest<{ userManagement: { showSetupOnFirstLoad: boolean } }>('GET', '/rest/settings'))
		.userManagement;
	if (showSetupOnFirstLoad) await rest('POST', '/rest/owner/setup', OWNER);
	else await rest('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });

	return {
		rest,
		file,
		getExecution,
		/** The id of the stored credential. */
		async addCredential(credential: Credential): Promise<string> {
			return (await rest<{ id: string }>('POST', '/rest/credentials', credential)).id;
		},
		async listCredentials() {
			return await rest<Array<{ id: string; name: string; type: string }>>('GET', '/rest/credentials');
		},
		async changeCredential(id: string, credential: Credential) {
			await rest('PATCH', `/rest/credentials/${id}`, credential);
		},
		/** What the credential's Test button says. */
		async testCredential(id: string, credential: Credential) {
			const credentials = { id, ...credential };
			return await rest<{ status: 'OK' | 'Error'; message: string }>('POST', '/rest/credentials/test', { credentials });
		},
		async addWorkflow({ name, nodes, connections, settings }: WorkflowFile): Promise<StoredWorkflow> {
			return await rest<StoredWorkflow>('POST', '/rest/workflows', { name, nodes, connections, settings, active: false });
		},
		async listWorkflows() {
			return await rest<Array<{ id: string; name: string }>>('GET', '/rest/workflows');
		},
		async getWorkflow(id: string) {
			return await rest<StoredWorkflow>('GET', `/rest/workflows/${id}`);
		},
		async renameWorkflow({ id, versionId }: StoredWorkflow, name: string) {
			await rest('PATCH', `/rest/workflows/${id}`, { name, versionId });
		},
		async removeWorkflow(id: string) {
			await rest('POST', `/rest/workflows/${id}/archive`, {});
			await rest('DELETE', `/rest/workflows/${id}`);
		},
		/** Starts the workflow from its trigger node, as the editor's button does; the execution's id. */
		async startWorkflow(workflowData: StoredWorkflow): Promise<string> {
			const trigger = workflowData.nodes.find(({ type }) => /trigger$/i.test(type))!;
			const { executionId } = await rest<{ executionId: string }>('POST', `/rest/workflows/${workflowData.id}/run`, {
				workflowData,
				triggerToStartFrom: { name: trigger.name },
			});
			return executionId;
		},
		async finished(id: string, timeout = 120_000): Promise<Execution> {
			const deadline = Date.now() + timeout;
			while (Date.now() < deadline) {
				const { status } = await rest<{ status: string }>('GET', `/rest/executions/${id}`);
				if (!UNFINISHED.includes(status)) return await getExecution(id);
				await delay(200);
			}
			throw new Error(`Execution ${id} was not finished after ${timeout / 1000} s`);
		},
		async stopExecution(id: string) {
			await rest('POST', `/rest/executions/${id}/stop`);
		},
		async activate({ id, versionId }: StoredWorkflow) {
			await rest('POST', `/rest/workflows/${id}/activate`, { versionId });
		},
	};
}
