import type { IDataObject } from 'n8n-workflow';

import { collection, digitList, email, euro, text, wholeNumber } from '../../../input';
import { operation } from '../../../operation/operation';
import { recordIn, unwrap } from '../../answer';
import { at } from '../../paths';

/** The vendor's document lost the link from its sample (a text or a member is inferred): both are looked at. */
function linkIn(body: unknown): string | null {
	const data = unwrap(body);
	const texts = [data, ...Object.values(recordIn(body))].flat();
	return (texts.find((value) => typeof value === 'string' && /^https?:\/\//i.test(value)) as string | undefined) ?? null;
}

export const createLink = operation({
	name: 'Create Payment Link',
	value: 'createLink',
	action: 'Create payment link',
	description: 'Make a link with which a customer can pay',
	...at('payment.createLink'),
	dryRun: 'offered',
	input: {
		title: text({ required: true, description: 'What the customer pays for' }),
		amount: euro({ to: 99_999, required: true, placeholder: 'e.g. 10,99', description: 'In euros, without the shipping costs' }),
		shippingCosts: euro({ to: 99_999, default: '0', required: true, placeholder: 'e.g. 4,95', description: 'In euros' }),
		name: text({ displayName: 'Customer Name', required: true, description: 'Name of the customer' }),
		email: email({ displayName: 'Customer Email', required: true, description: 'E-mail address of the customer' }),
		additionalFields: collection({
			fields: {
				availability: wholeNumber({ description: 'A number whose meaning is not documented; ask customer service' }),
				bookIds: digitList({
					displayName: 'Book IDs',
					placeholder: 'e.g. 12,34,56',
					description: 'IDs of the books that are paid for, with commas in between',
				}),
			},
		}),
	},
	turn: () => 'one after another',
	body: ({ shippingCosts, additionalFields: { availability, bookIds }, ...link }) => ({
		...link,
		availability,
		shippingcosts: shippingCosts,
		singleIDs: bookIds?.join(','),
	}),
	answer({ body }, { title, name, email: address, amount, shippingCosts }): IDataObject {
		return { success: true, link: linkIn(body), title, name, email: address, amount, shippingCosts, ...recordIn(body) };
	},
});
