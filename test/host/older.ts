/** n8n 1.x and the first versions of 2.x tell a node less of what goes on. */
export const IS_OLDER = ['1', '2.0'].includes(process.env.N8N_LINE ?? '');
