/** Letters as people write them and as banks hand them on. */

/** Letters that do not come apart into a plain letter and an accent: as they are mostly written, and the longer way. */
const LETTERS: Record<string, [plain: string, long?: string]> = {
	Ĳ: ['IJ'],
	Æ: ['AE'],
	Œ: ['OE'],
	Ø: ['O', 'OE'],
	ẞ: ['SS'],
	Ł: ['L'],
	Đ: ['D'],
	Ð: ['D'],
	Þ: ['TH'],
	Ħ: ['H'],
	Ŋ: ['NG'],
	Ä: ['A', 'AE'],
	Ö: ['O', 'OE'],
	Ü: ['U', 'UE'],
	Å: ['A', 'AA'],
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** Accents of the names in HTML, such as &eacute;. */
const ACCENTS: Record<string, string> = {
	grave: '\u0300',
	acute: '\u0301',
	circ: '\u0302',
	tilde: '\u0303',
	uml: '\u0308',
	ring: '\u030a',
	cedil: '\u0327',
	caron: '\u030c',
};
const ENTITIES: Record<string, string> = {
	amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€',
	aelig: 'æ', oelig: 'œ', szlig: 'ß', oslash: 'ø', thorn: 'þ', eth: 'ð',
};

function entity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
	if (name !== undefined) {
		const accented = /^([a-z])(grave|acute|circ|tilde|uml|ring|cedil|caron)$/i.exec(name);
		return accented ? accented[1] + ACCENTS[accented[2].toLowerCase()] : (ENTITIES[name.toLowerCase()] ?? whole);
	}
	const code = decimal === undefined ? parseInt(hexadecimal!, 16) : Number(decimal);
	return code > 0 && code < 0x10_ffff ? String.fromCodePoint(code) : ' ';
}

/** What Windows-1252 shows for the bytes 0x80 to 0x9F. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function byteOf(sign: string): number {
	const place = WINDOWS_1252.indexOf(sign);
	return place < 0 ? sign.charCodeAt(0) : 0x80 + place;
}

/** The letter whose bytes of UTF-8 were shown as a sign each: "Ã¼" is ü, "â€™" an apostrophe. */
function repaired(signs: string): string {
	const bits = [...signs].slice(1).reduce((code, sign) => (code << 6) | (byteOf(sign) & 0x3f), byteOf(signs[0]) & (signs.length > 2 ? 0x0f : 0x1f));
	return String.fromCharCode(bits);
}
const BROKEN = new RegExp(`[Â-Å][\u0080-¿${WINDOWS_1252}]|â[€\u0080][\u0080-¿${WINDOWS_1252}]`, 'g');

/** Signs that take no room: soft hyphens, joiners, marks of direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Nothing but letters without accents, digits and signs: there is nothing to read in most texts. */
const isPlain = (text: string) => /^[\u0000-%'-\u007f]*$/.test(text);

/** The letters that were meant, in capitals: entities of HTML and twice encoded letters are read. Everything else stays. */
function capitals(text: string): string {
	if (isPlain(text)) return text.toUpperCase();
	let read = text;
	for (let depth = 0; depth < 2 && read.includes('&'); depth++) {
		read = read.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, entity);
	}
	return read
		.replaceAll('ï¿½', '\ufffd')
		.replace(BROKEN, repaired)
		.replace(INVISIBLE, '')
		.replace(/ß/g, 'ẞ')
		.replace(/[^ĳĲ]+/g, (part) => part.normalize('NFKC'))
		.toUpperCase()
		.normalize('NFC');
}

function withoutAccents(text: string): string {
	return text.normalize('NFD').replace(/\p{M}+/gu, '');
}

/** Banks write a question mark for a letter that they do not have. */
function withoutGaps(text: string): string {
	return text.replace(/(?<=\p{L})[?\ufffd]{1,2}(?=\p{L})/gu, '');
}

function plain(text: string): string {
	return withoutAccents(text.replace(SPECIAL, (letter) => LETTERS[letter][0]));
}

function long(text: string): string {
	return withoutAccents(text.replace(SPECIAL, (letter) => LETTERS[letter][1] ?? LETTERS[letter][0]));
}

/** Stands where a letter was lost; a bank may have left a blank there, or nothing. */
export const LOST = '\u0001';

/**
 * What a bank makes of a text, in capitals without accents: "MÜLLER" is "MULLER". Blanks and punctuation stay. The text
 * may have been written the longer way, "MUELLER": then that is the second.
 */
export function spellingsRead(text: string): string[] {
	const read = withoutGaps(capitals(text));
	if (isPlain(read)) return [read];
	return [...new Set([plain(read), long(read)])];
}

const AND = /[&+]|(?<!\p{L})(?:EN|ET|AND)(?!\p{L})/gu;

/** What people put for an "&": the word, or nothing. */
function withAnd(spelling: string): string[] {
	AND.lastIndex = 0;
	return AND.test(spelling) ? [...new Set([spelling, spelling.replace(AND, ' EN '), spelling.replace(AND, ' ')])] : [spelling];
}

/** All that a bank may make of a text: besides what is read, letters outside its set are lost, all of them or those that are no accented letter. */
export function spellingsWritten(text: string): string[] {
	const read = capitals(text);
	if (isPlain(read)) return withAnd(read);
	const noLatin = /[^\u0000-\u007f\P{L}]/gu;
	const lost = read.replace(noLatin, LOST);
	const partlyLost = withoutAccents(read).replace(noLatin, LOST);
	const isLeft = (spelling: string) => (spelling.match(/[A-Z]/g) ?? []).length >= 3;
	return [...new Set([plain(read), long(read), ...[lost, partlyLost].filter(isLeft)].flatMap(withAnd))];
}
