/** Members, their registrations and groups. */
import type { INodeParameters } from 'n8n-workflow';

import { dayOf, timeOf } from '../../nodes/operation/time';
import type { Registration } from '../sandbox/stamhoofd/seedMembers';
import { byId, ids, json, useStamhoofd } from './stamhoofd';

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

describe('members on the current line', () => {
	const bench = useStamhoofd({ line: 'current', payments: 1500 });
	const state = () => bench.sandbox.state;
	const run = async (resource: string, operation: string, more: INodeParameters = {}) => json(await bench.run({ resource, operation, ...more }));
	const band = () => state().groups[5];
	const active = ({ deactivatedAt }: Registration) => deactivatedAt === null;

	test('Member: Get Many gives each once, with groups, parents and what is owed', async () => {
		const { members, registrations } = state();
		expect(members.length).toBeGreaterThan(100);
		const records = await run('member', 'getAll', { returnAll: true });
		expect(ids(records).sort()).toEqual(ids(members).sort());
		for (const member of members) {
			const [first] = member.parents;
			const groups = registrations.filter((one) => one.member === member && active(one)).map(({ group }) => group.name);
			expect(records.find(({ id }) => id === member.id)).toMatchObject({
				name: `${member.firstName} ${member.lastName}`,
				email: member.email ?? first.email,
				parent1Name: first ? `${first.firstName} ${first.lastName}` : null,
				parent1Phone: first?.phone ?? null,
				groups: [...new Set(groups)].join(', ') || null,
				birthDay: dayOf(member.birthDay),
			});
		}
		const owing = state().openItems.find(({ status, pricePaid }) => status === 'Due' && pricePaid === 0)!;
		expect(Number(records.find(({ id }) => id === owing.registration!.member.id)!.amountOpen)).toBeGreaterThanOrEqual(owing.unitPrice / 100);
	});

	test.each<[string, () => INodeParameters, (one: Registration) => boolean]>([
		['group', () => ({ groupId: byId(band().id) }), ({ group }) => group === state().groups[5]],
		['active', () => ({ isActive: true }), ({ group }) => group.period === state().periods[1] && group.type === 'Membership'],
	])('Member: Get Many and Count filter by %s', async (_, filters, isWanted) => {
		const expected = [...new Set(state().registrations.filter((one) => active(one) && isWanted(one)).map(({ member }) => member.id))];
		const given = { filters: filters() };
		const records = await run('member', 'getAll', { returnAll: true, ...given });
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(state().members.length);
		expect(ids(records).sort()).toEqual(expected.sort());
		expect(await run('member', 'count', given)).toEqual([{ count: expected.length }]);
	});

	test('the filter on a group stands where a key for one group needs it', async () => {
		await run('member', 'getAll', { limit: 1, filters: { groupId: byId(band().id) } });
		await run('registration', 'getAll', { limit: 1, filters: { groupId: byId(band().id), registeredAfter: '2020-01-01', isActive: true } });
		const [members, registrations] = bench.sandbox.requests.map(({ query }) => JSON.parse(String(query.filter)) as object);
		expect(members).toEqual({ registrations: { $elemMatch: { groupId: band().id } } });
		expect(registrations).toMatchObject({ groupId: band().id, $and: expect.any(Array) });
	});

	test('Registration: Get Many gives each once, the newest first', async () => {
		const records = await run('registration', 'getAll', { returnAll: true });
		expect(ids(records).sort()).toEqual(ids(state().registrations).sort());
		const dates = records.map(({ registeredAt }) => String(registeredAt));
		expect(dates).toEqual([...dates].sort().reverse());
		const ended = state().registrations.find((one) => !active(one))!;
		expect(records.find(({ id }) => id === ended.id)).toMatchObject({
			isActive: false,
			deactivatedAt: timeOf(ended.deactivatedAt),
			groupName: ended.group.name,
			memberName: `${ended.member.firstName} ${ended.member.lastName}`,
		});
	});

	const registeredAt = () => state().registrations.map((one) => one.registeredAt!).sort((one, other) => one - other);
	test.each<[string, () => INodeParameters, (one: Registration) => boolean]>([
		['active', () => ({ isActive: true }), active],
		['current year', () => ({ isCurrent: true }), ({ group }) => group.period === state().periods[1]],
		['kind of group', () => ({ groupType: ['WaitingList'] }), ({ group }) => group.type === 'WaitingList'],
		['registered after', () => ({ registeredAfter: iso(registeredAt()[50]) }), (one) => one.registeredAt! >= registeredAt()[50]],
		['registered before', () => ({ registeredBefore: iso(registeredAt()[50]) }), (one) => one.registeredAt! < registeredAt()[50]],
	])('Registration: Get Many and Count filter by %s', async (_, filters, isWanted) => {
		const expected = state().registrations.filter(isWanted);
		const given = { filters: filters() };
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(state().registrations.length);
		expect(ids(await run('registration', 'getAll', { returnAll: true, ...given })).sort()).toEqual(ids(expected).sort());
		expect(await run('registration', 'count', given)).toEqual([{ count: expected.length }]);
	});

	test('Group: Get Many, of this year and of a kind', async () => {
		const records = await run('group', 'getAll', { returnAll: true, filters: { isCurrent: true, type: ['Membership'] } });
		expect(records.map(({ name }) => name).sort()).toEqual(['Drumband', 'Harmonie', 'Jeugdharmonie']);
		expect(records.find(({ name }) => name === 'Harmonie')).toMatchObject({ price: 45, status: 'Open', minAge: 16 });
		expect(await run('group', 'getAll', { returnAll: true })).toHaveLength(state().groups.length);
	});

	test('the current year is asked once for all items', async () => {
		const result = await bench.run(
			{ resource: 'member', operation: 'count', filters: { isActive: true } },
			{ items: Array.from({ length: 5 }, () => ({ json: {} })) },
		);
		expect(result.items).toHaveLength(5);
		expect(bench.sandbox.requests.filter(({ path }) => path.endsWith('/organization'))).toHaveLength(1);
	});

	test('an empty group never lists the members of all groups', async () => {
		const result = await bench.run({ resource: 'member', operation: 'getAll', filters: { groupId: byId('={{ "" }}') } });
		expect(result.error?.message).toMatch(/^Group is empty/);
		expect(bench.sandbox.requests).toEqual([]);
	});
});
