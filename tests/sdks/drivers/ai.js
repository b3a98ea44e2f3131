// The AI SDK of Vercel with two providers, and its own format, as openai.js does it.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { DefaultChatTransport, jsonSchema, readUIMessageStream, streamText, tool } from 'ai';
import { MESSAGES, MODEL } from '../request.js';

globalThis.AI_SDK_LOG_WARNINGS = false;

const TOOLS = { f: tool({ inputSchema: jsonSchema({ type: 'object' }) }) };

const readText = async (model, seen, maxRetries) => {
    const result = streamText({ model, messages: MESSAGES, tools: TOOLS, maxRetries, onError: () => {} });
    for await (const part of result.fullStream) {
        if (part.type === 'text-delta')
            seen.text += part.text;
        if (part.type === 'tool-call')
            seen.args += JSON.stringify(part.input);
        if (part.type === 'error')
            throw part.error;
        if (part.type === 'finish-step')
            Object.assign(seen, { model: part.response.modelId, id: part.response.id });
        if (part.type === 'finish')
            Object.assign(seen, { reason: part.finishReason, tokens: part.totalUsage.totalTokens });
    }
};

const compatible = (base, ...rest) =>
    readText(createOpenAICompatible({ name: 'x', baseURL: `${base}/v1`, apiKey: 'x', includeUsage: true }).chatModel(MODEL), ...rest);

const anthropic = (base, ...rest) => readText(createAnthropic({ baseURL: `${base}/v1`, apiKey: 'x' })(MODEL), ...rest);

const textOf = (parts) => parts.map(({ type, text }) => (type === 'text' ? text : '')).join('');
const argsOf = (parts) => parts.map(({ type, input }) => (type === 'tool-f' ? JSON.stringify(input) : '')).join('');

const uiMessages = async (base, seen) => {
    const transport = new DefaultChatTransport({ api: `${base}/api/chat` });
    const chunks = await transport.sendMessages({ chatId: 'c', messages: [], trigger: 'submit-message' });
    const [stream, copy] = chunks.tee();
    for await (const { id, parts } of readUIMessageStream({ stream, terminateOnError: true }))
        Object.assign(seen, { id, text: textOf(parts), args: argsOf(parts) });
    for await (const chunk of copy)
        seen.reason = chunk.finishReason;
};

export const drivers = [
    { name: 'ai, openai-compatible', group: 'openai', read: compatible },
    { name: 'ai, anthropic', group: 'anthropic', read: anthropic },
    { name: 'ai, UI messages', group: 'ui-message', read: uiMessages },
];
