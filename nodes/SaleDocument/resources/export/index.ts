import type { Resource } from '../../../operation/operation';
import { toCsv } from './toCsv';
import { toUbl } from './toUbl';

export const exportResource: Resource = { name: 'Export', value: 'export', operations: [toUbl, toCsv] };
