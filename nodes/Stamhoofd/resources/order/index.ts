import type { Resource } from '../../../operation/operation';
import { count } from './count';
import { create } from './create';
import { get } from './get';
import { getLines } from './getLines';
import { getMany } from './getMany';
import { getManyLines } from './getManyLines';
import { update } from './update';
import { updateStatus } from './updateStatus';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [getMany, get, getManyLines, getLines, updateStatus, update, create, count],
};
