// One case of /cases, judged by its /expect: which events a client makes of the stream, when it reconnects, and with which ID. A second
// attempt gets a 204, so the client has no reason for a third one.
//
// A result has the members events, time and id, as far as they apply to the case and the client. A verdict is '' if the client is right, a text that says what it does if not, and null if this cannot be judged.
import { until } from './server.js';

const START_MS = 90000; // for the first attempt of a slow client on a busy machine
const SLACK_MS = 2500; // later than this is late
const PATIENCE_MS = 4000; // a client that must not reconnect is watched for this long at least

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// As ASCII, and no longer than a line.
export const shown = (value) => {
    const text = JSON.stringify(value ?? null).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return text.length > 60 ? text.slice(0, 57) + '...' : text;
};

const compareEvents = (got, wanted) => {
    const at = wanted.findIndex((event, i) => !same(event, got[i]));
    if (at === -1)
        return got.length === wanted.length ? '' : `dispatches another event with the data ${shown(got[wanted.length].data)}`;
    if (!got[at])
        return `does not dispatch the event with the data ${shown(wanted[at].data)}`;
    const part = ['type', 'data', 'lastEventId'].find((name) => got[at][name] !== wanted[at][name]);
    return got[at][part].length > 1000 && wanted[at][part].length > 1000 ? `dispatches an event with another ${part} of ${got[at][part].length} characters`
        : `dispatches an event with the ${part} ${shown(got[at][part])} instead of ${shown(wanted[at][part])}`;
};

// How much too early or too late is still right: enough for a busy machine, where the server notes the end of a stream a little late, and
// little enough to tell the time that the server has set from the client's own.
const toleranceOf = (time, own) => (time === own ? { early: 20 + 0.2 * time, late: SLACK_MS } : {
    early: Math.min(150, 0.3 * Math.abs(time - own), 0.5 * time),
    late: Math.min(1500, Math.max(300, 0.6 * Math.abs(time - own))),
});

const compareTime = ({ session, server, key, reconnects, time, own, patience }) => {
    const isBack = server.attempts(key).length > 1;
    if (!reconnects && !isBack)
        return session.ended ? '' : 'does not report that the connection failed';
    if (!isBack)
        return time > patience ? '' : 'does not reconnect';
    const wait = server.wait(key, 1);
    if (!reconnects || time > patience)
        return `reconnects after ${wait} ms`;
    const { early, late } = toleranceOf(time, own);
    return wait >= time - early && wait < time + late ? '' : `reconnects after ${wait} ms instead of ${time} ms`;
};

// /log shortens a long ID, and ends it with an ellipsis.
const compareId = (server, key, wanted) => {
    const second = server.attempts(key)[1];
    if (!second)
        return null;
    const sent = second.headers.lastEventId ?? '';
    const isCut = sent.endsWith('\u2026') && wanted.startsWith(sent.slice(0, -1));
    return sent === wanted || isCut ? '' : `reconnects with the ID ${shown(sent)} instead of ${shown(wanted)}`;
};

// The server sends gzip uninvited. It is no fault not to decode what one did not ask for.
const isUninvited = ({ query }, attempt) => query.includes('encoding=gzip') && !/gzip/i.test(Object.values(attempt?.fields ?? {}).join());

// What the name of a result has after the name of the case.
export const SUFFIXES = { events: '', time: ', time', id: ', ID' };

// The parts of a case that can be judged of this client.
export const partsOf = ({ reconnects }, one) => ['events', ...reconnects ? ['time'] : [], ...reconnects && one.expected.reconnects ? ['id'] : []];

// What a client throws counts in the parts that are wrong, or else in the events: it is never right. After the second attempt it does not
// matter any more.
const judge = (one, client, all) => {
    const { session, server, key, reconnects } = all;
    const isMuted = isUninvited(one, server.attempts(key)[0]);
    const failure = session.failed === null || server.attempts(key).length > 1 ? '' : `throws ${JSON.stringify(session.failed.slice(0, 100))}`;
    const or = (verdict) => verdict && (failure || verdict);
    const time = client.reconnects ? or(compareTime(all)) : '';
    const verdicts = {
        events: isMuted || !client.head && !reconnects ? null : or(compareEvents(session.events, one.expected.events)) || (time ? '' : failure),
        time,
        id: reconnects && !isMuted && client.reconnects ? compareId(server, key, one.expected.reconnectsWith ?? '') : null,
    };
    return Object.fromEntries(partsOf(client, one).map((part) => [part, verdicts[part]]));
};

// runCase(ONE, CLIENT, START, SERVER): START(OPTIONS) gives a session.
export const runCase = async (one, client, start, server) => {
    const { expected } = one;
    const key = server.newKey();
    const patience = Math.max(PATIENCE_MS, client.time + 1000);
    const session = start({
        url: `${client.origin(server)}${one.stream}&by=key&key=${key}&log=Accept-Encoding&2-.status=204`,
        types: [...new Set(['message', ...expected.events.map(({ type }) => type)])],
    });
    try {
        const isOver = () => server.attempts(key)[0]?.durationMs != null;
        if (!await until(() => isOver() || session.failed !== null, START_MS))
            throw new Error('does not connect');
        if (client.reconnects)
            await until(() => server.attempts(key).length > 1 || session.failed !== null, patience + SLACK_MS);
        else
            await until(() => session.ended !== null, patience);
        await session.stop();
        await server.fresh(key);
        return judge(one, client, { session, server, key, reconnects: expected.reconnects, time: expected.reconnectionTime ?? client.time, own: client.time, patience });
    } finally {
        await session.stop();
        await server.forget(key);
    }
};
