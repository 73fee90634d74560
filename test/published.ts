/** The nodes and credentials that package.json declares, as n8n loads them, so that no test has a list of its own. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { CodexData, ICredentialType, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';

export const ROOT = path.join(__dirname, '..');

export const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const manifest = JSON.parse(read('package.json')) as { n8n: { nodes: string[]; credentials: string[] } };

const sourceOf = (file: string) => file.replace(/^dist\//, '').replace(/\.js$/, '');

function made<T>(file: string): T {
	const [make] = Object.values(jest.requireActual<Record<string, new () => T>>(path.join(ROOT, sourceOf(file))));
	return new make();
}

export interface PublishedNode {
	/** Below nodes/. */
	folder: string;
	/** Its name in n8n's panel. */
	title: string;
	node: INodeType;
	description: INodeTypeDescription;
	codex: CodexData;
	/** The page that the codex file names, such as "docs/stamhoofd.md", and the heading on it, if it names one. */
	page: string;
	anchor?: string;
}

export const NODES = manifest.n8n.nodes.map((file): PublishedNode => {
	const node = made<INodeType>(file);
	const codex = JSON.parse(read(`${sourceOf(file)}.json`)) as CodexData;
	const [page, anchor] = codex.resources!.primaryDocumentation![0].url.split('/blob/main/')[1].split('#');
	return { folder: file.split('/')[2], title: node.description.displayName, node, description: node.description, codex, page, anchor };
});

export const CREDENTIALS = manifest.n8n.credentials.map((file) => made<ICredentialType>(file));

/** Nodes with operations. */
export const ACTING = NODES.filter(({ description }) => !description.group.includes('trigger'));

/** Triggers that ask a service at intervals. */
export const POLLING = NODES.filter(({ node }) => node.poll !== undefined);

/** The names of a trigger's events in stored workflows. */
export const eventsOf = ({ description }: PublishedNode) =>
	(description.properties.find(({ name }) => name === 'event')!.options as INodePropertyOptions[]).map(({ value }) => String(value));
