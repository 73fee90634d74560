import { groupBy, isEmpty } from 'lodash';
import { IANAZone } from 'luxon';

import { closeDay } from '../../../bookkeeping/closure';
import type { SaleDocument } from '../../../bookkeeping/document';
import { collection, day, field, plainText, quoted, record, text, yesNo } from '../../../input';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { ZONE } from '../../../operation/time';
import { InvalidInput } from '../../../transport/errors';
import { rates, ratesOf } from '../../fields';
import { asItem, booked, inSteps, wholeDocument } from '../../pure';

const timeZone = field<string, { description: string; displayName: string }>(
	'string',
	(given) => {
		const name = plainText(given, 100);
		if (!IANAZone.isValidZone(name)) throw new InvalidInput(`${quoted(name)} is not a time zone: write it as Europe/Amsterdam`);
		return name;
	},
	{ displayName: 'Time Zone', description: 'Zone in which the day begins and ends; left out: Europe/Amsterdam' },
	{ placeholder: 'e.g. Europe/Amsterdam' },
);

/** The closure of a day of which a receipt is wrong would be wrong, too. @param faulty left out: an item that could not be read */
function notClosed(date: string, faulty?: InvalidInput): InvalidInput {
	const why = faulty?.message ?? 'another item is faulty, so correct that one, and close the day with all receipts';
	return new InvalidInput(`${date} was not closed: ${why}`, faulty?.description);
}

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Close day',
	description: 'Add up the receipts of all items: turnover by category and VAT rate, payments by method',
	input: {
		receipt: record({ description: 'A receipt, or a credit note for one. An item without fields is none.' }),
		day: day({ required: true, description: 'The day that is closed' }),
		register: text({ required: true, default: 'register-1', description: 'Name of the till or the shop', longest: 100 }),
		options: collection({
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: {
				emptyDay: yesNo({ description: 'Whether a day without receipts gets a closure with totals of zero' }),
				timeZone,
				rates,
			},
		}),
	},
	async sendAll(inputs, [{ context }]) {
		const receipts = await inSteps(inputs, ({ receipt, options }) => {
			const isNone = receipt === undefined || isEmpty(receipt);
			return isNone ? undefined : wholeDocument(receipt, { rates: ratesOf(options.rates) });
		});
		const facts = inputs.map(({ day: date, register, options }) => ({ day: date, register, emptyDay: options.emptyDay ?? false, zone: options.timeZone || ZONE }));
		// Of an item that could not even be read nothing tells which day it is of.
		const areAllThere = inputs.length === context.getInputData().length;
		const days = Object.values(groupBy(facts.map((of, index) => ({ of, index })), ({ of }) => JSON.stringify(of)));
		const outcomes: Outcome[] = [];
		for (const group of days) {
			const [{ of, index: first }] = group;
			const own = group.flatMap(({ index }) => receipts[index] ?? []);
			const faulty = own.find((one) => one instanceof Error);
			const closure =
				faulty || !areAllThere
					? notClosed(of.day, faulty)
					: await booked(() => closeDay(own as SaleDocument[], of)).catch((error: Error) => error);
			const others = closure instanceof Error ? closure : [];
			for (const { index } of group) outcomes[index] = receipts[index] instanceof Error ? receipts[index] : others;
			if (closure && !(closure instanceof Error)) outcomes[first] = asItem(closure);
		}
		return outcomes;
	},
});
