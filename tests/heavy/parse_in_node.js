// parse_in_node.js <FILE
// Has npm's eventsource-parser read every case that `sse-server -C` prints, write by write, and prints a line "NAME: WHAT" for each that
// comes out otherwise: "events", "time" or "id". Nothing helps the parser. It tells the ID of an event; that ID is kept for the events
// after it, as a client must. A time of more than 64 bits is 2^64, as in the file. What a client does not read as an event stream is left out.
'use strict';
const { createParser } = require('eventsource-parser');
const { readFileSync } = require('fs');

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const parse = (writes) => {
    const made = { events: [], time: null, id: '' };
    const parser = createParser({
        onEvent: ({ id, event, data }) => {
            made.id = id ?? made.id;
            made.events.push({ type: event ?? 'message', data, lastEventId: made.id });
        },
        onRetry: (time) => { made.time = Math.min(time, 2 ** 64); },
    });
    const decoder = new TextDecoder();
    for (const write of writes)
        parser.feed(decoder.decode(Buffer.from(write, 'base64'), { stream: true }));
    parser.feed(decoder.decode());
    return made;
};

const cases = JSON.parse(readFileSync(0, 'utf8')).filter(({ reconnects }) => reconnects !== false);
for (const { name, writes, events, reconnectionTime: time, lastEventId: id } of cases) {
    const made = parse(writes);
    for (const [what, wanted] of Object.entries({ events, time, id }))
        if (!same(made[what], wanted))
            console.log(`${name}: ${what}`);
}
if (cases.length < 200) {
    console.log(`only ${cases.length} cases`);
    process.exit(1);
}
