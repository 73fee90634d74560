import Table from 'cli-table3';

export interface Goal {
	text: string;
	measured: number;
	most: number;
}

/** One measurement: its rows have the same columns. */
export interface Part {
	name: string;
	title: string;
	rows: Array<Record<string, string | number>>;
	goals: Goal[];
}

function shown(value: string | number | undefined): string {
	if (typeof value !== 'number') return value ?? '';
	if (Number.isInteger(value)) return String(value);
	return value.toFixed(value < 100 ? 2 : 0);
}

export function print({ title, rows, goals }: Part) {
	const columns = Object.keys(rows[0]);
	const table = new Table({
		head: columns,
		style: { head: [], border: [] },
		colAligns: columns.map((column) => (typeof rows[0][column] === 'number' ? 'right' : 'left')),
	});
	table.push(...rows.map((row) => columns.map((column) => shown(row[column]))));
	console.log(`\n${title}\n${table.toString()}`);
	for (const { text, measured, most } of goals) {
		console.log(`${measured <= most ? 'met   ' : 'MISSED'}  ${text}: ${shown(measured)} (goal: at most ${most})`);
	}
}
