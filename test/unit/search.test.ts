/** What people type into n8n's node panel finds the node that they need, by n8n's own search. */
import { sublimeSearch } from '@n8n/utils/search/sublime-search';

import { ACTING } from '../published';

/** Words by the name of the node; more than one node may be found by a word. */
const WORDS: Record<string, string[]> = {
	Boekwinkeltjes: [
		'boekwinkeltjes', 'boek', 'boeken', 'boekhandel', 'boekwinkel', 'boekverkoop', 'bookshop', 'bookstore', 'book', 'books', 'bookseller',
		'tweedehands', 'tweedehands boeken', 'second hand', 'second-hand', 'secondhand', 'isbn', 'antiquariaat', 'antiquarian', 'inventory',
		'stock', 'voorraad', 'order', 'orders', 'bestelling', 'bestellingen', 'verkocht', 'verkopen', 'payments', 'betaling', 'betalingen',
		'payment link', 'betaallink', 'ideal', 'refund', 'pakket', 'pakketje', 'parcel', 'package', 'postnl', 'dhl', 'verzenden', 'verzending',
		'verzendkosten', 'shipping', 'shipping label', 'label', 'webwinkel', 'webshop', 'e-commerce', 'ecommerce',
	],
	Stamhoofd: [
		'stamhoofd', 'payment', 'payments', 'betaling', 'betalingen', 'betaald', 'paid', 'unpaid', 'niet betaald', 'openstaand', 'order', 'orders',
		'bestelling', 'bestellingen', 'bank statement', 'bankafschrift', 'overschrijving', 'mededeling', 'gestructureerde mededeling', 'leden',
		'lid', 'member', 'members', 'membership', 'lidgeld', 'contributie', 'vereniging', 'verenigingen', 'association', 'club', 'sportclub',
		'jeugdbeweging', 'vzw', 'treasurer', 'penningmeester', 'ticket', 'tickets', 'ticketverkoop', 'webshop', 'webwinkel', 'inschrijving',
		'inschrijvingen', 'event', 'herinnering', 'reminder', 'e-commerce', 'bancontact', 'payconiq',
	],
	Topgeschenken: [
		'topgeschenken', 'topbloemen', 'gift', 'gifts', 'present', 'presents', 'kado', 'cadeau', 'cadeaus', 'cadeautje', 'geschenk', 'geschenken',
		'relatiegeschenk', 'relatiegeschenken', 'business gift', 'corporate gifts', 'kerstpakket', 'kerstpakketten', 'bloemen', 'flowers', 'boeket',
		'bouquet', 'taart', 'fruitmand', 'chocolade', 'wijn', 'kaart', 'kaartje', 'card', 'verjaardag', 'birthday', 'jubileum', 'personeel',
		'employee', 'order', 'bestellen', 'bestelling', 'bezorgen', 'bezorging', 'delivery', 'winkelwagen', 'cart',
	],
	'Bank Statement': [
		'bank', 'bank statement', 'bankafschrift', 'rekeningafschrift', 'afschrift', 'afschriften', 'overschrijving', 'transactions', 'transacties',
		'coda', 'camt', 'camt.053', 'camt053', 'mt940', 'csv', 'ing', 'rabobank', 'kbc', 'belfius', 'mededeling',
	],
	'Sale Document': [
		'invoice', 'invoices', 'factuur', 'facturen', 'e-invoice', 'e-factuur', 'creditnota', 'credit note', 'ubl', 'peppol', 'btw', 'vat',
		'boekhouding', 'bookkeeping', 'accounting', 'verkoop', 'kassabon', 'receipt',
	],
	Webwinkelfacturen: [
		'webwinkelfacturen', 'factuur', 'facturen', 'invoice', 'boekhouden', 'boekhouding', 'bookkeeping', 'accounting', 'exact', 'snelstart',
		'moneybird', 'twinfield', 'e-boekhouden', 'btw',
	],
};

/** What n8n searches of a node; a trigger with a node of its name is shown in that. */
interface Searchable {
	properties: { displayName: string; codex: { alias: string[] } };
}

const nodes = ACTING.map(({ title, codex }): Searchable => ({ properties: { displayName: title, codex: { alias: codex.alias! } } }));

/** As the panel does: the last word is left out if "trigger" begins with it. */
function typed(words: string): string {
	const all = words.split(' ');
	return all.length > 1 && 'trigger'.startsWith(all.at(-1)!.toLowerCase()) ? all.slice(0, -1).join(' ') : words;
}

/**
 * n8n finds a node if all letters are in its name or in one of its words, in this order, and shows the best first. A node
 * whose score is lower than this has them scattered, and stands below those of hundreds of other nodes.
 */
const GOOD = 100;

const finds = (words: string) =>
	sublimeSearch(typed(words), nodes)
		.filter(({ score }) => score >= GOOD)
		.map(({ item }) => item.properties.displayName);

test('WORDS has words for every node, a hundred at least, and no others', () => {
	expect(Object.keys(WORDS).sort()).toEqual(nodes.map(({ properties }) => properties.displayName).sort());
	expect(new Set(Object.values(WORDS).flat()).size).toBeGreaterThanOrEqual(100);
});

test.each(Object.entries(WORDS))('%s is found by all of its words', (name, words) => {
	expect(words.filter((word) => !finds(word).includes(name))).toEqual([]);
});

test.each(Object.keys(WORDS))('%s has no word that is found by another one just as well', (name) => {
	const { alias } = nodes.find(({ properties }) => properties.displayName === name)!.properties.codex;
	const spare = (word: string, position: number) =>
		alias.some((other, at) => at !== position && other.toLowerCase().startsWith(word.toLowerCase()));
	expect(alias.filter(spare)).toEqual([]);
});
