import { isEmpty, isEqual } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { dayOf } from '../../../bookkeeping/document';
import type { SaleDocument } from '../../../bookkeeping/document';
import { record } from '../../../input';
import { operation } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { isReceipt, ratesIn, recordsIn } from '../../../Webwinkelfacturen/api/answers';
import { pageOf } from '../../../Webwinkelfacturen/api/question';
import type { Question } from '../../../Webwinkelfacturen/api/question';
import { asItem, booked, wholeDocument } from '../../pure';

const keyOf = ({ issuedAt, id }: SaleDocument) => `${new Date(issuedAt).toISOString()} ${id}`;

/** The question as the trigger gives it: a period in words, and who asked. */
type Asked = Omit<Partial<Question>, 'period'> & { from?: string; to?: string; requestId?: string };

/** The page that is asked for, and the documents that it is made of. */
function answerOf(documents: SaleDocument[], { resource = 'sales', id, number, status, from, to, limit = 50, after, ...search }: Asked) {
	const inPeriod = documents.filter(
		({ issuedAt }) => (from === undefined || Date.parse(issuedAt) >= Date.parse(from)) && (to === undefined || Date.parse(issuedAt) < Date.parse(to)),
	);
	const paging = { limit: Number(limit), after };
	if (resource === 'sales' || resource === 'receipts') {
		const isWanted = (document: SaleDocument) =>
			(id === undefined || document.id === id) &&
			(number === undefined || document.number === number) &&
			(status === undefined || document.status === status) &&
			(resource === 'sales' || isReceipt(document));
		const { data, page } = pageOf(inPeriod.filter(isWanted).toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)), keyOf, paging);
		const asAsked = (document: SaleDocument) => (resource === 'receipts' && document.kind !== 'creditNote' ? { ...document, kind: 'receipt' } : document);
		return { used: data, data: data.map((document) => asItem(asAsked(document))), page };
	}
	const records = resource === 'vat-rates' ? ratesIn(documents[0]?.seller.address.country ?? 'NL', Date.now()) : recordsIn(inPeriod, { resource, id, ...search });
	return { used: inPeriod, ...pageOf(records, (one) => String(one.id), paging) };
}

/** The document of an item; none where nothing was found. @throws InvalidInput for a sale that a node before could not make */
async function documentIn(json: IDataObject, question: IDataObject): Promise<SaleDocument | undefined> {
	if (isEmpty(json) || isEqual(json, question)) return undefined;
	const { error, details } = json;
	if (error !== undefined) throw new InvalidInput(String(error), details === undefined ? undefined : String(details));
	return await booked(() => wholeDocument(json));
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
	prepare: async ({ question }, { json }) => ({ question: question as Asked, document: await documentIn(json, question) }),
	async sendAll(inputs, [call]) {
		const [{ question }] = inputs;
		const { used, data, page } = answerOf(inputs.map(({ document }) => document).filter((document) => document !== undefined), question);
		// Its other headers the trigger has set.
		call.context.sendResponse({ body: { success: true, data, page }, headers: {}, statusCode: 200 });
		return await Promise.resolve(inputs.map(({ document }) => ({ answered: document !== undefined && used.includes(document), id: document?.id ?? null, day: document ? dayOf(document.issuedAt) : null })));
	},
});
