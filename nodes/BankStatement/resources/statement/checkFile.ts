import type { IDataObject } from 'n8n-workflow';

import { collection } from '../../../input';
import type { InputOf } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { checkChain, checkFile as checkWhole, notesOf } from '../../checks';
import { accountOf } from '../../iban';
import { linesOf } from '../../line';
import type { BankFile, Statement } from '../../line';
import { decimalOf, sumOf } from '../../money';
import { accounts, fileFields, readFiles } from './files';

const fields = {
	...fileFields,
	options: collection({ displayName: 'Options', placeholder: 'Add Option', fields: { accounts } }),
};

const number = (units: bigint | undefined) => (units === undefined ? null : Number(decimalOf(units)));

function summaryOf(statement: Statement): IDataObject {
	const { account, number: name, currency, opening, closing, bookings } = statement;
	const amounts = bookings.map(({ amount = 0n }) => amount);
	const dates = bookings.flatMap(({ date, valueDate }) => date ?? valueDate ?? []).sort();
	return {
		account: accountOf(account) ?? null,
		statement: name ?? null,
		currency: currency ?? 'EUR',
		from: dates[0] ?? opening?.date ?? null,
		to: dates.at(-1) ?? closing?.date ?? null,
		openingBalance: number(opening?.amount),
		closingBalance: number(closing?.amount),
		moneyIn: number(sumOf(amounts.filter((amount) => amount > 0n))),
		moneyOut: number(sumOf(amounts.filter((amount) => amount < 0n))),
		lines: linesOf(statement).length,
	};
}

async function checkAll(inputs: Array<InputOf<typeof fields>>, calls: Call[]): Promise<Outcome[]> {
	const files = await readFiles(inputs, calls);
	const read = files.filter((file): file is BankFile => !(file instanceof Error));
	const chain = checkChain(read);
	return files.map((file) => {
		if (file instanceof Error) return file;
		const warnings = [...checkWhole(file), ...chain.filter((one) => read[one.file] === file).map(({ fault }) => fault)];
		return { format: file.format, complete: warnings.length === 0, warnings, notes: notesOf(file), statements: file.statements.map(summaryOf) };
	});
}

export const checkFile = operation({
	name: 'Check File',
	value: 'checkFile',
	action: 'Check bank file',
	description: 'See what is in the file that a bank gives, and whether its balances, sums and numbers agree',
	input: fields,
	sendAll: checkAll,
});
