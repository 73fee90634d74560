/**
 * Nothing is done twice: random sequences of runs, faults, Retry On Fail, Stop, kills and restarts of n8n, and Executions →
 * Retry, over every operation that changes something, counted by what the simulators have carried out.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import fc from 'fast-check';
import type { INode, INodeExecutionData, INodeType, IRun, Workflow } from 'n8n-workflow';

import { isOnce } from '../../nodes/operation/operation';
import type { Fault, SandboxRequest } from '../sandbox/api';
import { LONGEST_TEST, times } from '../stress/times';
import { killed, runNode } from './harness';
import type { NodeResult } from './harness';
import { processed, useProcessedStore } from './processedStore';
import { itemsFor, newNode, operations, SERVICES, writingOperations } from './writes';
import type { Service } from './writes';

jest.setTimeout(LONGEST_TEST);
jest.mock('@n8n/utils/sleep', () => jest.requireActual<object>('./jumpingClock'));
// A new process loads the nodes anew, and nothing else.
for (const name of ['n8n-workflow', 'lodash', 'luxon', 'zod', 'p-limit']) {
	const shared = jest.requireActual<object>(name);
	jest.doMock(name, () => shared);
}

/** What can go wrong with a request that changes something. */
const FAULTS = {
	none: undefined,
	'cut before': { kind: 'cutBefore' },
	'cut after': { kind: 'cutAfter' },
	'half an answer': { kind: 'truncated' },
	'a web page': { kind: 'html' },
	'429': { kind: 'status', status: 429 },
	'429 with a time': { kind: 'status', status: 429, headers: { 'retry-after': '0.01' } },
	'422': { kind: 'status', status: 422, body: { message: 'Not this one' } },
	'500': { kind: 'status', status: 500 },
	'500 after': { kind: 'statusAfter', status: 500 },
	'502 after': { kind: 'statusAfter', status: 502 },
	'503': { kind: 'status', status: 503 },
	'503 after': { kind: 'statusAfter', status: 503 },
	'503 with a time': { kind: 'status', status: 503, headers: { 'retry-after': '0.01' } },
	'503 with a time after': { kind: 'statusAfter', status: 503, headers: { 'retry-after': '0.01' } },
	// It acts when nobody waits any more.
	hang: { kind: 'slow' },
} satisfies Record<string, Fault | undefined>;
type FaultName = keyof typeof FAULTS;

/** Milliseconds that the node waits for an answer. */
const TIMEOUT = 80;

/** Milliseconds that a request on loopback takes at most. */
const ON_THE_WAY = 20;

type Said = 'done' | 'failed' | 'unknown';

/** An execution and its retries, which together carry each item out once at most. */
interface Chain {
	marks: string[];
	items: INodeExecutionData[];
	onError: INode['onError'];
	/** How much the simulator had carried out before. */
	before: number;
	/** What n8n has stored of the chain: a retry begins with that, and leaves it so when it is killed. */
	stored?: IRun;
	/** The last execution, if it was killed. */
	killedId?: string;
	status: string;
	wasUnknown: boolean;
	wasKilled: boolean;
	wasRestarted: boolean;
}

interface Bench {
	name: string;
	service: Service;
	node: INodeType;
	credentials: Record<string, ReturnType<Service['credential']['data']>>;
	/** What must not be carried out a second time; of the rest n8n remembers nothing over restarts, since it does no harm. */
	isOnce: boolean;
	remembersRestarts: boolean;
	log: string[];
}

interface Model {
	chain?: Chain;
}

/** What happens in one execution. */
interface Course {
	retryOnFail: boolean;
	/** By item, what happens to its first request that changes something, its second, and so on. */
	faults: FaultName[][];
	/** After so many such requests. */
	end?: { after: number; how: 'stop' | 'kill' };
}

const changes = ({ method }: SandboxRequest) => method !== 'GET';
const isAbout = (mark: string) => {
	const pattern = new RegExp(`(?<![\\w-])${mark}(?![\\w-])`);
	return ({ url, body }: SandboxRequest) => pattern.test(`${decodeURIComponent(url)} ${Buffer.isBuffer(body) ? '' : JSON.stringify(body)}`);
};

function numbersIn(text: string): number[] {
	return [...text.replace(/\([^)]*\)/g, '').matchAll(/(\d+)(?:–(\d+))?/g)].flatMap(([, from, to = from]) =>
		Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
	);
}

const isUnknown = (text: unknown) => /\bunknown whether\b/i.test(String(text));

/** What an execution says of each item; undefined where it says nothing, since n8n was killed. */
function saidBy({ items, errorItems, error }: NodeResult, count: number): Said[] {
	if (!error) {
		const said: Said[] = Array.from({ length: count }, () => 'done');
		for (const { json, pairedItem } of [...items, ...errorItems]) {
			if (json.error !== undefined) said[(pairedItem as { item: number }).item] = isUnknown(json.error) ? 'unknown' : 'failed';
		}
		return said;
	}
	const said: Said[] = Array.from({ length: count }, () => (count === 1 && isUnknown(error.message) ? 'unknown' : 'failed'));
	for (const line of (error.description ?? '').split('\n')) {
		const [, words, numbers] = /^(Done, and stays done|Unknown whether it was done): items? (.*)$/.exec(line) ?? [];
		for (const number of numbersIn(numbers ?? '')) said[number] = words.startsWith('Done') ? 'done' : 'unknown';
	}
	return said;
}

function disturb({ sandbox }: Service, marks: string[], { faults, end }: Course, stop: () => void): () => void {
	let released = () => {};
	const until = new Promise<void>((resolve) => (released = resolve));
	let seen = 0;
	sandbox.faults.push({
		kind: 'cutBefore',
		when(request) {
			if (changes(request) && marks.some((mark) => isAbout(mark)(request)) && ++seen === end?.after) stop();
			return false;
		},
	});
	for (const [index, kinds] of faults.slice(0, marks.length).entries()) {
		const about = isAbout(marks[index]);
		const requests: SandboxRequest[] = [];
		for (const [position, name] of kinds.entries()) {
			const fault = FAULTS[name];
			if (!fault) continue;
			sandbox.faults.push({
				...fault,
				until,
				when(request) {
					if (!changes(request) || !about(request)) return false;
					if (requests.at(-1) !== request) requests.push(request);
					return requests.length === position + 1;
				},
			});
		}
	}
	return released;
}

async function play(bench: Bench, chain: Chain, course: Course, isRetry: boolean): Promise<void> {
	const { service, name, log } = bench;
	const { sandbox, cases, credential } = service;
	const [operationName] = name.split(',');
	const [resource, operation] = operationName.split('.');
	const executionId = randomUUID();
	let workflow: Workflow | undefined;
	let cancel = () => {};
	let died = () => {};
	const death = new Promise<void>((resolve) => (died = resolve));
	const release = disturb(service, chain.marks, course, () => {
		if (course.end!.how === 'stop') return cancel();
		killed.add(workflow!);
		died();
	});
	const retry = isRetry ? { retryOf: chain.stored, retryOfKilled: chain.killedId } : {};
	const running = runNode({
		node: bench.node,
		parameters: { resource, operation, ...cases[name].parameters, requestOptions: { timeout: TIMEOUT } },
		credentialTypes: [credential.type],
		credentials: bench.credentials,
		items: chain.items,
		onError: chain.onError,
		retryOnFail: course.retryOnFail,
		executionId,
		onStart(stop, started) {
			cancel = stop;
			workflow = started;
		},
		...retry,
	});
	const result = await Promise.race([running, death]);
	release();
	// What the killed process sent last is still on its way.
	if (!result) await delay(ON_THE_WAY);
	while (sandbox.underWay > 0) await delay(1);
	sandbox.faults.splice(0);
	expect(sandbox.violations).toEqual([]);

	const count = (mark: string, from: number) => sandbox.carriedOut.slice(from).filter(isAbout(mark)).length;
	const counts = chain.marks.map((mark) => count(mark, chain.before));
	log.push(`${isRetry ? 'retry' : 'run'} ${JSON.stringify(course)}: ${result ? result.run.status : 'killed'}, carried out ${counts.join(' ')}`);
	if (result) chain.stored = result.run;
	chain.killedId = result ? undefined : executionId;
	chain.status = result ? result.run.status : 'crashed';
	if (bench.isOnce) expect({ doubled: chain.marks.filter((_, index) => counts[index] > 1), log }).toEqual({ doubled: [], log });
	if (!result) {
		// Another process, which begins with what n8n has stored.
		bench.node = newNode(folderOf(service));
		chain.wasKilled = chain.wasRestarted = true;
		return;
	}
	const said = saidBy(result, chain.marks.length);
	const errors = [...result.items, ...result.errorItems].flatMap(({ json }) => (json.error === undefined ? [] : [json.error]));
	const details = { said, errors, message: result.error?.message, description: result.error?.description, log };
	const knows = bench.remembersRestarts || !chain.wasRestarted;
	const wrong = said.flatMap((word, index) => ((word === 'done' && counts[index] === 0) || (word === 'failed' && counts[index] > 0 && knows) ? [index] : []));
	expect({ wrong, ...details }).toEqual({ wrong: [], ...details });
	chain.wasUnknown ||= said.includes('unknown');
	// Without anything that disturbs it, a retry does the rest.
	const isQuiet = course.faults.every((kinds) => kinds.every((kind) => kind === 'none' || kind.startsWith('429'))) && !course.end;
	if (isQuiet && !chain.wasUnknown && !chain.wasKilled) expect({ rest: said.filter((word) => word !== 'done'), ...details }).toEqual({ rest: [], ...details });
}

const folders = new Map<Service, string>();
const folderOf = (service: Service) => folders.get(service)!;

class Run implements fc.AsyncCommand<Model, Bench> {
	constructor(
		readonly count: number,
		readonly onError: INode['onError'],
		readonly course: Course,
	) {}
	check = () => true;
	async run(model: Model, bench: Bench) {
		const made = itemsFor(bench.service.cases[bench.name], this.count);
		model.chain = {
			marks: made.map(({ mark }) => mark),
			items: made.map(({ item }) => item),
			onError: this.onError,
			before: bench.service.sandbox.carriedOut.length,
			status: '',
			wasUnknown: false,
			wasKilled: false,
			wasRestarted: false,
		};
		await play(bench, model.chain, this.course, false);
	}
	toString = () => `Run ${this.count} items, ${this.onError ?? 'stop on errors'}, ${JSON.stringify(this.course)}`;
}

class Retry implements fc.AsyncCommand<Model, Bench> {
	constructor(readonly course: Course) {}
	/** n8n offers it for executions that failed or crashed. */
	check = ({ chain }: Model) => chain !== undefined && ['error', 'crashed'].includes(chain.status);
	run = async ({ chain }: Model, bench: Bench) => await play(bench, chain!, this.course, true);
	toString = () => `Executions → Retry, ${JSON.stringify(this.course)}`;
}

class Restart implements fc.AsyncCommand<Model, Bench> {
	check = () => true;
	async run({ chain }: Model, bench: Bench) {
		if (chain) chain.wasRestarted = true;
		bench.node = newNode(folderOf(bench.service));
		bench.log.push('restart');
	}
	toString = () => 'Restart of n8n';
}

const MOST_ITEMS = 3;
const fault = fc.constantFrom(...(Object.keys(FAULTS) as FaultName[]));
const faults = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant<FaultName[]>([]) }, { weight: 3, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3 }) }), { maxLength: MOST_ITEMS });
const end = fc.option(fc.record({ after: fc.integer({ min: 1, max: MOST_ITEMS }), how: fc.constantFrom('stop' as const, 'kill' as const) }), { nil: undefined, freq: 4 });
const course = fc.record({ retryOnFail: fc.boolean(), faults, end });
const onError = fc.constantFrom<INode['onError']>(undefined, undefined, undefined, 'continueRegularOutput', 'continueErrorOutput');

const sequences = fc.commands(
	[
		fc.tuple(fc.integer({ min: 1, max: MOST_ITEMS }), onError, course).map((args) => new Run(...args)),
		course.map((one) => new Retry(one)),
		course.map((one) => new Retry(one)),
		fc.constant(new Restart()),
	],
	{ maxCommands: 6 },
);

const ALL = Object.keys(SERVICES).flatMap((folder) => writingOperations(folder).map((name) => [folder, name] as const));
const SEQUENCES = Math.ceil(times(40, 10_000) / ALL.length);
/** A simulator collects what it is told. */
const PER_SIMULATOR = 100;

beforeAll(useProcessedStore);

describe.each(Object.keys(SERVICES))('%s', (folder) => {
	const all = operations(folder);
	const writing = writingOperations(folder);
	let service: Service | undefined;
	let node: INodeType;
	let used = 0;

	beforeAll(() => {
		node = newNode(folder);
	});
	afterAll(async () => await service?.sandbox.close());

	async function fresh(): Promise<Service> {
		if (service && ++used % PER_SIMULATOR > 0) return service;
		await service?.sandbox.close();
		service = await SERVICES[folder]();
		folders.set(service, folder);
		return service;
	}

	test('every operation that changes something is here', async () => {
		const { cases } = await fresh();
		const named = Object.keys(cases).map((name) => name.split(',')[0]);
		expect([...new Set(named)].sort()).toEqual(writing.sort());
	});

	test(`nothing twice, and nothing said that is not so, in ${SEQUENCES} sequences of each`, async () => {
		const names = Object.keys((await fresh()).cases);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...names), sequences, async (name, commands) => {
				const own = await fresh();
				processed.rows.clear();
				const operation = all.get(name.split(',')[0])!;
				const bench: Bench = {
					...{ name, service: own, node, log: [name] },
					credentials: { [own.credential.type.name]: own.credential.data() },
					isOnce: isOnce(operation) || name.endsWith('.add'),
					remembersRestarts: isOnce(operation),
				};
				await fc.asyncModelRun(() => ({ model: {}, real: bench }), commands);
				node = bench.node;
			}),
			{ numRuns: SEQUENCES * names.length, endOnFailure: true },
		);
	});
});
