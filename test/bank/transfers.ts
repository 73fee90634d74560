/** Made-up transfers and the month that they were booked in, for files in every format. */
import fc from 'fast-check';

/** What was booked, as a person would tell it. */
export interface Transfer {
	date: string;
	valueDate: string;
	/** Signed. */
	cents: number;
	name: string;
	iban: string;
	bic: string;
	/** Free text or a reference with right check digits, not both. */
	text?: string;
	/** Twelve digits. */
	belgian?: string;
	endToEndId?: string;
}

export interface Month {
	account: string;
	number: number;
	openingCents: number;
	openingDate: string;
	closingDate: string;
	transfers: Transfer[];
}

const mod97 = (digits: string) => Number(BigInt(digits) % 97n);

/** An IBAN from its country and the digits behind it. */
export function ibanFor(country: 'BE' | 'NL', rest: string): string {
	const numbers = [...`${rest}${country}00`].map((sign) => parseInt(sign, 36)).join('');
	return `${country}${String(98 - mod97(numbers)).padStart(2, '0')}${rest}`;
}

export function belgianFor(tenDigits: string): string {
	return `${tenDigits}${String(mod97(tenDigits) || 97).padStart(2, '0')}`;
}

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));

export const belgianAccount = digits(10).map((ten) => ibanFor('BE', belgianFor(ten)));
const dutchAccount = fc.tuple(fc.constantFrom('INGB', 'RABO', 'ABNA', 'TRIO'), digits(10)).map(([bank, number]) => ibanFor('NL', bank + number));
const bic = fc.constantFrom('KREDBEBB', 'GKCCBEBB', 'BBRUBEBB', 'GEBABEBB', 'INGBNL2A', 'RABONL2UXXX', 'ABNANL2A');

const WORDS = [
	'Lidgeld', 'Kamp', 'Inschrijving', 'Bestelling', 'contributie', 'voor', 'van', 'Jan', 'Élodie', 'Müller', "'t", 'Hof', '2026', '12', 'A1', 'jan.', 'x', 'factuur',
	'nr', '3/4', 'weekend', '(2 personen)', 'O’Neill', 'naïef', 'en', 'dank', 'A&B', '100%', 'week-end', 'Sint-Niklaas', 'groep', 'ça', 'Zoë',
];

/** Letters that every encoding of bank files has. */
const word = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...WORDS.map((one) => one.replace('’', "'"))) },
	{ weight: 1, arbitrary: fc.stringMatching(/^[a-zA-Z0-9éèüçï]{1,12}$/) },
);
const words = (most: number) => fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' ').slice(0, most).trim());

/** Texts that say something: not only signs that stand for nothing. */
const text = (most: number) => words(most).filter((one) => /[a-z]{3}/i.test(one) && !/^(not ?provided|nonref)$/i.test(one));
/** ING parts what belongs to a name with slashes. */
const name = text(35).filter((one) => !one.includes('/'));

const day = (from: string, to: string) =>
	fc.integer({ min: 0, max: (Date.parse(to) - Date.parse(from)) / 86_400_000 }).map((days) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10));

export const transfer: fc.Arbitrary<Transfer> = fc
	.record({
		date: day('2026-11-01', '2026-11-30'),
		valueDate: day('2026-10-25', '2026-12-05'),
		cents: fc.integer({ min: -5_000_000, max: 5_000_000 }).filter((cents) => cents !== 0),
		name,
		iban: fc.oneof(belgianAccount, dutchAccount),
		bic,
		message: fc.oneof(
			text(140).map((one) => ({ text: one })),
			digits(10).map((ten) => ({ belgian: belgianFor(ten) })),
			fc.constant({}),
		),
		endToEndId: fc.option(fc.stringMatching(/^[A-Z0-9]{4,20}$/).filter((one) => !/NONREF|NOTPROV/.test(one)), { nil: undefined }),
	})
	.map(({ message, ...rest }) => ({ ...rest, ...message }));

export const month: fc.Arbitrary<Month> = fc
	.record({
		account: belgianAccount,
		number: fc.integer({ min: 1, max: 365 }),
		openingCents: fc.integer({ min: -1_000_000, max: 100_000_000 }),
		transfers: fc.array(transfer, { maxLength: 12 }),
	})
	.map((one) => ({
		...one,
		openingDate: '2026-10-31',
		closingDate: '2026-11-30',
		transfers: [...one.transfers].sort((left, right) => left.date.localeCompare(right.date)),
	}));

export const closingCents = ({ openingCents, transfers }: Month) => transfers.reduce((sum, { cents }) => sum + cents, openingCents);

/** +++123/4567/89012+++ */
export const formatted = (belgian: string) => `+++${belgian.slice(0, 3)}/${belgian.slice(3, 7)}/${belgian.slice(7)}+++`;

/** What every reader should make of the transfer, whatever the format that has it. */
export function expectedLine({ date, valueDate, cents, name, iban, text, belgian }: Transfer, account: string) {
	return {
		account,
		date,
		valueDate,
		amount: cents / 100,
		currency: 'EUR',
		counterpartyName: name,
		counterpartyIban: iban,
		communication: belgian ? formatted(belgian) : text,
		structuredCommunication: belgian ? formatted(belgian) : undefined,
	};
}
