/** From the bytes of a bank's file to its statements. */
import { sleep } from 'n8n-workflow';

import { decodeInSteps } from './decode';
import type { Mapping } from './formats/csv/table';
import type { BankFile, Reader } from './line';
import { checkIsText, readerFor } from './recognize';

/**
 * Reads a file in steps, between which everything else goes on.
 * @param mapping columns that a person has chosen, for a table that is not known
 * @throws InvalidInput for what is no bank file, or is damaged: one sentence, with the line of the file
 */
export async function readBankFile(bytes: Uint8Array, mapping?: Mapping): Promise<BankFile> {
	checkIsText(bytes);
	let reader: Reader | undefined;
	for (const text of decodeInSteps(bytes)) {
		if (reader) await sleep(0);
		reader ??= readerFor(text, mapping);
		reader.write(text);
	}
	return (reader ?? readerFor('', mapping)).end();
}
