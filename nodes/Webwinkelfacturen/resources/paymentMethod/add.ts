import { code, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { ENTITIES } from '../../entities';
import { recordsIn } from '../../platform';
import { simplify } from '../../simplify';

export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add payment method',
	description: 'Add a payment method. Those that a day closure names are added with it.',
	request: 'POST /paymentmethodapi/addpaymentmethods',
	input: {
		paymentMethodId: code({ displayName: 'Payment Method ID', required: true, description: 'Your own ID, which payments refer to', placeholder: 'e.g. ideal' }),
		name: text({ required: true, placeholder: 'e.g. iDEAL' }),
	},
	// "standard" is the only type that the vendor shows.
	body: ({ paymentMethodId, name }) => ({ paymentmethods: [{ paymentmethodid: paymentMethodId, name, type: 'standard' }] }),
	answer: recordsIn,
	simplify: (record) => simplify(ENTITIES.paymentMethod, record),
});
