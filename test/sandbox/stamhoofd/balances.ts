/** Who owes what: follows from the payments and from what has no payment yet. */
import type { Payment, State } from './seed';
import type { BalanceItem, Member } from './seedMembers';

/** What is due for an item, in cents. */
export function priceOf({ status, unitPrice, amount }: BalanceItem): number {
	return status === 'Due' ? unitPrice * amount : 0;
}

export function openOf(item: BalanceItem): number {
	return priceOf(item) - item.pricePaid - item.pricePending;
}

function itemOf(payment: Payment): BalanceItem {
	const { order, registration, price, status, paidAt, createdAt, updatedAt } = payment;
	return {
		id: payment.balanceItemId,
		type: order ? 'Order' : registration ? 'Registration' : 'Other',
		status: 'Due',
		description: payment.description,
		unitPrice: price,
		amount: 1,
		pricePaid: status === 'Succeeded' ? price : 0,
		pricePending: status === 'Pending' ? price : 0,
		dueAt: null,
		paidAt,
		createdAt,
		updatedAt,
		registration,
		payment,
		company: null,
	};
}

/** Everything that is or was owed, the oldest first. */
export function balanceItems({ payments, openItems }: State): BalanceItem[] {
	return [...payments.map(itemOf), ...openItems].sort((one, other) => one.createdAt - other.createdAt);
}

export type ReceivableType = 'member' | 'registration' | 'userWithoutMembers' | 'user' | 'organization';

export interface Receivable {
	id: string;
	objectId: string;
	type: ReceivableType;
	name: string;
	contacts: Array<{ firstName: string; lastName: string; emails: string[]; meta: object }>;
	items: BalanceItem[];
	member: Member | null;
}

export function totalsOf({ items }: Receivable): Record<'amountOpen' | 'amountPaid' | 'amountPending', number> {
	const sum = (of: (item: BalanceItem) => number) => items.reduce((total, item) => total + of(item), 0);
	return { amountOpen: sum(openOf), amountPaid: sum(({ pricePaid }) => pricePaid), amountPending: sum(({ pricePending }) => pricePending) };
}

function contactsOf({ firstName, lastName, email, parents }: Member): Receivable['contacts'] {
	const own = email ? [{ firstName, lastName, emails: [email], meta: { type: 'member', responsibilityIds: [], url: '' } }] : [];
	const theirs = parents.map((parent) => ({
		firstName: parent.firstName,
		lastName: parent.lastName,
		emails: [parent.email],
		meta: { type: 'parent', responsibilityIds: [], url: '' },
	}));
	return own.length > 0 ? own : theirs;
}

/** An id that is always the same for the same thing. */
function idFor(objectId: string, digit: string): string {
	return objectId.replace(/^.{8}/, digit.repeat(8));
}

/**
 * The server keeps one sum for each member and one more for each registration and for each account with its members: the
 * same euro stands in several of them (read in the source).
 */
export function receivables(state: State): Receivable[] {
	const items = balanceItems(state);
	const byMember = new Map<Member, BalanceItem[]>();
	const byRegistration = new Map<string, BalanceItem[]>();
	for (const item of items) {
		if (!item.registration) continue;
		const { member, id } = item.registration;
		byMember.set(member, [...(byMember.get(member) ?? []), item]);
		byRegistration.set(id, [...(byRegistration.get(id) ?? []), item]);
	}
	const members = [...byMember].map(([member, own]): Receivable => ({
		id: idFor(member.id, 'a'),
		objectId: member.id,
		type: 'member',
		name: `${member.firstName} ${member.lastName}`,
		contacts: contactsOf(member),
		items: own,
		member,
	}));
	const registrations = state.registrations.flatMap((registration): Receivable[] => {
		const { member } = registration;
		const own = byRegistration.get(registration.id);
		return own
			? [{ id: idFor(registration.id, 'b'), objectId: registration.id, type: 'registration', name: `${member.firstName} ${member.lastName}`, contacts: contactsOf(member), items: own, member }]
			: [];
	});
	const families = new Map<string, Receivable>();
	for (const receivable of members) {
		const [parent] = receivable.member!.parents;
		if (!parent) continue;
		const account = families.get(parent.email) ?? {
			id: idFor(receivable.id, 'c'),
			objectId: idFor(receivable.objectId, 'd'),
			type: 'user' as const,
			name: `${parent.firstName} ${parent.lastName}`,
			contacts: [{ firstName: parent.firstName, lastName: parent.lastName, emails: [parent.email], meta: { type: 'user', responsibilityIds: [], url: '' } }],
			items: [],
			member: null,
		};
		account.items.push(...receivable.items);
		families.set(parent.email, account);
	}
	const companies = state.companies.map((company, position): Receivable => ({
		id: idFor(company.id, 'e'),
		objectId: company.id,
		type: 'organization',
		name: company.name,
		contacts: [{ firstName: '', lastName: '', emails: [company.administrationEmail], meta: { type: 'organization', responsibilityIds: [], url: '' } }],
		items: items.filter((item) => item.company === position),
		member: null,
	}));
	return [...members, ...registrations, ...families.values(), ...companies];
}
