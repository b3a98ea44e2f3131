// The cases of /cases: what a client makes of each stream, next to /expect; and, since it is told by a 204 not to come again, when it
// comes back after the stream's end and with which id.
import { until } from './server.js';
import { shorten } from './homes.js';

const LONG = 4000; // a time that is not waited for, in ms
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// As ASCII, and no longer than a line.
const shown = (value) => {
    const text = JSON.stringify(value).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return text.length > 60 ? text.slice(0, 57) + '...' : text;
};

// What differs first between the events, '' for nothing.
const compareEvents = (got, wanted) => {
    if (same(got, wanted))
        return '';
    const at = wanted.findIndex((event, i) => !same(event, got[i]));
    if (at === -1)
        return `dispatches another ${shown(got[wanted.length].data)}`;
    if (!got[at])
        return `does not dispatch ${shown(wanted[at].data)}`;
    const part = ['type', 'data', 'lastEventId', 'length'].find((name) => got[at][name] !== wanted[at][name]);
    return `${part} ${shown(got[at][part])}, not ${shown(wanted[at][part])}`;
};

// A client reconnects when /expect says so; where it does not, it must give up and say so.
const compareWait = (session, server, key, reconnects, time) => {
    const came = server.attempts(key).length > 1;
    if (!reconnects && !came)
        return session.ended ? '' : 'says nothing';
    if (!came)
        return time > LONG ? '' : 'does not come back';
    const wait = server.wait(key, 1);
    if (!reconnects || time > LONG)
        return `comes back after ${wait} ms`;
    return wait >= time - 20 && wait < time + 1500 ? '' : `comes back after ${wait} ms, not ${time}`;
};

// Of a long ID /log tells the beginning, and an ellipsis.
const compareId = (server, key, wanted) => {
    const [, second] = server.attempts(key);
    const sent = second?.headers.lastEventId ?? '';
    const isCut = sent.endsWith('\u2026') && wanted.startsWith(sent.slice(0, -1));
    return sent === wanted || isCut ? '' : `comes back with ${shown(sent)}, not ${shown(wanted)}`;
};

// runCase(): { events, wait, id }, each '' if right and a word if not; id is null where nobody comes back in time.
export const runCase = async (one, client, start, server, slot) => {
    const { expected, stream } = one;
    const { reconnects, reconnectsWith } = expected;
    const key = server.newKey();
    const time = expected.reconnectionTime ?? client.about.reconnectionTime;
    const session = await start(client, {
        url: `${server.at(slot, client)}${stream}&by=key&key=${key}&2-.status=204`,
        types: [...new Set(['message', ...expected.events.map(({ type }) => type)])],
    });
    try {
        await until(() => server.attempts(key).length > 1, LONG + 1500);
        await server.fresh(key);
        await session.settle();
        return {
            events: compareEvents(session.events, expected.events.map(shorten)),
            wait: compareWait(session, server, key, reconnects, time),
            id: !reconnects || time > LONG ? null : compareId(server, key, reconnectsWith ?? ''),
        };
    } finally {
        await session.close();
        await server.forget(key);
    }
};

// readCases(server): those of the standard, each with what is expected of it. Those of an API, which have a link, are for other clients.
export const readCases = async (server) => Promise.all((await server.json('/cases')).filter(({ link }) => link === null).map(async (one) =>
    ({ ...one, expected: await server.json(one.expect) })));
