import { email } from '../../../input';
import { operation } from '../../../operation/operation';
import { addressField, companyLocator, requestedPaymentMethod } from '../../fields';
import { addressOf, companyIri } from '../../order';
import { PATHS } from '../../references';
import { headersOf } from '../../request';
import { madeOf, simplifyCart } from '../../simplify';

export const contactEmail = email({ required: true, description: 'Who gets the messages about the order' });

/** Who pays for a cart or a whole order. */
export const payerFields = {
	contactEmail,
	requestedPaymentMethod,
	invoiceAddress: addressField('Invoice Address', 'Invoice', { required: true }),
};

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create cart',
	description: 'Create an empty cart, a draft to which orders are added. Nothing is ordered until it is finalized.',
	request: `POST ${PATHS.cart}`,
	dryRun: 'offered',
	input: {
		...payerFields,
		companyId: companyLocator({ displayName: 'Company', description: 'The company that orders. Leave it empty for the company of your account.' }),
	},
	turn: () => 'one after another',
	headers: (_, call) => headersOf(call),
	body: ({ invoiceAddress, companyId, ...payer }) => ({
		...payer,
		invoiceAddress: addressOf(invoiceAddress),
		...(companyId ? { company: companyIri(companyId) } : {}),
		orders: [],
	}),
	answer: ({ body }) => madeOf(body, simplifyCart),
});
