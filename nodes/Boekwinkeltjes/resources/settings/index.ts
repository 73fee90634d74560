import type { Resource } from '../../../operation/legacy';
import { get } from './get';

export const settings: Resource = {
	name: 'Settings',
	value: 'settings',
	operations: [get],
};
