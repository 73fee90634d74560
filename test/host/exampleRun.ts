import type { INodeExecutionData } from 'n8n-workflow';

import type { StoredWorkflow } from '../../scripts/lib/client';
import type { Playground } from '../../scripts/lib/playground';
import type { Platforms } from './platforms';

/** An example that has run through. Each file in `examples` here exports a function that checks one, under the example's name. */
export interface ExampleRun {
	platforms: Platforms;
	/** What a node gave. */
	items(node: string): INodeExecutionData[];
	/** The `json` of these items. */
	json(node: string): Array<Record<string, unknown>>;
	/** For each item of the node, the position of the item of the node before it that it comes from. */
	pairs(node: string): number[];
	/** Text of the file in a binary field of an item. */
	file(item: INodeExecutionData): Promise<string>;
}

/** How an example is started that does not start by a click; the execution's id. A file in `examples` may export one as `start`. */
export type ExampleStart = (playground: Playground, workflow: StoredWorkflow) => Promise<string>;
