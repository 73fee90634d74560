/** Runs one of the measurements on the Node and the engine of the installed n8n and hands the result to the process that asked. */
import { bankFiles } from './bankFiles';
import { bookkeeping, bookkeepingOnce } from './bookkeeping';
import { changes } from './changes';
import { items } from './items';
import { limiter } from './limiter';
import { list, listOnce } from './list';
import { matching } from './matching';
import { sharing, unknown } from './sharing';
import { topgeschenken } from './topgeschenken';

const parts: Record<string, (name: string) => Promise<unknown>> = {
	bankFiles,
	bookkeeping,
	bookkeepingOnce,
	changes,
	items,
	limiter,
	list,
	listOnce,
	matching,
	sharing,
	topgeschenken,
	unknown,
};

async function main([part, name]: string[]) {
	process.send!(await parts[part](name));
	process.disconnect();
}

void main(process.argv.slice(2));
