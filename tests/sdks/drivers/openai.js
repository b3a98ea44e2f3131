// The SDK of OpenAI. Every driver reads one stream into `seen`: text, args (JSON, of tool calls), reason, tokens, model and id. It is what a
// careful user would write: it expects no member that may be missing. `base` is the URL of an experiment. `retries` is how often the SDK may
// repeat the request; undefined means its own default.
import OpenAI from 'openai';
import { MESSAGES, MODEL } from '../request.js';

const client = (base, maxRetries) => new OpenAI({ apiKey: 'x', baseURL: `${base}/v1`, maxRetries });

const argsOf = (message) => (message?.tool_calls ?? []).map((call) => call.function.arguments).join('');

const chat = async (base, seen, retries) => {
    const stream = await client(base, retries).chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
    for await (const chunk of stream) {
        const choice = chunk.choices?.[0];
        seen.text += choice?.delta?.content ?? '';
        seen.args += argsOf(choice?.delta);
        seen.reason = choice?.finish_reason ?? seen.reason;
        seen.tokens = chunk.usage?.total_tokens;
        Object.assign(seen, { model: chunk.model, id: chunk.id });
    }
};

const chatStream = async (base, seen, retries) => {
    const stream = client(base, retries).chat.completions.stream({ model: MODEL, messages: MESSAGES });
    stream.on('content', (delta) => (seen.text += delta));
    const { id, model, choices, usage } = await stream.finalChatCompletion();
    const [{ message, finish_reason: reason }] = choices;
    Object.assign(seen, { id, model, text: message.content ?? '', args: argsOf(message), reason, tokens: usage?.total_tokens });
};

const responses = async (base, seen, retries) => {
    const stream = await client(base, retries).responses.create({ model: MODEL, input: 'Hi', stream: true });
    let next = 0;
    for await (const event of stream) {
        seen.isDisordered ||= event.sequence_number !== next++;
        if (event.type === 'response.output_text.delta')
            seen.text += event.delta;
        if (event.type === 'response.function_call_arguments.delta')
            seen.args += event.delta;
        if (event.response)
            Object.assign(seen, { model: event.response.model, id: event.response.id, reason: event.response.status });
        if (event.type === 'response.completed')
            seen.tokens = event.response.usage?.total_tokens;
    }
};

const responsesStream = async (base, seen, retries) => {
    const stream = client(base, retries).responses.stream({ model: MODEL, input: 'Hi' });
    stream.on('response.output_text.delta', ({ delta }) => (seen.text += delta));
    const { id, model, status, output, output_text: text, usage } = await stream.finalResponse();
    Object.assign(seen, { id, model, text, args: output.map((item) => item.arguments ?? '').join(''), reason: status, tokens: usage?.total_tokens });
};

export const drivers = [
    { name: 'openai chat', group: 'openai', read: chat },
    { name: 'openai chat, stream()', group: 'openai', read: chatStream },
    { name: 'openai responses', group: 'responses', read: responses },
    { name: 'openai responses, stream()', group: 'responses', read: responsesStream },
];
