/** The filters of what is owed, line by line. */
import { choices, collection, moment, text, yesNo } from '../../../input';
import type { Optional } from '../../../input';
import { groupFilter, webshopFilter } from '../../fields';
import { before, from, oneOf, some } from '../../filter';
import type { Condition } from '../../filter';

const types = [
	{ name: 'Administration Fee', value: 'AdministrationFee' },
	{ name: 'Cancellation Fee', value: 'CancellationFee' },
	{ name: 'Discount', value: 'RegistrationBundleDiscount' },
	{ name: 'Free Contribution', value: 'FreeContribution' },
	{ name: 'Order', value: 'Order' },
	{ name: 'Other', value: 'Other' },
	{ name: 'Platform Membership', value: 'PlatformMembership' },
	{ name: 'Registration', value: 'Registration' },
];

const fields = {
	createdAfter: moment({ description: 'Only items charged at this moment or later' }),
	createdBefore: moment({ description: 'Only items charged before this moment' }),
	groupId: groupFilter('Only items for registrations in this group'),
	isOpen: yesNo({ displayName: 'Open Only', default: true, empty: true, description: 'Whether to leave out what is paid in full or canceled' }),
	search: text({ description: 'Part of the description' }),
	type: choices({ options: types, open: true, description: 'Only items of one of these kinds' }),
	webshopId: webshopFilter('Only items for orders of this webshop'),
};

export const filters = collection({ displayName: 'Filters', placeholder: 'Add Filter', fields });

export function conditionsOf({ createdAfter, createdBefore, groupId, isOpen, type, webshopId }: Optional<typeof fields>): Condition[] {
	return [
		from('createdAt', createdAfter),
		before('createdAt', createdBefore),
		groupId ? some('registration', { groupId }) : undefined,
		isOpen ? { $and: [{ status: 'Due' }, { priceOpen: { $gt: 0 } }] } : undefined,
		oneOf('type', type),
		webshopId ? some('order', { webshopId }) : undefined,
	];
}
