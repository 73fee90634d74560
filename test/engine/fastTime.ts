/**
 * Ten seconds of every wait take one, for the limiter, the retries, n8n's engine and the servers' windows alike: they all
 * look at the same clock, so nothing that a test asserts can tell. What it really takes is measured by the bench.
 */
const SPEED = 10;

const { performance } = globalThis;
const since = { date: Date.now(), monotonic: performance.now() };
const passed = () => SPEED * (performance.now() - since.monotonic);

Date.now = () => Math.floor(since.date + passed());
Object.defineProperty(globalThis, 'performance', { value: { now: () => since.monotonic + passed() }, configurable: true });
jest.mock('@n8n/utils/sleep', () => ({
	sleep: async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED)),
}));
