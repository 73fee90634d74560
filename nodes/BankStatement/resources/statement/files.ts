/** What both operations have in common: which file is meant, and how it is read. */
import { choice, collection, fileField, longText, text } from '../../../input';
import type { InputOf, Optional } from '../../../input';
import type { Call } from '../../../operation/call';
import { InvalidInput } from '../../../transport/errors';
import type { Column } from '../../formats/csv/banks';
import type { Mapping } from '../../formats/csv/table';
import { accountOf } from '../../iban';
import type { BankFile } from '../../line';
import { readBankFile } from '../../read';

/** Characters; more than any bank gives at once. */
const LONGEST_FILE = 100_000_000;

const title = (displayName: string, description: string, placeholder: string) => text({ displayName, description, placeholder });

const columnFields = {
	account: title('Account', 'Title of the column with the own account', 'e.g. Rekening'),
	amount: title('Amount', 'Title of the column with the amount; with minus, or beside it a direction', 'e.g. Bedrag'),
	amountIn: title('Amount In', 'Title of the column with money that came in, where that has a column of its own', 'e.g. Bij'),
	amountOut: title('Amount Out', 'Title of the column with money that went out, where that has a column of its own', 'e.g. Af'),
	balance: title('Balance', 'Title of the column with the balance after the line, which lets missing lines be found out', 'e.g. Saldo'),
	bankReference: title('Bank Reference', 'Title of the column with the number that the bank gave', 'e.g. Volgnummer'),
	communication: title('Communication', 'Title of the column with what the payer wrote; several with commas between them', 'e.g. Mededeling'),
	counterpartyIban: title('Counterparty IBAN', 'Title of the column with the account of the other side', 'e.g. Tegenrekening'),
	counterpartyName: title('Counterparty Name', 'Title of the column with the name of the other side', 'e.g. Naam'),
	currency: title('Currency', 'Title of the column with the currency; left out: EUR', 'e.g. Munt'),
	date: title('Date', 'Title of the column with the day of the booking', 'e.g. Datum'),
	direction: title('Direction', 'Title of the column that says whether money came in or went out: Af/Bij, D/C, Debit/Credit', 'e.g. Af Bij'),
	structuredCommunication: title('Structured Communication', 'Title of the column with the reference, where that has a column of its own', 'e.g. Gestructureerde mededeling'),
	valueDate: title('Value Date', 'Title of the column with the value date', 'e.g. Valutadatum'),
};

const COLUMNS: Record<keyof typeof columnFields, Column> = {
	account: 'account',
	amount: 'amount',
	amountIn: 'credit',
	amountOut: 'debit',
	balance: 'balance',
	bankReference: 'bankReference',
	communication: 'text',
	counterpartyIban: 'counterAccount',
	counterpartyName: 'name',
	currency: 'currency',
	date: 'date',
	direction: 'direction',
	structuredCommunication: 'structured',
	valueDate: 'valueDate',
};

export const fileFields = {
	source: choice({
		displayName: 'File From',
		options: [
			{ name: 'Binary Field', value: 'binary', description: 'A file of the item, as from a form, a mail or a folder' },
			{ name: 'Text', value: 'text', description: 'What is in the file, as text' },
		],
		description: 'CODA, CAMT.053, CAMT.052, CAMT.054, MT940, MT942 or a CSV file of a bank: the format is recognized by what is in the file',
	}),
	binaryPropertyName: fileField({ show: { source: ['binary'] }, hint: 'The name of the input binary field that holds the file of the bank' }),
	text: longText({ required: true, longest: LONGEST_FILE, show: { source: ['text'] }, description: 'What is in the file of the bank' }),
	columns: collection({
		displayName: 'Columns of Another CSV File',
		placeholder: 'Add Column',
		description: 'Only for a CSV file that is not recognized, or read wrongly: the title of each column as it stands in the file, or its number where there are no titles',
		fields: columnFields,
	}),
};

export const accounts = text({
	displayName: 'Accounts',
	placeholder: 'e.g. BE68 5390 0754 7034',
	description: 'Only statements of these accounts, with commas between them; left out: all that are in the file',
});

export type FileInput = InputOf<typeof fileFields> & { options: { accounts?: string } };

/** @throws InvalidInput if too few columns are chosen to make lines of the rows */
function mappingOf(chosen: Optional<typeof columnFields>): Mapping | undefined {
	const given = Object.entries(chosen).filter(([, column]) => column !== undefined);
	if (given.length === 0) return undefined;
	const hasAmount = chosen.amount !== undefined || (chosen.amountIn !== undefined && chosen.amountOut !== undefined);
	if (chosen.date === undefined || !hasAmount) {
		throw new InvalidInput('Columns of Another CSV File lacks columns: choose at least Date, and either Amount or both Amount In and Amount Out');
	}
	return Object.fromEntries(given.map(([name, column]) => [COLUMNS[name as keyof typeof COLUMNS], column]));
}

async function contentOf({ source, binaryPropertyName, text: words }: FileInput, call: Call): Promise<Uint8Array | string> {
	if (source === 'text') return words;
	if (!call.hasFile(binaryPropertyName)) {
		throw new InvalidInput(`The item has no file in the binary field "${binaryPropertyName}": check the name of the field`);
	}
	return await call.file(binaryPropertyName);
}

/** The file with the statements of the chosen accounts only. */
function ofAccounts(file: BankFile, chosen: string | undefined): BankFile {
	const wanted = (chosen ?? '').split(/[,;\n]/).flatMap((account) => accountOf(account) ?? []);
	if (wanted.length === 0) return file;
	const statements = file.statements.filter(({ account }) => wanted.includes(accountOf(account) ?? ''));
	const others = [...new Set(file.statements.map(({ account }) => accountOf(account) ?? 'an account without a number'))];
	const note = `The file has no statement of ${wanted.join(' or ')}: it is of ${others.join(', ') || 'no account'}.`;
	return { ...file, statements, notes: statements.length > 0 ? file.notes : [...file.notes, note] };
}

export async function readFileOf(input: FileInput, call: Call): Promise<BankFile> {
	return ofAccounts(await readBankFile(await contentOf(input, call), mappingOf(input.columns)), input.options.accounts);
}

/** One file after the other, so that only one of them is in memory; what cannot be read is an error in its place. */
export async function readFiles(inputs: FileInput[], calls: Call[]): Promise<Array<BankFile | Error>> {
	const files: Array<BankFile | Error> = [];
	for (const [index, input] of inputs.entries()) {
		files.push(await readFileOf(input, calls[index]).catch((error: Error) => error));
	}
	return files;
}
