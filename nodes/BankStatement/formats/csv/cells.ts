/** Rows and cells of tables, as tolerant as spreadsheets are. */

/** A row that goes on over more lines than that has a quotation mark that does not belong to the table. */
const MOST_LINES = 20;
const MOST_SIGNS = 50_000;

/** After so many stray quotation marks none of them is taken as more than a letter. */
const MOST_STRAY = 3;

/** The cells of a row; undefined if a quotation mark is still open at its end. */
export function cellsOf(row: string, separator: string, hasQuotes = true): string[] | undefined {
	const cells: string[] = [];
	/** Quotation marks before this place were found to be letters. */
	let stray = 0;
	let at = 0;
	for (;;) {
		if (hasQuotes && row[at] === '"' && at >= stray) {
			let end = row.indexOf('"', at + 1);
			while (end >= 0 && row[end + 1] === '"') end = row.indexOf('"', end + 2);
			if (end < 0) return undefined;
			const next = row[end + 1];
			if (next === undefined || next === separator) {
				cells.push(row.slice(at + 1, end).replaceAll('""', '"'));
				if (next === undefined) return cells;
				at = end + 2;
				continue;
			}
			stray = end;
		}
		const end = row.indexOf(separator, at);
		cells.push(row.slice(at, end < 0 ? undefined : end));
		if (end < 0) return cells;
		at = end + 1;
	}
}

/** Puts lines together to rows: within quotation marks a row goes on over the end of a line. */
export function rowsOf(separator: string, take: (cells: string[], line: number) => void): { line(text: string, number: number): void; end(): void } {
	let pending: Array<{ text: string; number: number }> = [];
	let strays = 0;
	const giveUp = () => {
		const [first, ...rest] = pending;
		pending = [];
		strays += 1;
		take(cellsOf(first.text, separator, false) ?? [], first.number);
		for (const { text, number } of rest) line(text, number);
	};
	const line = (text: string, number: number) => {
		pending.push({ text, number });
		const row = pending.map((one) => one.text).join('\n');
		const cells = cellsOf(row, separator, strays < MOST_STRAY);
		if (cells) {
			const begun = pending[0].number;
			pending = [];
			take(cells, begun);
		} else if (pending.length >= MOST_LINES || row.length > MOST_SIGNS) giveUp();
	};
	return {
		line,
		end() {
			while (pending.length > 0) giveUp();
		},
	};
}
