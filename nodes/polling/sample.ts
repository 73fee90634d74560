/** What a test run in the editor shows of an event. */
import { chunk, sortBy, takeRight } from 'lodash';

import { InvalidInput } from '../transport/errors';
import type { Poll, TriggerEvent } from './event';
import { completed, isWanted, readNewest } from './reading';
import type { Seen } from './reading';

const SAMPLE_SIZE = 5;
/** Records that are read at least, and at most if few pass the filters. */
const FEWEST_READ = 100;
const MOST_READ = 500;
/** So many whole records are fetched at a time. */
const SAMPLE_CHUNK = 20;

/**
 * The newest events. Nothing is remembered.
 * @throws InvalidInput if there is none
 */
export async function readSample(event: TriggerEvent, poll: Poll): Promise<Seen[]> {
	const isOfUse = (one: Seen) => one.isReady && (event.details ? one.isKept : isWanted(one, event, poll));
	const { records } = await readNewest(event, poll, (seen) => {
		if (seen.length < FEWEST_READ) return false;
		return seen.length >= MOST_READ || seen.filter(isOfUse).length >= SAMPLE_SIZE;
	});
	const newest = takeRight(sortBy(records.filter(isOfUse), ['moment', 'id']), MOST_READ).reverse();
	const wanted: Seen[] = [];
	for (const some of chunk(newest, SAMPLE_CHUNK)) {
		wanted.push(...(await completed(some, event, poll)).filter((one) => isWanted(one, event, poll)));
		if (wanted.length >= SAMPLE_SIZE) break;
	}
	if (wanted.length > 0) return wanted.slice(0, SAMPLE_SIZE);
	throw new InvalidInput(
		`There is no ${event.noun} yet to show as a sample: change the filters, or make one and test again`,
		'Nothing is wrong. An active workflow starts by itself as soon as there is one.',
	);
}
