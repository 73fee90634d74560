import { operation } from '../../../operation/operation';
import { at } from '../../paths';
import { additionalFields, addressFields, carrierFields, packageBody, sendPackage } from './packageFields';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create package',
	description: 'Ask for a shipping label for an address',
	...at('package.create'),
	dryRun: 'offered',
	input: { ...carrierFields, ...addressFields, additionalFields },
	prepare: ({ additionalFields: more, ...parcel }) => packageBody({ ...more, ...parcel }),
	// Labels cost money: one at a time, so that a stop leaves no more than one in doubt.
	turn: () => 'one after another',
	send: sendPackage,
});
