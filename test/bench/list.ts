/** Gets a list of 10 000 payments: in pages of 100, the most that there are, and as who does not know that may ask for them. */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';

import { OURS, takeTurns } from './measure';
import type { Part } from './report';
import { httpRequest, runSteps, stamhoofd, startServer } from './workflows';
import type { Server, Step } from './workflows';

const PAYMENTS = 10_000;
const TURNS = 9;

interface Page {
	results: IDataObject[];
	next?: Record<string, string>;
}

const firstQuery = { limit: '100', sort: 'createdAt DESC,id DESC' };

const REQUEST = 'HTTP Request + Split Out';
const SMALL_PAGES = `${REQUEST}, 30 a page`;

/** What a programmer writes in a node of their own. */
function helperLoop({ api }: Server): INodeType {
	return {
		description: {
			displayName: 'Helper',
			name: 'helper',
			group: ['transform'],
			version: 1,
			description: 'A loop of the request helper',
			defaults: { name: 'Helper' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'stamhoofdApi', required: true }],
			properties: [],
		},
		async execute() {
			const items: INodeExecutionData[] = [];
			let query: Record<string, string> | undefined = firstQuery;
			while (query) {
				const page = (await this.helpers.httpRequestWithAuthentication.call(this, 'stamhoofdApi', {
					url: `${api}/payments`,
					qs: query,
					json: true,
				})) as Page;
				for (const json of page.results) items.push({ json, pairedItem: { item: 0 } });
				query = page.next;
			}
			return [items];
		},
	};
}

async function bareFetch({ api, key }: Server): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	let query: Record<string, string> | undefined = firstQuery;
	while (query) {
		const url = `${api}/payments?${new URLSearchParams(query).toString()}`;
		const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
		const page = (await response.json()) as Page;
		for (const json of page.results) items.push({ json });
		query = page.next;
	}
	return items;
}

function requestAndSplit({ api }: Server, limit: string): Step[] {
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'pageFilter', value: '={{ $response.body?.next?.pageFilter }}' }] },
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body.next }}',
	};
	const query = Object.entries({ ...firstQuery, limit }).map(([name, value]) => ({ name, value }));
	const request = httpRequest({
		url: `${api}/payments`,
		sendQuery: true,
		queryParameters: { parameters: query },
		options: { pagination: { pagination } },
	});
	return [
		{ ...request, name: 'Request', to: [['Split']] },
		{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'results' } },
	];
}

/** Gives the payments as they came, as all the others do. */
const ours: Step[] = [
	{ name: 'Get', type: stamhoofd, parameters: { resource: 'payment', operation: 'getAll', returnAll: true, simplify: false } },
];
const simplified: Step[] = [{ ...ours[0], parameters: { ...ours[0].parameters, simplify: true } }];

function contendersFor(server: Server): Record<string, () => Promise<INodeExecutionData[]>> {
	const helper: Step[] = [{ name: 'Helper', type: helperLoop(server), parameters: {} }];
	return {
		[OURS]: async () => (await runSteps(server, ours)).out,
		[`${OURS}, simplified`]: async () => (await runSteps(server, simplified)).out,
		[REQUEST]: async () => (await runSteps(server, requestAndSplit(server, '100'))).out,
		[SMALL_PAGES]: async () => (await runSteps(server, requestAndSplit(server, '30'))).out,
		"loop of n8n's helper": async () => (await runSteps(server, helper)).out,
		'bare fetch': async () => await bareFetch(server),
	};
}

async function checked(name: string, run: () => Promise<INodeExecutionData[]>) {
	const { size } = new Set((await run()).map(({ json }) => json.id));
	if (size !== PAYMENTS) throw new Error(`${name} gave ${size} payments instead of ${PAYMENTS}`);
}

/** By how many MB the memory peaks in one run, in a process that does nothing else. */
export async function listOnce(name: string): Promise<number> {
	const server = await startServer({ limits: false, payments: PAYMENTS, repeats: true });
	const before = process.memoryUsage().rss;
	await contendersFor(server)[name]();
	server.stop();
	return (process.resourceUsage().maxRSS * 1024 - before) / 1024 ** 2;
}

export async function list(): Promise<Part> {
	const server = await startServer({ limits: false, payments: PAYMENTS, repeats: true });
	const contenders = contendersFor(server);
	const runs = Object.fromEntries(
		Object.entries(contenders).map(([name, run]) => [name, async () => await checked(name, run)]),
	);
	const times = await takeTurns(runs, TURNS);
	server.stop();
	return {
		name: 'list',
		title: `Get ${PAYMENTS} payments, 100 a page unless it says otherwise, no limits (median of ${TURNS} turns)`,
		rows: Object.entries(times).map(([contender, time]) => ({
			contender,
			'time, s': time / 1000,
			[`÷ ${OURS}`]: time / times[OURS],
		})),
		goals: [
			{ text: `time ÷ ${REQUEST}`, measured: times[OURS] / times[REQUEST], most: 0.65 },
			{ text: `time ÷ ${SMALL_PAGES}`, measured: times[OURS] / times[SMALL_PAGES], most: 0.65 },
			{ text: "time ÷ loop of n8n's helper", measured: times[OURS] / times["loop of n8n's helper"], most: 1.6 },
		],
	};
}
