import { operation } from '../../../operation/operation';
import { recordsOf } from '../../answer';
import { packageLocator } from '../../fields';
import { at } from '../../paths';
import { simplifyPackage } from '../../simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get package',
	description: 'Get one package by its ID',
	...at('package.get'),
	input: { packageId: packageLocator },
	answer: recordsOf,
	notFound: 'Boekwinkeltjes has no package with this ID: check it',
	simplify: simplifyPackage,
});
