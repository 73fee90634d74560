/** Which format a file has, by what is in it: names and extensions tell nothing. */
import { InvalidInput } from '../transport/errors';
import { camtReader } from './formats/camt';
import { codaReader } from './formats/coda';
import { csvReader } from './formats/csv/table';
import type { Mapping } from './formats/csv/table';
import { mt940Reader } from './formats/mt940';
import type { Reader } from './line';

/** Files that are no text, by their first bytes, and what to do with them. */
const NO_TEXT: Array<[start: string, advice: string]> = [
	['PK\u0003\u0004', 'This is a ZIP or Excel file. Unpack a ZIP with the Compression node first; save a sheet as CSV, or download CSV from the bank'],
	['\u001f\u008b', 'This is a packed file (gzip). Unpack it with the Compression node first'],
	['%PDF', 'This is a PDF. Download the statement from the bank as CODA, CAMT, MT940 or CSV'],
	['\u00d0\u00cf\u0011\u00e0', 'This is an old Excel file. Save it as CSV, or download CSV from the bank'],
];

/** @throws InvalidInput for an empty file and for one that is no text */
export function checkIsText(bytes: Uint8Array): void {
	if (bytes.length === 0) throw new InvalidInput('The file is empty. Download it from the bank again');
	const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
	const found = NO_TEXT.find(([sign]) => start.startsWith(sign));
	if (found) throw new InvalidInput(found[1]);
}

const isCoda = (line: string) => /^0000[0 ]\d{6}.{5}05/.test(line) || (/^0{5}\d{6}/.test(line) && line.trimEnd().length >= 120 && line.trimEnd().length <= 130);
const isMt940 = (line: string) => /^(?::20:|:25P?:|:28C?:|:940:|:60[FM]:|:61:\d{6}|:NS:|\{1:F01|ABNANL2A\s*$)/.test(line);

/**
 * The reader for a file that begins with this text.
 * @param mapping columns that a person has chosen, for a table
 */
export function readerFor(head: string, mapping?: Mapping): Reader {
	const lines = head.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
	if (lines.length === 0) throw new InvalidInput('The file has no text in it. Download it from the bank again');
	if (/^\s*<(?:!doctype\s+)?html/i.test(lines[0])) throw new InvalidInput('This is a web page, not a bank file. Download the file from the bank again');
	if (/^\s*</.test(lines[0])) return camtReader();
	if (isCoda(lines[0])) return codaReader();
	return lines.slice(0, 50).some(isMt940) ? mt940Reader() : csvReader(mapping);
}
