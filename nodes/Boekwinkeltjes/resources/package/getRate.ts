import type { ItemOperation } from '../../../transport/operation';
import { requestTo } from '../../paths';
import { readWritten } from '../../answer';
import { additionalFields, addressProperties, carrierProperties, givenParcel, parcelBody } from './parcel';

export const getRate: ItemOperation = {
	name: 'Get Rate',
	value: 'getRate',
	action: 'Get the rate of a package',
	description: 'Ask what a package would cost, without a label being made',
	fields: [...carrierProperties, ...addressProperties, additionalFields],
	request: (call) => requestTo('package.getRate', call.credentials, { body: parcelBody(givenParcel(call)) }),
	readPage: readWritten,
};
