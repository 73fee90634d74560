/** Gets one payment for each of 1000 items, and what a longer description of the node costs. */
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { OURS, takeTurns } from './measure';
import type { Part } from './report';
import { httpRequest, runSteps, stamhoofd, startServer, toItems } from './workflows';
import type { Server, Step } from './workflows';

const ITEMS = 1000;
const TURNS = 5;

const HTTP_REQUEST = 'HTTP Request';

/** The package's node with so many more fields, all of another resource. */
function withMore(count: number): INodeType {
	const more = Array.from(
		{ length: count },
		(_, position): INodeProperties => ({
			displayName: `Field ${position}`,
			name: `field${position}`,
			type: 'string',
			default: '',
			displayOptions: { show: { resource: ['other'], operation: ['get'] } },
		}),
	);
	const { description } = stamhoofd;
	const longer = { ...description, properties: [...description.properties, ...more] };
	return Object.create(stamhoofd, { description: { value: longer } }) as INodeType;
}

const get = (type: INodeType): Step[] => [
	{
		name: 'Get',
		type,
		parameters: { resource: 'payment', operation: 'get', paymentId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
	},
];

const request = ({ api }: Server): Step[] => [{ name: 'Get', ...httpRequest({ url: `=${api}/payments/{{ $json.id }}` }) }];

export async function items(): Promise<Part> {
	const server = await startServer({ limits: false, payments: ITEMS, repeats: true });
	const input = toItems(server.all.map((id) => ({ id })));
	const run = (steps: Step[]) => async () => {
		const { out } = await runSteps(server, steps, input);
		const rightOnes = out.filter(({ json }, position) => json.id === server.all[position]).length;
		if (rightOnes !== ITEMS) throw new Error(`${rightOnes} of ${ITEMS} payments came back`);
	};
	const longer = [100, 200, 400].map((count) => [`${OURS}, ${count} more hidden fields`, run(get(withMore(count)))] as const);
	const times = await takeTurns(
		{ [OURS]: run(get(stamhoofd)), [HTTP_REQUEST]: run(request(server)), ...Object.fromEntries(longer) },
		TURNS,
	);
	server.stop();
	return {
		name: 'items',
		title: `${ITEMS} items, one request each, no limits; the node has ${stamhoofd.description.properties.length} fields (median of ${TURNS} turns)`,
		rows: Object.entries(times).map(([contender, time]) => ({
			contender,
			'time, s': time / 1000,
			'ms an item': time / ITEMS,
			[`÷ ${HTTP_REQUEST}`]: time / times[HTTP_REQUEST],
		})),
		goals: [{ text: `time ÷ ${HTTP_REQUEST}`, measured: times[OURS] / times[HTTP_REQUEST], most: 1.5 }],
	};
}
