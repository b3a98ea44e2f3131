// What a client dispatches, written from the HTML standard (9.2.3, 9.2.5 and 9.2.6) and the Fetch standard. It shares no code with the
// program, so it can judge /expect. Pure; nothing fails.
//
// dispatch(bytes): the body as a client reads it: { events: [{ type, data, lastEventId }], reconnectionTime, lastEventId, discarded }.
//     reconnectionTime is a BigInt or null; discarded is the text after the last blank line, or null.
// isEventStream(values): whether a client reads a response with these Content-Type fields as an event stream.
'use strict';

const dispatch = (bytes) => {
    const text = new TextDecoder().decode(bytes); // takes one byte order mark off the front
    const result = { events: [], reconnectionTime: null, lastEventId: '', discarded: null };
    let data = '', type = '', id = '', discarded = 0;
    const field = (name, value) => {
        if (name === 'event')
            type = value;
        else if (name === 'data')
            data += value + '\n';
        else if (name === 'id' && !value.includes('\0'))
            id = value;
        else if (name === 'retry' && /^[0-9]+$/.test(value))
            result.reconnectionTime = BigInt(value);
    };
    const endEvent = () => {
        result.lastEventId = id;
        if (data !== '')
            result.events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId: id });
        data = type = '';
    };
    // A line without an end is not processed: the stream ended within it.
    for (const match of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n)/gy)) {
        const line = match[1], colon = line.indexOf(':');
        if (line === '') {
            endEvent();
            discarded = match.index + match[0].length;
        } else if (colon < 0) {
            field(line, '');
        } else if (colon > 0) {
            field(line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1));
        }
    }
    result.discarded = text.slice(discarded) || null;
    return result;
};

// Get, decode and split (Fetch, 2.2.2): commas outside quoted strings separate the values of all fields of a name.
const splitValues = (values) => values.join(', ').match(/(?:"(?:\\.|[^"\\])*"?|[^",])+/gs) ?? [];

// The last value that is a MIME type counts (Fetch, 2.2.6; MIME Sniffing, 4.4).
const isEventStream = (values) => {
    let essence = '';
    for (const value of splitValues(values)) {
        const found = /^[\t\n\r ]*([!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+)[\t\n\r ]*(?:;|$)/i.exec(value);
        if (found && found[1] !== '*/*')
            essence = found[1].toLowerCase();
    }
    return essence === 'text/event-stream';
};

module.exports = { dispatch, isEventStream };
