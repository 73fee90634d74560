import { choices, collection, moment, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { from, listAt, oneOf } from '../../filter';
import { onCurrentLine } from '../../platform';
import { simplifyDocument } from '../../records';

const statuses = [
	{ name: 'Draft', value: 'Draft' },
	{ name: 'Lacks Data', value: 'MissingData' },
	{ name: 'Published', value: 'Published' },
];

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many documents',
	description: 'List tax certificates (fiscale attesten) and other documents of members, the newest first',
	request: 'GET /organization/documents',
	input: {
		filters: collection({
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: {
				search: text({ description: 'Number of the document, or part of its description' }),
				status: choices({ options: statuses, description: 'Only documents with one of these statuses' }),
				updatedAfter: moment({ description: 'Only documents made or changed at this moment or later' }),
			},
		}),
	},
	prepare: onCurrentLine,
	list: ({ filters: { search, status, updatedAfter } }, { limit }) =>
		listAt('/organization/documents', { conditions: [oneOf('status', status), from('updatedAt', updatedAfter)], search, limit }),
	/** Year and name stand in the template, all of which are read once. */
	async complete(document, call) {
		const templates = await call
			.once('document templates', async () => await call.collect(listAt('/organization/document-templates', {})))
			.catch(() => []);
		const template = templates.find(({ id }) => id === document.templateId);
		return template ? { ...document, template } : document;
	},
	simplify: simplifyDocument,
});
