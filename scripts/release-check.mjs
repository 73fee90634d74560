/**
 * Refuses to publish what is not ready: placeholders in package.json, links to another repository, a version without notes.
 * `--notes FILE` also writes the notes of this version, taken from CHANGELOG.md. Needs nothing but Node; runs in the folder of the package.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Domains that can never be anybody's (RFC 2606). */
const RESERVED = /(^|[.@])(example|invalid|test|localhost)$|(^|[.@])example\.(com|net|org)$/i;

const read = (file) => readFileSync(file, 'utf8');
const addressOf = (repository) => String(repository?.url ?? '').replace(/^git\+/, '').replace(/\.git$/, '');

/** The text below the heading of a version, up to the next one. */
function notesOf(version, changelog) {
	const [, ...sections] = changelog.split(/^## /m);
	const section = sections.find((text) => text.split(/[\s(]/, 1)[0] === version);
	return section?.slice(section.indexOf('\n')).trim() ?? '';
}

function publishedSources() {
	const inFolder = (folder) => readdirSync(folder, { recursive: true }).map((file) => path.join(folder, String(file)));
	return ['README.md', ...['nodes', 'credentials'].flatMap(inFolder).filter((file) => /\.node\.json$|\.credentials\.ts$/.test(file))];
}

/** What keeps this from being published, each as a sentence that says what to do. */
function findings(manifest, env) {
	const { name, version, author, repository, homepage, bugs } = manifest;
	const address = addressOf(repository);
	const [, owner] = /^https:\/\/github\.com\/([\w.-]+)\/[\w.-]+$/.exec(address) ?? [];
	const found = [];
	const check = (isGood, sentence) => isGood || found.push(sentence);

	check(author?.name && !/maintainers$/i.test(author.name), 'author.name in package.json is a placeholder: enter the name of the npm account or person behind it.');
	check(/^[^@\s]+@[^@\s]+$/.test(author?.email ?? '') && !RESERVED.test(author.email), 'author.email in package.json is a placeholder: enter an address that is read.');
	check(owner && owner !== name, 'repository.url in package.json is a placeholder: enter the address of the repository on GitHub, as git+https://github.com/OWNER/REPOSITORY.git.');
	check(homepage === `${address}#readme`, `homepage in package.json has to be ${address}#readme.`);
	check(bugs?.url === `${address}/issues`, `bugs.url in package.json has to be ${address}/issues.`);
	for (const file of publishedSources()) {
		// What a person is led to must be this repository, and not the one that was made up.
		const links = read(file).match(/https:\/\/github\.com\/[\w.-]+\/[\w.-]+/g) ?? [];
		const astray = links.filter((link) => link.endsWith(`/${name}`) && link !== address);
		check(astray.length === 0, `${file} leads to ${astray[0]}: it has to be ${address}.`);
	}
	check(notesOf(version, read('CHANGELOG.md')) !== '', `CHANGELOG.md has no notes of ${version}: write what has changed below "## ${version}".`);
	if (env.GITHUB_REF_NAME) check(env.GITHUB_REF_NAME === `v${version}`, `The tag is ${env.GITHUB_REF_NAME} and the version in package.json ${version}: the tag has to be v${version}.`);
	if (env.GITHUB_REPOSITORY) check(address.endsWith(`github.com/${env.GITHUB_REPOSITORY}`), `This is published from ${env.GITHUB_REPOSITORY}, and package.json names ${address}: npm gives no provenance to another repository.`);
	return found;
}

const manifest = JSON.parse(read('package.json'));
const found = findings(manifest, process.env);
found.forEach((sentence) => console.error(sentence));
if (found.length > 0) {
	console.error('\nNot ready to be published: see "Release" in CONTRIBUTING.md.');
	process.exitCode = 1;
} else {
	console.log(`${manifest.name} ${manifest.version} is ready to be published.`);
	const notes = process.argv.indexOf('--notes');
	if (notes > 0) writeFileSync(process.argv[notes + 1], `${notesOf(manifest.version, read('CHANGELOG.md'))}\n`);
}
