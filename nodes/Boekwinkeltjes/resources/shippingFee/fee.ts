/** Amounts that both setting and adding a shipping fee show. */
import type { INodeProperties } from 'n8n-workflow';

import { money } from '../../input';

export const feeProperties: INodeProperties[] = [
	{
		displayName: 'Fee',
		name: 'fee',
		type: 'string',
		placeholder: '4,95',
		default: '',
		description: 'What sending costs the customer, in euros',
	},
	{
		displayName: 'Free From',
		name: 'free',
		type: 'string',
		placeholder: '50,00',
		default: '',
		description: 'Probably the amount of an order, in euros, from which sending is free; Boekwinkeltjes does not say',
	},
];

export const feeFields = {
	fee: { label: 'Fee', read: money() },
	free: { label: 'Free From', read: money() },
};
