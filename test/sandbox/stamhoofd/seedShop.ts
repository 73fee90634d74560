/** Time slots, tickets and discount codes of the webshops. */
import type { Dice } from '../seed';
import type { Address, Order, State, Webshop } from './seed';

export interface TimeSlot {
	id: string;
	/** The day, in milliseconds. */
	date: number;
	/** Minutes since midnight. */
	startTime: number;
	endTime: number;
}

export interface CheckoutMethod {
	id: string;
	type: 'Takeout' | 'Delivery' | 'OnSite';
	name: string;
	description: string;
	/** Where it is fetched or used; a delivery has none. */
	address: Address | null;
	timeSlots: TimeSlot[];
}

export interface Ticket {
	id: string;
	order: Order;
	/** Id of the line of the order. */
	itemId: string;
	/** Place among those of the line, from 1 on. */
	index: number;
	total: number;
	secret: string;
	/** Section, row and seat by the letters of the API. */
	seat: { se: string; r: string; s: string } | null;
	scannedAt: number | null;
	scannedBy: string | null;
	createdAt: number;
	updatedAt: number;
	deletedAt: number | null;
}

export interface DiscountCode {
	id: string;
	code: string;
	description: string;
	/** In cents. */
	fixedDiscount: number;
	/** In 1/10 000. */
	percentageDiscount: number;
	/** A product that the code makes free. */
	freeProductId?: string;
	usageCount: number;
	maximumUsage: number | null;
	createdAt: number;
	updatedAt: number;
}

const DAY = 86_400_000;

const CODES: Array<[code: string, description: string, fixed: number, percentage: number, maximum: number | null]> = [
	['LEDEN10', 'Voor leden', 0, 1000, null],
	['VROEGBOEK', 'Wie vroeg bestelt', 250, 0, 100],
	['BESTUUR', 'Voor het bestuur', 0, 10_000, 12],
];

const VENUE: Address = { street: 'Kerkplein', number: '4', postalCode: '9230', city: 'Wetteren', country: 'BE' };

function timeSlots(dice: Dice, day: number): TimeSlot[] {
	return [[600, 720], [720, 840], [840, 1020]].map(([startTime, endTime]) => ({ id: dice.uuid(), date: day, startTime, endTime }));
}

function ticketsOf(order: Order, dice: Dice, now: number): Ticket[] {
	const isOver = order.createdAt < now - 30 * DAY;
	return order.lines.flatMap(({ id: itemId, amount }) =>
		Array.from({ length: amount }, (_, position): Ticket => {
			const isScanned = isOver && dice.below(5) < 4;
			const scannedAt = isScanned ? order.createdAt + 20 * DAY + dice.below(7200) * 1000 : null;
			return {
				id: dice.uuid(),
				order,
				itemId,
				index: position + 1,
				total: amount,
				secret: dice.hex(16).toUpperCase(),
				seat: dice.below(4) === 0 ? { se: order.webshop.id, r: 'ABCDEF'[dice.below(6)], s: String(1 + dice.below(24)) } : null,
				scannedAt,
				scannedBy: isScanned ? dice.pick(['Ingang links', 'Ingang rechts']) : null,
				createdAt: order.createdAt,
				updatedAt: scannedAt ?? order.createdAt,
				deletedAt: null,
			};
		}),
	);
}

function addCodes(webshop: Webshop, dice: Dice) {
	webshop.discountCodes = CODES.map(([code, description, fixedDiscount, percentageDiscount, maximumUsage]) => ({
		id: dice.uuid(),
		code,
		description,
		fixedDiscount,
		percentageDiscount,
		usageCount: dice.below(10),
		maximumUsage,
		createdAt: webshop.createdAt,
		updatedAt: webshop.createdAt,
	}));
}

/** Wine is fetched, flowers are brought too, and for the dinner and the quiz there are tickets. */
export function addShops({ webshops, orders, tickets }: State, dice: Dice) {
	const now = Math.max(...orders.map(({ createdAt }) => createdAt), 0);
	const [dinner, wine, , flowers, quiz] = webshops;
	const takeout = (name: string): CheckoutMethod => ({
		id: dice.uuid(),
		type: 'Takeout',
		name,
		description: '',
		address: VENUE,
		timeSlots: timeSlots(dice, now + 10 * DAY),
	});
	wine.checkoutMethods = [takeout('Lokaal')];
	flowers.checkoutMethods = [
		takeout('Kerkplein'),
		{ id: dice.uuid(), type: 'Delivery', name: 'Aan huis', description: '', address: null, timeSlots: timeSlots(dice, now + 11 * DAY) },
	];
	for (const webshop of webshops) addCodes(webshop, dice);
	for (const webshop of [dinner, quiz]) webshop.sellsTickets = true;
	for (const order of orders) {
		const { webshop } = order;
		if (webshop.checkoutMethods.length > 0) {
			order.checkoutMethod = dice.pick(webshop.checkoutMethods);
			order.timeSlot = dice.pick(order.checkoutMethod.timeSlots);
			if (order.checkoutMethod.type === 'Delivery') {
				order.address = { ...VENUE, street: dice.pick(['Molenstraat', 'Lindelaan', 'Veldweg']), number: String(1 + dice.below(120)) };
			}
		}
		if (webshop.sellsTickets && !['Canceled', 'Deleted'].includes(order.status)) tickets.push(...ticketsOf(order, dice, now));
	}
}
