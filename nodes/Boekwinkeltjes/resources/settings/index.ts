import type { Resource } from '../../../transport/operation';
import { get } from './get';

export const settings: Resource = {
	name: 'Settings',
	value: 'settings',
	operations: [get],
};
