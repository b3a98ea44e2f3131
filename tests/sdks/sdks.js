// sdks.js URL STRINGS   has the SDKs of language models read streams in the format of their provider. STRINGS is the file of random strings.
//
// Prints a line for each SDK and scenario: "SDK|SCENARIO|OUTCOME|TEXT|REASON|TOKENS|MODEL|ID". OUTCOME is "ends well", if the SDK takes the
// answer for a complete one, or "fails" and the error. TEXT is how many messages arrived, or "wrong".
import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { GoogleGenAI } from '@google/genai';
import { DefaultChatTransport, readUIMessageStream, streamText } from 'ai';
import OpenAI from 'openai';

globalThis.AI_SDK_LOG_WARNINGS = false;
const [URL, STRINGS] = process.argv.slice(2);
const MODEL = 'model-7';
const MESSAGES = [{ role: 'user', content: 'Hi' }];

const SCENARIOS = {
    whole: 'count=200&interval=1ms',
    split: 'count=200&interval=0&split=random&seed=7',
    errorAfter: 'errorAfter=3&interval=20ms',
    'finish=no': 'count=3&interval=20ms&finish=no',
    truncate: 'count=3&interval=20ms&finish=no&end=truncate',
    'status=429': 'status=429',
};

// The base URL of this experiment. The path that the SDK appends selects the format.
const at = (query) => `${URL}/with/${encodeURIComponent(query)}`;

const wanted = readFileSync(STRINGS, 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => line.split('\t')[1] + ' ');

const count = (text) => {
    const messages = text.split(' ').length - 1;
    return text === wanted.slice(0, messages).join('') ? messages : 'wrong';
};

const openai = (query) => new OpenAI({ apiKey: 'x', baseURL: `${at(query)}/v1`, maxRetries: 0 });
const anthropic = (query) => new Anthropic({ apiKey: 'x', baseURL: at(query), maxRetries: 0 });
const gemini = (query) => new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl: at(query) } });
const compatible = (query) => createOpenAICompatible({ name: 'x', baseURL: `${at(query)}/v1`, apiKey: 'x', includeUsage: true });
const transport = (query) => new DefaultChatTransport({ api: `${at(query)}/api/chat` });

// Each reads one stream into `seen`: text, reason, tokens, model and id.
const readText = async (model, seen) => {
    const result = streamText({ model, messages: MESSAGES, maxRetries: 0, onError: () => {} });
    for await (const part of result.fullStream) {
        if (part.type === 'text-delta')
            seen.text += part.text;
        if (part.type === 'error')
            throw part.error;
        if (part.type === 'finish-step')
            Object.assign(seen, { model: part.response.modelId, id: part.response.id });
        if (part.type === 'finish')
            Object.assign(seen, { reason: part.finishReason, tokens: part.totalUsage.totalTokens });
    }
};

const SDKS = {
    'openai chat': async (query, seen) => {
        const stream = await openai(query).chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
        for await (const chunk of stream) {
            seen.text += chunk.choices[0]?.delta.content ?? '';
            seen.reason = chunk.choices[0]?.finish_reason ?? seen.reason;
            seen.tokens = chunk.usage?.total_tokens;
            Object.assign(seen, { model: chunk.model, id: chunk.id });
        }
    },
    'openai chat, stream()': async (query, seen) => {
        const stream = openai(query).chat.completions.stream({ model: MODEL, messages: MESSAGES });
        stream.on('content', (delta) => (seen.text += delta));
        const { id, model, choices, usage } = await stream.finalChatCompletion();
        Object.assign(seen, { id, model, text: choices[0].message.content, reason: choices[0].finish_reason, tokens: usage?.total_tokens });
    },
    'openai responses': async (query, seen) => {
        const stream = await openai(query).responses.create({ model: MODEL, input: 'Hi', stream: true });
        let next = 0;
        for await (const event of stream) {
            if (event.sequence_number !== next++)
                throw new Error(`event ${next} has number ${event.sequence_number}`);
            if (event.type === 'response.output_text.delta')
                seen.text += event.delta;
            if (event.response)
                Object.assign(seen, { model: event.response.model, id: event.response.id, reason: event.response.status });
            if (event.type === 'response.completed')
                seen.tokens = event.response.usage.total_tokens;
        }
    },
    'openai responses, stream()': async (query, seen) => {
        const stream = openai(query).responses.stream({ model: MODEL, input: 'Hi' });
        stream.on('response.output_text.delta', ({ delta }) => (seen.text += delta));
        const { id, model, status, output_text: text, usage } = await stream.finalResponse();
        Object.assign(seen, { id, model, text, reason: status, tokens: usage?.total_tokens });
    },
    'anthropic': async (query, seen) => {
        const stream = await anthropic(query).messages.create({ model: MODEL, max_tokens: 9, messages: MESSAGES, stream: true });
        for await (const event of stream) {
            if (event.type === 'message_start')
                Object.assign(seen, { model: event.message.model, id: event.message.id });
            if (event.type === 'content_block_delta')
                seen.text += event.delta.text;
            if (event.type === 'message_delta')
                Object.assign(seen, { reason: event.delta.stop_reason, tokens: event.usage.input_tokens + event.usage.output_tokens });
        }
    },
    'anthropic, stream()': async (query, seen) => {
        const stream = anthropic(query).messages.stream({ model: MODEL, max_tokens: 9, messages: MESSAGES });
        stream.on('text', (delta) => (seen.text += delta));
        const { id, model, content, stop_reason: reason, usage } = await stream.finalMessage();
        Object.assign(seen, { id, model, reason, text: content[0].text, tokens: usage.input_tokens + usage.output_tokens });
    },
    'google genai': async (query, seen) => {
        for await (const chunk of await gemini(query).models.generateContentStream({ model: MODEL, contents: 'Hi' })) {
            seen.text += chunk.text ?? '';
            seen.reason = chunk.candidates[0].finishReason;
            Object.assign(seen, { model: chunk.modelVersion, id: chunk.responseId, tokens: chunk.usageMetadata?.totalTokenCount });
        }
    },
    'ai, openai-compatible': (query, seen) => readText(compatible(query).chatModel(MODEL), seen),
    'ai, anthropic': (query, seen) => readText(createAnthropic({ baseURL: `${at(query)}/v1`, apiKey: 'x' })(MODEL), seen),
    'ai, UI messages': async (query, seen) => {
        const chunks = await transport(query).sendMessages({ chatId: 'c', messages: [], trigger: 'submit-message' });
        const [stream, copy] = chunks.tee();
        for await (const { id, parts } of readUIMessageStream({ stream, terminateOnError: true }))
            Object.assign(seen, { id, text: parts.find(({ type }) => type === 'text')?.text ?? '' });
        for await (const chunk of copy)
            seen.reason = chunk.finishReason;
    },
};

const describe = (error) => `fails: ${error.constructor.name} ${error.status ?? error.statusCode ?? error.type ?? ''}`.trim();

for (const [name, read] of Object.entries(SDKS))
    for (const [scenario, query] of Object.entries(SCENARIOS)) {
        const seen = { text: '' };
        const timeout = new Promise((resolve) => setTimeout(resolve, 20000, 'does not end').unref());
        const outcome = await Promise.race([timeout, read(query, seen).then(() => 'ends well', (error) => {
            if (process.env.DEBUG)
                console.error(name, scenario, error);
            return describe(error);
        })]);
        console.log([name, scenario, outcome, count(seen.text), seen.reason, seen.tokens, seen.model, seen.id].join('|'));
    }
process.exit(0);
