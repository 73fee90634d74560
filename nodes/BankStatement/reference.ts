/** Structured communications: the Belgian one, the Dutch payment reference (betalingskenmerk), and RF of ISO 11649. */
import { isDutchReference, isModulo97, isStructuredCommunication } from '../input/checkDigits';

/**
 * A reference that the file says is one, as it is written: "+++010/8068/17183+++", "RF18539007547034", 16 digits.
 * @returns undefined if its check digits are wrong
 */
export function structuredOf(reference: string): string | undefined {
	const bare = reference.replace(/[\s+*/.-]/g, '').toUpperCase();
	if (isStructuredCommunication(bare)) return `+++${bare.slice(0, 3)}/${bare.slice(3, 7)}/${bare.slice(7)}+++`;
	return isDutchReference(bare) || (/^RF.{2,23}$/.test(bare) && isModulo97(bare)) ? bare : undefined;
}

/** A reference between +++ or *** in a free text; undefined if there is none with right check digits. */
export function markedIn(text: string): string | undefined {
	for (const [, , number] of text.matchAll(/(\+{3}|\*{3})\s{0,3}(\d{3}[/ ]{0,3}\d{4}[/ ]{0,3}\d{5})\s{0,3}\1/g)) {
		const reference = structuredOf(number);
		if (reference !== undefined) return reference;
	}
	return undefined;
}
