import type { Resource } from '../../../operation/operation';
import { get } from './get';

export const question: Resource = {
	name: 'Question',
	value: 'question',
	operations: [get],
};
