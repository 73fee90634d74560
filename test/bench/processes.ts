/** Processes on the Node and with the modules of the installed n8n, so that there is one engine only. */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { N8n } from '../../scripts/lib/n8n';
import { ROOT } from '../../scripts/lib/package';
import { start } from '../../scripts/lib/run';

const FOLDER = path.join(ROOT, '.cache', 'bench');

/** The tests' own modules stay those of this project; these come from the installed n8n. */
const FROM_N8N = ['n8n-core', 'n8n-workflow', 'reflect-metadata'];

export interface Processes {
	/** Runs a file of this folder and gives the message that it sends. */
	ask<T>(file: string, args: string[]): Promise<T>;
}

export async function processesOf(n8n: N8n, packageFolder: string): Promise<Processes> {
	await mkdir(FOLDER, { recursive: true });
	const config = path.join(FOLDER, 'tsconfig.json');
	const paths = Object.fromEntries(FROM_N8N.map((name) => [name, [path.join(n8n.modules, name)]]));
	await writeFile(config, JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), compilerOptions: { baseUrl: '/', paths } }));
	const env = {
		...process.env,
		NODE_PATH: n8n.modules,
		TSX_TSCONFIG_PATH: config,
		N8N_LOG_LEVEL: 'silent',
		BENCH_N8N_MODULES: n8n.modules,
		BENCH_PACKAGE: packageFolder,
	};
	return {
		async ask<T>(file: string, args: string[]) {
			const script = path.join(__dirname, file);
			const options = ['--expose-gc', ...(file.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [])];
			const child = start(n8n.node, [...options, script, ...args], {
				cwd: ROOT,
				env,
				stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			});
			let answer: T | undefined;
			child.once('message', (message) => (answer = message as T));
			const [code] = (await once(child, 'close')) as [number | null];
			if (answer === undefined) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
			return answer;
		},
	};
}
