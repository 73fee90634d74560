const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');

const { dest, series, src } = require('gulp');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function compile() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
		stdio: 'inherit',
	});
}

/** What n8n reads beside the code: icons, codex files and output schemas. */
function assets() {
	return src(['nodes/**/*.svg', 'nodes/**/*.json', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, compile, assets);
