/** Where the memory of a trigger is kept from poll to poll, and what tells whose memory it is. */
import { createHash } from 'crypto';
import { isPlainObject, takeRight } from 'lodash';
import type { ICredentialDataDecryptedObject, IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import { propertiesOf } from '../input';
import type { Platform } from '../transport/platform';
import type { Memory } from './memory';
import type { TriggerEvent } from './event';

/** What is stored, in two places of the workflow's static data. */
interface Stored {
	nodeId: string;
	/** Name of the node when it was stored. */
	name: string;
	memory: unknown;
}

/** Member of the workflow's global static data with the memories by the ids of their nodes. */
const COPIES = 'n8n-nodes-dutch-commerce';
const MOST_COPIES = 20;

/**
 * n8n keeps a node's static data under its name, so that a renamed node finds none, or what an earlier node of that name
 * has left. The copy is found by the node's id, and counts if the node has another name than when it was stored.
 */
export function storeOf(context: IPollFunctions) {
	const { id: nodeId, name } = context.getNode();
	const own = context.getWorkflowStaticData('node');
	const shared = context.getWorkflowStaticData('global');
	const copies = () => (shared[COPIES] ?? {}) as Record<string, Stored>;
	return {
		load(): unknown {
			const stored = own.trigger as Stored | undefined;
			const copy = copies()[nodeId] as Stored | undefined;
			const isOwn = stored?.nodeId === nodeId && (copy === undefined || copy.name === stored.name);
			return (isOwn ? stored : copy)?.memory;
		},
		save(memory: Memory) {
			const stored = { nodeId, name, memory } as unknown as IDataObject;
			const others = Object.entries(copies()).filter(([id]) => id !== nodeId);
			shared[COPIES] = Object.fromEntries([...takeRight(others, MOST_COPIES - 1), [nodeId, stored]]);
			own.trigger = stored;
		},
	};
}

/** A short form, so that no address and no text of a filter is kept in the workflow. */
function shortForm(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Fields that leave out records. */
const FILTER_TYPES = ['collection', 'resourceLocator'];

/** Names and values of what is filled in, always in the same order; of a locator its id alone. */
function filledIn(name: string, value: unknown): string[] {
	if (Array.isArray(value)) return value.map((one) => `${name}=${String(one)}`).sort();
	const { value: id, ...members } = (isPlainObject(value) ? value : { value }) as IDataObject;
	if (id !== undefined || members.__rl) return id ? [`${name}=${String(id)}`] : [];
	return Object.entries(members).flatMap(([member, one]) => filledIn(member, one)).sort();
}

/** The filters of a trigger in short, as they are written: what an expression gives may be another thing at every poll. */
export function filtersOf({ input }: TriggerEvent, { parameters }: INode): string {
	const filters = propertiesOf(input).filter(({ type }) => FILTER_TYPES.includes(type));
	return shortForm(filters.flatMap(({ name }) => filledIn(name, parameters[name] ?? '')).join('&'));
}

/** In short, of which event of which account a memory is. */
export function scopeOf(context: IPollFunctions, platform: Platform, event: TriggerEvent, credentials: ICredentialDataDecryptedObject) {
	const credentialId = context.getNode().credentials?.[platform.credentialType ?? '']?.id ?? '';
	const { origin } = new URL(platform.baseUrl(credentials));
	return shortForm([event.value, credentialId, origin].join(' '));
}
