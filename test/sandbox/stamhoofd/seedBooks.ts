/** What a bookkeeper asks for: companies, payouts of the payment providers, invoices, tax certificates. */
import { DAY, SEED_NOW } from '../seed';
import type { Dice } from '../seed';
import type { Company, Payment, State } from './seed';
import type { Member, Registration } from './seedMembers';

export interface Settlement {
	id: string;
	provider: string;
	reference: string;
	externalId: string;
	settledAt: number;
	/** In cents. */
	amount: number;
}

/** Amounts in cents. */
export interface Invoice {
	id: string;
	number: string | null;
	company: Company | null;
	payment: Payment;
	/** VAT in percent, included in the price. */
	VATPercentage: number;
	totalWithVAT: number;
	invoicedAt: number | null;
	dueAt: number | null;
	createdAt: number;
	updatedAt: number;
	/** The invoice that a credit note takes back. */
	credits: Invoice | null;
}

export interface DocumentTemplate {
	id: string;
	name: string;
	type: string;
	year: number;
	status: string;
	createdAt: number;
	updatedAt: number;
}

export interface Document {
	id: string;
	number: number | null;
	status: 'Draft' | 'MissingData' | 'Published';
	name: string;
	description: string;
	template: DocumentTemplate;
	member: Member;
	registration: Registration;
	createdAt: number;
	updatedAt: number;
}

const COMPANIES: Array<[name: string, companyNumber: string]> = [
	['Bakkerij Van Hove BV', '0403.170.701'],
	['Feestzaal De Linde NV', '0439.291.125'],
	['Garage Coppens', '0202.239.951'],
];

/** A payment that gives back a part of another, in cents. */
export function refundOf(payment: Payment, cents: number, dice: Dice, at = SEED_NOW): Payment {
	return {
		...payment,
		id: dice.uuid(),
		balanceItemId: dice.uuid(),
		linkId: dice.uuid(),
		type: 'Refund',
		description: `Terugbetaling ${payment.description}`,
		price: -cents,
		status: 'Succeeded',
		createdAt: at,
		updatedAt: at,
		paidAt: at,
		transferFee: 0,
		settlement: null,
		invoice: null,
		reverses: payment,
	};
}

export function addBooks({ payments, companies, openItems, invoices, registrations, templates, documents }: State, dice: Dice) {
	companies.push(
		...COMPANIES.map(([name, companyNumber]) => ({
			id: dice.uuid(),
			name,
			companyNumber,
			VATNumber: `BE${companyNumber.replace(/\D/g, '')}`,
			administrationEmail: `boekhouding@${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`,
			address: { street: 'Industrieweg', number: String(1 + dice.below(60)), postalCode: '9230', city: 'Wetteren', country: 'BE' },
		})),
	);
	companies.forEach((_, company) => {
		openItems.push({
			id: dice.uuid(),
			type: 'Other',
			status: 'Due',
			description: 'Sponsoring programmaboekje',
			unitPrice: 25_000,
			amount: 1,
			pricePaid: company === 2 ? 25_000 : 0,
			pricePending: 0,
			dueAt: SEED_NOW - 10 * DAY,
			paidAt: company === 2 ? SEED_NOW - 12 * DAY : null,
			createdAt: SEED_NOW - 40 * DAY,
			updatedAt: SEED_NOW - 12 * DAY,
			registration: null,
			payment: null,
			company,
		});
	});

	const online = payments.filter(({ provider, paidAt, price }) => provider !== null && paidAt !== null && price > 0);
	for (const payment of online) payment.transferFee = payment.method === 'CreditCard' ? Math.round(payment.price * 0.015) + 25 : 35;
	const old = online.filter(({ paidAt }) => paidAt! < SEED_NOW - 3 * DAY);
	for (let start = 0; start < old.length; start += 20) {
		const paid = old.slice(start, start + 20);
		for (const provider of new Set(paid.map((payment) => payment.provider!))) {
			const own = paid.filter((payment) => payment.provider === provider);
			const settlement: Settlement = {
				id: dice.uuid(),
				provider,
				reference: `${dice.digits(7)}.${dice.digits(4)}.01`,
				externalId: `stl_${dice.hex(10)}`,
				settledAt: Math.max(...own.map(({ paidAt }) => paidAt!)) + 2 * DAY,
				amount: own.reduce((sum, { price, transferFee }) => sum + price - transferFee, 0),
			};
			for (const payment of own) payment.settlement = settlement;
		}
	}

	payments.forEach((payment, position) => {
		if (position % 31 === 30) payment.company = dice.pick(companies);
	});
	const billed = payments.filter(({ company, price }) => company !== null && price > 0);
	const invoiceOf = (payment: Payment, number: string, credits: Invoice | null): Invoice => {
		const at = payment.createdAt + (credits ? 5 : 1) * DAY;
		return {
			id: dice.uuid(),
			number,
			company: payment.company,
			payment,
			VATPercentage: dice.pick([0, 6, 21]),
			totalWithVAT: credits ? -payment.price : payment.price,
			invoicedAt: at,
			dueAt: credits ? null : at + 30 * DAY,
			createdAt: at,
			updatedAt: at,
			credits,
		};
	};
	billed.forEach((payment, position) => {
		const invoice = invoiceOf(payment, `2026-${String(position + 1).padStart(4, '0')}`, null);
		payment.invoice = invoice;
		invoices.push(invoice);
		if (position % 5 === 4) invoices.push(invoiceOf(payment, `C2026-${String(position + 1).padStart(4, '0')}`, invoice));
	});

	const template: DocumentTemplate = {
		id: dice.uuid(),
		name: 'Fiscaal attest kinderopvang',
		type: 'fiscal',
		year: new Date(SEED_NOW).getUTCFullYear() - 1,
		status: 'Published',
		createdAt: SEED_NOW - 60 * DAY,
		updatedAt: SEED_NOW - 50 * DAY,
	};
	templates.push(template);
	const children = registrations.filter(({ member, group }) => member.parents.length > 0 && group.type === 'EventRegistration');
	children.forEach((registration, position) => {
		const { member } = registration;
		const at = SEED_NOW - (50 - position) * DAY;
		documents.push({
			id: dice.uuid(),
			number: position % 4 === 3 ? null : position + 1,
			status: position % 4 === 3 ? 'MissingData' : 'Published',
			name: template.name,
			description: `${member.firstName} ${member.lastName}`,
			template,
			member,
			registration,
			createdAt: at,
			updatedAt: at,
		});
	});
}
