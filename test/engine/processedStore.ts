/** n8n's store of processed items, as its own helper keeps it in the database: read whole, changed, written back. */
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

import { DataDeduplicationService } from 'n8n-core';

import { killed, never } from './harness';

type Deduplicator = Parameters<(typeof DataDeduplicationService)['init']>[0];
type Context = Parameters<Deduplicator['removeProcessed']>[2];

const hash = (value: unknown) => createHash('md5').update(String(value)).digest('base64');
const keyOf = ({ workflow, node }: Context) => `${workflow.id} ${node?.id}`;

export interface ProcessedStore {
	/** Hashes by workflow and node. */
	rows: Map<string, string[]>;
	/** How often it was read and written. */
	calls: number;
	/** Set to fail the next calls. */
	failure?: Error;
}

export const processed: ProcessedStore = { rows: new Map(), calls: 0 };

async function change(context: Context, make: (entries: string[]) => string[]): Promise<void> {
	processed.calls++;
	if (killed.has(context.workflow)) await never;
	if (processed.failure) throw processed.failure;
	const entries = [...(processed.rows.get(keyOf(context)) ?? [])];
	// Another call that comes in between is lost, as in the database.
	await turn();
	if (killed.has(context.workflow)) await never;
	processed.rows.set(keyOf(context), make(entries));
}

const deduplicator: Deduplicator = {
	async checkProcessedAndRecord(items, _scope, context, { maxEntries = Infinity }) {
		const known: typeof items = [];
		const added: typeof items = [];
		await change(context, (entries) => {
			const set = new Set(entries);
			for (const item of items) (set.has(hash(item)) ? known : added).push(item);
			return [...entries, ...added.map(hash)].slice(-maxEntries);
		});
		return { new: added, processed: known };
	},
	async removeProcessed(items, _scope, context) {
		const gone = items.map(hash);
		await change(context, (entries) => entries.filter((entry) => !gone.includes(entry)));
	},
	async clearAllProcessedItems(_scope, context) {
		await change(context, () => []);
	},
	async getProcessedDataCount(_scope, context) {
		return await Promise.resolve(processed.rows.get(keyOf(context))?.length ?? 0);
	},
};

/** Puts it in the place of n8n's; once for a process. */
export async function useProcessedStore(): Promise<void> {
	await DataDeduplicationService.init(deduplicator);
}
