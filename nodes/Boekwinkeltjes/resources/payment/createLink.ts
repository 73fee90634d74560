import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../operation/legacy';
import { recordIn, unwrap } from '../../answer';
import { each } from '../../batch';
import { email, idList, money, readInput, text, wholeNumber } from '../../input';
import { requestTo } from '../../paths';

/** The vendor's document lost the link from its sample (a text or a member is inferred): both are looked at. */
function linkIn(body: unknown): string | null {
	const data = unwrap(body);
	const texts = [data, ...Object.values(recordIn(body))].flat();
	return (texts.find((value) => typeof value === 'string' && /^https?:\/\//i.test(value)) as string | undefined) ?? null;
}

export const createLink: BatchOperation<IDataObject> = {
	name: 'Create Payment Link',
	value: 'createLink',
	action: 'Create a payment link',
	description: 'Make a link with which a customer can pay',
	fields: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			description: 'What the customer pays for',
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			placeholder: '10,99',
			default: '',
			required: true,
			description: 'In euros, without the shipping costs',
		},
		{
			displayName: 'Shipping Costs',
			name: 'shippingCosts',
			type: 'string',
			placeholder: '4,95',
			default: '0',
			required: true,
			description: 'In euros',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the customer',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'name@email.com',
			default: '',
			required: true,
			description: 'E-mail address of the customer',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Availability',
					name: 'availability',
					type: 'number',
					default: 0,
					description: 'A number whose meaning is not documented; ask customer service',
				},
				{
					displayName: 'Book IDs',
					name: 'bookIds',
					type: 'string',
					placeholder: '12,34,56',
					default: '',
					description: 'IDs of the books that are paid for, with commas in between',
				},
			],
		},
	],
	read: (call) => {
		const names = ['title', 'amount', 'shippingCosts', 'name', 'email'];
		const { shippingCosts, bookIds, ...link } = readInput(
			{
				...call.parameter<IDataObject>('additionalFields', {}),
				...Object.fromEntries(names.map((name) => [name, call.parameter(name, '')])),
			},
			{
				title: { label: 'Title', read: text, required: true },
				amount: { label: 'Amount', read: money(), required: true },
				shippingCosts: { label: 'Shipping Costs', read: money(), required: true },
				name: { label: 'Name', read: text, required: true },
				email: { label: 'Email', read: email, required: true },
				availability: { label: 'Availability', read: wholeNumber() },
				bookIds: { label: 'Book IDs', read: idList },
			},
		);
		return { ...link, shippingcosts: shippingCosts, singleIDs: bookIds };
	},
	runAll: async (links, calls) =>
		await each(links, calls, async (body, call) => {
			const reply = await call.send(requestTo('payment.createLink', call.credentials, { body }));
			const { title, name, email: address, amount, shippingcosts } = body;
			const sent = { title, name, email: address, amount, shippingCosts: shippingcosts };
			return { success: true, link: linkIn(reply.body), ...sent, ...recordIn(reply.body) };
		}),
};
