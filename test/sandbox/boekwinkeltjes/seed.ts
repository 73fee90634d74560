/** The shop that the simulator shows: made-up, believable, and the same for the same seed. */
import { DateTime } from 'luxon';

import { SEED_NOW, seededRandom } from '../seed';

const { floor } = Math;

export const ZONE = 'Europe/Amsterdam';

export interface Book {
	id: number;
	bookNumber: number;
	location: string;
	amount: number;
	category1: string;
	category2: string;
	category3: string;
	language: string;
	author: string;
	title: string;
	publisher: string;
	/** Without zeros at its front; 0 for none. */
	ean: number;
	shortDescription: string;
	longDescription: string;
	price: number;
	/** -1 for the default of the shop. */
	shippingCost: number;
	shippingCategory: number;
	shippingFormat: number;
	/** `yyyy-MM-dd HH:mm:ss`, Dutch time. */
	date: string;
	weblink: string;
	isSold: boolean;
	images: Image[];
}

export interface Image {
	id: number;
	/** What was uploaded, or the address it was fetched from. */
	source: { contentType: string; bytes: number } | { url: string };
}

export interface Address {
	street: string;
	number: string;
	numberExtra: string;
	zipCode: string;
	city: string;
	country: string;
	company: string;
}

export interface Buyer {
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	language: string;
	note: string;
	address: Address;
}

export interface Order {
	id: number;
	date: string;
	status: string;
	paymentStatus: string;
	book: Book;
	buyer: Buyer;
}

/** As the API writes it. */
export interface Parcel {
	packageID: string;
	operator: string;
	type: string;
	name?: string;
	address: Record<string, string | undefined>;
	[other: string]: unknown;
}

export interface Payment {
	id: number;
	bwID: number;
	title: string;
	email: string;
	name: string;
	price: number;
	shippingCost: number;
	created: string;
	status: number;
	successDate: string | null;
	paymentLink: boolean;
	paymentLinkUuid: string | null;
	expirationDate: string | null;
	paynlSettlementsId: string | null;
	type: number;
}

export interface Question {
	id: number;
	date: string;
	question: string;
	user: { name: string; emailAddress: string; language: string };
	book: Book;
}

export interface State {
	apiKey: string;
	books: Book[];
	/** The newest first. */
	orders: Order[];
	parcels: Parcel[];
	payments: Payment[];
	questions: Question[];
	shippingFees: { type: string; fee: number; free: number | null; categories: Array<{ id: number; name: string; fee: number; free: number | null }> };
	settings: Record<string, unknown>;
}

const TITLES: Array<[author: string, title: string, publisher: string, year: number, category: string]> = [
	['Multatuli', 'Max Havelaar', 'Van Oorschot', 1963, 'literatuur'],
	['Hermans, Willem Frederik', 'De donkere kamer van Damokles', 'Van Oorschot', 1958, 'literatuur'],
	['Hermans, Willem Frederik', 'Nooit meer slapen', 'De Bezige Bij', 1966, 'literatuur'],
	['Mulisch, Harry', 'De aanslag', 'De Bezige Bij', 1982, 'literatuur'],
	['Mulisch, Harry', 'De ontdekking van de hemel', 'De Bezige Bij', 1992, 'literatuur'],
	['Reve, Gerard', 'De avonden', 'De Bezige Bij', 1947, 'literatuur'],
	['Wolkers, Jan', 'Turks fruit', 'Meulenhoff', 1969, 'romans'],
	['Wolkers, Jan', 'Terug naar Oegstgeest', 'Meulenhoff', 1965, 'romans'],
	['Haasse, Hella S.', 'Oeroeg', 'Querido', 1948, 'romans'],
	['Haasse, Hella S.', 'Het woud der verwachting', 'Querido', 1949, 'romans'],
	['Hart, Maarten \'t', 'Een vlucht regenwulpen', 'De Arbeiderspers', 1978, 'romans'],
	['Claus, Hugo', 'Het verdriet van België', 'De Bezige Bij', 1983, 'literatuur'],
	['Elsschot, Willem', 'Kaas', 'Van Kampen', 1933, 'literatuur'],
	['Boon, Louis Paul', 'De Kapellekensbaan', 'De Arbeiderspers', 1953, 'literatuur'],
	['Couperus, Louis', 'Eline Vere', 'Veen', 1889, 'literatuur'],
	['Couperus, Louis', 'De stille kracht', 'Veen', 1900, 'literatuur'],
	['Nooteboom, Cees', 'Rituelen', 'De Arbeiderspers', 1980, 'literatuur'],
	['Grunberg, Arnon', 'Blauwe maandagen', 'Nijgh & Van Ditmar', 1994, 'romans'],
	['Palmen, Connie', 'De wetten', 'Prometheus', 1991, 'romans'],
	['Dis, Adriaan van', 'Indische duinen', 'Meulenhoff', 1994, 'romans'],
	['Schmidt, Annie M.G.', 'Jip en Janneke', 'De Arbeiderspers', 1963, 'kinderboeken'],
	['Schmidt, Annie M.G.', 'Pluk van de Petteflet', 'Querido', 1971, 'kinderboeken'],
	['Schmidt, Annie M.G.', 'Minoes', 'Querido', 1970, 'kinderboeken'],
	['Terlouw, Jan', 'Oorlogswinter', 'Lemniscaat', 1972, 'jeugdroman'],
	['Terlouw, Jan', 'Koning van Katoren', 'Lemniscaat', 1971, 'jeugdroman'],
	['Beckman, Thea', 'Kruistocht in spijkerbroek', 'Lemniscaat', 1973, 'jeugdroman'],
	['Dragt, Tonke', 'De brief voor de koning', 'Leopold', 1962, 'jeugdroman'],
	['Kuijer, Guus', 'Madelief', 'Querido', 1975, 'kinderboeken'],
	['Baantjer, A.C.', 'De Cock en het lijk op retour', 'De Fontein', 1982, 'detectives'],
	['Baantjer, A.C.', 'De Cock en een strop voor Bobby', 'De Fontein', 1963, 'detectives'],
	['Christie, Agatha', 'Moord in de Oriënt-Expres', 'Luitingh', 1975, 'detectives'],
	['Wetering, Janwillem van de', 'Het lijk in de Haarlemmer Houttuinen', 'Bruna', 1975, 'detectives'],
	['Vlugt, Simone van der', 'De reünie', 'Ambo', 2004, 'literaire thriller'],
	['Noort, Saskia', 'De eetclub', 'Ambo', 2004, 'literaire thriller'],
	['French, Nicci', 'Het geheugenspel', 'Ambo', 1997, 'psychologische thriller'],
	['Jong, Loe de', 'Het Koninkrijk der Nederlanden in de Tweede Wereldoorlog', 'Staatsuitgeverij', 1969, 'geschiedenis'],
	['Geert Mak', 'De eeuw van mijn vader', 'Atlas', 1999, 'geschiedenis'],
	['Schama, Simon', 'Overvloed en onbehagen', 'Contact', 1988, 'geschiedenis'],
	['Huizinga, Johan', 'Herfsttij der Middeleeuwen', 'Tjeenk Willink', 1919, 'geschiedenis'],
	['Gogh, Vincent van', 'De brieven', 'Amsterdam University Press', 2009, 'kunst'],
	['Gombrich, E.H.', 'Eeuwige schoonheid', 'Gaade', 1976, 'kunst'],
	['Hergé', 'De zaak Zonnebloem', 'Casterman', 1956, 'strips'],
	['Vandersteen, Willy', 'De zingende zwammen', 'Standaard', 1970, 'strips'],
	['Franquin', 'Guust: Flaters bij de vleet', 'Dupuis', 1974, 'strips'],
	['Asimov, Isaac', 'De Foundation', 'Bruna', 1974, 'science fiction fantasy'],
	['Tolkien, J.R.R.', 'In de ban van de ring', 'Het Spectrum', 1957, 'science fiction fantasy'],
	['Wagendorp, Bert', 'De renner in het landschap', 'Thomas Rap', 1995, 'hobby'],
	['Vogelaar, P.', 'Het postzegelalbum van Nederland', 'Elmar', 1978, 'hobby'],
	['Blaeu, Joan', 'Atlas van de Nederlanden', 'Canaletto', 1981, 'topografie'],
	['Wit, H. de', 'Oude ansichten van Nijverdal', 'Europese Bibliotheek', 1973, 'topografie'],
	['Vondel, Joost van den', 'Gijsbreght van Aemstel', 'Thieme', 1920, 'toneel'],
	['Groot, R. de', 'Inleiding tot het Nederlands recht', 'Wolters-Noordhoff', 1996, 'studieboeken'],
];

const FIRST_NAMES = ['Henk', 'Anneke', 'Pieter', 'Marloes', 'Jan', 'Els', 'Bram', 'Fatima', 'Joost', 'Sanne', 'Kees', 'Lieve', 'Murat', 'Greet', 'Wim'];
const LAST_NAMES = ['de Vries', 'Jansen', 'van den Berg', 'Bakker', 'Peeters', 'Visser', 'van Dijk', 'Özdemir', 'Mertens', '\'t Hooft', 'Smit', 'van der Meer'];
const STREETS = ['Dorpsstraat', 'Grotestraat', 'Kerkweg', 'Lindelaan', 'Burgemeester Wolterstraat', 'Molenpad', 'Stationsplein'];
const PLACES: Array<[zipCode: string, city: string, country: string]> = [
	['7443BP', 'Nijverdal', 'nl'],
	['1012JS', 'Amsterdam', 'nl'],
	['3512GH', 'Utrecht', 'nl'],
	['9711LM', 'Groningen', 'nl'],
	['6211KJ', 'Maastricht', 'nl'],
	['9000', 'Gent', 'be'],
	['2000', 'Antwerpen', 'be'],
];
const CONDITIONS = ['Gebonden met stofomslag, zeer goed', 'Paperback, licht leesvouwtje', 'Naam op schutblad, verder goed', 'Rug verkleurd', 'Als nieuw'];
const SECOND_CATEGORIES = ['', 'eerste druk', 'gesigneerd', 'reeks', 'oorlog'];
const THIRD_CATEGORIES = ['', 'avontuurlijk', 'regionaal', 'antiquarisch'];
const STATUSES = [
	'new_order',
	'wait_for_customer',
	'wait_for_payment',
	'paymentlink_mailed',
	'wait_for_shipping',
	'wait_for_pickup',
	'shipped_wait_for_payment',
	'shipped_paid',
	'picked_up_paid',
	'sold_or_unavailable',
	'no_response',
	'return_received',
	'lost_in_transit',
	// Not in any list that the node could know.
	'reserved_by_phone',
];
const PAID = ['wait_for_shipping', 'shipped_paid', 'picked_up_paid', 'lost_in_transit'];
const QUESTIONS = ['Zit het stofomslag er nog omheen?', 'Kan ik het boek zaterdag komen ophalen?', 'Is dit de eerste druk?', 'Verstuurt u ook naar België?'];

/** EAN of a Dutch or English book, with its check digit. */
function isbn(twelve: string): number {
	const sum = [...twelve].reduce((total, digit, position) => total + Number(digit) * (position % 2 === 0 ? 1 : 3), 0);
	return Number(twelve + ((10 - (sum % 10)) % 10));
}

export interface Size {
	books: number;
	orders: number;
}

export function createState({ books: bookCount, orders: orderCount }: Size, seed: number): State {
	const random = seededRandom(seed);
	const below = (end: number) => floor(random() * end);
	const pick = <T>(values: T[]): T => values[below(values.length)];
	const digits = (length: number) => Array.from({ length }, () => below(10)).join('');
	const daysAgo = (days: number) => DateTime.fromMillis(SEED_NOW, { zone: ZONE }).minus({ days, minutes: below(600) });
	const local = (moment: DateTime) => moment.toFormat('yyyy-MM-dd HH:mm:ss');
	const utc = (moment: DateTime) => moment.toUTC().startOf('second').toISO({ suppressMilliseconds: true })!;

	const books = Array.from({ length: bookCount }, (_, position): Book => {
		const [author, title, publisher, year, category1] = pick(TITLES);
		const isOld = year < 1970 && random() < 0.5;
		return {
			id: 100_001 + position,
			bookNumber: 213_000_000_000 + position,
			location: `bw-doos ${1 + Math.floor(position / 40)}`,
			amount: random() < 0.9 ? 1 : 2 + below(3),
			category1,
			category2: pick(SECOND_CATEGORIES),
			category3: pick(THIRD_CATEGORIES),
			language: random() < 0.92 ? 'NL' : 'EN',
			author,
			title,
			publisher,
			// Some have a code of before the ISBN, which starts with a zero.
			ean: isOld ? 0 : isbn(random() < 0.98 ? `97890${digits(7)}` : `0${digits(11)}`),
			shortDescription: `${title}, ${publisher} ${year}`,
			longDescription: `${pick(CONDITIONS)}. ${1 + below(12)}e druk, ${90 + below(600)} blz.`,
			price: [3.5, 4.95, 5, 7.5, 8.95, 10, 12.5, 15, 17.95, 25, 40, 125][below(12)],
			shippingCost: random() < 0.7 ? -1 : 4.95,
			shippingCategory: 1 + below(3),
			shippingFormat: 1 + below(4),
			date: local(daysAgo(1 + Math.floor((bookCount - position) * (900 / bookCount)))),
			weblink: '',
			isSold: random() < 0.15,
			images: random() < 0.6 ? [{ id: 500_001 + position, source: { contentType: 'image/jpeg', bytes: 40_000 + below(90_000) } }] : [],
		};
	});

	const buyer = (position: number): Buyer => {
		const [firstName, lastName] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
		const [zipCode, city, country] = pick(PLACES);
		return {
			firstName,
			lastName,
			email: `${firstName}.${lastName}${position}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, ''),
			phone: `+316${digits(8)}`,
			language: country === 'be' ? 'nl_BE' : 'nl_NL',
			note: random() < 0.15 ? 'Graag goed verpakken, het is een cadeau' : '',
			address: {
				street: pick(STREETS),
				number: String(1 + below(180)),
				numberExtra: random() < 0.2 ? pick(['A', 'B', 'bis']) : '',
				zipCode,
				city,
				country,
				company: random() < 0.05 ? 'Bedrijf BV' : '',
			},
		};
	};

	const orders = Array.from({ length: orderCount }, (_, position): Order => {
		const status = position < 12 ? 'new_order' : pick(STATUSES.slice(1));
		return {
			id: 4000 + orderCount - position,
			date: local(daysAgo(Math.floor((position * 700) / orderCount))),
			status,
			paymentStatus: PAID.includes(status) || (status === 'new_order' && position % 2 === 0) ? 'paid' : status === 'return_received' ? 'refunded' : 'open',
			book: pick(books),
			buyer: buyer(position),
		};
	});

	const parcels = orders
		.filter(({ status }) => status.startsWith('shipped'))
		.map(({ id, buyer: { firstName, lastName, email, phone, address } }, position): Parcel => {
			const { numberExtra, zipCode, ...rest } = address;
			return {
				operator: pick(['PostNL', 'Dpd', 'DHL', 'MondialRelay']),
				packageID: `BW${String(70_000 + position)}`,
				type: pick(['STANDARD', 'MAILBOX', 'SMALL']),
				name: `${firstName} ${lastName}`,
				address: { ...rest, numberext: numberExtra, zip: zipCode },
				weight: 200 + 50 * below(30),
				addressType: 'P',
				email,
				phoneNumber: phone,
				orderId: id,
				rate: String(pick([415, 695, 745])),
				shopId: '2224234',
				printOptions: 1,
			};
		});

	const payments = orders
		.filter(({ paymentStatus }, position) => paymentStatus === 'paid' || position % 3 === 0)
		.map(({ id, date, book, buyer: { firstName, lastName, email }, paymentStatus }): Payment => {
			const created = DateTime.fromFormat(date, 'yyyy-MM-dd HH:mm:ss', { zone: ZONE }).plus({ hours: 1 });
			const isLink = id % 4 === 0;
			return {
				id: 9000 + id,
				bwID: id,
				title: book.title,
				email,
				name: `${firstName} ${lastName}`,
				price: book.price,
				shippingCost: Math.max(book.shippingCost, 0),
				created: utc(created),
				status: paymentStatus === 'paid' ? 1 : 0,
				successDate: paymentStatus === 'paid' ? utc(created.plus({ minutes: 20 })) : null,
				paymentLink: isLink,
				paymentLinkUuid: isLink ? `00000000-0000-4000-8000-${String(id).padStart(12, '0')}` : null,
				expirationDate: isLink ? created.plus({ days: 14 }).toISODate() : null,
				paynlSettlementsId: null,
				type: isLink ? 1 : 0,
			};
		});

	const questions = Array.from({ length: 40 }, (_, position): Question => {
		const { firstName, lastName, email, language } = buyer(position);
		return {
			id: 300 + position,
			date: utc(daysAgo(position)),
			question: pick(QUESTIONS),
			user: { name: `${firstName} ${lastName}`, emailAddress: email, language },
			book: pick(books),
		};
	});

	return {
		apiKey: 'sandbox-key-of-the-bookshop',
		books,
		orders,
		parcels,
		payments,
		questions,
		shippingFees: {
			type: 'variable',
			fee: 4.95,
			free: 50,
			categories: [
				{ id: 1, name: 'Brievenbus', fee: 4.15, free: null },
				{ id: 2, name: 'Pakket', fee: 6.95, free: 75 },
				{ id: 3, name: 'Zwaar pakket', fee: 13.5, free: null },
			],
		},
		settings: { shopId: 2_224_234, name: 'Antiquariaat De Zandbak', email: 'winkel@example.com', language: 'nl_NL' },
	};
}
