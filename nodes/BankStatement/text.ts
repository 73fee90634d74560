/** Pieces of text as bank files hold them. */
import { InvalidInput } from '../transport/errors';

/** What a format writes where it has nothing to say, blanks left out. */
const PLACEHOLDER = /^(?:NOTPROVIDED|NONREF|[-./]*)$/i;

/** The text in one line, trimmed; undefined if nothing is said. */
export function clean(text: string | undefined): string | undefined {
	const line = (text ?? '').replace(/\s+/g, ' ').trim();
	const isNothing = line === '' || (/^[N./-]/i.test(line) && PLACEHOLDER.test(line.replaceAll(' ', '')));
	return isNothing ? undefined : line;
}

/** Texts one after the other with a blank between them; undefined if none says anything. */
export function joined(texts: Array<string | undefined>): string | undefined {
	return clean(texts.filter((text) => text !== undefined && text !== '').join(' '));
}

/** Pieces that were cut at a fixed width: one that is full goes on without a blank. */
export function glued(pieces: string[], width: number): string {
	return pieces.reduce((text, piece, index) => text + (index === 0 || pieces[index - 1].length >= width ? '' : ' ') + piece, '');
}

/** The beginning of a text for a message. */
export function excerpt(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** A file that cannot be read as what it is: the sentence begins with the line in the file. */
export function faultAt(line: number, what: string): InvalidInput {
	return new InvalidInput(`Line ${line} of the file: ${what}`);
}

/** No format has longer ones, and a file without line ends must not be taken for one line. */
const LONGEST_LINE = 1_000_000;

/** Parts a text that comes in pieces into lines, whatever ends them: CR LF, LF or CR. */
export function byLine(take: (line: string, number: number) => void): { write(text: string): void; end(): void } {
	let pending: string[] = [];
	let length = 0;
	let number = 0;
	let endedWithCr = false;
	const finish = (last: string) => {
		pending.push(last);
		number += 1;
		take(pending.join(''), number);
		pending = [];
		length = 0;
	};
	return {
		write(text) {
			// CR LF may be torn apart between two pieces.
			const rest = endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
			if (text !== '') endedWithCr = text.endsWith('\r');
			const lines = rest.split(/\r\n|[\r\n]/);
			const last = lines.pop() ?? '';
			lines.forEach(finish);
			pending.push(last);
			length += last.length;
			if (length > LONGEST_LINE) throw faultAt(number + 1, 'it is too long for a line of a bank file. Download the file from the bank again');
		},
		end() {
			if (length > 0) finish('');
		},
	};
}
