import type { IDataObject } from 'n8n-workflow';

import type { BatchOperation } from '../../../operation/legacy';
import { each } from '../../batch';
import { additionalFields, addressProperties, carrierProperties, givenParcel, parcelBody } from './parcel';
import { sendParcel } from './send';

export const create: BatchOperation<IDataObject> = {
	name: 'Create',
	value: 'create',
	action: 'Create a package',
	description: 'Ask for a shipping label for an address',
	fields: [...carrierProperties, ...addressProperties, additionalFields],
	read: (call) => parcelBody(givenParcel(call)),
	runAll: async (parcels, calls) => await each(parcels, calls, sendParcel),
};
