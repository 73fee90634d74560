import { isEmpty, isObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { ItemOperation } from '../../../operation/legacy';
import { unwrap } from '../../answer';
import { requestTo } from '../../paths';
import { additionalFields, addressProperties, carrierProperties, givenParcel, parcelBody } from './parcel';

export const getRate: ItemOperation = {
	name: 'Get Rate',
	value: 'getRate',
	action: 'Get the rate of a package',
	description: 'Ask what a package would cost, without a label being made',
	fields: [...carrierProperties, ...addressProperties, additionalFields],
	request: (call) => requestTo('package.getRate', call.credentials, { body: parcelBody(givenParcel(call)) }),
	// The answer is not documented: read as an object, a list of them, or the rate by itself.
	readPage({ body }) {
		const rates = [unwrap(body) || []].flat().map((rate) => (isObject(rate) ? rate : { rate })) as IDataObject[];
		return { records: rates.filter((rate) => !isEmpty(rate)) };
	},
	notFound: 'Boekwinkeltjes gives no rate for this package: check operator, type and address',
};
