/** Operations that all things of the API have in common: get, get many, delete. */
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { day, text } from '../input';
import { operation } from '../operation/operation';
import type { Operation } from '../operation/operation';
import { InvalidInput } from '../transport/errors';
import type { Entity } from './entities';
import { listOf } from './paging';
import { recordsIn } from './platform';
import { simplify } from './simplify';

const idField = ({ one }: Entity) =>
	text({ displayName: 'ID', required: true, longest: 300, placeholder: 'e.g. boekwinkeltjes:4006', description: `ID under which the ${one} was added` });

const BOOKED = 'Sales that have been booked are no longer there.';

/** @param request such as "GET /orderapi/readorderbyid" */
export function getOne(entity: Entity, request: string): Operation {
	const { one, id: name, date } = entity;
	return operation({
		name: 'Get',
		value: 'get',
		action: `Get ${one}`,
		description: date ? `Get one ${one} that waits to be booked. ${BOOKED}` : `Get one ${one}`,
		request,
		input: { id: idField(entity) },
		query: ({ id }) => ({ [name]: id }),
		answer: recordsIn,
		notFound: `Webwinkelfacturen has no ${one} with this ID: check the ID.${date ? ' A sale that has been booked is no longer there.' : ''}`,
		simplify: (record) => simplify(entity, record),
	});
}

/** Days that a list goes back if nothing is filled in. */
const USUAL_DAYS = 30;

const period = {
	startDate: day({ displayName: 'From', description: `First day; left empty: ${USUAL_DAYS} days ago` }),
	endDate: day({ displayName: 'To', description: 'Last day; left empty: today' }),
};

/** @param request such as "GET /orderapi/listorders" */
export function getMany(entity: Entity, request: string): Operation {
	const { many, date, firstPage } = entity;
	const texts = { name: 'Get Many', value: 'getAll', action: `Get many ${many}`, request, simplify: (record: IDataObject) => simplify(entity, record) };
	if (!date) {
		return operation({ ...texts, description: `List the ${many}`, input: {}, list: (_, call) => listOf(call.request(), firstPage) });
	}
	return operation({
		...texts,
		description: `List the ${many} of a period that wait to be booked. ${BOOKED}`,
		input: period,
		list({ startDate, endDate }, call) {
			const now = DateTime.now().setZone(call.zone);
			const startdate = startDate ?? now.minus({ days: USUAL_DAYS }).toISODate();
			const enddate = endDate ?? now.toISODate();
			return listOf(call.request(), firstPage, { startdate, enddate });
		},
	});
}

const CONFIRMATION = 'Yes, Delete';

/** @param request such as "DELETE /orderapi/deleteorder/{id}" */
export function deleteOne(entity: Entity, request: string): Operation {
	const { one, date } = entity;
	return operation({
		name: 'Delete',
		value: 'delete',
		action: `Delete ${one}`,
		description: `Take one ${one} away from Webwinkelfacturen.${date ? ' What has been booked stays booked.' : ''}`,
		request,
		input: {
			id: idField(entity),
			confirm: text({
				required: true,
				placeholder: `e.g. ${CONFIRMATION}`,
				description: `Write "${CONFIRMATION}" to really delete it`,
				check(written) {
					if (written.toLowerCase() !== CONFIRMATION.toLowerCase()) throw new InvalidInput(`is "${written}": write "${CONFIRMATION}" to really delete it`);
					return written;
				},
			}),
		},
		answer: (_, { id }) => ({ id, deleted: true }),
	});
}
