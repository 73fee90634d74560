/** What this node has read in earlier runs, kept in n8n's own store for deduplication. */
import { uniq } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Years of an association's bank; the oldest are forgotten. */
const MOST_REMEMBERED = 20_000;

const OPTIONS = { mode: 'entries', maxEntries: MOST_REMEMBERED } as const;

/**
 * Remembers the keys.
 * @returns those that were known before; undefined if n8n could not tell, as in a workflow that was never saved
 */
export async function remember({ helpers }: IExecuteFunctions, keys: string[]): Promise<Set<string> | undefined> {
	try {
		const { processed } = await helpers.checkProcessedAndRecord(uniq(keys), 'node', OPTIONS);
		return new Set(processed.map(String));
	} catch {
		return undefined;
	}
}

/** As if the keys had not been read. */
export async function forget({ helpers }: IExecuteFunctions, keys: string[]): Promise<void> {
	if (keys.length > 0) await helpers.removeProcessed(uniq(keys), 'node', OPTIONS);
}
