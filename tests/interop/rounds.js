// Runs of clients. Each round of a client has a server, and a browser if need be, of its own.
import { partsOf, runCase, SUFFIXES } from './cases.js';
import { experiments, runExperiment, runServerToken, SERVER_TOKEN } from './experiments.js';
import { checks } from './clients/wpt_handlers.js';
import { startBrowser } from './browsers.js';
import { startProgram } from './programs.js';
import { sleep, startServer, until } from './server.js';
import { isDoubtful } from './results.js';

const ONE_MS = 180000; // whatever a client does, its case ends
const PROBE_MS = 60000;
const STAGGER_MS = 150; // so that not everything starts at once

// Tasks, each with the names of its results: NAME, and for a case also "NAME, time" and "NAME, ID".
export const tasksOf = (client, cases) => [
    ...client.isEngine ? Object.keys(checks).map((check) => ({ name: `handler ${check}`, check })) : [],
    ...cases.map((one) => ({ name: one.name, one })),
    ...experiments.map((one) => ({ name: one.name, experiment: one })),
    { name: SERVER_TOKEN.name, isToken: true },
];

export const namesOf = ({ name }) => Object.values(SUFFIXES).map((part) => name + part);

const within = async (ms, promise) => {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`does not end within ${ms / 1000} s`)), ms);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

// How a client reaches the server in this round: a browser makes six connections to one origin and no more, so each case has its own.
const homeOf = async (client, settings, server) => {
    if (!client.in)
        return { origin: () => server.url, start: (options) => startProgram(client.command, settings.directory, options), close: () => {} };
    const browser = await startBrowser(client.in, settings.directory, server.port);
    let last = 0;
    return {
        origin: () => `http://n${++last % 100}.localhost:${server.port}`,
        start: (options, module = client.module) => browser.start(module, options),
        close: () => browser.close(),
    };
};

const runTask = async (task, client, home, servers, paths) => {
    if (task.one)
        return Object.entries(await runCase(task.one, client, home.start, servers.plain)).map(([part, verdict]) => [task.name + SUFFIXES[part], verdict]);
    if (task.check)
        return [[task.name, await runCheck(task, home.start, servers.plain)]];
    return [[task.name, task.isToken ? await runServerToken(client, home.start, servers.token)
        : await runExperiment(task.experiment, client, home.start, servers.plain, paths)]];
};

const runCheck = async ({ check }, start, server) => {
    const session = start({ url: server.url, check }, 'wpt_handlers.js');
    await until(() => session.ended !== null || session.failed !== null, ONE_MS / 2);
    await session.stop();
    return session.ended === 'right' ? '' : session.ended ?? session.failed ?? 'does not end';
};

// A task that came to no end is wrong in everything.
const failed = (task, client, why) => (task.one ? partsOf(client, task.one).map((part) => SUFFIXES[part]) : ['']).map((part) => [task.name + part, why]);

// A client that cannot read the simplest stream is not there, or not rightly installed. That is no result.
const probe = async (client, start, server) => {
    const session = start({ url: `${client.origin(server)}/stream?count=0`, types: ['message'] });
    const isThere = await until(() => session.events.length > 0 || session.failed !== null, PROBE_MS) && session.failed === null;
    await session.stop();
    if (!isThere)
        throw new Error(`it does not read /stream?count=0: ${session.failed ?? session.ended ?? 'no event'}`);
};

// A map of NAME to verdict.
const runTasks = async (client, tasks, settings, atOnce) => {
    const servers = {}, results = new Map(), rest = [...tasks];
    let home;
    try {
        servers.plain = await startServer(settings.program, settings.directory);
        servers.token = await startServer(settings.program, settings.directory, 'secret');
        home = await homeOf(client, settings, servers.plain);
        const one = { ...client, origin: home.origin };
        await probe(one, home.start, servers.plain);
        await Promise.all(Array.from({ length: atOnce }, async (_, at) => {
            await sleep(at * STAGGER_MS);
            for (let task = rest.shift(); task; task = rest.shift()) {
                const verdicts = await within(ONE_MS, runTask(task, one, home, servers, settings.paths)).catch((error) => failed(task, client, error.message));
                verdicts.forEach(([name, verdict]) => results.set(name, verdict));
                settings.progress(client, tasks.length - rest.length, tasks.length);
            }
        }));
    } finally {
        await home?.close();
        Object.values(servers).forEach((server) => server.close());
    }
    return results;
};

// runRound(CLIENT, TASKS, SETTINGS, ATONCE): a map of NAME to verdict. SETTINGS: program, directory, paths, progress(). What is
// doubtful runs again, a few at a time, up to twice.
export const runRound = async (client, tasks, settings, atOnce) => {
    const results = await runTasks(client, tasks, settings, atOnce);
    for (let again = 0; again < 2; again++) {
        const doubtful = tasks.filter((task) => namesOf(task).some((name) => isDoubtful(results.get(name))));
        if (doubtful.length === 0)
            break;
        for (const [name, verdict] of await runTasks(client, doubtful, settings, doubtful.length > 40 ? atOnce : 4))
            results.set(name, verdict);
    }
    return results;
};
