// The SDK of Anthropic, as openai.js does it.
import Anthropic from '@anthropic-ai/sdk';
import { MESSAGES, MODEL } from '../request.js';

const REQUEST = { model: MODEL, max_tokens: 9, messages: MESSAGES };
const client = (base, maxRetries) => new Anthropic({ apiKey: 'x', baseURL: base, maxRetries });
const total = (usage) => usage && usage.input_tokens + usage.output_tokens;

const messages = async (base, seen, retries) => {
    for await (const event of await client(base, retries).messages.create({ ...REQUEST, stream: true })) {
        if (event.type === 'message_start')
            Object.assign(seen, { model: event.message.model, id: event.message.id });
        if (event.type === 'content_block_delta')
            Object.assign(seen, { text: seen.text + (event.delta?.text ?? ''), args: seen.args + (event.delta?.partial_json ?? '') });
        if (event.type === 'message_delta')
            Object.assign(seen, { reason: event.delta?.stop_reason, tokens: total(event.usage) });
    }
};

const messagesStream = async (base, seen, retries) => {
    const stream = client(base, retries).messages.stream(REQUEST);
    stream.on('text', (delta) => (seen.text += delta));
    const { id, model, content, stop_reason: reason, usage } = await stream.finalMessage();
    const args = content.map(({ input }) => JSON.stringify(input) ?? '').join('');
    Object.assign(seen, { id, model, reason, args, text: content.map(({ text }) => text ?? '').join(''), tokens: total(usage) });
};

export const drivers = [
    { name: 'anthropic', group: 'anthropic', read: messages },
    { name: 'anthropic, stream()', group: 'anthropic', read: messagesStream },
];
