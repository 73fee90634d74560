import type { Resource } from '../../../operation/operation';
import { checkFile } from './checkFile';
import { readFile } from './readFile';

export const statement: Resource = { name: 'Statement', value: 'statement', operations: [readFile, checkFile] };
