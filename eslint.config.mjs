import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** These three of n8n-nodes-base contradict the newer community plugin, which wants URLs and NodeConnectionTypes. */
const superseded = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
};

const rulesOf = (name) => ({ ...nodesBase.configs[name].rules, ...superseded });

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', '.cache/', 'reports/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
		extends: [tseslint.configs.recommended],
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{ files: ['nodes/**/*.ts'], plugins: { 'n8n-nodes-base': nodesBase }, rules: rulesOf('nodes') },
	{ files: ['credentials/**/*.ts'], plugins: { 'n8n-nodes-base': nodesBase }, rules: rulesOf('credentials') },
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: { ...rulesOf('community'), '@typescript-eslint/no-unused-expressions': 'off' },
	},
);
