/** A sale document from what somebody fills in, or from any other source such as another web shop. */
import { build } from '../build';
import type { DraftCharge } from '../build';
import { CannotBook, nameOf, quantityOf } from '../document';
import type { Charge, Customer, Line, SaleDocument } from '../document';
import { divideRounded } from '../money';
import type { Cents } from '../money';
import { REASONS } from '../vat';
import type { VatChoice, VatReason } from '../vat';
import { BEGINNING, customerIdOf, vatOf } from './read';
import type { Settings, Vat } from './read';

/** Left out: as the settings say. */
interface OwnVat {
	/** A class of goods or a percentage. */
	goods?: string | number;
	reason?: VatReason;
}

export type FieldLine = Omit<Line, 'gross' | 'net' | 'vat' | 'unitGross'> & OwnVat & { price: Cents };
export type FieldCharge = Pick<Charge, 'id' | 'type' | 'description'> & OwnVat & { amount: Cents };

export type Fields = Pick<SaleDocument, 'direction' | 'currency' | 'pricesIncludeVat' | 'reference' | 'issuedAt' | 'suppliedAt' | 'dueAt' | 'payments'> & {
	/** Where it comes from, such as "woocommerce". */
	platform: string;
	id: string;
	customer: Customer;
	lines: FieldLine[];
	charges: FieldCharge[];
};

function choiceOf({ goods, reason }: OwnVat, vat: Vat, path: string, names: Array<string | null>): VatChoice {
	return reason === undefined ? vat.of(path, { names, goods }) : { category: REASONS[reason].category, rate: 0, reason };
}

/** @throws CannotBook */
export function fromFields(fields: Fields, settings: Settings): SaleDocument {
	const { platform, id, customer, ...facts } = fields;
	const kind = settings.kind ?? 'invoice';
	const number = settings.number ?? id;
	const what = nameOf({ kind, number });
	if (!/^[a-z][a-z0-9]{1,30}$/i.test(platform)) throw new CannotBook(`${what} has the source "${platform}": write it as one word, such as woocommerce.`);
	const buyer = { ...customer, id: customer.id ?? customerIdOf(customer.email) };
	const vat = vatOf(what, { ...facts, customer: buyer }, settings);
	const lines = fields.lines.map(({ goods, reason, price, ...line }, index) => ({
		...line,
		amount: Number(divideRounded(BigInt(price) * quantityOf(line), 1_000_000n)),
		...(fields.pricesIncludeVat && { unitGross: price }),
		vat: choiceOf({ goods, reason }, vat, `lines[${index}].vat`, [line.productId, line.sku, line.categoryId, line.categoryName]),
	}));
	const charges = fields.charges.map(({ goods, reason, ...one }, index): DraftCharge => {
		const own = goods === undefined && reason === undefined ? undefined : choiceOf({ goods, reason }, vat, `charges[${index}].vat`, []);
		return { ...one, vat: own ?? (one.type === 'shipping' ? vat.ofShipping(lines) : null) };
	});
	return build({
		...BEGINNING,
		...facts,
		id: `${platform}:${id}`,
		kind,
		number,
		modifiedAt: null,
		source: { platform, url: null, status: null, statesVat: false },
		seller: settings.seller,
		customer: buyer,
		lines,
		charges,
		warnings: vat.warnings,
		withoutRate: settings.withoutRate,
		marginRate: vat.marginRate,
		ownRates: settings.rates,
	});
}
