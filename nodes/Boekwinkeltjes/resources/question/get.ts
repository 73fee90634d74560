import { digits } from '../../../input';
import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { at } from '../../paths';
import { simplifyQuestion } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get question',
	description: 'Get a question that somebody asked about a book',
	...at('question.get'),
	input: { questionId: digits({ displayName: 'Question ID', required: true }) },
	answer: recordsOf,
	notFound: 'Boekwinkeltjes has no question with this ID: check it',
	simplify: simplifyQuestion,
});
