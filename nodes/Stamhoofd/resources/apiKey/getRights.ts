import { operation } from '../../../operation/operation';
import { rightsIn } from '../../rights';
import { readOrganization } from '../../organization';
import { isCurrentLine } from '../../platform';

export const getRights = operation({
	name: 'Get Rights',
	value: 'getRights',
	action: 'Get rights of API key',
	description: 'Get what the API key of the credential may do and what not, one item for each right',
	request: 'GET /user',
	input: {},
	async send(_, call) {
		const [user, organization] = await Promise.all([call.send(call.request()), call.send(call.request({}, 'GET /organization'))]);
		return rightsIn(user.body, readOrganization(organization), isCurrentLine(call.credentials));
	},
});
