/** From a bank's file to its statements. */
import { sleep } from 'n8n-workflow';

import { textInSteps } from './decode';
import type { Mapping } from './formats/csv/table';
import type { BankFile, Reader } from './line';
import { checkIsText, readerFor } from './recognize';

/**
 * Reads a file in steps, between which everything else goes on.
 * @param content its bytes, or its text if that is known already
 * @param mapping columns that a person has chosen, for a table that is not known
 * @throws InvalidInput for what is no bank file, or is damaged: one sentence, with the line of the file
 */
export async function readBankFile(content: Uint8Array | string, mapping?: Mapping): Promise<BankFile> {
	if (typeof content !== 'string') checkIsText(content);
	let reader: Reader | undefined;
	for (const text of textInSteps(content)) {
		if (reader) await sleep(0);
		reader ??= readerFor(text, mapping);
		reader.write(text);
	}
	return (reader ?? readerFor('', mapping)).end();
}
