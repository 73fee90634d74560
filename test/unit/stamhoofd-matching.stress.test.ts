/** Lines of made-up statements: none may be matched wrongly, and next to none that can be matched may be missed. */
import fc from 'fast-check';
import { countBy } from 'lodash';

import { matchLines } from '../../nodes/Stamhoofd/matching/matchLines';
import { recordOf, statements } from '../generators/bankLines';
import type { Line, Statement } from '../generators/bankLines';
import { LONGEST_TEST, times } from '../stress/times';

jest.setTimeout(LONGEST_TEST);

const LINES = times(2000, 100_000);

interface Verdict extends Line {
	result: string;
	reason: string;
	/** Ids of the payments that the line was matched with. */
	matched: string[];
	isRight: boolean;
}

/** What becomes of each line, beside what is true. */
function judge({ payments, lines }: Statement): Verdict[] {
	const matches = matchLines(lines.map(({ line }) => line), payments.map(recordOf), ({ price }) => price as number);
	return matches.map(({ result, reason, payment, payments: several }, place) => {
		const matched = result === 'matched' ? (several ?? [payment!]).map(({ id }) => id as string) : [];
		const { pays } = lines[place];
		return { ...lines[place], result, reason, matched, isRight: matched.length === pays.length && matched.every((id) => pays.includes(id)) };
	});
}

test('nothing is matched wrongly, next to nothing is missed', () => {
	let [lines, asked] = [0, 0];
	const missed: Verdict[] = [];
	const property = fc.property(statements(), (statement) => {
		const verdicts = judge(statement);
		const wrong = verdicts.filter(({ matched, isRight }) => matched.length > 0 && !isRight);
		expect(wrong.map((verdict) => ({ ...verdict, payments: statement.payments.filter(({ id }) => verdict.matched.includes(id)) }))).toEqual([]);
		lines += verdicts.length;
		asked += verdicts.filter(({ mustBeFound }) => mustBeFound).length;
		missed.push(...verdicts.filter(({ mustBeFound, isRight }) => mustBeFound && !isRight));
	});
	while (lines < LINES) fc.assert(property, { numRuns: 20 });
	const habits = countBy(missed, 'habit');
	expect({ isFound: missed.length / asked < 0.01, asked: asked > LINES / 4, habits }).toEqual({ isFound: true, asked: true, habits });
});
