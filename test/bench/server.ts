/** A Stamhoofd simulator in a process of its own, as a server is, so that it takes no time from those that are measured. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startStamhoofd } from '../sandbox/stamhoofd';
import type { StamhoofdSandbox } from '../sandbox/stamhoofd';

export interface ServerOptions {
	limits: boolean;
	payments: number;
	/** Whether an answer is worked out once and then repeated, so that what is measured is not the simulator. */
	repeats?: boolean;
}

export interface ServerFacts extends ServerOptions {
	url: string;
	key: string;
	/** Payments that can be marked as paid. */
	open: string[];
	all: string[];
}

export interface ServerCount {
	/** Requests since the last count. */
	requests: number;
	/** Ids of the payments that are paid now. */
	succeeded: string[];
}

/** Address of a server that asks the simulator once for each list or payment. */
async function repeat({ url, state }: StamhoofdSandbox): Promise<string> {
	const answers = new Map<string, Buffer>();
	const server = createServer((request, response) => {
		const path = request.url!;
		const answer = async () => {
			const asked = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${state.keys.full}` } });
			if (!asked.ok) throw new Error(`${path}: ${asked.status}`);
			const body = Buffer.from(await asked.arrayBuffer());
			answers.set(path, body);
			return body;
		};
		void Promise.resolve(answers.get(path) ?? answer()).then((body) =>
			response.setHeader('content-type', 'application/json').end(body),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	process.once('disconnect', () => server.close().closeAllConnections());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function factsOf({ state }: StamhoofdSandbox) {
	const open = state.payments.filter(({ method, status, price }) => method === 'Transfer' && status === 'Created' && price > 0);
	return { key: state.keys.full, open: open.map(({ id }) => id), all: state.payments.map(({ id }) => id) };
}

async function main(options: ServerOptions) {
	const { limits, payments, repeats } = options;
	const sandbox = await startStamhoofd({ line: 'current', limits, payments });
	process.on('message', () => {
		const succeeded = sandbox.state.payments.filter(({ status }) => status === 'Succeeded').map(({ id }) => id);
		const { length } = sandbox.requests.splice(0);
		process.send!({ requests: length, succeeded } satisfies ServerCount);
	});
	process.once('disconnect', () => void sandbox.close());
	const url = repeats ? await repeat(sandbox) : sandbox.url;
	process.send!({ ...factsOf(sandbox), ...options, url } satisfies ServerFacts);
}

void main(JSON.parse(process.argv[2]) as ServerOptions);
