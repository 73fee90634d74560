/** n8n's store for deduplication, in memory: what its DeduplicationHelper does with its database. */
import { DataDeduplicationService } from 'n8n-core/dist/data-deduplication-service';
import type { DeduplicationItemTypes, DeduplicationScope, ICheckProcessedContextData, ICheckProcessedOptions } from 'n8n-workflow';

const stored = new Map<string, DeduplicationItemTypes[]>();

const keyOf = (scope: DeduplicationScope, { node, workflow }: ICheckProcessedContextData) => `${workflow.id} ${scope === 'node' ? node?.id : ''}`;

/** Begins anew. */
export const forgetAll = () => stored.clear();

/** How many entries there are in all. */
export const entries = () => [...stored.values()].flat().length;

/** The service exists once in a process. */
export async function startProcessedData(): Promise<void> {
	await DataDeduplicationService.init({
		async checkProcessedAndRecord(items: DeduplicationItemTypes[], scope: DeduplicationScope, context: ICheckProcessedContextData, { maxEntries = Infinity }: ICheckProcessedOptions) {
			const known = stored.get(keyOf(scope, context)) ?? [];
			const before = new Set(known);
			const fresh = items.filter((item) => !before.has(item));
			stored.set(keyOf(scope, context), [...known, ...fresh].slice(-maxEntries));
			return { new: fresh, processed: items.filter((item) => before.has(item)) };
		},
		async removeProcessed(items: DeduplicationItemTypes[], scope: DeduplicationScope, context: ICheckProcessedContextData) {
			const gone = new Set(items);
			stored.set(keyOf(scope, context), (stored.get(keyOf(scope, context)) ?? []).filter((item) => !gone.has(item)));
		},
		async clearAllProcessedItems() {},
		async getProcessedDataCount() {
			return entries();
		},
	});
}
