/** The OpenAPI document of the push API, from the names in entities.ts and the fields that the vendor's client and answers show. */
import type { Document } from 'openapi-backend';

import { ENTITIES, ENTITY_NAMES } from './entities';
import type { Entity, EntityName } from './entities';

type Schema = Record<string, unknown>;

/** The manual shows ids as numbers, answers give them as text. */
const id: Schema = { anyOf: [{ type: 'string', minLength: 1 }, { type: 'integer' }] };
const text: Schema = { type: 'string' };
/** Euros. */
const amount: Schema = { type: 'number' };
const percentage: Schema = { type: 'number', minimum: 0, maximum: 100 };
const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const moment: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}:\\d{2})?$' };
/** PHP's yes and no. */
const flag: Schema = { enum: [0, 1] };

const each = (names: string[], schema: Schema): Record<string, Schema> => Object.fromEntries(names.map((name) => [name, schema]));

const closed = (required: string[], properties: Record<string, Schema>): Schema => ({
	type: 'object',
	required,
	properties,
	additionalProperties: false,
});

const list = (of: Schema): Schema => ({ type: 'array', items: of });

const LINE = {
	referenceid: id,
	name: text,
	quantity: { type: 'number' },
	...each(['line', 'unit'].flatMap((of) => ['Incl', 'Excl', 'Vat'].map((part) => `${of}${part}WithDiscount`)), amount),
	taxpercentage: percentage,
};

const LINE_REQUIRED = ['referenceid', 'name', 'quantity', 'lineInclWithDiscount', 'lineExclWithDiscount', 'lineVatWithDiscount', 'taxpercentage'];

const CUSTOMER = closed(['customerid'], {
	customerid: id,
	customernumber: id,
	...each(
		['firstname', 'lastname', 'company', 'address', 'address1', 'address2', 'housenr', 'zipcode', 'city', 'state', 'country', 'countryname', 'kvk', 'btwnr', 'telnr', 'mobile', 'email'],
		text,
	),
	isocountry: { type: 'string', pattern: '^[A-Z]{2}$' },
	...each(['iscompany', 'isicp', 'isinternational', 'incltax'], flag),
});

function sale({ name, id: idName, date, lines }: Entity, own: Record<string, Schema> = {}): Schema {
	const totals = ['totalInclWithDiscount', 'totalExclWithDiscount', 'totalVatWithDiscount'];
	return closed([idName, `${name}number`, date!, ...totals, lines!.sent], {
		[idName]: id,
		[`${name}number`]: id,
		[date!]: moment,
		[`${name}status`]: text,
		...each(['affiliatenr', 'paymentstatus', 'currency', 'cartnr'], text),
		...each([...totals, 'totalDiscountIncl', 'totalDiscountExcl', 'totalDiscountVat', 'totalpaid', 'totalunpaid'], amount),
		...each(['isicp', 'isinternational'], flag),
		...each(['duedate', 'paymentdate', 'deliverydate'], moment),
		duedays: { type: 'integer' },
		customerid: id,
		[lines!.sent]: list(closed([...LINE_REQUIRED, 'lineid'], { ...LINE, lineid: id, productcode: text })),
		// Their own example of an invoice calls the id of shipping a line's.
		shipping: list(closed(LINE_REQUIRED, { ...LINE, shippingid: id, lineid: id, code: text, productcode: text })),
		fees: list(closed(LINE_REQUIRED, { ...LINE, feeid: id, code: text })),
		// Inferred: as in a closure.
		payment: list(closed(['methodid', 'total'], { methodid: id, methodname: text, total: amount })),
		customer: CUSTOMER,
		...own,
	});
}

const SENT: Record<EntityName, Schema> = {
	order: sale(ENTITIES.order),
	invoice: sale(ENTITIES.invoice, { orderid: id, iscredit: flag }),
	refund: sale(ENTITIES.refund, { orderid: id, ordernumber: id }),
	receipt: sale(ENTITIES.receipt),
	closure: closed(['closureid', 'closuredate', 'productcategories', 'payments'], {
		...each(['closureid', 'closurenumber', 'registerid'], id),
		...each(['closurename', 'registername', 'currency'], text),
		closuredate: moment,
		productcategories: list(
			closed(['groupid', 'lineExcl', 'taxValue', 'taxRate'], { groupid: id, groupname: text, lineExcl: amount, taxValue: amount, taxRate: percentage }),
		),
		payments: list(closed(['methodid', 'total'], { methodid: id, methodname: text, total: amount })),
	}),
	customer: CUSTOMER,
	// What is missing here is refused by the server itself, as TAX100.
	tax: closed([], { taxid: id, taxcode: text, percentage, title: text, description: text, country: text }),
	paymentMethod: closed(['paymentmethodid', 'name'], { paymentmethodid: id, name: text, type: text }),
	category: closed(['categoryid', 'name'], { categoryid: id, code: text, name: text }),
};

const query = (name: string, schema: Schema, required = false) => ({ name, in: 'query', required, schema });

/** Only a hint: reads answer with it and without it. */
const SIGNATURE: Schema = { type: 'string', pattern: '^[0-9a-f]{32}$' };
const signature = query('signature', SIGNATURE);
const responses = (description: string) => ({ '200': { description } });

/** A form is what the API wants; the validator reads the other entry only, where JSON in a field counts as what it means. */
function form(schema: Schema, jsonField?: string) {
	const encoding = jsonField && { encoding: { [jsonField]: { contentType: 'application/json' } } };
	return { required: true, content: { 'application/x-www-form-urlencoded': { schema, ...encoding }, 'application/json': { schema } } };
}

function pathsOf(name: EntityName): Record<string, unknown> {
	const entity: Entity = ENTITIES[name];
	const sent = SENT[name];
	const period = entity.date ? [query('startdate', day, true), query('enddate', day, true)] : [];
	const own = {
		[`/${entity.add}`]: {
			post: {
				operationId: `${name}.add`,
				requestBody: form(
					closed([entity.field, 'signature'], { [entity.field]: entity.addsList ? { ...list(sent), minItems: 1 } : sent, signature: SIGNATURE }),
					entity.field,
				),
				responses: responses('What was stored'),
			},
		},
		[`/${entity.list}`]: {
			get: {
				operationId: `${name}.list`,
				parameters: [...period, query('page', { type: 'integer', minimum: 0 }), query('count', { type: 'integer', minimum: 1 }), signature],
				responses: responses('A page of the list'),
			},
		},
		[`/${entity.read}`]: {
			get: {
				operationId: `${name}.read`,
				parameters: [query(entity.id, { type: 'string', minLength: 1 }, true), signature],
				responses: responses('One of them'),
			},
		},
		[`/${entity.delete}/{id}`]: {
			parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 1 } }],
			delete: { operationId: `${name}.delete`, parameters: [signature], responses: responses('Deleted') },
		},
	};
	return Object.fromEntries(Object.entries(own).map(([path, item]) => [`/${entity.api}${path}`, item]));
}

const tokenFields = {
	...each(['client_id', 'client_secret'], { type: 'string', minLength: 1 }),
	// Without it the server knows no shop.
	type: { enum: ['external'] },
};

const authorizeParameters = [query('client_id', text, true), query('redirect_url', text, true)];

const document = {
	openapi: '3.1.0',
	info: { title: 'Webwinkelfacturen, the part that the node uses', version: '1' },
	paths: {
		'/api/authorize': {
			get: {
				operationId: 'authorize',
				parameters: [query('response_type', { enum: ['code'] }, true), ...authorizeParameters],
				responses: responses('A page that asks whether the shop may add sales'),
			},
		},
		'/api/authorize/allow': {
			get: {
				operationId: 'allow',
				parameters: authorizeParameters,
				responses: { '302': { description: 'On to the redirect address, with the code' } },
			},
		},
		'/api/token': {
			post: {
				operationId: 'token',
				requestBody: form({
					oneOf: [
						closed(['grant_type', 'type', 'code', 'redirect_url', 'client_id', 'client_secret'], {
							...tokenFields,
							...each(['code', 'redirect_url'], { type: 'string', minLength: 1 }),
							grant_type: { enum: ['authorization_code'] },
						}),
						closed(['grant_type', 'type', 'refresh_token', 'client_id', 'client_secret'], {
							...tokenFields,
							refresh_token: { type: 'string', minLength: 1 },
							grant_type: { enum: ['refresh_token'] },
						}),
					],
				}),
				responses: responses('An access token and the next refresh token'),
			},
		},
		...Object.assign({}, ...ENTITY_NAMES.map(pathsOf)),
	},
};

/** As text and back, since the validator stumbles over parts that are the same object. */
export const contract = JSON.parse(JSON.stringify(document)) as Document;
