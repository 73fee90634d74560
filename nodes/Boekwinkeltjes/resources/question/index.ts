import type { Resource } from '../../../operation/legacy';
import { get } from './get';

export const question: Resource = {
	name: 'Question',
	value: 'question',
	operations: [get],
};
