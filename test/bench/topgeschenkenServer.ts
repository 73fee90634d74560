/** A Topgeschenken simulator in a process of its own, so that it takes no time from those that are measured. */
import { startTopgeschenken } from '../sandbox/topgeschenken';
import type { TopgeschenkenOptions } from '../sandbox/topgeschenken';

export interface TopgeschenkenFacts {
	url: string;
	clientId: string;
	clientSecret: string;
}

async function main(options: TopgeschenkenOptions) {
	const sandbox = await startTopgeschenken(options);
	const { id: clientId, secret: clientSecret } = sandbox.clients.company;
	process.once('disconnect', () => void sandbox.close());
	process.send!({ url: sandbox.url, clientId, clientSecret } satisfies TopgeschenkenFacts);
}

void main(JSON.parse(process.argv[2]) as TopgeschenkenOptions);
