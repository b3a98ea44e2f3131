// The ten experiments of README.md, at the URLs in its text: what a correct client does, seen from its events and from /log. A verdict is
// '' if the client is right, a text that says what it does if not, and null if this cannot be judged.
import { readFile } from 'node:fs/promises';
import { sleep, until } from './server.js';

// readExperiments(README): path and query of each, the first in its text.
export const readExperiments = async (file) => {
    const section = /^#+ Ten experiments$(.*?)^#+ /ms.exec(await readFile(file, 'utf8'))?.[1] ?? '';
    const paths = [...section.matchAll(/^\d+\. .*?localhost:8080([^']*)/gms)].map(([, path]) => path);
    if (paths.length !== 10)
        throw new Error(`${file} has ${paths.length} experiments with a URL in its section "Ten experiments", not 10`);
    return paths;
};

const GUARD_MS = 60000; // for what comes at once on a machine that is not busy

const ids = ({ events }) => events.map(({ lastEventId }) => lastEventId).join(' ');
const sent = (attempt) => attempt?.headers.lastEventId ?? '';
const isWhole = (events, isData) => events.length === 2 && /^Hello, .*!$/s.test(events[0].data) && isData(events[1].data);
const isMessage = (data) => /^\{\n {2}"time": \d+,\n {2}"random": "spheIGLpzXpFGMIH"\n\}$/.test(data);

// It failed the connection: it dispatches nothing, says so, and stays away for longer than it would wait.
const gaveUp = async ({ session, server, key, client }) => {
    await until(() => server.attempts(key).length > 0, GUARD_MS);
    await until(() => server.attempts(key).length > 1, client.time + 4000);
    const attempts = await server.fresh(key);
    if (session.events.length > 0)
        return 'dispatches it';
    if (attempts.length > 1)
        return 'reconnects again and again';
    return session.ended ? '' : 'does not report the failure';
};

const waits = async ({ server, key, client }, time) => {
    await until(() => server.attempts(key)[0]?.durationMs != null, GUARD_MS);
    if (!await until(() => server.attempts(key).length > 1, Math.max(time, client.time) + 4000))
        return 'does not reconnect';
    await server.fresh(key);
    const wait = server.wait(key, 1);
    return wait >= time - 20 && wait < time + 1500 ? '' : `reconnects after ${wait} ms instead of ${time} ms`;
};

// title; url(PATH, KEY): what becomes of the URL; token: what the client sends; judge(). A second part of an experiment says of which.
export const experiments = [
    { title: 'stalls', judge: async ({ session, server, key }) => {
        if (!await until(() => session.events.length >= 4, GUARD_MS))
            return 'dispatches too little while the connection is open';
        await sleep(2000);
        return (await server.fresh(key)).length === 1 && !session.ended && ids(session) === 'hello message-1 message-2 message-3' ? '' : 'does not stay';
    } },
    // Slowly, since a reset makes the client's machine discard what it has not read.
    { title: 'is reset within an event', reconnects: true, url: (path) => path + '&1.split=20&1.gap=30ms', judge: async ({ session, server, key }) => {
        await until(() => ids(session).includes('message-4') || session.ended, GUARD_MS);
        const [, second] = await server.fresh(key);
        if (!second)
            return session.ended ? 'gives up' : 'does not reconnect';
        if (sent(second) !== 'message-1')
            return `reconnects with ${sent(second) || 'no ID'}`;
        return ids(session).startsWith('hello message-1 hello message-2 message-3 message-4') ? '' : `dispatches ${ids(session)}`;
    } },
    { title: 'is unavailable, twice', reconnects: true, url: (path) => path.replace('by=cookie', 'by=key'), judge: async ({ session, server, key, client }) => {
        await until(() => server.attempts(key).length > 0, GUARD_MS);
        await until(() => server.attempts(key).length > 2 || session.ended, 3 * client.time + 3000);
        const attempts = await server.fresh(key);
        if (attempts.length === 1)
            return session.ended ? '' : 'does not report the failure';
        if (attempts.length === 2)
            return 'reconnects once';
        return server.wait(key, 2) > 1.5 * server.wait(key, 1) ? '' : 'does not wait longer each time';
    } },
    { title: 'CR LF in two parts', judge: async ({ session }) => {
        await until(() => session.events.length >= 2 || session.failed, GUARD_MS);
        return isWhole(session.events.slice(0, 2), isMessage) ? '' : 'does not dispatch the two events unchanged';
    } },
    { title: 'an event of 5 MiB', judge: async ({ session }) => {
        await until(() => session.events.length >= 2 || session.failed, GUARD_MS);
        if (session.events.length < 2)
            return `does not dispatch it within ${GUARD_MS / 1000} s`;
        return isWhole(session.events.slice(0, 2), ({ length }) => length === 5242880) ? '' : 'dispatches another event';
    } },
    { title: 'the wrong type', head: true, judge: gaveUp },
    { title: 'redirects', reconnects: true, url: (path, key) => `${path}%26key=${key}-there`, judge: async ({ session, server, key, client }) => {
        await until(() => server.attempts(key + '-there').length > 1 || session.failed, client.time + GUARD_MS / 2);
        const [first, second] = await server.fresh(key + '-there');
        if (!first)
            return 'does not follow';
        if (!isWhole(session.events.slice(0, 2), isMessage))
            return 'does not dispatch the two events unchanged';
        if (!second)
            return 'does not reconnect';
        return sent(second) === 'message-1' ? '' : 'does not send its ID there';
    } },
    { title: 'redirects nowhere', of: 7, head: true, url: (path) => path.replace(/&location=.*/, ''), judge: gaveUp },
    // At the time that many clients have anyway, and at one that none has.
    { title: 'says when to reconnect', reconnects: true, url: (path) => path.replace('=1000', '=3000'), judge: (all) => waits(all, 3000) },
    { title: 'says that it should be soon', of: 8, reconnects: true, url: (path) => path.replace('=1000', '=100'), judge: (all) => waits(all, 100) },
    { title: 'requires a token', reconnects: true, token: 'T', judge: async ({ session, server, key, client }) => {
        await until(() => server.attempts(key)[1]?.status || session.failed, client.time + GUARD_MS / 2);
        const [first, second] = await server.fresh(key);
        if (first?.status !== 200 || session.events.length < 2)
            return 'does not get in';
        return second?.status === 200 ? '' : 'does not get in again';
    } },
    { title: 'continues without a gap', reconnects: true, judge: async ({ session, client }) => {
        const wanted = Array.from({ length: 9 }, (_, at) => `message-${at + 1}`).join(' ');
        const seen = () => session.events.map(({ lastEventId }) => lastEventId).filter((id) => id !== 'hello').slice(0, 9).join(' ');
        await until(() => seen() === wanted || session.failed, 2 * client.time + GUARD_MS / 2);
        return seen() === wanted ? '' : `dispatches ${seen()}`;
    } },
].map((one, at, all) => ({ ...one, number: one.of ?? 1 + all.slice(0, at).filter(({ of }) => !of).length }))
    .map((one) => ({ ...one, name: `experiment ${one.number}: ${one.title}` }));

const canRun = (experiment, client) =>
    (!experiment.token || client.headers) && (!experiment.reconnects || client.reconnects) && (!experiment.head || client.head);

// runExperiment(EXPERIMENT, CLIENT, START, SERVER, PATHS): START(OPTIONS) gives a session.
export const runExperiment = async (experiment, client, start, server, paths) => {
    if (!canRun(experiment, client))
        return null;
    const key = server.newKey(), path = paths[experiment.number - 1];
    const session = start({
        url: `${client.origin(server)}${experiment.url?.(path, key) ?? path}&key=${key}`, types: ['message'],
        ...experiment.token && { headers: { Authorization: `Bearer ${experiment.token}` } },
    });
    try {
        const word = await experiment.judge({ session, server, key, client });
        return word && session.failed ? `throws ${JSON.stringify(session.failed.slice(0, 100))}` : word;
    } finally {
        await session.stop();
        await Promise.all([key, key + '-there'].map((one) => server.forget(one)));
    }
};

export const SERVER_TOKEN = { name: 'the server\'s token' };

// From another origin, at a server that wants the token "secret".
export const runServerToken = async (client, start, server) => {
    if (!client.headers)
        return null;
    const session = start({ url: `${server.url}/stream?count=1`, types: ['message'], headers: { Authorization: 'Bearer secret' } });
    await until(() => session.events.length >= 2 || session.failed, GUARD_MS);
    const seen = session.events.map(({ lastEventId }) => lastEventId).slice(0, 2).join(' ');
    await session.stop();
    return seen === 'hello message-1' ? '' : 'does not get in';
};
