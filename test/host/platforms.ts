/** What each platform needs to be tried in a real n8n: its sandbox, its credentials, a list of it. A further platform is a file and an entry. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Credential } from '../../scripts/lib/client';
import type { Fault, Sandbox } from '../sandbox/api';
import { boekwinkeltjes } from './platforms/boekwinkeltjes';
import { stamhoofd } from './platforms/stamhoofd';
import { topgeschenken } from './platforms/topgeschenken';
import { webwinkelfacturen } from './platforms/webwinkelfacturen';

export interface HostedPlatform<S extends Sandbox = Sandbox> {
	sandbox: S;
	/** Those that the examples name. */
	credentials: Credential[];
	/** Credentials that do not work, and what n8n's Test button has to say of each. */
	badCredentials: Array<{ wrong: string; credential: Credential; says: RegExp }>;
	/** The node's searches of fields with a list, each with a text that finds exactly one thing. */
	searches: Array<{ method: string; search: string; finds: { name?: string; value: string } }>;
	/** Address that n8n's own HTTP Request node can get with the first credential, and a part of its answer. */
	httpRequest: { url: string; answer: IDataObject };
	/** The node with a list of several pages, how many items that has, and how the API says that a limit is used up. */
	list: { type: string; parameters: INodeParameters; count: number; tooMany: Fault };
	/**
	 * For a platform with a trigger: lets every event of it happen some times; the keys of what has to come.
	 * @param start milliseconds since 1970, the present when the tests began, in whole seconds
	 */
	wave?(number: number, start: number): string[];
	/** By event: what an expression takes from an item to tell it from another event of the same id. */
	marks?: Record<string, string>;
}

export interface Options {
	/** Whether a service that states how many requests it allows a day keeps to that. */
	limits: boolean;
}

const PLATFORMS = { boekwinkeltjes, stamhoofd, topgeschenken, webwinkelfacturen };

export const PLATFORM_NAMES = Object.keys(PLATFORMS) as Array<keyof typeof PLATFORMS>;

export type Platforms = { [Name in keyof typeof PLATFORMS]: Awaited<ReturnType<(typeof PLATFORMS)[Name]>> };

/** All sandboxes, by the name of their platform. */
export async function startPlatforms(options: Options = { limits: true }): Promise<Platforms> {
	const started = Object.entries(PLATFORMS).map(async ([name, start]) => [name, await start(options)] as const);
	return Object.fromEntries(await Promise.all(started)) as Platforms;
}
