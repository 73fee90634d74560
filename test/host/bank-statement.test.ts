/** Bank Statement in a real n8n: a file of n8n's own, and n8n's store for what was read before. */
import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../scripts/lib/client';
import type { Month } from '../bank/transfers';
import { camt, coda } from '../bank/write';
import { usePlayground } from './playground';

const playground = usePlayground();

const month: Month = {
	account: 'BE68539007547034',
	number: 11,
	openingCents: 10_000,
	openingDate: '2026-10-31',
	closingDate: '2026-11-30',
	transfers: [
		{ date: '2026-11-03', valueDate: '2026-11-03', cents: 2500, name: 'J JANSSENS', iban: 'BE71096123456769', bic: 'GKCCBEBB', text: 'Zoë, Kamp 2' },
		{ date: '2026-11-04', valueDate: '2026-11-04', cents: -500, name: 'DE WINKEL', iban: 'BE71096123456769', bic: 'GKCCBEBB', belgian: '010806817183' },
	],
};

/** Start → a text → a file → Bank Statement. */
function workflow(content: string, parameters: INode['parameters']): WorkflowFile {
	const node = (id: string, name: string, type: string, typeVersion: number, given: INode['parameters']): INode => ({
		id, name, type, typeVersion, position: [0, 0], parameters: given,
	});
	const nodes = [
		node('a', 'Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('b', 'Content', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ content }), options: {} }),
		node('c', 'File', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'toText', sourceProperty: 'content', options: {} }),
		node('d', 'Node', 'n8n-nodes-dutch-commerce.bankStatement', 1, { resource: 'statement', operation: 'readFile', ...parameters }),
	];
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	return { name: 'Bank file', nodes, connections: { Start: to('Content'), Content: to('File'), File: to('Node') } };
}

test('lines come from a file, and the node knows in later runs what it has read', async () => {
	const { client, addWorkflow } = playground.current;
	const added = await addWorkflow(workflow(coda(month), {}));
	const run = async () => {
		const execution = await client.finished(await client.startWorkflow(added));
		expect(execution.status).toBe('success');
		return (execution.data.resultData.runData.Node[0].data?.main[0] ?? []).map(({ json }) => json);
	};
	const lines = await run();
	expect(lines).toMatchObject([
		{ account: month.account, statement: '11', line: 1, amount: 25, communication: 'Zoë, Kamp 2' },
		{ line: 2, amount: -5, structuredCommunication: '+++010/8068/17183+++' },
	]);
	expect(JSON.stringify(lines)).not.toContain('warnings');
	const again = await run();
	expect(again).toHaveLength(2);
	expect(again[0].raw).toMatchObject({ warnings: ['All of its 2 lines were read by this node before.'] });
});

test('what does not agree is an error by choice, in words', async () => {
	const { client, addWorkflow } = playground.current;
	const wrong = camt(month).replace('<Amt Ccy="EUR">25.00</Amt>', '<Amt Ccy="EUR">26.00</Amt>');
	const execution = await client.finished(await client.startWorkflow(await addWorkflow(workflow(wrong, { check: 'stop' }))));
	expect(execution.status).toBe('error');
	expect(execution.data.resultData.error?.message).toContain('Statement 11 of BE68539007547034 opens with 100.00');
});
