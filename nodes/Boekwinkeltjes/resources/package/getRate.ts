import { isEmpty, isObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { unwrap } from '../../answer';
import { at } from '../../paths';
import { additionalFields, addressFields, carrierFields, packageBody } from './packageFields';

export const getRate = operation({
	name: 'Get Rate',
	value: 'getRate',
	action: 'Get rate of package',
	description: 'Ask what a package would cost, without a label being made',
	...at('package.getRate'),
	idempotent: true,
	input: { ...carrierFields, ...addressFields, additionalFields },
	prepare: ({ additionalFields: more, ...parcel }) => packageBody({ ...more, ...parcel }),
	body: (body) => body,
	// The answer is not documented: read as an object, a list of them, or the rate by itself.
	answer({ body }) {
		const rates = [unwrap(body) || []].flat().map((rate) => (isObject(rate) ? rate : { rate })) as IDataObject[];
		return rates.filter((rate) => !isEmpty(rate));
	},
	notFound: 'Boekwinkeltjes gives no rate for this package: check operator, type and address',
});
