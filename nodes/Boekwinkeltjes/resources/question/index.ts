import type { Resource } from '../../../transport/operation';
import { get } from './get';

export const question: Resource = {
	name: 'Question',
	value: 'question',
	operations: [get],
};
