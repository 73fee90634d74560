import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { paymentLocator } from '../../fields';
import { at } from '../../paths';
import { simplifyPayment } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get payment',
	description: 'Get one payment by its ID',
	...at('payment.get'),
	input: { paymentId: paymentLocator },
	answer: recordsOf,
	notFound: 'Boekwinkeltjes has no payment with this ID: check it',
	simplify: simplifyPayment,
});
