/**
 * Remembers over executions and restarts which sales a node has sent, in n8n's own store of processed items. It is written
 * before a sale is sent, so that one whose end nobody saw is not sent again.
 */
import type { DeduplicationHelperFunctions } from 'n8n-workflow';

type Store = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Two entries for each sale: of so many sales the node knows that it sent them. The oldest are forgotten. */
export const MOST_SALES = 20_000;

const OPTIONS = { mode: 'entries', maxEntries: 2 * MOST_SALES } as const;

/**
 * - `new`: never sent; it is now remembered as being sent
 * - `sent`: sent before with the same figures
 * - `changed`: sent before with other figures
 * - `unknown`: it was being sent when an execution broke off, or no answer came
 */
export type Before = 'new' | 'sent' | 'changed' | 'unknown';

export interface Sale {
	/** Account, kind and ID. */
	key: string;
	/** Stands for its figures. */
	figures: string;
}

export interface SentBefore {
	begin(sale: Sale): Promise<Before>;
	/** It arrived. */
	end(sale: Sale): Promise<void>;
	/** It surely did not arrive. */
	forget(sale: Sale): Promise<void>;
}

type Task = { kind: 'record' | 'remove'; entries: string[]; done(isNew: Set<string>): void; failed(error: unknown): void };

/**
 * One call of the store at a time, since it reads all its entries, changes them and writes them back. What is asked for
 * meanwhile is done together in the next call.
 */
function queueOf(): (store: Store, kind: Task['kind'], entries: string[]) => Promise<Set<string>> {
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
				if (kind === 'remove') await store.removeProcessed(entries, 'node', OPTIONS);
				else recorded = (await store.checkProcessedAndRecord(entries, 'node', OPTIONS)).new;
				for (const task of tasks) task.done(new Set(recorded as string[]));
			} catch (error) {
				for (const task of tasks) task.failed(error);
			}
		}
		isBusy = false;
	}

	return async (store, kind, entries) =>
		await new Promise((done, failed) => {
			waiting.push({ kind, entries, done, failed });
			if (!isBusy) void work(store);
		});
}

/** By the node that they belong to. */
const queues = new Map<string, ReturnType<typeof queueOf>>();

/**
 * @param store n8n's helpers, which keep the entries for the node at hand
 * @param node identifies the node among all workflows
 */
export function sentBeforeBy(store: Store, node: string): SentBefore {
	const queue = queues.get(node) ?? queueOf();
	queues.set(node, queue);
	const entriesOf = ({ key, figures }: Sale) => ({ known: key, same: `${key} ${figures}`, open: `open ${key}` });
	return {
		async begin(sale) {
			const { known, same, open } = entriesOf(sale);
			const isNew = await queue(store, 'record', [known, same, open]);
			if (isNew.has(known)) return 'new';
			// What this call has added to the entries says nothing.
			const added = [same, open].filter((entry) => isNew.has(entry));
			if (added.length > 0) await queue(store, 'remove', added);
			if (!isNew.has(open)) return 'unknown';
			return isNew.has(same) ? 'changed' : 'sent';
		},
		async end(sale) {
			await queue(store, 'remove', [entriesOf(sale).open]);
		},
		async forget(sale) {
			await queue(store, 'remove', Object.values(entriesOf(sale)));
		},
	};
}
