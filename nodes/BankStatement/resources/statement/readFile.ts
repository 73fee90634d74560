import { choice, collection, yesNo } from '../../../input';
import type { InputOf } from '../../../input';
import type { Call } from '../../../operation/call';
import { operation } from '../../../operation/operation';
import type { Outcome } from '../../../operation/operation';
import { InvalidInput } from '../../../transport/errors';
import { chainKeysOf, checkChain, checkFile, identitiesOf, notesOf, seenBefore } from '../../checks';
import { linesOfFile } from '../../line';
import type { BankFile, StatementLine } from '../../line';
import { forget, remember } from '../../memory';
import { accounts, fileFields, readFiles } from './files';

const fields = {
	...fileFields,
	check: choice({
		options: [
			{ name: 'Warn', value: 'warn', description: 'What does not agree is told beside the output, and in "raw.warnings" of the first line of the file' },
			{ name: 'Stop', value: 'stop', description: 'What does not agree is an error, and no line of the file comes out' },
			{ name: 'Off', value: 'off', description: 'Lines come out as they are' },
		],
		description: 'What to do if balances, sums or counts do not agree, a statement is missing, or a file was read before',
	}),
	options: collection({
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: {
			accounts,
			linesReadBefore: choice({
				displayName: 'Lines Read Before',
				options: [
					{ name: 'As Check Says', value: 'check', description: 'They come out again, with a warning or an error' },
					{ name: 'Leave Out', value: 'leaveOut', description: 'Each line comes out once, even where files overlap or what follows in the workflow fails' },
					{ name: 'Ignore', value: 'ignore', description: 'Nothing is remembered from run to run, as for trying things out' },
				],
				description: 'What to do with lines that this node gave in an earlier run',
			}),
			splitBatches: yesNo({
				default: true,
				empty: true,
				description: 'Whether transfers that were booked as one amount are a line each, where the file has them',
			}),
		},
	}),
};

type Input = InputOf<typeof fields>;

/** A file with its lines, and what was found out about it. */
interface Task {
	input: Input;
	call: Call;
	file: BankFile;
	lines: StatementLine[];
	identities: string[];
	faults: string[];
	notes: string[];
}

const isChecked = ({ input }: Task) => input.check !== 'off';
const modeOf = ({ input }: Task) => input.options.linesReadBefore ?? 'check';
const isStopped = ({ input, faults }: Task) => input.check === 'stop' && faults.length > 0;

async function taskOf(input: Input, call: Call, file: BankFile): Promise<Task> {
	const lines = await linesOfFile(file, input.options.splitBatches ?? true);
	return { input, call, file, lines, identities: identitiesOf(lines), faults: checkFile(file), notes: notesOf(file) };
}

/** Lines known from elsewhere: told, or left out. */
function treatKnown(task: Task, known: (identity: string) => boolean, where: string): void {
	const { lines, identities } = task;
	const count = identities.filter(known).length;
	if (modeOf(task) !== 'leaveOut') {
		task.faults.push(...seenBefore(count, lines.length, where));
		return;
	}
	if (count === 0) return;
	task.notes.push(`${count} of its ${lines.length} lines ${count === 1 ? 'was' : 'were'} left out: ${where}.`);
	const isNew = (_: unknown, index: number) => !known(identities[index]);
	task.lines = lines.filter(isNew);
	task.identities = identities.filter((identity) => !known(identity));
}

/** What files of the same run say of each other. */
function checkAmongFiles(tasks: Task[]): void {
	for (const { file, fault } of checkChain(tasks.map(({ file }) => file))) tasks[file].faults.push(fault);
	const earlier = new Set<string>();
	for (const task of tasks) {
		const { identities } = task;
		if (modeOf(task) !== 'ignore') treatKnown(task, (identity) => earlier.has(identity), 'in another file of this run, too');
		for (const identity of identities) earlier.add(identity);
	}
}

/** What was read in earlier runs, and what this run leaves behind for later ones. */
async function checkAgainstMemory(tasks: Task[]): Promise<void> {
	const remembering = tasks.filter((task) => modeOf(task) === 'leaveOut' || (modeOf(task) === 'check' && isChecked(task)));
	const [first] = remembering;
	if (first === undefined) return;
	const { context } = first.call;
	const chains = chainKeysOf(remembering.map(({ file }) => file));
	const keysOf = (index: number) => {
		const ends = chains.filter(({ file }) => file === index).flatMap(({ account, opening, closings }) => [account, opening, ...closings]);
		return [...remembering[index].identities, ...ends];
	};
	const known = await remember(context, remembering.flatMap((_, index) => keysOf(index)));
	if (known === undefined) {
		first.notes.push('Whether these lines were read before is not known: save the workflow, so that n8n can remember them.');
		return;
	}
	for (const { file, account, opening, fault } of chains) {
		// Files that overlap need not go on where the last one ended.
		const overlaps = remembering[file].identities.some((identity) => known.has(identity));
		if (known.has(account) && !known.has(opening) && !overlaps) remembering[file].faults.push(fault);
	}
	const keys = remembering.map((_, index) => keysOf(index));
	for (const task of remembering) treatKnown(task, (identity) => known.has(identity), 'read by this node before');
	// What does not come out is not remembered; one that stops takes all others with it.
	const stopsAll = !context.continueOnFail() && remembering.some(isStopped);
	const undone = keys.filter((_, index) => stopsAll || isStopped(remembering[index])).flat();
	await forget(context, undone.filter((key) => !known.has(key)));
}

/** The first line of a file bears what is to be said of the whole. */
function withFaults([first, ...lines]: StatementLine[], faults: string[]): StatementLine[] {
	if (first === undefined || faults.length === 0) return first === undefined ? [] : [first, ...lines];
	return [{ ...first, raw: { ...first.raw, warnings: [...faults, ...((first.raw.warnings as string[] | undefined) ?? [])] } }, ...lines];
}

/** Shown beside the output; more than that nobody reads there. */
const MOST_HINTS = 20;

function outcomeOf(task: Task): Outcome {
	const { call, lines, faults, notes } = task;
	if (isStopped(task)) throw new InvalidInput(faults[0], faults.length > 1 ? faults.slice(1).join('\n') : undefined);
	const told = isChecked(task) ? faults : [];
	for (const message of [...told, ...notes].slice(0, MOST_HINTS)) call.hint(message);
	return withFaults(lines, told).map((line) => ({ ...line }));
}

async function readAll(inputs: Input[], calls: Call[]): Promise<Outcome[]> {
	const files = await readFiles(inputs, calls);
	const tasks: Task[] = [];
	for (const [index, file] of files.entries()) if (!(file instanceof Error)) tasks.push(await taskOf(inputs[index], calls[index], file));
	checkAmongFiles(tasks);
	// A run that fails leaves nothing behind, so that it can be run again.
	const fails = tasks.length < files.length || tasks.some(isStopped);
	if (!fails || calls[0].context.continueOnFail()) await checkAgainstMemory(tasks.filter((task) => !isStopped(task)));
	return files.map((file, index) => {
		if (file instanceof Error) return file;
		try {
			return outcomeOf(tasks.find(({ call }) => call === calls[index])!);
		} catch (error) {
			return error as Error;
		}
	});
}

export const readFile = operation({
	name: 'Read File',
	value: 'readFile',
	action: 'Read bank file',
	description: 'Turn the file that a bank gives into one item for each line: CODA, CAMT.053, MT940 or CSV',
	input: fields,
	sendAll: readAll,
});
