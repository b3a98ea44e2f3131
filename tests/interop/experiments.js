// The ten experiments of README.md, at the URLs that stand there: what a right client does, seen from its events and from /log. Each
// gives '' if the client is right, else a word of what it does.
import { readFile } from 'node:fs/promises';
import { until, sleep } from './server.js';

// readExperiments(README): the URLs' path and query, the first of each.
export const readExperiments = async (file) => {
    const section = /^## Ten experiments$(.*?)^## /ms.exec(await readFile(file, 'utf8'))[1];
    return [...section.matchAll(/^\d+\. .*?localhost:8080([^']*)/gms)].map(([, path]) => path);
};

const ids = ({ events }) => events.map(({ lastEventId }) => lastEventId).join(' ');
const sent = (attempt) => attempt?.headers.lastEventId ?? '';
const whole = ({ events }, data) => events.length === 2 && /^Hello, .*!$/s.test(events[0].data) && data(events[1]);
const isMessage = ({ data }) => /^\{\n {2}"time": \d+,\n {2}"random": "spheIGLpzXpFGMIH"\n\}$/.test(data);

// It failed the connection: it dispatches nothing, says so, and stays away for longer than it would wait.
const gaveUp = async ({ session, server, key }) => {
    await sleep(4500);
    const attempts = await server.fresh(key);
    if (session.events.length > 0)
        return 'dispatches it';
    if (attempts.length > 1)
        return 'comes back again and again';
    return session.ended ? '' : 'says nothing';
};

const waits = async ({ server, key }, from) => {
    if (!await until(() => server.attempts(key).length > 1, 6000))
        return 'does not come back';
    await server.fresh(key);
    const wait = server.wait(key, 1);
    return wait >= from - 20 && wait < from + 1500 ? '' : `waits ${wait} ms instead of ${from}`;
};

// title, what becomes of the URL, the token that is sent, and the judge. A second part of an experiment says of which.
export const experiments = [
    { title: 'stalls', judge: async ({ session, server, key }) => {
        if (!await until(() => session.events.length >= 4, 4000))
            return 'dispatches too little while it is open';
        await sleep(2000);
        return (await server.fresh(key)).length === 1 && !session.ended && ids(session) === 'hello message-1 message-2 message-3' ? '' : 'does not stay';
    } },
    // Slowly, since a reset has the client's machine discard what it has not read.
    { title: 'is reset within an event', url: (path) => path + '&1.split=20&1.gap=30ms', judge: async ({ session, server, key }) => {
        await until(() => ids(session).includes('message-4') || session.ended, 9000);
        const [, second] = await server.fresh(key);
        if (!second)
            return session.ended ? 'gives up' : 'does not come back';
        if (sent(second) !== 'message-1')
            return `comes back with ${sent(second) || 'no id'}`;
        return ids(session).startsWith('hello message-1 hello message-2 message-3 message-4') ? '' : 'dispatches ' + ids(session);
    } },
    { title: 'is not available, twice', url: (path) => path.replace('by=cookie', 'by=key'), judge: async ({ session, server, key }) => {
        await until(() => server.attempts(key).length > 2, 9000);
        const attempts = await server.fresh(key);
        if (attempts.length === 1)
            return session.ended ? '' : 'says nothing';
        if (attempts.length === 2)
            return 'comes back once';
        return server.wait(key, 2) > 1.5 * server.wait(key, 1) ? '' : `comes back every ${Math.round(server.wait(key, 1) / 1000)} s`;
    } },
    { title: 'CR LF in two parts', judge: async ({ session }) => {
        await until(() => session.events.length >= 2, 5000);
        return whole(session, isMessage) ? '' : 'does not dispatch the two events as they are';
    } },
    { title: 'an event of 5 MiB', judge: async ({ session }) => {
        const start = Date.now();
        await until(() => session.events.length >= 2, 20000);
        if (!whole(session, ({ length }) => length === 5242880))
            return session.events.length < 2 ? 'does not dispatch it' : 'dispatches another';
        return Date.now() - start < 10000 ? '' : 'takes more than 10 s';
    } },
    { title: 'the wrong type', judge: gaveUp },
    { title: 'is elsewhere', url: (path, key) => `${path}%26key=${key}-there`, judge: async ({ session, server, key }) => {
        await until(() => server.attempts(key + '-there').length > 1, 9000);
        const [first, second] = await server.fresh(key + '-there');
        if (!first || !whole({ events: session.events.slice(0, 2) }, isMessage))
            return 'does not follow';
        if (!second)
            return 'does not come back';
        return sent(second) === 'message-1' ? '' : 'leaves its id behind';
    } },
    { title: 'is elsewhere, but nobody knows where', of: 7, url: (path) => path.replace(/&location=.*/, ''), judge: gaveUp },
    { title: 'says when to come back', judge: (all) => waits(all, 3000) },
    { title: 'says it should be soon', of: 8, url: (path) => path.replace('3000', '100'), judge: (all) => waits(all, 100) },
    { title: 'wants a token', token: 'T', judge: async ({ session, server, key }) => {
        await until(() => server.attempts(key)[1]?.status, 9000);
        const [first, second] = await server.fresh(key);
        if (first?.status !== 200 || !whole({ events: session.events.slice(0, 2) }, isMessage))
            return 'does not get in';
        return second?.status === 200 ? '' : 'does not get in again';
    } },
    { title: 'goes on without a gap', judge: async ({ session }) => {
        const wanted = Array.from({ length: 9 }, (_, at) => `message-${at + 1}`).join(' ');
        const seen = () => session.events.map(({ lastEventId }) => lastEventId).filter((id) => id !== 'hello').slice(0, 9).join(' ');
        await until(() => seen() === wanted, 12000);
        return seen() === wanted ? '' : `dispatches ${seen()}`;
    } },
].map((one, at, all) => ({ ...one, number: one.of ?? 1 + all.slice(0, at).filter(({ of }) => !of).length }));

export const withToken = (token) => token && { headers: { Authorization: `Bearer ${token}` }, credentials: 'include' };

// '' if the client is right, else a word.
export const runExperiment = async (experiment, path, client, start, server) => {
    if (experiment.token && !client.about.headers)
        return 'cannot send one';
    const key = server.newKey();
    const url = server.at(experiment.of ? 10 + experiment.number : experiment.number, client) + (experiment.url?.(path, key) ?? path) + `&key=${key}`;
    const session = await start(client, { url, types: ['message'], ...withToken(experiment.token) });
    try {
        return await experiment.judge({ session, server, key });
    } finally {
        await session.close();
        await Promise.all([key, key + '-there'].map((one) => server.forget(one)));
    }
};
