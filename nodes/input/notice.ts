/** Words in the panel. */
import { field } from './field';

/** A text that stands among the fields; there is nothing to fill in. */
export const notice = (words: string, show?: Record<string, Array<string | boolean>>) =>
	field<undefined, object>('notice', () => undefined, { displayName: words, show });
