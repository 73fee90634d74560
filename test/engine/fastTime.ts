/**
 * Ten seconds of every wait take one: for the limiter, the retries, n8n's engine and the windows of the simulated servers
 * alike. All of them look at the same clock, so nothing that a test asserts can tell. What it really takes, the bench measures.
 */
import { performance } from 'node:perf_hooks';

const SPEED = 10;

const start = { date: Date.now(), monotonic: performance.now() };
const passed = () => SPEED * (performance.now() - start.monotonic);

Date.now = () => Math.floor(start.date + passed());
Object.defineProperty(globalThis, 'performance', { value: { now: () => start.monotonic + passed() }, configurable: true });
jest.mock('@n8n/utils/sleep', () => ({
	sleep: async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED)),
}));
