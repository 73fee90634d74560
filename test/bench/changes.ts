/** Marks 100 payments as paid behind Stamhoofd's real limits. */
import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { OURS } from './measure';
import type { Part } from './report';
import { httpRequest, runSteps, stamhoofd, startServer, toItems } from './workflows';
import type { Server, Step } from './workflows';

const PAYMENTS = 100;

function change({ api }: Server, options: IDataObject = {}): Step {
	const { type, parameters } = httpRequest({
		method: 'PATCH',
		url: `${api}/organization/payments`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { _isPatch: true, changes: [{ patch: { _isPatch: true, id: $json.id, status: "Succeeded" } }] } }}',
		options: options as never,
	});
	return { name: 'Change', type, parameters, onError: 'continueRegularOutput' };
}

const ours = (): Step[] => [
	{
		name: 'Change',
		type: stamhoofd,
		parameters: {
			resource: 'payment',
			operation: 'updateStatus',
			paymentId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			status: 'Succeeded',
		},
		onError: 'continueRegularOutput',
	},
];

const loop = (server: Server): Step[] => [
	{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', parameters: { batchSize: 1 }, to: [[], ['Change']] },
	{ ...change(server), to: [['Wait']] },
	{ name: 'Wait', type: 'n8n-nodes-base.wait', parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' }, to: [['Loop']] },
];

interface Contender {
	name: string;
	steps(server: Server): Step[];
	/** How many of the ids no payment has. */
	wrong?: number;
}

const contenders: Contender[] = [
	{ name: OURS, steps: ours },
	{ name: `${OURS}, one wrong id`, steps: ours, wrong: 1 },
	{ name: 'HTTP Request', steps: (server) => [change(server)] },
	{
		name: 'HTTP Request, 5 a second',
		steps: (server) => [change(server, { batching: { batch: { batchSize: 5, batchInterval: 1000 } } })],
	},
	{ name: 'Loop + Wait 1 s', steps: loop },
];

async function measure({ name, steps, wrong = 0 }: Contender) {
	const server = await startServer({ limits: true, payments: 2000 });
	const ids = [...server.open.slice(0, PAYMENTS - wrong), ...Array.from({ length: wrong }, () => randomUUID())];
	const start = performance.now();
	const { run } = await runSteps(server, steps(server), toItems(ids.map((id) => ({ id }))));
	const time = (performance.now() - start) / 1000;
	const { requests, succeeded } = await server.count();
	server.stop();
	const out = run.data.resultData.runData.Change.flatMap(({ data }) => data?.main[0] ?? []);
	const isPaid = ids.map((id) => succeeded.includes(id));
	const saysPaid = out.map(({ json }) => json.error === undefined);
	return {
		contender: name,
		requests,
		'time, s': time,
		'paid on the server': isPaid.filter(Boolean).length,
		'items that tell the truth': isPaid.filter((paid, position) => paid === saysPaid[position]).length,
	};
}

export async function changes(): Promise<Part> {
	// Most of the time they only wait, so they do not disturb each other.
	const rows = await Promise.all(contenders.map(measure));
	const [{ requests }, { requests: withWrongId }] = rows;
	return {
		name: 'changes',
		title: `Mark ${PAYMENTS} payments as paid, Stamhoofd's limits, all contenders at the same time`,
		rows,
		goals: [
			{ text: 'requests, the look at the result included', measured: requests, most: 2 },
			{ text: 'requests with one wrong id, the look at the result included', measured: withWrongId, most: 3 },
		],
	};
}
