/** With n8n's protection against requests to inner addresses (SSRF), which n8n switches on as it is loaded. */
process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';

import { ask } from './asking';

it.each(['GET', 'POST'] as const)('an address that n8n does not allow: said at once, and it is clear that nothing was sent (%s)', async (method) => {
	const { error } = await ask('http://10.1.2.3:8080', { method });
	expect(error?.message).toMatch(/^n8n does not allow requests to 10\.1\.2\.3:8080 \(SSRF protection\), so Shop was not asked/);
});

it('an address that does not exist is said to be none', async () => {
	const { error } = await ask('https://shop.invalid', { method: 'POST' });
	expect(error?.message).toMatch(/^(Shop cannot be found at shop\.invalid|The address shop\.invalid of Shop cannot be looked up)/);
});
