/** A chat model on loopback that speaks OpenAI's chat completions, and does what it is told: for n8n's AI Agent. */
import fastify from 'fastify';
import type { FastifyReply } from 'fastify';

import type { Credential } from '../../scripts/lib/client';

interface Message {
	role: string;
	content: string;
}

/** What the model is offered. */
interface Tool {
	function: { name: string; description: string; parameters: { properties: Record<string, { type: string; description?: string }>; required?: string[] } };
}

interface Completion {
	messages: Message[];
	tools?: Tool[];
	stream?: boolean;
}

/** The answer, in one piece or as the stream that n8n asks for. */
function answer(reply: FastifyReply, message: object, stream = false) {
	const head = { id: 'completion', created: 0, model: 'obedient' };
	const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	if (!stream) return { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }], usage };
	const chunk = { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta: message, finish_reason }] };
	return reply.type('text/event-stream').send(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
}

/**
 * The prompt is the arguments for the first tool, as JSON. The model's last word is what the tool told it, so that the
 * agent's output is exactly what a model gets to read.
 */
export async function startChatModel() {
	const app = fastify();
	/** What was offered last. */
	let offered: Tool[] = [];
	app.post<{ Body: Completion }>('/v1/chat/completions', async ({ body }, reply) => {
		const { messages, tools = [], stream } = body;
		const last = messages.at(-1)!;
		if (last.role === 'tool') return answer(reply, { role: 'assistant', content: last.content }, stream);
		offered = tools;
		const call = { index: 0, id: 'call', type: 'function', function: { name: tools[0].function.name, arguments: last.content } };
		return answer(reply, { role: 'assistant', content: '', tool_calls: [call] }, stream);
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	const credential: Credential = {
		name: 'Obedient Model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: `${url}/v1`, organizationId: '', header: false },
	};
	return { credential, offered: () => offered, close: async () => await app.close() };
}
