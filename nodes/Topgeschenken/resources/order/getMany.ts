import { createdSince, search, updatedSince, updatedUntil, uuids } from '../../filters';
import { getMany as getManyOf } from '../../reading';
import type { Filter } from '../../reading';
import { simplifyOrder } from '../../simplify';

/** Those of the address template in the manual's answer (stated); how several values are written is inferred: with commas. */
const filters: Filter[] = [
	{
		displayName: 'Automatic',
		name: 'autoOrder',
		type: 'boolean',
		default: true,
		description: 'Whether only orders that were made automatically are listed, or only the others',
	},
	{
		displayName: 'Changed Between: From',
		name: 'updatedBetweenFrom',
		type: 'dateTime',
		default: '',
		description: 'Start of a period; set its end too',
	},
	{
		displayName: 'Changed Between: Until',
		name: 'updatedBetweenUntil',
		type: 'dateTime',
		default: '',
		description: 'End of a period; set its start too',
	},
	createdSince,
	{
		displayName: 'Delivery From',
		name: 'deliveryFrom',
		type: 'dateTime',
		default: '',
		description: 'Only orders that are delivered on this day or later',
	},
	{
		displayName: 'Delivery Until',
		name: 'deliveryUntil',
		type: 'dateTime',
		default: '',
		description: 'Only orders that are delivered on this day or earlier',
	},
	uuids,
	{
		displayName: 'Manual Handling',
		name: 'forceManual',
		type: 'boolean',
		default: true,
		description: 'Whether only orders that are handled by hand are listed, or only the others',
	},
	{
		displayName: 'Product Group IDs',
		name: 'productGroups',
		type: 'string',
		default: '',
		placeholder: '11111111-2222-3333-4444-555555555555',
		description: 'Only orders with a product of one of these groups, with commas between them',
	},
	search,
	{
		displayName: 'Sites',
		name: 'sites',
		type: 'string',
		default: '',
		description: 'Only orders of these sites, with commas between them',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '',
		placeholder: 'completed',
		description: 'Only orders with this status. The manual names "completed" only; other orders show what else there is.',
	},
	updatedSince,
	updatedUntil,
];

export const getMany = getManyOf(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many orders',
		description: 'List orders in brief; Get gives the lines, VAT and address of each',
	},
	{ kind: 'order', filters, simplify: simplifyOrder },
);
