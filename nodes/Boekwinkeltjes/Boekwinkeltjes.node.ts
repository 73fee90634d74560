import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../operation/describe';
import { boekwinkeltjesApiTest } from './credentialTest';
import {
	getSecondCategories,
	getThirdCategories,
	searchBooks,
	searchOrders,
	searchPackages,
	searchPayments,
} from './listSearch';
import { boekwinkeltjes } from './platform';
import { book } from './resources/book';
import { order } from './resources/order';
import { parcel } from './resources/package';
import { payment } from './resources/payment';
import { question } from './resources/question';
import { settings } from './resources/settings';
import { shippingCost } from './resources/shippingCost';
import { shippingFee } from './resources/shippingFee';

const { properties, subtitle, localResourceMapping, execute } = describe(boekwinkeltjes, [
	order,
	book,
	parcel,
	payment,
	question,
	settings,
	shippingCost,
	shippingFee,
]);

export class Boekwinkeltjes implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Boekwinkeltjes',
		name: 'boekwinkeltjes',
		icon: { light: 'file:boekwinkeltjes.svg', dark: 'file:boekwinkeltjes.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Books, orders, packages and payments of a shop on Boekwinkeltjes',
		defaults: { name: 'Boekwinkeltjes' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'boekwinkeltjesApi', required: true, testedBy: 'boekwinkeltjesApiTest' }],
		properties,
	};

	execute = execute;

	methods = {
		credentialTest: { boekwinkeltjesApiTest },
		listSearch: { searchBooks, searchOrders, searchPackages, searchPayments },
		localResourceMapping,
		loadOptions: { getSecondCategories, getThirdCategories },
	};
}
