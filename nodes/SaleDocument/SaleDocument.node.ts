import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import { apiRequest } from './resources/apiRequest';
import { refuseAsker } from './resources/apiRequest/refuse';
import { dayClosure } from './resources/dayClosure';
import { document } from './resources/document';
import { exportResource } from './resources/export';

const { properties, subtitle, localResourceMapping, execute } = describe(undefined, [document, dayClosure, exportResource, apiRequest]);

export class SaleDocument implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sale Document',
		name: 'saleDocument',
		icon: { light: 'file:saleDocument.svg', dark: 'file:saleDocument.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Make sales and purchases add up for bookkeeping: documents, credit notes, day closures, e-invoices (UBL) and CSV',
		defaults: { name: 'Sale Document' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["operation"] === "validate" ? [{ type: "${NodeConnectionTypes.Main}", displayName: "Valid" }, { type: "${NodeConnectionTypes.Main}", displayName: "Invalid" }] : ["${NodeConnectionTypes.Main}"] }}`,
		properties,
	};

	methods = { localResourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this).catch((error: Error) => {
			refuseAsker(this, error);
			throw error;
		});
	}
}
