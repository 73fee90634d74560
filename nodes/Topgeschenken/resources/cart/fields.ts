import type { INodeProperties } from 'n8n-workflow';

export const paymentMethodField: INodeProperties = {
	displayName: 'Payment Method',
	name: 'requestedPaymentMethod',
	type: 'string',
	default: 'invoice',
	required: true,
	description: 'How it is paid. The manual names "invoice" only; ask Topgeschenken what else your account may use.',
};

export const contactEmailField: INodeProperties = {
	displayName: 'Contact Email',
	name: 'contactEmail',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'name@example.nl',
	description: 'Who gets the messages about it',
};
