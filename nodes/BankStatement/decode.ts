/** From a bank's file to its text, piece by piece, so that a large file never stands in memory twice. */

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** So many bytes are turned into text at a time; even, for UTF-16. */
const STEP = 65_536;

/** Characters of bytes 0x80 to 0x9F in Windows-1252; the five that it leaves open stay what they are. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Where ISO-8859-15 differs from ISO-8859-1. */
const ISO_8859_15: Record<string, string> = { '¤': '€', '¦': 'Š', '¨': 'š', '´': 'Ž', '¸': 'ž', '¼': 'Œ', '½': 'œ', '¾': 'Ÿ' };

function isUtf8(bytes: Uint8Array): boolean {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		// The last piece is not flushed: a file that was cut off in the midst of a letter is still UTF-8.
		for (let at = 0; at < bytes.length; at += STEP) decoder.decode(bytes.subarray(at, at + STEP), { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** UTF-16 without a mark shows by the zero in every other byte of plain letters. */
function utf16Without(bytes: Uint8Array): Encoding | undefined {
	const head = bytes.subarray(0, 256);
	const zeros = [0, 1].map((parity) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length);
	if (zeros[1] > head.length / 4 && zeros[0] === 0) return 'utf-16le';
	if (zeros[0] > head.length / 4 && zeros[1] === 0) return 'utf-16be';
	return undefined;
}

function declaredInXml(head: string): Encoding | undefined {
	const name = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})["']/i.exec(head)?.[1].toLowerCase();
	if (name === undefined) return undefined;
	if (name === 'iso-8859-15' || name === 'latin-9' || name === 'latin9') return 'iso-8859-15';
	return /^(iso-8859-1|latin-?1|windows-1252|cp-?1252|us-ascii)$/.test(name) ? 'windows-1252' : undefined;
}

/**
 * One byte a letter: Windows-1252 or ISO-8859-15. They agree on all letters of Dutch and French but œ and š, and on the
 * euro sign: a file with the byte of the one has no use for what the other makes of it.
 */
function singleByte(bytes: Uint8Array): Encoding {
	const isLetter = (byte: number | undefined) => byte !== undefined && /[a-zÀ-ÖØ-öø-ÿ]/i.test(String.fromCharCode(byte));
	let is15 = false;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		if (byte >= 0x80 && byte <= 0x9f) return 'windows-1252';
		if (byte === 0xa4) is15 = true;
		if ((byte === 0xa8 || byte === 0xb8 || byte === 0xbd) && isLetter(bytes[at - 1]) && isLetter(bytes[at + 1])) is15 = true;
	}
	return is15 ? 'iso-8859-15' : 'windows-1252';
}

/** What the bytes are: by their mark, by what they can be, by their XML declaration. */
export function encodingOf(bytes: Uint8Array): Encoding {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const utf16 = utf16Without(bytes);
	if (utf16) return utf16;
	// Whatever the declaration says: other letters make no UTF-8, and tools that save a file again forget to change it.
	if (isUtf8(bytes)) return 'utf-8';
	return declaredInXml(Buffer.from(bytes.subarray(0, 512)).toString('latin1')) ?? singleByte(bytes);
}

function decoderOf(encoding: Encoding): (bytes: Uint8Array) => string {
	if (encoding === 'windows-1252' || encoding === 'iso-8859-15') {
		return (bytes) => {
			const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
			return encoding === 'windows-1252'
				? text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80])
				: text.replace(/[¤¦¨´¸¼½¾]/g, (sign) => ISO_8859_15[sign]);
		};
	}
	if (encoding === 'utf-16be') {
		const decode = decoderOf('utf-16le');
		return (bytes) => decode(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16());
	}
	const decoder = new TextDecoder(encoding);
	return (bytes) => decoder.decode(bytes, { stream: true });
}

/** The text in pieces, without a mark at its start, and without the end signs of DOS (0x1A) and zero bytes. */
export function* textInSteps(content: Uint8Array | string): Generator<string> {
	const decode = typeof content === 'string' ? undefined : decoderOf(encodingOf(content));
	for (let at = 0; at < content.length; at += STEP) {
		const piece = typeof content === 'string' ? content.slice(at, at + STEP) : decode!(content.subarray(at, at + STEP));
		const text = piece.replace(/[\u0000\u001a]/g, '');
		yield at === 0 ? text.replace(/^\ufeff/, '') : text;
	}
}
