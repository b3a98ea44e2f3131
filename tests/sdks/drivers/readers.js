// Libraries that turn a response of fetch() into events, and leave the rest to the caller. Each driver appends to seen.events what it got,
// as { type, data }. A reader that parses the data itself has `json` and appends the values.
import { parseJsonEventStream } from '@ai-sdk/provider-utils';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { stream as fetchEventStream } from 'fetch-event-stream';
import { parseServerSentEvents } from 'parse-sse';

const ask = async (base) => {
    const response = await fetch(`${base}/events`);
    if (!response.ok)
        throw new Error(`status ${response.status}`);
    return response;
};

const eventsourceParser = async (base, { events }) => {
    const { body } = await ask(base);
    for await (const { event, data } of body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()))
        events.push({ type: event || 'message', data });
};

const providerUtils = async (base, { events }) => {
    const { body } = await ask(base);
    for await (const { success, value, error } of parseJsonEventStream({ stream: body, schema: undefined })) {
        if (!success)
            throw error;
        events.push(value);
    }
};

const fetchEvents = async (base, { events }) => {
    for await (const { event, data } of await fetchEventStream(`${base}/events`))
        events.push({ type: event || 'message', data });
};

const parseSse = async (base, { events }) => {
    for await (const { type, data } of parseServerSentEvents(await ask(base)))
        events.push({ type, data });
};

export const drivers = [
    { name: 'eventsource-parser', isReader: true, read: eventsourceParser },
    { name: 'parseJsonEventStream', isReader: true, isJson: true, read: providerUtils },
    { name: 'fetch-event-stream', isReader: true, read: fetchEvents },
    { name: 'parse-sse', isReader: true, read: parseSse },
];
