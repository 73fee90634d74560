/** Families, their registrations for the groups of a working year, and what they owe for them. */
import { DAY, SEED_NOW } from '../seed';
import type { Dice } from '../seed';
import { FIRST_NAMES, LAST_NAMES } from './seed';
import type { Address, Customer, Payment, State } from './seed';

export interface Period {
	id: string;
	startDate: number;
	endDate: number;
}

export interface Group {
	id: string;
	name: string;
	period: Period;
	type: 'Membership' | 'WaitingList' | 'EventRegistration';
	status: 'Open' | 'Closed' | 'Archived';
	/** In cents. */
	price: number;
	minAge: number | null;
	maxAge: number | null;
	createdAt: number;
}

export interface Member {
	id: string;
	firstName: string;
	lastName: string;
	memberNumber: string | null;
	/** Midnight UTC. */
	birthDay: number | null;
	gender: 'Male' | 'Female' | 'Other';
	email: string | null;
	phone: string | null;
	address: Address | null;
	parents: Customer[];
	createdAt: number;
	updatedAt: number;
}

export interface Registration {
	id: string;
	member: Member;
	group: Group;
	/** Null as long as it is not paid at the checkout; then it is in no list. */
	registeredAt: number | null;
	startDate: number | null;
	endDate: number | null;
	deactivatedAt: number | null;
	createdAt: number;
	updatedAt: number;
}

/** What somebody owes; amounts in cents. */
export interface BalanceItem {
	id: string;
	type: string;
	status: 'Hidden' | 'Due' | 'Canceled';
	description: string;
	unitPrice: number;
	amount: number;
	pricePaid: number;
	pricePending: number;
	dueAt: number | null;
	paidAt: number | null;
	createdAt: number;
	updatedAt: number;
	registration: Registration | null;
	payment: Payment | null;
	/** Index of the company that owes it. */
	company: number | null;
}

export interface Reminders {
	lastReminderEmail: number;
	/** In cents. */
	lastReminderAmountOpen: number;
	count: number;
}

const GROUPS: Array<Pick<Group, 'name' | 'type' | 'price' | 'minAge' | 'maxAge'>> = [
	{ name: 'Jeugdharmonie', type: 'Membership', price: 4500, minAge: 8, maxAge: 17 },
	{ name: 'Harmonie', type: 'Membership', price: 4500, minAge: 16, maxAge: null },
	{ name: 'Drumband', type: 'Membership', price: 4500, minAge: 10, maxAge: null },
	{ name: 'Wachtlijst drumband', type: 'WaitingList', price: 0, minAge: null, maxAge: null },
	{ name: 'Muziekkamp', type: 'EventRegistration', price: 14_500, minAge: 8, maxAge: 17 },
];

/** Members without a payment, beside one for each membership fee that is paid or asked for. */
const MORE_MEMBERS = 36;

function mailboxOf(firstName: string, lastName: string, dice: Dice): string {
	const name = `${firstName}.${lastName}`.normalize('NFD').replace(/[^A-Za-z.]/g, '').toLowerCase();
	return `${name}${dice.below(90) + 10}@example.com`;
}

function personOf(lastName: string, dice: Dice): Customer {
	const firstName = dice.pick(FIRST_NAMES);
	return {
		firstName,
		lastName,
		email: mailboxOf(firstName, lastName, dice),
		phone: `+32 47${dice.below(10)} ${dice.digits(2)} ${dice.digits(2)} ${dice.digits(2)}`,
	};
}

export function addMembers({ payments, periods, groups, members, registrations, openItems, reminders }: State, dice: Dice) {
	const year = 365 * DAY;
	for (const [position, age] of [1, 0].entries()) {
		const startDate = SEED_NOW - 100 * DAY - age * year;
		const period: Period = { id: dice.uuid(), startDate, endDate: startDate + year - 1000 };
		periods.push(period);
		const status = position === 0 ? 'Archived' : 'Open';
		groups.push(...GROUPS.map((group): Group => ({ ...group, id: dice.uuid(), period, status, createdAt: startDate - 60 * DAY })));
	}
	const current = groups.filter(({ period }) => period === periods[1]);
	const last = groups.filter(({ period }) => period === periods[0]);

	function addMember(lastName: string, parents: Customer[], address: Address | null, createdAt: number): Member {
		const firstName = dice.pick(FIRST_NAMES);
		const isChild = parents.length > 0;
		const member: Member = {
			id: dice.uuid(),
			firstName,
			lastName,
			memberNumber: dice.below(3) === 0 ? null : dice.digits(10),
			birthDay: Date.UTC((isChild ? 2010 : 1975) + dice.below(8), dice.below(12), 1 + dice.below(28)),
			gender: dice.pick(['Male', 'Female', 'Other'] as const),
			email: isChild ? null : mailboxOf(firstName, lastName, dice),
			phone: isChild ? null : `+32 49${dice.below(10)} ${dice.digits(2)} ${dice.digits(2)} ${dice.digits(2)}`,
			address,
			parents,
			createdAt,
			updatedAt: createdAt,
		};
		members.push(member);
		return member;
	}

	function register(member: Member, group: Group, registeredAt: number): Registration {
		const isOver = group.period === periods[0];
		const registration: Registration = {
			id: dice.uuid(),
			member,
			group,
			registeredAt,
			startDate: group.period.startDate,
			endDate: isOver ? group.period.endDate : null,
			deactivatedAt: null,
			createdAt: registeredAt,
			updatedAt: registeredAt,
		};
		registrations.push(registration);
		return registration;
	}

	const addressOf = (): Address => ({
		street: dice.pick(['Molenstraat', 'Lindelaan', 'Veldweg', 'Dorpsstraat']),
		number: String(1 + dice.below(120)),
		postalCode: '9230',
		city: 'Wetteren',
		country: 'BE',
	});

	for (const payment of payments.filter(({ order }) => order === null)) {
		const { customer, createdAt } = payment;
		const member = addMember(customer.lastName, [customer], addressOf(), createdAt - 30 * DAY);
		const group = current[dice.below(3)];
		payment.registration = register(member, group, createdAt);
		if (dice.below(2) === 0) register(member, last[dice.below(3)], createdAt - year);
	}

	let family: { lastName: string; parents: Customer[]; address: Address } | undefined;
	for (let position = 0; position < MORE_MEMBERS; position++) {
		// Two children of every family, and now and then somebody of age.
		if (position % 3 !== 1 || !family) {
			const lastName = dice.pick(LAST_NAMES);
			family = { lastName, parents: [personOf(lastName, dice), personOf(dice.pick(LAST_NAMES), dice)], address: addressOf() };
		}
		const isAdult = position % 3 === 2;
		const createdAt = SEED_NOW - (90 - position) * DAY;
		const member = addMember(family.lastName, isAdult ? [] : family.parents, family.address, createdAt);
		const group = position % 12 === 11 ? current[3] : current[dice.below(3)];
		const registration = register(member, group, createdAt + DAY);
		if (position % 9 === 8) registration.deactivatedAt = registration.updatedAt = createdAt + 20 * DAY;
		if (position % 4 === 3) register(member, current[4], createdAt + 5 * DAY);
		if (group.price === 0) continue;
		openItems.push({
			id: dice.uuid(),
			type: 'Registration',
			status: registration.deactivatedAt === null ? 'Due' : 'Canceled',
			description: 'Lidgeld 2026-2027',
			unitPrice: group.price,
			amount: 1,
			pricePaid: position % 6 === 5 ? group.price : position % 6 === 4 ? 2000 : 0,
			pricePending: 0,
			dueAt: createdAt + 30 * DAY,
			paidAt: position % 6 === 5 ? createdAt + 14 * DAY : null,
			createdAt: createdAt + DAY,
			updatedAt: createdAt + 14 * DAY,
			registration,
			payment: null,
			company: null,
		});
		if (position % 5 === 0) {
			reminders.set(member, { lastReminderEmail: createdAt + 35 * DAY, lastReminderAmountOpen: group.price, count: 1 + dice.below(3) });
		}
	}
}
