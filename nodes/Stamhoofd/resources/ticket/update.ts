import { chunk, groupBy, keyBy, pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { collection, readUuid, text, timeOfDay, yesNo } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { failureBehind, inOtherWords, InvalidInput } from '../../../transport/errors';
import { mayHaveBeenDone } from '../../../transport/retry';
import { webshopLocator } from '../../fields';
import { listAt } from '../../filter';
import { PAGE_SIZE } from '../../paging';
import { errorsOf, onCurrentLine } from '../../platform';
import { simplifyTicket } from '../../records';

const EXAMPLE = '6db480da-da97-44d0-8c04-0802e03ca6f4';

interface Scan {
	webshopId: string;
	id: string;
	/** Milliseconds; null for a ticket that is not scanned after all. */
	scannedAt: number | null;
	scannedBy: string | null;
}

const NOT_FOUND = 'Stamhoofd knows no ticket with this ID in this webshop: check both. Nothing was changed for this item.';

/** The tickets as they are now. */
async function look(scans: Scan[], call: Call): Promise<Record<string, IDataObject>> {
	const conditions = [{ webshopId: scans[0].webshopId }, { id: { $in: scans.map(({ id }) => id) } }];
	return keyBy(await call.collect(listAt('/webshop/tickets/private', { conditions }), PAGE_SIZE), 'id');
}

const isDone = (ticket: IDataObject | undefined, { scannedAt }: Scan) => ticket !== undefined && (ticket.scannedAt ?? null) === scannedAt;

/** The server changes every ticket that there is, and names the others afterwards, all of them (read in the source). */
async function scanAll(scans: Scan[], call: Call): Promise<Map<string, Outcome>> {
	const body = scans.map((scan) => ({ _isPatch: true, ...pick(scan, 'id', 'scannedAt', 'scannedBy') })) as unknown as IDataObject[];
	const answer = await call
		.send(call.request({ path: { webshopId: scans[0].webshopId }, body }, 'PATCH /webshop/{webshopId}/tickets/private'))
		.catch((error: Error) => error);
	if (!(answer instanceof Error)) {
		const changed = keyBy(answer.body as IDataObject[], 'id');
		return new Map(scans.map(({ id }) => [id, changed[id] ?? new InvalidInput(NOT_FOUND)]));
	}
	const failure = failureBehind(answer);
	const unknown = errorsOf(failure?.reply).flatMap(({ code, field }) => (code === 'ticket_not_found' ? [field] : []));
	// Nothing was looked at, or it is known what was not done.
	if (!failure || (unknown.length === 0 && !mayHaveBeenDone(failure))) return new Map(scans.map(({ id }) => [id, answer]));
	const now = await look(scans, call).catch(() => undefined);
	return new Map(
		scans.map((scan) => {
			if (unknown.includes(scan.id)) return [scan.id, inOtherWords(answer, NOT_FOUND)];
			return [scan.id, now && isDone(now[scan.id], scan) ? now[scan.id] : answer];
		}),
	);
}

export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update ticket',
	description: 'Mark tickets as scanned, or as not scanned; many items go in one request',
	request: 'PATCH /webshop/{webshopId}/tickets/private',
	input: {
		webshopId: webshopLocator,
		ticketId: text({
			displayName: 'Ticket ID',
			required: true,
			placeholder: `e.g. ${EXAMPLE}`,
			check: (value) => readUuid(value, EXAMPLE),
			description: 'ID of the ticket, as Ticket: Get Many gives it',
		}),
		isScanned: yesNo({ displayName: 'Scanned', default: true, empty: true, description: 'Whether the ticket has been used' }),
		options: collection({
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: {
				scannedAt: timeOfDay({ description: 'When it was used; left out: now' }),
				scannedBy: text({ longest: 100, description: 'Who let the visitor in' }),
			},
		}),
	},
	prepare: onCurrentLine,
	async sendAll(inputs, [call]) {
		const second = Math.floor(Date.now() / 1000) * 1000;
		const scans = inputs.map(({ webshopId, ticketId, isScanned, options: { scannedAt, scannedBy } }): Scan => ({
			webshopId,
			id: ticketId,
			scannedAt: isScanned ? (scannedAt?.startOf('second').toMillis() ?? second) : null,
			scannedBy: isScanned ? (scannedBy ?? null) : null,
		}));
		const outcomes = new Map<Scan, Outcome>();
		for (const own of Object.values(groupBy(scans, 'webshopId'))) {
			for (const part of chunk(own, PAGE_SIZE)) {
				const byId = await scanAll(part, call);
				for (const scan of part) outcomes.set(scan, byId.get(scan.id)!);
			}
		}
		return scans.map((scan) => outcomes.get(scan)!);
	},
	simplify: simplifyTicket,
});
