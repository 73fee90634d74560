import { countWrongSecret, mayLogIn, REQUESTS_A_MINUTE, takeRequest } from '../../nodes/Webwinkelfacturen/api/limits';

const NOW = 1_800_000_000_000;

test('as many requests as a minute has are answered, one more is not, and another API has its own', () => {
	const taken = Array.from({ length: REQUESTS_A_MINUTE + 1 }, (_, index) => takeRequest('flooded', NOW + index));
	expect(taken.map(({ isAllowed }) => isAllowed)).toEqual([...Array.from({ length: REQUESTS_A_MINUTE }, () => true), false]);
	expect(taken.map(({ remaining }) => remaining).slice(0, 3)).toEqual([599, 598, 597]);
	expect(taken.at(-1)).toMatchObject({ remaining: 0, reset: 60 });
	expect(takeRequest('another', NOW + 1000).isAllowed).toBe(true);
	expect(takeRequest('flooded', NOW + 59_999)).toMatchObject({ isAllowed: false, reset: 1 });
	expect(takeRequest('flooded', NOW + 60_000)).toMatchObject({ isAllowed: true, remaining: 599, reset: 60 });
});

test('a clock that is set back shuts nobody out', () => {
	for (let index = 0; index <= REQUESTS_A_MINUTE; index++) takeRequest('set back', NOW);
	expect(takeRequest('set back', NOW).isAllowed).toBe(false);
	expect(takeRequest('set back', NOW - 3_600_000)).toMatchObject({ isAllowed: true, remaining: 599, reset: 60 });
});

test('twenty wrong secrets are enough for a minute, also for who has the right one', () => {
	for (let tries = 0; tries < 20; tries++) {
		expect(mayLogIn('guessed', NOW)).toBe(true);
		countWrongSecret('guessed', NOW);
	}
	expect(mayLogIn('guessed', NOW + 59_999)).toBe(false);
	expect(mayLogIn('guessed', NOW + 60_000)).toBe(true);
	expect(mayLogIn('another', NOW)).toBe(true);
});
