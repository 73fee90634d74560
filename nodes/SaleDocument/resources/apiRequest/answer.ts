import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { dayOf } from '../../../bookkeeping/document';
import type { SaleDocument } from '../../../bookkeeping/document';
import { record } from '../../../input';
import { operation } from '../../../operation/operation';
import { cursorOf } from '../../../Webwinkelfacturen/api/question';
import { asItem, booked, wholeDocument } from '../../pure';

const keyOf = ({ issuedAt, id }: SaleDocument) => `${new Date(issuedAt).toISOString()} ${id}`;

/** The documents that are asked for, a page of them. */
function pageOf(documents: SaleDocument[], { id, number, from, to, status, limit = 50, after = '' }: IDataObject) {
	const isWanted = (document: SaleDocument) =>
		(id === undefined || document.id === id) &&
		(number === undefined || document.number === number) &&
		(status === undefined || document.status === status) &&
		(from === undefined || Date.parse(document.issuedAt) >= Date.parse(String(from))) &&
		(to === undefined || Date.parse(document.issuedAt) < Date.parse(String(to)));
	const sorted = documents.filter(isWanted).toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
	const rest = sorted.filter((document) => keyOf(document) > String(after));
	const data = rest.slice(0, Number(limit));
	const next = rest.length > data.length ? cursorOf(keyOf(data[data.length - 1])) : null;
	return { data, page: { limit: Number(limit), count: data.length, next } };
}

/** Several items, one answer: all documents go out together. */
export const answer = operation({
	name: 'Answer',
	value: 'answer',
	action: 'Answer API request',
	description: 'Answer what bookkeeping asked at the Webwinkelfacturen API Trigger, with the sale documents of all items',
	input: {
		question: record({
			required: true,
			default: "={{ $('Webwinkelfacturen API Trigger').first().json }}",
			description: 'What was asked, as the trigger gives it',
		}),
	},
	prepare: async ({ question }, call) => ({
		question,
		document: call.json.schema === undefined ? undefined : await booked(() => wholeDocument(call.json)),
	}),
	async sendAll(inputs, [call]) {
		const [{ question }] = inputs;
		const documents = inputs.map(({ document }) => document).filter((document) => document !== undefined);
		const { data, page } = pageOf(documents, question);
		const requestId = String(question.requestId ?? randomUUID());
		const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-request-id': requestId };
		call.context.sendResponse({ body: { success: true, data: data.map(asItem), page }, headers, statusCode: 200 });
		return await Promise.resolve(inputs.map(({ document }) => ({ answered: document !== undefined && data.includes(document), id: document?.id ?? null, day: document ? dayOf(document.issuedAt) : null })));
	},
});
