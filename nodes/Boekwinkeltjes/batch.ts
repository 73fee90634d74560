import type { Call, Outcome } from '../operation/legacy';

/** Runs the items at the same time, or `atOnce` of them where each takes much memory; one that fails fails alone. */
export async function each<Input>(
	inputs: Input[],
	calls: Call[],
	run: (input: Input, call: Call) => Promise<Outcome>,
	atOnce = inputs.length,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const waiting = inputs.entries();
	const work = async () => {
		for (const [position, input] of waiting) {
			outcomes[position] = await run(input, calls[position]).catch((error: Error) => error);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return outcomes;
}

/**
 * As `each`, but items with the same key run one after another. Changes of a book pass through a queue at
 * Boekwinkeltjes, so what one item did is remembered for the next (`known`), not read back.
 */
export async function inTurn<Input, Known>(
	inputs: Input[],
	calls: Call[],
	keyOf: (input: Input) => string,
	run: (input: Input, call: Call, known: Partial<Known>) => Promise<Outcome>,
): Promise<Outcome[]> {
	const turns = new Map<string, { last: Promise<unknown>; known: Partial<Known> }>();
	return await each(inputs, calls, async (input, call) => {
		const turn = turns.get(keyOf(input)) ?? { last: Promise.resolve(), known: {} };
		turns.set(keyOf(input), turn);
		const outcome = turn.last.then(async () => await run(input, call, turn.known));
		turn.last = outcome.catch(() => {});
		return await outcome;
	});
}
