/** Reads a bank file that stands in a test. */
import { checkChain, checkFile, notesOf } from '../../nodes/BankStatement/checks';
import type { Mapping } from '../../nodes/BankStatement/formats/csv/table';
import { linesOf } from '../../nodes/BankStatement/line';
import { readBankFile } from '../../nodes/BankStatement/read';

export async function readText(text: string, mapping?: Mapping) {
	const file = await readBankFile(Buffer.from(text), mapping);
	const lines = file.statements.flatMap((statement) => linesOf(statement));
	return { file, lines, warnings: [...checkFile(file), ...checkChain([file]).map(({ fault }) => fault)], notes: notesOf(file) };
}
