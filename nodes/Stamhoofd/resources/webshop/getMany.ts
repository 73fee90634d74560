import { operation } from '../../../operation/operation';
import { readOrganization } from '../../organization';
import { simplifyWebshop } from '../../simplify';

const NONE = 'No webshops came: either the organization has none, or the API key may see none. API Key > Get Rights says what it may see.';

export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many webshops',
	description: 'List the webshops that the API key may see',
	request: 'GET /organization',
	input: {},
	list: (_, call) => ({
		request: call.request(),
		readPage(reply) {
			const { webshops } = readOrganization(reply);
			// The server says nothing when it leaves them out (observed).
			if (webshops.length === 0) call.hint(NONE);
			return { records: webshops };
		},
	}),
	simplify: simplifyWebshop,
});
