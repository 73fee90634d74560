/**
 * Remembers over executions and restarts what a node has sent, in n8n's own store of processed items. It is written before
 * a thing is sent, so that one whose end nobody saw is not sent again.
 */
import type { DeduplicationHelperFunctions } from 'n8n-workflow';

type Store = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Two entries for each thing that is done, three for one under way. */
const ENTRIES = 2;

/**
 * - `new`: never sent; it is now remembered as being sent
 * - `sent`: sent before with the same figures
 * - `changed`: sent before with other figures
 * - `unknown`: it was being sent when an execution broke off, or no answer came
 */
export type Before = 'new' | 'sent' | 'changed' | 'unknown';

/** What is sent at most once. */
export interface Sent {
	/** Says which thing it is. */
	key: string;
	/** Stands for what it says: the same thing with other figures is another wish. Left out: it has none. */
	figures?: string;
}

export interface SentBefore {
	/** What is known of it; nothing is remembered. */
	look(thing: Sent): Promise<Before>;
	begin(thing: Sent): Promise<Before>;
	/** It arrived. */
	end(thing: Sent): Promise<void>;
	/** It surely did not arrive. */
	forget(thing: Sent): Promise<void>;
}

/** `look` leaves the entries as they are. */
type Task = { kind: 'look' | 'record' | 'remove'; entries: string[]; done(isNew: Set<string>): void; failed(error: unknown): void };

/**
 * One call of the store at a time, since it reads all its entries, changes them and writes them back. What is asked for
 * meanwhile is done together in the next call.
 */
function queueOf(most: number, whenIdle: () => void): (store: Store, kind: Task['kind'], entries: string[]) => Promise<Set<string>> {
	const options = { mode: 'entries', maxEntries: ENTRIES * most } as const;
	let waiting: Task[] = [];
	let isBusy = false;

	async function work(store: Store) {
		isBusy = true;
		while (waiting.length > 0) {
			const [{ kind }] = waiting;
			const other = waiting.findIndex((task) => task.kind !== kind);
			const tasks = other < 0 ? waiting : waiting.slice(0, other);
			waiting = waiting.slice(tasks.length);
			const entries = tasks.flatMap((task) => task.entries);
			try {
				let recorded: unknown[] = [];
				if (kind === 'remove') {
					await store.removeProcessed(entries, 'node', options);
				} else {
					// What is only looked up must not push anything out.
					const room = kind === 'look' ? entries.length : 0;
					recorded = (await store.checkProcessedAndRecord(entries, 'node', { ...options, maxEntries: options.maxEntries + room })).new;
				}
				if (kind === 'look' && recorded.length > 0) await store.removeProcessed(recorded as string[], 'node', options);
				for (const task of tasks) task.done(new Set(recorded as string[]));
			} catch (error) {
				for (const task of tasks) task.failed(error);
			}
		}
		isBusy = false;
		whenIdle();
	}

	return async (store, kind, entries) =>
		await new Promise((done, failed) => {
			waiting.push({ kind, entries, done, failed });
			if (!isBusy) void work(store);
		});
}

/** By the node that they belong to; a queue without work is made anew when it is needed. */
const queues = new Map<string, ReturnType<typeof queueOf>>();

/**
 * @param store n8n's helpers, which keep the entries for the node at hand
 * @param node identifies the node among all workflows
 * @param most of so many things the node knows that it sent them; the oldest are forgotten
 */
export function sentBeforeBy(store: Store, node: string, most: number): SentBefore {
	const queue: ReturnType<typeof queueOf> = async (...task) => {
		const ofNode = queues.get(node) ?? queueOf(most, () => queues.delete(node));
		queues.set(node, ofNode);
		return await ofNode(...task);
	};
	const entriesOf = ({ key, figures = '' }: Sent) => ({ known: key, same: `${key} ${figures}`, open: `open ${key}` });
	return {
		async look(thing) {
			const { known, same, open } = entriesOf(thing);
			if ((await queue(store, 'look', [known])).has(known)) return 'new';
			const isNew = await queue(store, 'look', [same, open]);
			if (!isNew.has(open)) return 'unknown';
			return isNew.has(same) ? 'changed' : 'sent';
		},
		async begin(thing) {
			const { known, same, open } = entriesOf(thing);
			const isNew = await queue(store, 'record', [known, same, open]);
			if (isNew.has(known)) return 'new';
			// What this call has added to the entries says nothing.
			const added = [same, open].filter((entry) => isNew.has(entry));
			if (added.length > 0) await queue(store, 'remove', added);
			if (!isNew.has(open)) return 'unknown';
			return isNew.has(same) ? 'changed' : 'sent';
		},
		async end(thing) {
			await queue(store, 'remove', [entriesOf(thing).open]);
		},
		async forget(thing) {
			await queue(store, 'remove', Object.values(entriesOf(thing)));
		},
	};
}
