import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../operation/operation';
import { orderLocator } from '../../fields';
import { PATHS, resolve } from '../../references';
import { headersOf } from '../../request';
import { orderLines } from '../../simplify';

export const getLines = operation({
	name: 'Get Lines',
	value: 'getLines',
	action: 'Get lines of order',
	description: 'Get one item for each line of an order, for a sheet or the bookkeeping',
	request: `GET ${PATHS.order}/{orderId}`,
	input: { orderId: orderLocator({ displayName: 'Order' }) },
	prepare: async ({ orderId }, call) => ({ orderId: await resolve('order', orderId!, call) }),
	headers: (_, call) => headersOf(call),
	answer: ({ body }) => orderLines(body as IDataObject),
});
