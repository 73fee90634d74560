/** The shop and the company that the simulator shows: made-up, believable, and the same for the same seed and moment. */
import { DAY, diceOf } from '../seed';

export interface Thing {
	uuid: string;
	/** Milliseconds since 1970, whole seconds as the API gives them. */
	createdAt: number;
	updatedAt: number;
}

export interface Product extends Thing {
	sku: string;
	/** In the language that is asked for. */
	title: { nl: string; en: string };
	type: 'generic_product' | 'card';
	orderable: boolean;
	group: ProductGroup;
	/** In euro without VAT. */
	price: number;
	/** Percent. */
	vat: number;
	least: number;
	most: number;
}

export interface ProductGroup extends Thing {
	name: string;
	skuPrefix: string;
}

export interface Assortment extends Thing {
	name: string;
	products: Product[];
}

export interface Company extends Thing {
	name: string;
	chamberOfCommerceNumber: string;
	address: Address;
}

export interface Customer extends Thing {
	firstName: string;
	lastName: string;
	email: string;
	birthday: string;
	phoneNumber: string;
	company: Company;
}

export interface Address extends Thing {
	attn: string;
	companyName: string | null;
	street: string;
	number: string;
	numberAddition: string | null;
	postcode: string;
	city: string;
	country: string;
}

export interface Line extends Thing {
	product: Product;
	quantity: number;
	children: Line[];
	/** Of a card. */
	text?: string;
}

export interface CartOrder extends Thing {
	/** As it was sent, or midnight of the day. */
	deliveryDate: string;
	deliveryAddress: Address;
	deliveryRemark: string | null;
	lines: Line[];
}

export interface Cart extends Thing {
	company: Company;
	requestedPaymentMethod: string;
	invoiceAddress: Address;
	contactEmail: string;
	orders: CartOrder[];
}

export interface OrderCollection extends Thing {
	number: string;
}

export interface Order extends CartOrder {
	collection: OrderCollection;
	orderNumber: string;
	status: string;
	deliveryStatus: string | null;
	site: string;
	automatic: boolean;
	manual: boolean;
}

export interface State {
	company: Company;
	addresses: Address[];
	assortments: Assortment[];
	carts: Cart[];
	companies: Company[];
	customers: Customer[];
	orders: Order[];
	productGroups: ProductGroup[];
	products: Product[];
	/** Gives the next ID. */
	uuid(): string;
	/** Every request that ordered something or prepared it, as it was carried out; a repeated one is here twice. */
	placements: Array<{ path: string; body: unknown }>;
	/** Numbers of the order collections that were placed here, in order. */
	collections: OrderCollection[];
}

const HOUR = 3_600_000;

const GROUPS: Array<[name: string, prefix: string, vat: number]> = [
	['Bloemen', 'BLO', 9],
	['Brievenbusgeschenken', 'BRI', 9],
	['Chocolade', 'CHO', 9],
	['Fruitmanden', 'FRU', 9],
	['Petit fours', 'PET', 9],
	['Planten', 'PLA', 9],
	['Taarten', 'TAA', 9],
	['Wijn', 'WIJ', 21],
];

const GIFTS: Array<[nl: string, en: string]> = [
	['Boeket', 'Bouquet'],
	['Doos', 'Box'],
	['Mand', 'Basket'],
	['Pakket', 'Package'],
];

const SIZES: Array<[nl: string, en: string]> = [
	['klein', 'small'],
	['middel', 'medium'],
	['groot', 'large'],
];

const ASSORTMENTS = ['Baby en kids', 'Bedankt', 'Beterschap', 'Condoleance', 'Geslaagd', 'Jubileum', 'Kerst', 'Verjaardag'];
const FIRST = ['Anna', 'Bram', 'Carla', 'Daan', 'Eva', 'Fatima', 'Gijs', 'Hanna', 'Ivo', 'Jasmijn', 'Koen', 'Lotte', 'Mees', 'Noor'];
const LAST = ['de Vries', 'Jansen', 'van den Berg', 'Bakker', 'Visser', 'Smit', 'Meijer', 'Mulder', 'Bos', 'Peeters', 'Janssens'];
const STREETS = ['Dorpsstraat', 'Kerkweg', 'Lindelaan', 'Molenpad', 'Schoolstraat', 'Stationsplein', 'Veldweg'];
const CITIES: Array<[city: string, postcode: string, country: string]> = [
	['Amsterdam', '1011', 'NL'],
	['Utrecht', '3511', 'NL'],
	['Groningen', '9711', 'NL'],
	['Eindhoven', '5611', 'NL'],
	['Zwolle', '8011', 'NL'],
	['Gent', '9000', 'BE'],
	['Antwerpen', '2000', 'BE'],
];
const COMPANIES = ['Voorbeeld BV', 'Zonnedak Energie', 'Bureau Noord', 'De Letterbak', 'Waterlinie Advies', 'Groene Hart Zorg'];
const CARD_TEXTS = ['Gefeliciteerd met je verjaardag!', 'Hartelijk dank voor je inzet', 'Beterschap!', 'Van harte met jullie dochter'];

export function createState({ orders: orderCount, seed, now }: { orders: number; seed: number; now: number }): State {
	const { random, below, pick, hex } = diceOf(seed);
	const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
	const second = (moment: number) => Math.floor(moment / 1000) * 1000;
	const thing = (createdAt: number, updatedAt = createdAt): Thing => ({
		uuid: uuid(),
		createdAt: second(createdAt),
		updatedAt: second(updatedAt),
	});
	const old = () => thing(now - 800 * DAY, now - 400 * DAY);

	const addresses: Address[] = [];
	function address(companyName: string | null): Address {
		const [city, postcode, country] = pick(CITIES);
		const letters = country === 'NL' ? String.fromCharCode(65 + below(26), 65 + below(17)) : '';
		const made: Address = {
			...old(),
			attn: `${pick(FIRST)} ${pick(LAST)}`,
			companyName,
			street: pick(STREETS),
			number: String(1 + below(200)),
			numberAddition: random() < 0.1 ? 'A' : null,
			postcode: postcode + letters,
			city,
			country,
		};
		addresses.push(made);
		return made;
	}

	const productGroups = GROUPS.map(([name, skuPrefix]) => ({ ...old(), name, skuPrefix }));
	const gifts = GROUPS.flatMap(([name, prefix, vat], group) =>
		GIFTS.flatMap(([nl, en], gift) =>
			SIZES.map(([nlSize, enSize], size): Product => ({
				...old(),
				sku: `${prefix}-${gift + 1}${size + 1}`,
				title: { nl: `${nl} ${name.toLowerCase()} ${nlSize}`, en: `${en} ${name.toLowerCase()} ${enSize}` },
				type: 'generic_product',
				// Some have run out.
				orderable: random() > 0.05,
				group: productGroups[group],
				price: 10 + 5 * gift + 7.5 * size,
				vat,
				least: 1,
				most: 250,
			})),
		),
	);
	const cards = ASSORTMENTS.map((name, index): Product => ({
		...old(),
		sku: `KRT-${index + 1}`,
		title: { nl: `Kaart ${name.toLowerCase()}`, en: `Card ${name.toLowerCase()}` },
		type: 'card',
		orderable: true,
		group: productGroups[1],
		price: 2,
		vat: 21,
		least: 1,
		most: 250,
	}));
	const products = [...gifts, ...cards];
	const orderable = gifts.filter((product) => product.orderable);
	const assortments = ASSORTMENTS.map((name) => ({
		...old(),
		name,
		products: [...Array.from({ length: 6 }, () => pick(gifts)), cards[ASSORTMENTS.indexOf(name)]],
	}));

	const companies = COMPANIES.map((name): Company => ({
		...old(),
		name,
		chamberOfCommerceNumber: String(10_000_000 + below(89_999_999)),
		address: address(name),
	}));
	const customers = Array.from({ length: 60 }, (): Customer => {
		const [firstName, lastName] = [pick(FIRST), pick(LAST)];
		return {
			...old(),
			firstName,
			lastName,
			email: `${firstName}.${lastName.replaceAll(' ', '')}@voorbeeld.example`.toLowerCase(),
			birthday: `19${60 + below(40)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`,
			phoneNumber: `06${10_000_000 + below(89_999_999)}`,
			company: companies[0],
		};
	});

	function line(created: number): Line {
		const children = random() < 0.6 ? [{ ...thing(created), product: pick(cards), quantity: 1, children: [], text: pick(CARD_TEXTS) }] : [];
		return { ...thing(created), product: pick(orderable), quantity: 1 + below(3), children };
	}
	const recipients = Array.from({ length: 300 }, () => address(random() < 0.3 ? pick(COMPANIES) : null));
	function cartOrder(created: number, updated = created): CartOrder {
		return {
			...thing(created, updated),
			deliveryDate: new Date(Math.floor((created + (2 + below(10)) * DAY) / DAY) * DAY).toISOString().replace('.000Z', '+00:00'),
			deliveryAddress: pick(recipients),
			deliveryRemark: random() < 0.1 ? 'Bij de buren als er niemand is' : null,
			lines: Array.from({ length: 1 + below(2) }, () => line(created)),
		};
	}

	/** The newest first, as the API lists them; about 25 a day, none in the future. */
	let collection: OrderCollection = { ...thing(now), number: String(10_000_000 + orderCount) };
	const orders = Array.from({ length: orderCount }, (_, index): Order => {
		const created = now - 60_000 - index * (DAY / 25);
		if (index % 3 === 0) collection = { ...thing(created), number: String(10_000_000 + orderCount - index) };
		const order = cartOrder(created, Math.min(now - 60_000, created + below(5) * HOUR));
		const delivered = Date.parse(order.deliveryDate) + 16 * HOUR;
		const isDelivered = delivered < now;
		return {
			...order,
			updatedAt: isDelivered ? second(delivered) : order.updatedAt,
			collection,
			orderNumber: `${collection.number}-${String((index % 3) + 1).padStart(4, '0')}`,
			status: isDelivered ? 'completed' : pick(['new', 'processing']),
			deliveryStatus: isDelivered ? pick(['delivered', 'delivered', 'delivered', 'neighbours']) : null,
			site: pick(['topgeschenken', 'topbloemen']),
			automatic: random() < 0.2,
			manual: random() < 0.05,
		};
	});

	const carts = Array.from({ length: 24 }, (_, index): Cart => {
		const created = now - (index + 1) * 7 * HOUR;
		return {
			...thing(created),
			company: companies[0],
			requestedPaymentMethod: 'invoice',
			invoiceAddress: companies[0].address,
			contactEmail: 'inkoop@voorbeeld.example',
			// Every sixth cart is still empty.
			orders: index % 6 === 5 ? [] : Array.from({ length: 1 + below(2) }, () => cartOrder(created)),
		};
	});

	return {
		company: companies[0],
		addresses,
		assortments,
		carts,
		companies,
		customers,
		orders,
		productGroups,
		products,
		uuid,
		placements: [],
		collections: [],
	};
}
