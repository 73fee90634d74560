/** Fields that more than one operation shows. */
import type { INodeProperties } from 'n8n-workflow';

const EXAMPLE_ID = '11111111-2222-3333-4444-555555555555';

const uuid = {
	type: 'regex' as const,
	properties: {
		// Empty is a matter of `required`.
		regex: '\\s*((\\S*/)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/?\\s*)?',
		errorMessage: `This is not an ID of Topgeschenken, which looks like ${EXAMPLE_ID}`,
	},
};

/** A field for one thing: from a list with search, or by what is known of it. */
function locator(displayName: string, name: string, searchListMethod: string): INodeProperties {
	const thing = displayName.toLowerCase();
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `The ${thing}, from the list, or by its ID or its URL at Topgeschenken`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID or URL',
				name: 'id',
				type: 'string',
				placeholder: EXAMPLE_ID,
				validation: [uuid],
			},
		],
	};
}

export const assortmentLocator = locator('Assortment', 'assortmentId', 'searchAssortments');
export const cartLocator = locator('Cart', 'cartId', 'searchCarts');
export const companyLocator = locator('Company', 'companyId', 'searchCompanies');
export const customerLocator = locator('Customer', 'customerId', 'searchCustomers');
export const orderLocator = locator('Order', 'orderId', 'searchOrders');
export const productLocator = locator('Product', 'productId', 'searchProducts');
export const productGroupLocator = locator('Product Group', 'productGroupId', 'searchProductGroups');

export const languageOption: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'Dutch', value: 'nl_NL' },
		{ name: 'English', value: 'en_US' },
	],
	default: 'nl_NL',
	description: 'Language of product names and other texts, in place of that of the credential',
};

export const followOption: INodeProperties = {
	displayName: 'Follow References',
	name: 'followReferences',
	type: 'multiOptions',
	options: [
		{ name: 'Addresses', value: 'address' },
		{ name: 'Companies', value: 'company' },
		{ name: 'Customers', value: 'customer' },
		{ name: 'Products', value: 'product' },
	],
	default: [],
	description:
		'What to put in the output in full instead of its ID only. Each is fetched once per run, however many items name it.',
};

export const readAtOnceOption: INodeProperties = {
	displayName: 'Read in One Request',
	name: 'readAtOnce',
	type: 'boolean',
	default: false,
	description:
		'Whether Return All asks for the whole list in a single answer instead of page by page. Nothing can shift meanwhile, but a long list may take the server too long.',
};

export const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to only check everything and show what would be sent. Nothing is sent or bought.',
};

/** Only there where the node is a tool of an AI agent. No expression, so that the model cannot fill it in. */
export const agentField: INodeProperties = {
	displayName: 'Allow the Agent to Place Orders',
	name: 'agentMayPlace',
	type: 'boolean',
	noDataExpression: true,
	displayOptions: { show: { '@tool': [true] } },
	default: false,
	description: 'Whether the AI agent may really order. An order is a purchase. Off: it can only do a dry run.',
};

export const deliveryRemarkField: INodeProperties = {
	displayName: 'Delivery Remark',
	name: 'deliveryRemark',
	type: 'string',
	default: '',
	description: 'For whoever delivers it',
};

export const deliveryDateField: INodeProperties = {
	displayName: 'Delivery Date',
	name: 'deliveryDate',
	type: 'string',
	default: '',
	required: true,
	placeholder: '2026-12-01',
	description: 'Day of the delivery, as 2026-12-01 or 1-12-2026. A day in the past is refused before anything is sent.',
};

/** The parts of an address, for a person or a company in the Netherlands or elsewhere. */
export function addressField(displayName: string, name: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Address',
		options: [
			{
				displayName: 'Address',
				name: 'address',
				values: [
					{ displayName: 'Name', name: 'attn', type: 'string', default: '', required: true, description: 'Person or company that it is for' },
					{ displayName: 'Street', name: 'street', type: 'string', default: '', required: true },
					{ displayName: 'House Number', name: 'number', type: 'string', default: '', required: true },
					{ displayName: 'Addition', name: 'numberAddition', type: 'string', default: '', description: 'For example A, bis or 2 hoog' },
					{
						displayName: 'Postcode',
						name: 'postcode',
						type: 'string',
						default: '',
						required: true,
						placeholder: '1000 AA',
						description: '1000 AA in the Netherlands, 1000 in Belgium',
					},
					{ displayName: 'City', name: 'city', type: 'string', default: '', required: true },
					{
						displayName: 'Country',
						name: 'country',
						type: 'string',
						default: 'NL',
						description: 'Code of two letters, for example NL or BE',
					},
				],
			},
		],
	};
}

export const linesField: INodeProperties = {
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, minRequiredFields: 1 },
	default: {},
	placeholder: 'Add Line',
	description: 'What is delivered: at least one product',
	options: [
		{
			displayName: 'Line',
			name: 'line',
			values: [
				productLocator,
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
				},
				{
					displayName: 'Card Text',
					name: 'cardText',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: 'What is written on the greeting card; then the card is needed too',
				},
				{
					...locator('Card', 'cardId', 'searchProducts'),
					required: false,
					description: 'The greeting card that goes with it, a product of its own',
				},
			],
		},
	],
};

export const checkProductsField: INodeProperties = {
	displayName: 'Check Products',
	name: 'checkProducts',
	type: 'boolean',
	default: true,
	description:
		'Whether to look up each product and card once, and refuse what is unknown, not orderable or outside its quantities before anything is sent',
};

export const paymentMethodField: INodeProperties = {
	displayName: 'Payment Method',
	name: 'requestedPaymentMethod',
	type: 'string',
	default: 'invoice',
	required: true,
	description: 'How it is paid. Keep "invoice", unless Topgeschenken has told you that your account may use something else.',
};

export const contactEmailField: INodeProperties = {
	displayName: 'Contact Email',
	name: 'contactEmail',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'name@example.nl',
	description: 'Who gets the messages about the order',
};
