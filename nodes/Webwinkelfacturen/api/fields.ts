/** What a person sets of the API: the shop, and the VAT on what it sells. */
import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { choice, collection, notice, propertiesOf, readFields, wholeNumber, yesNo } from '../../input';
import { giftUnit, goods, goodsRate, options, perEuroOf, regime, seller, sellerCountry, settingsOf } from '../../SaleDocument/fields';
import type { ApiSettings } from './serve';

const SHOPS = ['boekwinkeltjes', 'stamhoofd', 'topgeschenken'];

const fields = {
	source: choice({
		displayName: 'Sales From',
		options: [
			{ name: 'Boekwinkeltjes', value: 'boekwinkeltjes', description: 'Orders of a bookshop' },
			{ name: 'Stamhoofd', value: 'stamhoofd', description: 'Payments of an association that succeeded' },
			{ name: 'Topgeschenken', value: 'topgeschenken', description: 'Gifts that you buy' },
			{ name: 'This Workflow', value: 'workflow', description: 'The nodes after this one answer, with Sale Document: API Request > Answer at their end' },
		],
		required: true,
		noDataExpression: true,
		description: 'Where the sales are read that bookkeeping asks for',
	}),
	addressNotice: notice('Give the address above, the client ID and the secret to Webwinkelfacturen. Opened in a browser it shows how to use it.'),
	unit: { ...giftUnit, show: { source: ['topgeschenken'] } },
	regime: { ...regime, show: { source: SHOPS } },
	sellerCountry: { ...sellerCountry('NL'), show: { source: SHOPS } },
	goods: { ...goods, show: { ...goods.show, source: SHOPS } },
	goodsRate: { ...goodsRate, show: { ...goodsRate.show, source: SHOPS } },
	seller: { ...seller, show: { source: SHOPS } },
	options: { ...options, show: { source: SHOPS } },
	api: collection({
		displayName: 'API Options',
		placeholder: 'Add Option',
		fields: {
			leaveOutInvalid: yesNo({
				displayName: 'Leave Out Invalid Sales',
				description: 'Whether a sale that cannot be booked is left out and reported to this workflow, instead of being answered as an error that names it',
			}),
			lookBackDays: wholeNumber({ displayName: 'Look Back (Days)', from: 1, to: 366, default: 60, description: 'Of how many days the customers, products and categories are' }),
		},
		show: { source: SHOPS },
	}),
};

export const properties: INodeProperties[] = propertiesOf(fields);

/** @throws FaultyInput that names what is to be filled in */
export function apiFields(context: IWebhookFunctions): ApiSettings {
	const { parameters } = context.getNode();
	const given = (name: string) => (name in parameters ? context.getNodeParameter(name, null) : fields[name as keyof typeof fields]?.panel.default);
	const { source, unit, api = {}, ...input } = readFields(fields, given, { zone: context.getTimezone() });
	const isShop = SHOPS.includes(source);
	return {
		source,
		settings: isShop ? settingsOf(input) : ({} as ApiSettings['settings']),
		perEuro: perEuroOf(unit),
		leavesOutInvalid: api.leaveOutInvalid ?? false,
		lookBackDays: api.lookBackDays ?? 60,
	};
}
