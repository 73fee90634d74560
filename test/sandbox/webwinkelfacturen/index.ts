/**
 * The push API of Webwinkelfacturen on loopback, with the bookkeeping behind it as far as a shop notices it. What the
 * vendor's manual and client leave open can be set, so that a client is tried against each way it may be.
 */
import { createHash, randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSandbox } from '../api';
import type { Handler, Sandbox, SandboxAnswer, SandboxRequest } from '../api';
import { contract } from './contract';
import { ENTITIES, ENTITY_NAMES, SALES } from './entities';
import type { Entity, EntityName, Sent } from './entities';
import { flat, remains, taxKey, whole } from './records';

export { fetchShop } from './fetchShop';

export interface WebwinkelfacturenSettings {
	/** Seconds that an access token lives. */
	tokenLifetime: number;
	/** How a dead token is told: by `errorcode` under HTTP 200, or by HTTP 401. */
	deadToken: 'body' | 'status';
	/** Whether an error has its own HTTP status, or comes under HTTP 200. */
	errors: 'status' | 'body';
	/** Whether a read without a right signature is refused; the vendor's own client sends none. */
	signedReads: boolean;
	/** As the vendor's client counts pages; or page 0 is the same as page 1 in every list. */
	paging: 'asClient' | 'zeroIsOne';
	/** Most records in one answer, whatever is asked for. */
	mostPerPage: number;
	/** What stands for a record that is not there. */
	missing: 'false' | 'empty' | 'status';
	/** Whether an empty list is one, or no member at all. */
	emptyList: 'list' | 'absent';
	/** Whether a closure may name a category or payment method that is not there: the manual says yes, the client adds them before. */
	closureAdds: boolean;
}

export interface WebwinkelfacturenOptions extends Partial<WebwinkelfacturenSettings> {
	/** How many customers are there from the start. */
	customers?: number;
	/** Milliseconds before every answer. */
	latency?: number;
}

interface Stored {
	sent: Sent;
	/** Milliseconds since 1970. */
	at: number;
}

export interface Booking {
	entity: EntityName;
	id: string;
	number: string;
}

export interface WebwinkelfacturenState {
	records: Record<EntityName, Stored[]>;
	/** Every add that was carried out, in order; a repeated one is here twice. */
	added: Booking[];
	/** What the bookkeeping package has. */
	booked: Booking[];
	/** What it has refused, at each try. */
	refused: Array<Booking & { reason: string }>;
	/** What it refused for three days. */
	dropped: Booking[];
	/** What is kept of a booked sale. */
	remains: Sent[];
}

export interface WebwinkelfacturenSandbox extends Sandbox {
	state: WebwinkelfacturenState;
	settings: WebwinkelfacturenSettings;
	client: { id: string; secret: string; redirectUrl: string };
	/** A code as a person gets it who allows the shop to add sales. */
	authorize(): string;
	/** Fields of a credential of somebody who has just allowed it. */
	credential(): ICredentialDataDecryptedObject;
	/** Makes all access tokens invalid at once; refresh tokens stay good. */
	expireTokens(): void;
	/** Makes refresh tokens invalid, too. */
	revokeTokens(): void;
	/** What happens every hour: what can be booked is booked and gone, the rest stays for three days. */
	book(now?: number): Booking[];
}

const DEFAULTS: WebwinkelfacturenSettings = {
	tokenLifetime: 3600,
	deadToken: 'body',
	errors: 'status',
	signedReads: false,
	paging: 'asClient',
	mostPerPage: 100,
	missing: 'false',
	emptyList: 'list',
	closureAdds: true,
};

const HOUR = 3_600_000;
const THREE_DAYS = 72 * HOUR;
const CODE_LIFETIME = HOUR / 6;

/** md5( Ydm + dmY + secret + value + dmY ) with the day in UTC; a read has no value. */
export function signatureOf(secret: string, value = '', now = Date.now()): string {
	const [year, month, day] = new Date(now).toISOString().slice(0, 10).split('-');
	const start = `${year}${day}${month}${day}${month}${year}`;
	return createHash('md5').update(`${start}${secret}${value}${day}${month}${year}`).digest('hex');
}

/** An answer that is an error, in the form that the API uses. */
class Refusal extends Error {
	constructor(
		readonly error: number,
		readonly errorcode: string | number,
		message: string,
		readonly specification = '',
	) {
		super(message);
	}
}

/** JSON that stands in the first field of a form; undefined for other bodies. */
function packed({ body }: SandboxRequest): { text: string; value: unknown } | undefined {
	const [text] = Object.values(Object(body) as Record<string, string>);
	if (typeof text !== 'string' || !/^[[{]/.test(text)) return undefined;
	try {
		return { text, value: JSON.parse(text) };
	} catch {
		return undefined;
	}
}

/** Euros in whole cents, since sums of floats do not match. */
const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

const matches = (sent: Sent, [incl, excl, vat]: string[]): boolean => cents(sent[incl]) === cents(sent[excl]) + cents(sent[vat]);

const VAT_ID = /^[A-Z]{2}[0-9A-Z]{8,12}$/;

/** The two things that the vendor names as its usual reasons. */
function whyNotBooked(sent: Sent): string | undefined {
	const { btwnr } = (sent.customer ?? {}) as Sent;
	if (typeof btwnr === 'string' && btwnr !== '' && !VAT_ID.test(btwnr)) return `The VAT ID ${btwnr} is not valid`;
	const charges = (sent.shipping ?? []) as Sent[];
	return charges.some(({ taxpercentage }) => taxpercentage === undefined) ? 'Shipping has no VAT rate' : undefined;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function seedCustomer(index: number): Sent {
	const number = String(index + 1).padStart(4, '0');
	return {
		customerid: `seed-${number}`,
		customernumber: `K${number}`,
		firstname: ['Anna', 'Bram', 'Carla', 'Daan', 'Eva'][index % 5],
		lastname: ['de Vries', 'Jansen', 'Bakker', 'Visser', 'Smit', 'Meijer', 'Bos'][index % 7],
		address1: `Dorpsstraat ${index + 1}`,
		zipcode: '3511 AB',
		city: 'Utrecht',
		isocountry: 'NL',
		email: `klant${number}@voorbeeld.example`,
	};
}

export async function startWebwinkelfacturen(options: WebwinkelfacturenOptions = {}, port = 0): Promise<WebwinkelfacturenSandbox> {
	const { customers = 0, latency = 0, ...own } = options;
	const settings: WebwinkelfacturenSettings = { ...DEFAULTS, ...own };
	const client = { id: 'een-webwinkel', secret: 'een geheim+van/een&winkel', redirectUrl: 'https://webwinkel.example/callback' };
	const state: WebwinkelfacturenState = {
		records: Object.fromEntries(ENTITY_NAMES.map((name) => [name, []])) as never,
		added: [],
		booked: [],
		refused: [],
		dropped: [],
		remains: [],
	};
	state.records.customer = Array.from({ length: customers }, (_, index) => ({ sent: seedCustomer(index), at: Date.now() }));
	/** By code or token, milliseconds since 1970 until when it serves. */
	const codes = new Map<string, { until: number; redirectUrl: string }>();
	const accessTokens = new Map<string, number>();
	const refreshTokens = new Set<string>();

	const refusalAnswer = ({ error, errorcode, message, specification }: Refusal): SandboxAnswer => ({
		status: settings.errors === 'status' ? error : 200,
		body: { error, errorcode, errormessage: message, specification },
	});

	const answering =
		(handle: (request: SandboxRequest) => { data: unknown; message: string } | { message: string }): Handler =>
		(request) => {
			try {
				return { status: 200, body: handle(request) };
			} catch (error) {
				if (error instanceof Refusal) return refusalAnswer(error);
				throw error;
			}
		};

	const bookingOf = (name: EntityName, sent: Sent): Booking => ({
		entity: name,
		id: String(sent[ENTITIES[name].id]),
		number: String(sent[`${name}number`] ?? ''),
	});

	/** What the server checks before it stores anything; codes for orders and taxes are the vendor's, the others inferred. */
	function check(name: EntityName, sent: Sent) {
		const { code, lines, id } = ENTITIES[name] as Entity;
		const fields = ['Incl', 'Excl', 'Vat'];
		const totals = fields.map((part) => `total${part}WithDiscount`);
		const discounts = fields.map((part) => `totalDiscount${part}`);
		const sums = (of: string) => `The sum of the ${name}${of} excl, incl and vat do not match`;
		if (lines && !matches(sent, totals)) {
			throw new Refusal(422, `${code}101_TOTALS_NOMATCH`, sums('totals'), `Fields concerned are ${totals.join(', ')}`);
		}
		if (lines && !matches(sent, discounts)) {
			throw new Refusal(422, `${code}102_TOTALDISCOUNTS_NOMATCH`, sums('totaldiscounts'), `Fields concerned are ${discounts.join(', ')}`);
		}
		if (name === 'closure' && !settings.closureAdds) {
			const known = (of: EntityName, wanted: unknown) =>
				state.records[of].some((stored) => String(stored.sent[ENTITIES[of].id]) === String(wanted));
			const unknown = [
				...(sent.productcategories as Sent[]).filter(({ groupid }) => !known('category', groupid)).map(({ groupid }) => `category ${String(groupid)}`),
				...(sent.payments as Sent[]).filter(({ methodid }) => !known('paymentMethod', methodid)).map(({ methodid }) => `payment method ${String(methodid)}`),
			];
			if (unknown.length > 0) throw new Refusal(422, 'CLO103_UNKNOWN', 'The closure names what does not exist', unknown.join(', '));
		}
		if (name !== 'tax') return;
		const missing = ['taxid', 'taxcode', 'percentage', 'title', 'country'].filter((field) => sent[field] === undefined || sent[field] === '');
		if (missing.length > 0) {
			throw new Refusal(422, 'TAX100_MISSING_FIELDS', 'Not all mandatory fields are filled', `Fields concerned are ${missing.join(', ')}`);
		}
		const others = state.records.tax.map((stored) => stored.sent);
		if (others.some((other) => String(other[id]) === String(sent[id]))) {
			throw new Refusal(422, 'TAX105_NOT_UNIQUE', 'The taxid is not unique', 'Field concerned is taxid');
		}
		if (others.some((other) => taxKey(other) === taxKey(sent))) {
			throw new Refusal(422, 'TAX110_DUPLICATE_PERC_CTRY', 'The percentage exists for this country', 'Fields concerned are percentage, country');
		}
	}

	function add(name: EntityName, sent: Sent) {
		state.added.push(bookingOf(name, sent));
		const stored = { sent, at: Date.now() };
		const { id } = ENTITIES[name];
		const all = state.records[name];
		// Sales that come twice are there twice; what is set up once is replaced.
		const known = (SALES as EntityName[]).includes(name) ? -1 : all.findIndex((other) => String(other.sent[id]) === String(sent[id]));
		if (known >= 0) all[known] = stored;
		else all.push(stored);
	}

	/** What a closure names and a sale's customer come along with it. */
	function addCompany(name: EntityName, sent: Sent) {
		if (sent.customer) add('customer', sent.customer as Sent);
		if (name !== 'closure') return;
		const missing = (of: EntityName, wanted: unknown) => !state.records[of].some((stored) => String(stored.sent[ENTITIES[of].id]) === String(wanted));
		for (const { groupid, groupname } of sent.productcategories as Sent[]) {
			if (missing('category', groupid)) add('category', { categoryid: groupid, name: groupname ?? groupid });
		}
		for (const { methodid, methodname } of sent.payments as Sent[]) {
			if (missing('paymentMethod', methodid)) add('paymentMethod', { paymentmethodid: methodid, name: methodname ?? methodid });
		}
	}

	const indexOf = (name: EntityName, wanted: string) =>
		state.records[name].findIndex(({ sent }) => String(sent[ENTITIES[name].id]) === wanted);

	function page(name: EntityName, request: SandboxRequest): Stored[] {
		const { date, firstPage } = ENTITIES[name] as Entity;
		const { startdate = '', enddate = '', page: number = String(firstPage), count = '10' } = request.query as Record<string, string>;
		const length = Math.min(Number(count), settings.mostPerPage);
		const start = Math.max(0, Number(number) - (settings.paging === 'zeroIsOne' ? 1 : firstPage));
		const dayOf = ({ sent }: Stored) => String(sent[date!]).slice(0, 10);
		const found = date ? state.records[name].filter((stored) => dayOf(stored) >= startdate && dayOf(stored) <= enddate) : state.records[name];
		return found.slice(start * length, (start + 1) * length);
	}

	/** Lists of sales tell the day on which they came. */
	const added = (name: EntityName, at: number) =>
		(SALES as EntityName[]).includes(name) && { changedate: null, createddate: `${new Date(at).toISOString().slice(0, 10)} 00:00:00` };

	const handlersOf = (name: EntityName): Record<string, Handler> => ({
		[`${name}.add`]: answering((request) => {
			const inside = packed(request);
			if (!inside) throw new Refusal(422, `${ENTITIES[name].code}100_MISSING_FIELDS`, 'There is no JSON', ENTITIES[name].field);
			const all = [inside.value].flat() as Sent[];
			for (const sent of all) check(name, sent);
			for (const sent of all) {
				addCompany(name, sent);
				add(name, sent);
			}
			const data = (ENTITIES[name] as Entity).addsList ? all.map((sent) => whole(name, sent)) : whole(name, all[0]);
			return { data, message: 'Your data is inserted successfully' };
		}),
		[`${name}.list`]: answering((request) => {
			const data = page(name, request).map(({ sent, at }) => ({ ...flat(name, sent), ...added(name, at) }));
			return data.length === 0 && settings.emptyList === 'absent' ? { message: 'No result' } : { data, message: 'Result' };
		}),
		[`${name}.read`]: answering((request) => {
			const found = state.records[name][indexOf(name, String(request.query[ENTITIES[name].id]))];
			if (found) {
				const data = whole(name, found.sent);
				const record = { ...([data].flat()[0] as object), ...added(name, found.at) };
				return { data: Array.isArray(data) ? [record] : record, message: 'Result' };
			}
			if (settings.missing === 'status') throw new Refusal(404, 404, `No ${name} found`);
			return { data: settings.missing === 'false' ? false : [], message: 'Result' };
		}),
		[`${name}.delete`]: answering(({ params }) => {
			const index = indexOf(name, params.id);
			if (index < 0) throw new Refusal(404, 404, `No ${name} found`);
			state.records[name].splice(index, 1);
			return { message: 'Your data is deleted successfully' };
		}),
	});

	function newPair(): SandboxAnswer {
		const [accessToken, refreshToken] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`];
		accessTokens.set(accessToken, Date.now() + settings.tokenLifetime * 1000);
		refreshTokens.add(refreshToken);
		const body = { access_token: accessToken, refresh_token: refreshToken, token_type: 'Bearer', expires_in: settings.tokenLifetime };
		return { status: 200, body };
	}

	const oauthError = (error: string, description: string): SandboxAnswer => ({ status: 400, body: { error, error_description: description } });

	function codeFor(redirectUrl: string): string {
		const code = randomUUID();
		codes.set(code, { until: Date.now() + CODE_LIFETIME, redirectUrl });
		return code;
	}

	const handlers: Record<string, Handler> = {
		...Object.assign({}, ...ENTITY_NAMES.map(handlersOf)),
		authorize({ query }) {
			const { client_id: id, redirect_url: to } = query as Record<string, string>;
			if (id !== client.id) return { status: 400, body: '<!doctype html><p>Unknown client</p>', headers: { 'content-type': 'text/html' } };
			const link = `/api/authorize/allow?${new URLSearchParams({ client_id: id, redirect_url: to }).toString()}`;
			const body = `<!doctype html><title>Webwinkelfacturen</title><p>May ${escapeHtml(id)} add sales to your bookkeeping?</p><a href="${escapeHtml(link)}">Allow</a>`;
			return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
		},
		allow({ query }) {
			const { client_id: id, redirect_url: to } = query as Record<string, string>;
			if (id !== client.id || !URL.canParse(to)) return oauthError('invalid_request', 'Unknown client or redirect address');
			const location = new URL(to);
			location.searchParams.set('code', codeFor(to));
			return { status: 302, headers: { location: location.href } };
		},
		token({ body }) {
			const fields = Object(body) as Record<string, string>;
			if (fields.client_id !== client.id || fields.client_secret !== client.secret) {
				return oauthError('invalid_client', 'Client authentication failed');
			}
			if (fields.type !== 'external') return oauthError('invalid_request', 'Unknown type');
			if (fields.grant_type === 'refresh_token') {
				// A refresh token serves once.
				return refreshTokens.delete(fields.refresh_token) ? newPair() : oauthError('invalid_grant', 'The refresh token is invalid');
			}
			const granted = codes.get(fields.code);
			codes.delete(fields.code);
			if (!granted || granted.until < Date.now() || granted.redirectUrl !== fields.redirect_url) {
				return oauthError('invalid_grant', 'The authorization code is invalid or has expired');
			}
			return newPair();
		},
	};

	function guard(request: SandboxRequest): SandboxAnswer | undefined {
		if (request.path.startsWith('/api/')) return undefined;
		const token = String(request.headers.authorization).replace(/^Bearer /, '');
		if ((accessTokens.get(token) ?? 0) <= Date.now()) {
			const body = { error: 401, errorcode: 401, errormessage: 'The access token is invalid or has expired' };
			return { status: settings.deadToken === 'body' ? 200 : 401, body };
		}
		const isWrite = request.method === 'POST';
		const sent = isWrite ? (Object(request.body) as Sent).signature : request.query.signature;
		const isRight = sent === signatureOf(client.secret, packed(request)?.text);
		if (isRight || !(isWrite || (settings.signedReads && request.method === 'GET'))) return undefined;
		return refusalAnswer(new Refusal(403, 'SIGNATURE_INVALID', 'The signature does not match'));
	}

	const sandbox = await startSandbox(
		{
			contract,
			handlers,
			guard,
			contractBody(request) {
				const inside = packed(request);
				if (!inside) return undefined;
				const [field] = Object.keys(request.body as Sent);
				return { ...(request.body as Sent), [field]: inside.value };
			},
			notFound: () => ({ status: 404, body: '<html><body>Not Found</body></html>', headers: { 'content-type': 'text/html' } }),
			latency,
		},
		port,
	);
	return Object.assign(sandbox, {
		state,
		settings,
		client,
		authorize: () => codeFor(client.redirectUrl),
		credential: () => ({
			clientId: client.id,
			clientSecret: client.secret,
			redirectUrl: client.redirectUrl,
			authorizationCode: codeFor(client.redirectUrl),
			requestsAtATime: 4,
			baseUrl: sandbox.url,
			accessToken: '',
			refreshToken: '',
			usedCode: '',
		}),
		expireTokens: () => accessTokens.clear(),
		revokeTokens() {
			accessTokens.clear();
			refreshTokens.clear();
		},
		book(now = Date.now()) {
			const booked: Booking[] = [];
			for (const name of SALES) {
				state.records[name] = state.records[name].filter(({ sent, at }) => {
					const booking = bookingOf(name, sent);
					const reason = whyNotBooked(sent);
					if (reason === undefined) {
						booked.push(booking);
						state.remains.push(remains(name, sent));
						return false;
					}
					state.refused.push({ ...booking, reason });
					if (now - at < THREE_DAYS) return true;
					state.dropped.push(booking);
					return false;
				});
			}
			state.booked.push(...booked);
			return booked;
		},
	});
}
