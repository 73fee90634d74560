import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import { statement } from './resources/statement';

const { properties, subtitle, execute } = describe(undefined, [statement]);

export class BankStatement implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bank Statement',
		name: 'bankStatement',
		icon: { light: 'file:bankStatement.svg', dark: 'file:bankStatement.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Reads the files of Dutch and Belgian banks: CODA, CAMT.053, MT940 and CSV',
		defaults: { name: 'Bank Statement' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties,
	};

	execute = execute;
}
