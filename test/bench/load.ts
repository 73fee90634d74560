/** What the package costs n8n when it starts. */
import { stat } from 'node:fs/promises';

import type { N8n } from '../../scripts/lib/n8n';
import { median } from './measure';
import type { Processes } from './processes';
import type { Part } from './report';

const RUNS = 7;

interface Load {
	milliseconds: number;
	megabytes: number;
	files: number;
}

export async function load({ ask }: Processes, n8n: N8n, packageFolder: string, tarball: string): Promise<Part> {
	const loads: Load[] = [];
	for (let run = 0; run < RUNS; run++) loads.push(await ask<Load>('requireAll.mjs', [n8n.modules, packageFolder]));
	const milliseconds = median(loads.map((one) => one.milliseconds));
	const kilobytes = (await stat(tarball)).size / 1000;
	return {
		name: 'load',
		title: `Load the package (median of ${RUNS} new processes that have n8n-workflow, lodash and luxon)`,
		rows: [
			{
				'nodes and credentials': loads[0].files,
				'time, ms': milliseconds,
				'memory, MB': median(loads.map(({ megabytes }) => megabytes)),
				'tarball, kB': kilobytes,
			},
		],
		goals: [
			{ text: 'time to load, ms', measured: milliseconds, most: 50 },
			{ text: 'tarball, kB', measured: kilobytes, most: 200 },
		],
	};
}
