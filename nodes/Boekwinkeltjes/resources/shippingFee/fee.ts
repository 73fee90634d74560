/** Amounts that both setting and adding a shipping fee show. */
import { euro } from '../../../input';

export const feeFields = {
	fee: euro({ to: 99_999, placeholder: 'e.g. 4,95', description: 'What sending costs the customer, in euros' }),
	free: euro({
		displayName: 'Free From',
		to: 99_999,
		placeholder: 'e.g. 50,00',
		description: 'Probably the amount of an order, in euros, from which sending is free; Boekwinkeltjes does not say',
	}),
};
