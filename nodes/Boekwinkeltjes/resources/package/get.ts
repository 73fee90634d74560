import { simplifyField } from '../../../operation/legacy';
import type { ItemOperation } from '../../../operation/legacy';
import { readRecord } from '../../answer';
import { packageLocator, textId } from '../../fields';
import { requestTo } from '../../paths';
import { simplifyPackage } from '../../simplify';

export const get: ItemOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a package',
	description: 'Get one package by its ID',
	fields: [packageLocator, simplifyField],
	request: (call) => requestTo('package.get', call.credentials, { id: textId(call, 'packageId', 'Package') }),
	readPage: readRecord,
	notFound: 'Boekwinkeltjes has no package with this ID: check it',
	simplify: simplifyPackage,
};
