// The SDK of Google, as openai.js does it. It does not repeat a request unless it is told to.
import { GoogleGenAI } from '@google/genai';
import { MODEL } from '../request.js';

const generate = async (base, seen) => {
    const client = new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl: base } });
    for await (const chunk of await client.models.generateContentStream({ model: MODEL, contents: 'Hi' })) {
        seen.text += chunk.text ?? '';
        seen.reason = chunk.candidates?.[0]?.finishReason ?? chunk.promptFeedback?.blockReason;
        Object.assign(seen, { model: chunk.modelVersion, id: chunk.responseId, tokens: chunk.usageMetadata?.totalTokenCount });
    }
};

export const drivers = [{ name: 'google genai', group: 'gemini', read: generate }];
