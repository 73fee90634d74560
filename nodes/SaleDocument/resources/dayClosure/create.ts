import { groupBy, isEmpty } from 'lodash';
import { IANAZone } from 'luxon';

import { closeDay } from '../../../bookkeeping/closure';
import { ZONE } from '../../../bookkeeping/document';
import { collection, day, plainText, quoted, record, text, yesNo, field } from '../../../input';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { rates, ratesOf } from '../../fields';
import { asItem, booked, wholeDocument } from '../../pure';

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
	async prepare({ receipt, day: date, register, options }) {
		const isNone = receipt === undefined || isEmpty(receipt);
		return {
			receipt: isNone ? undefined : await booked(() => wholeDocument(receipt, { rates: ratesOf(options.rates) })),
			facts: { day: date, register, emptyDay: options.emptyDay ?? false, zone: options.timeZone || ZONE },
		};
	},
	async sendAll(inputs) {
		const outcomes: Outcome[] = inputs.map(() => []);
		const days = groupBy(inputs.map((input, index) => ({ ...input, index })), ({ facts }) => JSON.stringify(facts));
		for (const group of Object.values(days)) {
			const [{ facts, index }] = group;
			const receipts = group.flatMap(({ receipt }) => receipt ?? []);
			outcomes[index] = await booked(() => closeDay(receipts, facts)).then(
				(closure) => (closure ? asItem(closure) : []),
				(error: Error) => error,
			);
		}
		return outcomes;
	},
});
