/** Lines that give back what another line brought. */
import type { StatementLine } from './line';
import { namingOf } from './names';
import { spellingsRead } from './spelling';

/** A line that may give back another one, or be given back. */
export interface Movement {
	line: StatementLine;
	/** Negative for money that went out. */
	cents: number;
	/** The references in it, by anything that tells them apart. */
	references: string[];
}

const GIVES_BACK = /TERUG(?:BETAL|STORT|GAVE|B)|REMBOURS|REFUND|RETOUR|STORNO|ANNUL|REVERS|CHARGEBACK/;

const isReversal = ({ line }: Movement) => line.type === 'reversal';

function saysSo(movement: Movement): boolean {
	return isReversal(movement) || GIVES_BACK.test(spellingsRead(movement.line.communication)[0]);
}

const ibanOf = ({ line }: Movement) => (line.counterpartyIban ?? '').replace(/\s/g, '').toUpperCase();
const nameOf = ({ line }: Movement) => (line.name ?? '').trim().toUpperCase();

/** False if the money went to somebody else than it came from, as far as the lines tell. */
function mayBeSamePayer(one: Movement, other: Movement): boolean {
	const ibans = [ibanOf(one), ibanOf(other)];
	if (ibans.every(Boolean)) return ibans[0] === ibans[1];
	const [words, others] = [namingOf(nameOf(one)).words, namingOf(nameOf(other)).words];
	return words.size === 0 || others.size === 0 || [...words].some((word) => word.length > 2 && others.has(word));
}

/** What a line may be found by. */
function keysOf(movement: Movement): string[] {
	const keys = [...movement.references.map((one) => `reference ${one}`)];
	if (ibanOf(movement)) keys.push(`iban ${ibanOf(movement)}`);
	if (nameOf(movement)) keys.push(`name ${nameOf(movement)}`);
	return keys;
}

const isDay = (date: string | undefined): date is string => date !== undefined && /^\d{4}-\d\d-\d\d/.test(date);

/** Oldest first: by their dates where all have one, since some banks begin with the newest line. */
function chronological(movements: Movement[]): Movement[] {
	const days = movements.map(({ line }) => line.date);
	if (!days.every(isDay) || days.length === 0) return movements;
	const inFile = days[0] > days.at(-1)! ? [...movements].reverse() : movements;
	const dayOf = ({ line }: Movement) => line.date!.slice(0, 10);
	return [...inFile].sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : Number(dayOf(one) > dayOf(other))));
}

/**
 * For each line of a pair the other one. A later line gives back the last one before it of the same amount that is not
 * given back yet: by a reference in both, or by the payer if it says that it gives back.
 */
export function pairReversals(movements: Movement[]): Map<Movement, Movement> {
	const pairs = new Map<Movement, Movement>();
	const earlier = new Map<string, Movement[]>();
	const lastOf = (key: string) => {
		const list = earlier.get(key) ?? [];
		while (list.length > 0 && pairs.has(list.at(-1)!)) list.pop();
		return list.at(-1);
	};
	for (const movement of chronological(movements)) {
		const keys = keysOf(movement);
		// Money that comes in gives back only if the bank says so: else somebody pays once more.
		const mayGiveBack = movement.cents < 0 || isReversal(movement);
		const partner = keys
			.filter((key) => mayGiveBack && (key.startsWith('reference') || saysSo(movement)))
			.map((key) => lastOf(`${-movement.cents} ${key}`))
			.find((other) => other !== undefined && (isReversal(movement) || mayBeSamePayer(movement, other)));
		if (partner) {
			pairs.set(movement, partner).set(partner, movement);
			continue;
		}
		for (const key of keys) {
			const list = earlier.get(`${movement.cents} ${key}`);
			if (list) list.push(movement);
			else earlier.set(`${movement.cents} ${key}`, [movement]);
		}
	}
	return pairs;
}
