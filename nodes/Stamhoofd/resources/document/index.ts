import type { Resource } from '../../../operation/operation';
import { download } from './download';
import { getMany } from './getMany';

export const document: Resource = { name: 'Document', value: 'document', operations: [getMany, download] };
