import type { Resource } from '../../../operation/operation';
import { get } from './get';

export const settings: Resource = {
	name: 'Settings',
	value: 'settings',
	operations: [get],
};
