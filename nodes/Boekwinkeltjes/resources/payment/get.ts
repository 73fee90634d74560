import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { numericId, paymentLocator } from '../../fields';
import { requestTo } from '../../paths';
import { simplifyPayment } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a payment',
	description: 'Get one payment by its ID',
	fields: [paymentLocator, simplifyField],
	request: (call) => requestTo('payment.get', call.credentials, { id: numericId(call, 'paymentId', 'Payment') }),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes has no payment with this ID: check it',
	simplify: simplifyPayment,
};
