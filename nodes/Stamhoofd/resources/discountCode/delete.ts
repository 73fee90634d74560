import { operation } from '../../../operation/operation';
import { changeCodes, codeOfWebshop, findCode, PATH } from './codes';

export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete discount code',
	description: 'Delete a discount code of a webshop; orders that have used it keep their discount',
	request: `PATCH ${PATH}`,
	idempotent: false,
	dryRun: 'offered',
	input: codeOfWebshop,
	prepare: async (input, call) => ({ ...input, found: await findCode(input, call) }),
	async send({ webshopId, found }, call) {
		await changeCodes(webshopId, { delete: found.id }, call);
		return { deleted: true, id: found.id, code: found.code };
	},
});
