/** docs/troubleshooting.md has a row for every sentence that the code can say, and none for one that it cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** Errors whose words a person gets to see. */
const ERRORS = ['InvalidInput', 'FaultyInput', 'NodeOperationError', 'NodeApiError', 'Refusal', 'CannotBook', 'VatQuestion'];

/** Words in the panel, which tell what to fill in. */
const PANEL = ['description', 'displayName', 'placeholder', 'hint', 'action', 'name', 'groupName', 'notice', 'displayOptions'];

/** A sentence that says what to do, as all of them have to: "…: check the ID". */
const SAYS_WHAT_TO_DO =
	/(?:[:.;,] )(?:add|ask|change|check|choose|close|convert|copy|correct|do|download|drag|enter|export|fill|find|get|give|hand|install|keep|leave|let|log|look|lower|make|map|open|paste|put|raise|remove|round|run|save|send|shorten|spread|switch|take|try|unpack|use|wait|write)\b/i;

/** What only looks like a sentence: parts of one that stands elsewhere, and keys. */
const PARTS = [
	/^look (?:for it|it up|at the current state|in your shop)/,
	/^…, because (?:n8n could not look it up|it broke off): …/,
	/^, for example …$/,
	/^(?:Line|Item) … of the file: …$/,
	/^Line …: …$/,
	/^… (?:\(……\)|…)$/,
	/^Order: Get, Get Many, Lines, Count/,
	/^There is no book with this number yet/,
	/^is (?:not one that the webshop has|not clear)$/,
	/^is a list$/,
	/^there more than once$/,
	/^The (?:webshop|group) to watch;/,
	/^This is a purchase\. Dry Run shows/,
];

const filesIn = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const file = path.join(folder, entry.name);
		if (entry.isDirectory()) return filesIn(file);
		return file.endsWith('.ts') && !file.endsWith('openapi.ts') ? [file] : [];
	});

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
	return undefined;
}

interface Text {
	/** With "…" for what is put in. */
	text: string;
	at: string;
	isSentence: boolean;
}

function textsIn(file: string): Text[] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: Text[] = [];
	function visit(node: ts.Node, isThrown: boolean, isPanel: boolean): void {
		const isError = ts.isNewExpression(node) && ERRORS.includes(node.expression.getText());
		const isOfPanel = ts.isPropertyAssignment(node) && PANEL.includes(node.name.getText());
		const isNotice = ts.isCallExpression(node) && node.expression.getText() === 'notice';
		const text = textOf(node);
		if (text !== undefined && text.split(/\s+/).length >= 4) {
			const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			const isSentence = !isPanel && (isThrown || SAYS_WHAT_TO_DO.test(text)) && !PARTS.some((part) => part.test(text));
			found.push({ text, at: `${path.relative(ROOT, file)}:${line}`, isSentence });
		}
		ts.forEachChild(node, (child) => visit(child, isThrown || isError, !isError && (isPanel || isOfPanel || isNotice)));
	}
	visit(source, false, false);
	return found;
}

const texts = ['nodes', 'credentials'].flatMap((folder) => filesIn(path.join(ROOT, folder)).flatMap(textsIn));
const sentences = texts.filter(({ isSentence }) => isSentence);

const rows = readFileSync(path.join(ROOT, 'docs/troubleshooting.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| The message'))
	.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const form = (row: string) => new RegExp(row.split('…').map((part) => escaped(part.trim())).join('.*'), 's');

test('the sentences are found in the code', () => {
	expect(sentences.length).toBeGreaterThan(200);
	expect(sentences.map(({ text }) => text)).toContain('is empty: fill it in, or check the expression that gives it');
});

test('every sentence has its row', () => {
	const forms = rows.map(([row]) => form(row));
	expect(sentences.filter(({ text }) => !forms.some((one) => one.test(text))).map(({ at, text }) => `${at} ${text}`)).toEqual([]);
});

test('every row is of a sentence that there is, in words of its own, and says what to do', () => {
	expect(rows.filter(([row]) => !texts.some(({ text }) => form(row).test(text))).map(([row]) => row)).toEqual([]);
	expect(rows.filter(([row]) => row.replace(/…/g, ' ').trim().split(/\s+/).length < 3).map(([row]) => row)).toEqual([]);
	expect(rows.filter((row) => row.length !== 2 || row[1].length < 5)).toEqual([]);
});
