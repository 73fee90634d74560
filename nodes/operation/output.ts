import type { IBinaryData, IDataObject } from 'n8n-workflow';

/** An item that is more than a record: with files, or for another output than the first. */
export class OutputItem {
	constructor(
		readonly json: IDataObject,
		readonly more: { binary?: Record<string, IBinaryData>; output?: number } = {},
	) {}
}
