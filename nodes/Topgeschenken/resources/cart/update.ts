import { collection, email } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { addressField, cartLocator, companyLocator, requestedPaymentMethod } from '../../fields';
import { addressOf, companyIri } from '../../order';
import { PATHS } from '../../references';
import { headersOf } from '../../request';
import { simplifyCart } from '../../simplify';

/** The manual's table of methods names PATCH for changes, without a sample; form and fields are inferred. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update cart',
	description: 'Change what is given of a cart that is not finalized yet, and nothing else',
	request: `PATCH ${PATHS.cart}/{cartId}`,
	inferred: true,
	input: {
		cartId: cartLocator({ displayName: 'Cart' }),
		changes: collection({
			placeholder: 'Add Change',
			fields: {
				companyId: companyLocator({ displayName: 'Company' }),
				contactEmail: email({ description: 'Who gets the messages about the order' }),
				invoiceAddress: addressField('Invoice Address', 'Invoice'),
				requestedPaymentMethod,
			},
		}),
	},
	prepare({ cartId, changes }) {
		const { companyId, invoiceAddress, ...others } = changes;
		const body = {
			...others,
			...(companyId ? { company: companyIri(companyId) } : {}),
			...(invoiceAddress ? { invoiceAddress: addressOf(invoiceAddress) } : {}),
		};
		if (Object.keys(body).length === 0) throw new InvalidInput('Nothing is to be changed: add a field under Changes');
		return { cartId, body };
	},
	headers: (_, call) => ({ ...headersOf(call), 'Content-Type': 'application/merge-patch+json' }),
	body: ({ body }) => body,
	simplify: simplifyCart,
});
