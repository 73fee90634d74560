import { triesOf } from '../../nodes/operation/tries';

const result = (id: number) => ({ id });

it('knows what was done and what nobody knows, for the same run only', () => {
	const first = triesOf('run 1');
	first.done(0, result(7));
	first.unknown(1, 'It is unknown');
	const next = triesOf('run 1');
	expect([0, 1, 2].map((item) => next.known(item))).toEqual([{ isDone: true, result: { id: 7 } }, { isDone: false, message: 'It is unknown' }, undefined]);
	expect(triesOf('run 2').known(0)).toBeUndefined();
});

it('knows of every item of a long run that it was done, and of the last ones what came out', () => {
	const tries = triesOf('long');
	for (let item = 0; item < 40_000; item++) tries.done(item, result(item));
	expect(triesOf('long').known(0)).toEqual({ isDone: true, result: undefined });
	expect(triesOf('long').known(39_999)).toEqual({ isDone: true, result: { id: 39_999 } });
});

it('forgets the runs that nobody tries again', () => {
	triesOf('old').done(0, result(1));
	for (let run = 0; run < 99; run++) triesOf(`new ${run}`);
	expect(triesOf('old').known(0)).toBeDefined();
	for (let run = 0; run < 100; run++) triesOf(`newer ${run}`);
	expect(triesOf('old').known(0)).toBeUndefined();
});

it('keeps nothing of a run that cannot be told from others', () => {
	triesOf(undefined).done(0, result(1));
	expect(triesOf(undefined).known(0)).toBeUndefined();
});
