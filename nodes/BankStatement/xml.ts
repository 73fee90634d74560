/** A small reader of XML that comes in pieces: elements, texts and attributes; no document types, no entities of its own. */
import type { IDataObject } from 'n8n-workflow';

import { excerpt, faultAt } from './text';

/** An element as n8n's XML node shows it: its attributes and elements by name, `_` its text if it has either. */
export type Xml = string | IDataObject;

interface Open {
	name: string;
	content: IDataObject;
	text: string[];
	hasElements: boolean;
	hasAttributes: boolean;
}

/** Bank files go a dozen deep; a name or attributes longer than that are none of theirs. */
const DEEPEST = 100;
const LONGEST_TAG = 20_000;
const LONGEST_TEXT = 1_000_000;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What is no entity stays as it is written: banks forget to escape "&". */
function decoded(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
		if (name !== undefined) return ENTITIES[String(name).toLowerCase()];
		const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
		return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
	});
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

/** A second one of the same name makes a list. */
function add(content: IDataObject, name: string, value: Xml): void {
	// The name of an object's prototype is no place to put anything.
	if (name === '__proto__') return;
	if (!Object.hasOwn(content, name)) content[name] = value;
	else if (Array.isArray(content[name])) (content[name] as Xml[]).push(value);
	else content[name] = [content[name] as Xml, value] as IDataObject[];
}

function attributesOf(tag: string, into: IDataObject): boolean {
	let hasAny = false;
	for (const [, name, double, single] of tag.matchAll(/\s([\w:.-]{1,200})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g)) {
		if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
		add(into, localName(name), decoded(double ?? single));
		hasAny = true;
	}
	return hasAny;
}

function valueOf({ content, text, hasElements, hasAttributes }: Open): Xml {
	const words = text.length === 1 ? text[0] : text.join('');
	if (!hasElements && !hasAttributes) return words;
	if (words.trim() !== '') content._ = words.trim();
	return content;
}

/** End of the tag in `text` that begins at `from`, sought from `at`; -1 if it is not all there. */
function endOfTag(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		const sign = text[at];
		if (sign === '>') return at;
		if (sign === '"' || sign === "'") {
			at = text.indexOf(sign, at + 1);
			if (at < 0) return -1;
		}
	}
	return -1;
}

/** Parts that have no elements in them, and what ends them. */
const SPECIAL: Array<[start: string, end: string]> = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
];

export interface XmlHandler {
	/** Elements of these names are handed over when they end, and not kept in what they are in. */
	take: Set<string>;
	/**
	 * @param value the element
	 * @param parent what has been read by now of the element around it, without what was taken out of it
	 */
	taken(name: string, value: Xml, parent: IDataObject, line: number): void;
	/** An element begins. */
	opened?(name: string, line: number): void;
}

/**
 * Takes time in proportion to the text, and memory for the elements that are open.
 * @throws InvalidInput that names the line, for what is not well-formed, was cut off, or brings a document type
 */
export function readXml({ take, taken, opened }: XmlHandler): { write(text: string): void; end(): void } {
	const stack: Open[] = [];
	let rest = '';
	let line = 1;
	let special: string | undefined;
	let isText = false;
	let textLength = 0;
	let hasRoot = false;

	const addText = (text: string) => {
		const element = stack.at(-1);
		// Blanks between elements are of no use, and there are many.
		if (element === undefined || text === '' || (element.hasElements && /^\s*$/.test(text))) return;
		textLength += text.length;
		if (textLength > LONGEST_TEXT) throw faultAt(line, 'a text is too long for a bank file. Download the file from the bank again');
		element.text.push(text);
	};
	const open = (tag: string) => {
		const name = localName(/^[^\s/]{1,300}/.exec(tag)?.[0] ?? '');
		if (name === '') throw faultAt(line, 'a "<" does not begin an element: the file is damaged. Download it from the bank again');
		if (stack.length >= DEEPEST) throw faultAt(line, 'elements are nested too deep for a bank file');
		if (stack.length === 0 && hasRoot) throw faultAt(line, `another document begins with <${excerpt(name)}>: put each document in a file of its own`);
		hasRoot = true;
		const content: IDataObject = {};
		const hasAttributes = tag.includes('=') && attributesOf(tag, content);
		const parent = stack.at(-1);
		if (parent !== undefined) parent.hasElements = true;
		stack.push({ name, content, text: [], hasElements: false, hasAttributes });
		textLength = 0;
		opened?.(name, line);
	};
	const close = (name: string) => {
		const element = stack.pop();
		if (element?.name !== name) {
			const missing = element === undefined ? 'was never opened' : `stands where <${excerpt(element.name)}> should be closed`;
			throw faultAt(line, `</${excerpt(name)}> ${missing}: the file is damaged. Download it from the bank again`);
		}
		textLength = 0;
		const parent = stack.at(-1)?.content ?? {};
		if (take.has(name)) taken(name, valueOf(element), parent, line);
		else add(parent, name, valueOf(element));
	};

	return {
		write(piece) {
			const text = rest + piece;
			let at = 0;
			let lineEnd = text.indexOf('\n');
			const goTo = (to: number) => {
				for (; lineEnd >= 0 && lineEnd < to; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1;
				at = to;
			};
			for (;;) {
				if (special !== undefined) {
					const end = text.indexOf(special, at);
					const to = end < 0 ? Math.max(at, text.length - special.length + 1) : end;
					if (isText) addText(text.slice(at, to));
					goTo(to);
					if (end < 0) break;
					at += special.length;
					special = undefined;
					isText = false;
				}
				const next = text.indexOf('<', at);
				const to = next < 0 ? text.length : next;
				// An entity may be torn apart between two pieces.
				const torn = next < 0 ? /&[#\w]{0,8}$/.exec(text.slice(Math.max(at, to - 9)))?.[0].length ?? 0 : 0;
				addText(decoded(text.slice(at, to - torn)));
				goTo(to - torn);
				if (next < 0) break;
				if (at + 1 === text.length) break;
				if (text[at + 1] === '!' || text[at + 1] === '?') {
					const begun = SPECIAL.find(([start]) => text.startsWith(start, at));
					if (begun) {
						special = begun[1];
						isText = begun[0] === '<![CDATA[';
						at += begun[0].length;
						continue;
					}
					// "<!-" may still become a comment.
					if (SPECIAL.some(([start]) => start.startsWith(text.slice(at, at + start.length)))) break;
					throw faultAt(line, 'it declares a document type or an entity, which no bank does: the file is not read');
				}
				const end = endOfTag(text, at + 1);
				if ((end < 0 ? text.length : end) - at > LONGEST_TAG) throw faultAt(line, 'a "<" is never followed by ">": the file is damaged. Download it from the bank again');
				if (end < 0) break;
				const tag = text.slice(at + 1, end);
				if (tag.startsWith('/')) close(localName(tag.slice(1).trim()));
				else {
					const isEmpty = tag.endsWith('/');
					open(isEmpty ? tag.slice(0, -1) : tag);
					if (isEmpty) close(stack[stack.length - 1].name);
				}
				goTo(end + 1);
			}
			rest = text.slice(at);
		},
		end() {
			const open = stack.at(-1);
			if (open !== undefined || special !== undefined || rest.trim() !== '') {
				throw faultAt(line, `the file ends${open ? ` in the midst of <${excerpt(open.name)}>` : ''}: it was cut off. Download it from the bank again`);
			}
		},
	};
}
