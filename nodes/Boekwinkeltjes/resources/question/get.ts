import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { numericId } from '../../fields';
import { requestTo } from '../../paths';
import { simplifyQuestion } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a question',
	description: 'Get a question that somebody asked about a book',
	fields: [
		{
			displayName: 'Question ID',
			name: 'questionId',
			type: 'string',
			default: '',
			required: true,
		},
		simplifyField,
	],
	request: (call) => requestTo('question.get', call.credentials, { id: numericId(call, 'questionId', 'Question ID') }),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes has no question with this ID: check it',
	simplify: simplifyQuestion,
};
