import { installN8n } from '../../scripts/lib/n8n';
import { startPlayground } from '../../scripts/lib/playground';
import type { Playground } from '../../scripts/lib/playground';
import type { HostedPlatform } from './platforms';

/** A playground for all tests of a file; after each, no sandbox may have met a request outside its contract. */
export function usePlayground(): { current: Playground } {
	const holder = {} as { current: Playground };
	beforeAll(async () => {
		holder.current = await startPlayground(await installN8n(), process.env.HOST_TARBALL!);
	});
	afterEach(() => {
		for (const { sandbox } of Object.values<HostedPlatform>(holder.current.platforms)) expect(sandbox.violations).toEqual([]);
	});
	afterAll(async () => await holder.current?.stop());
	return holder;
}
