import type { IDataObject } from 'n8n-workflow';

import { day, moment, text, yesNo } from '../../../input';
import { edgeOfDay } from '../../dates';
import { createdSince, idList, search, updatedSince, updatedUntil, uuids } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import { simplifyOrder } from '../../simplify';

/** Those of the address template in the manual's answer (stated); how several values are written is inferred: with commas. */
export const filters = {
	autoOrder: yesNo({ displayName: 'Automatic', default: true, description: 'Whether only orders that were made automatically are listed, or only the others' }),
	updatedBetweenFrom: moment({ displayName: 'Changed Between: From', description: 'Start of a period; set its end too' }),
	updatedBetweenUntil: moment({ displayName: 'Changed Between: Until', description: 'End of a period; set its start too' }),
	createdSince,
	deliveryFrom: day({ description: 'Only orders that are delivered on this day or later' }),
	deliveryUntil: day({ description: 'Only orders that are delivered on this day or earlier' }),
	uuids,
	forceManual: yesNo({ displayName: 'Manual Handling', default: true, description: 'Whether only orders that are handled by hand are listed, or only the others' }),
	productGroups: idList('Product Group IDs', 'Only orders with a product of one of these groups, with commas between them', 'e.g. 11111111-2222-3333-4444-555555555555'),
	search,
	sites: idList('Shops (Sites)', 'Only orders of these shops of Topgeschenken, by the IDs that your orders show, with commas between them'),
	status: text({
		placeholder: 'e.g. completed',
		description: 'Only orders with this status. The manual names "completed" only; other orders show what else there is.',
	}),
	updatedSince,
	updatedUntil,
};

/** The filters in the words of the API. */
export const sent = ({ deliveryFrom, deliveryUntil, ...given }: Record<string, unknown>) =>
	({
		...given,
		...(deliveryFrom ? { deliveryFrom: edgeOfDay(deliveryFrom as string, 'start') } : {}),
		...(deliveryUntil ? { deliveryUntil: edgeOfDay(deliveryUntil as string, 'end') } : {}),
	}) as IDataObject;

export const getMany = getManyOf(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many orders',
		description: 'List orders in brief; Get gives the lines, VAT and address of each',
	},
	{
		kind: 'order',
		filters,
		sent,
		simplify: simplifyOrder,
	},
);
