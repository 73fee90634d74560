/** Operations that add a sale or the closure of a day: which kind it becomes, and what is sent. */
import type { IDataObject } from 'n8n-workflow';

import { dayClosure } from '../bookkeeping/closure';
import type { DayClosure } from '../bookkeeping/closure';
import { nameOf } from '../bookkeeping/document';
import type { SaleDocument } from '../bookkeeping/document';
import { readDocument } from '../bookkeeping/rules';
import type { Finding } from '../bookkeeping/shape';
import { collection, record, yesNo } from '../input';
import { operation } from '../operation/operation';
import type { Operation } from '../operation/operation';
import { timeOf } from '../operation/time';
import { InvalidInput } from '../transport/errors';
import { ensureNames } from './closureNames';
import { ENTITIES } from './entities';
import { closureOf, figuresOf, saleOf } from './sale';
import type { SaleKind } from './sale';
import { laneOf, mayBeThere, sendSale } from './sending';
import type { Prepared } from './sending';

/** The paths and form fields of the vendor's client. */
const REQUESTS = {
	order: { add: 'POST /orderapi/addorder', get: 'GET /orderapi/readorderbyid' },
	invoice: { add: 'POST /invoiceapi/addinvoice', get: 'GET /invoiceapi/readinvoicebyid' },
	refund: { add: 'POST /refundapi/addrefund', get: 'GET /refundapi/readrefundbyid' },
	receipt: { add: 'POST /receiptapi/addreceipt', get: 'GET /receiptapi/readreceiptbyid' },
	closure: { add: 'POST /closureapi/addclosure', get: 'GET /closureapi/readclosurebyid' },
};

export type Kind = keyof typeof REQUESTS;

/** What a document may become; the first is what it becomes if nobody chooses. */
const KINDS: Record<SaleDocument['kind'], SaleKind[]> = {
	order: ['order', 'invoice'],
	invoice: ['invoice', 'order'],
	creditNote: ['refund'],
	receipt: ['receipt'],
};

const options = collection({
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: {
		sendAgain: yesNo({
			description: 'Whether to send it although this node has sent it before, or may have. Only for a sale that is not in your bookkeeping.',
		}),
	},
});

function refuse(name: string, findings: Finding[]): void {
	const [first] = findings;
	if (!first) return;
	const others = findings.length > 1 ? `, and ${findings.length - 1} more` : '';
	const lines = findings.slice(0, 50).map(({ code, path, text }) => `${code} ${path}: ${text}`);
	throw new InvalidInput(`${name} cannot be booked: ${first.text} (${first.code}${others}).`, lines.join('\n'));
}

const articleOf = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);

/** @throws InvalidInput for what cannot be booked */
function prepareSale(given: IDataObject, asked: Kind | undefined, sendAgain: boolean): Prepared {
	const { document, findings } = readDocument(given);
	const { kind, direction, status, id, number, issuedAt, totals, customer } = document;
	const kinds = Object.hasOwn(KINDS, String(kind)) ? KINDS[kind] : [];
	const name = kinds.length > 0 ? nameOf(document) : 'The sale document';
	refuse(name, findings);
	if (direction === 'purchase') {
		throw new InvalidInput(`${name} is a purchase: its invoice comes from the supplier. Export it with Export: To CSV of the Sale Document node, or leave it out.`);
	}
	const saleKind = kinds.find((one) => one === asked) ?? (asked ? undefined : kinds[0]);
	if (!saleKind) {
		const other = kinds.map((one) => `${ENTITIES[one].one[0].toUpperCase()}${ENTITIES[one].one.slice(1)}: Add`).join(' or ');
		throw new InvalidInput(`${name} cannot be added as ${articleOf(ENTITIES[asked!].one)}: choose ${other}, or Sale: Add, which picks by itself`);
	}
	return {
		entity: ENTITIES[saleKind],
		name,
		id,
		...REQUESTS[saleKind],
		field: saleKind,
		body: saleOf(saleKind, document),
		figures: figuresOf(document),
		sendAgain,
		isCancelled: status === 'cancelled',
		summary: {
			...{ resource: saleKind, id, number, date: timeOf(issuedAt), total: totals.gross / 100, totalExclVat: totals.net / 100, totalVat: totals.vat / 100 },
			customerId: customer.id,
		},
	};
}

/** @throws InvalidInput for what is no closure */
function prepareClosure(given: IDataObject, sendAgain: boolean): Prepared {
	const findings: Finding[] = [];
	const closure: DayClosure = dayClosure.read(given, '', findings);
	const name = `Closure ${closure.id}`;
	refuse(name, findings);
	const { id, date, totals } = closure;
	return {
		entity: ENTITIES.closure,
		name,
		id,
		...REQUESTS.closure,
		field: 'closure',
		body: closureOf(closure),
		figures: figuresOf(closure),
		sendAgain,
		summary: {
			...{ resource: 'closure', id, number: id, date, total: totals.gross / 100, totalExclVat: totals.net / 100, totalVat: totals.vat / 100 },
			customerId: null,
		},
		before: async (call) => await ensureNames(closure, call),
	};
}

const isClosure = ({ schema }: IDataObject): boolean => schema === 'dayClosure/1';

function prepare(given: IDataObject, asked: Kind | undefined, sendAgain: boolean): Prepared {
	if (isClosure(given)) {
		if (asked === undefined || asked === 'closure') return prepareClosure(given, sendAgain);
		throw new InvalidInput('This is the closure of a day: choose Closure: Add, or Sale: Add, which picks by itself');
	}
	if (given.schema !== 'saleDocument/1') {
		const source = asked === 'closure' ? 'Day Closure: Create' : 'Document: From …';
		throw new InvalidInput(`This is not a sale document: make one with ${source} of the Sale Document node, and connect it to this node`);
	}
	if (asked === 'closure') throw new InvalidInput('This is a single sale, not the closure of a day: choose Sale: Add, or make a closure with Day Closure: Create first');
	return prepareSale(given, asked, sendAgain);
}

interface Texts {
	action: string;
	description: string;
}

/** @param kind left out: what the document is */
export function addSale(kind: Kind | undefined, { action, description }: Texts): Operation {
	const isDay = kind === 'closure';
	return operation({
		name: 'Add',
		value: 'add',
		action,
		description,
		request: REQUESTS[kind ?? 'order'].add,
		input: {
			document: record({
				displayName: isDay ? 'Day Closure' : 'Sale Document',
				description: isDay ? 'What Day Closure: Create of the Sale Document node gives' : 'What the Sale Document node gives',
				required: true,
			}),
			options,
		},
		prepare: ({ document, options: { sendAgain = false } }) => prepare(document, kind, sendAgain),
		send: sendSale,
		// It sees to that itself, over all executions.
		idempotent: true,
		tolerates: mayBeThere,
		turn: laneOf,
		dryRun: 'offered',
	});
}
