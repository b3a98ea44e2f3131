// interop.js SERVER TOKEN-SERVER README [CLIENT...]
// Real clients, or those that are named, at a server and at one that wants the token "secret". Prints a table as markdown, and what each
// client gets wrong. What is wrong and not known to be is tried again when all are through, with less at a time, for the machine may
// have been busy; so a client that is wrong now and then may pass.
//
// What does not end within its limit "hangs", and the others go on. When the time for the whole run is over, or SIGTERM comes, it prints
// what it has, says on standard error what was under way, and exits with 1; also after an error of its own.
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import { launchBrowser, startInNode } from './homes.js';
import { Hangs, LIMITS, limited, underWay, within } from './limits.js';
import { Server, until } from './server.js';
import { experiments, readExperiments, runExperiment, withToken } from './experiments.js';
import { readCases, runCase } from './cases.js';
import * as curl from './curl.js';
import { isWrong, ofCase, ofExperiment, table } from './table.js';

const [url, tokenUrl, readme, ...wanted] = process.argv.slice(2);
const directory = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const ORDER = ['baseline', 'chromium', 'eventsource', 'undici', 'eventsource-client', 'fetch-event-source', 'sse'];
const ROUNDS = [12, 4, 4]; // so many cases of one client at once

// A client that throws where nobody can catch it is told of, and the others go on.
process.on('uncaughtException', (error) => console.error('a client threw:', error));
process.on('unhandledRejection', (error) => console.error('a client threw:', error));

const results = [];
let browser, server, cases = [], paths = [];

const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

// What there is so far. Exit 0 only if that is everything.
const print = () => {
    console.log(`Chromium ${browser?.version()}, node ${process.versions.node}\n`);
    console.log(table(results, cases, experiments));
};

const stop = (why) => {
    console.error([`interop: ${why}`, ...underWay().map((one) => `interop: under way: ${one}`)].join('\n'));
    print();
};

const isInBrowser = ({ about }) => about.home === 'chromium';
const start = (client, options) => (isInBrowser(client) ? browser.start(client, options) : startInNode(client, options));

const versionOf = async ({ about }) => {
    if (about.package === undefined)
        return about.version?.(browser) ?? '';
    return JSON.parse(await readFile(`${directory}/node_modules/${about.package}/package.json`, 'utf8')).version;
};

// each(list, atOnce, run): with so many of them under way at a time, each in a slot of its own.
const each = async (list, atOnce, run) => {
    const rest = [...list];
    await Promise.all(Array.from({ length: atOnce }, async (_, slot) => {
        for (let next = rest.shift(); next; next = rest.shift())
            await run(next, slot);
    }));
};

// The server's own token, from another origin.
const tokenOfServer = async (client) => {
    if (!client.about.headers)
        return 'cannot send one';
    const { headers } = withToken('secret');
    const session = await start(client, { url: `${tokenUrl}/stream?count=1`, types: ['message'], headers });
    await until(() => session.events.length >= 2, 5000);
    session.close();
    return session.events.map(({ lastEventId }) => lastEventId).join(' ') === 'hello message-1' ? '' : 'does not get in';
};

// Wrong, and not known to be: the file known has lines CLIENT: WHAT: and a word.
const known = new Set((await readFile(`${directory}/known`, 'utf8')).split('\n').map((line) => line.split(': ').slice(0, 2).join(': ')));
const surprises = ({ about }, named) => named.some((one) => isWrong(one) && !known.has(`${about.name}: ${one[0]}`));

// open(list, results, isOpen): what has no result yet, or one that does not do, as { one, at }.
const open = (list, results, isOpen) => list.map((one, at) => ({ one, at })).filter(({ one, at }) => results[at] === undefined || isOpen(one, results[at]));

// result(client, what, job): what the job resolves to, or a word: it hangs or fails, and its client gets a fresh page.
const result = (client, what, job) => {
    const page = isInBrowser(client) && browser.pageOf(client);
    return limited(`${client.about.name}: ${what}`, job).catch((error) => {
        if (page)
            browser.renew(client, page);
        return error instanceof Hangs ? 'hangs' : `fails: ${error.message.split('\n')[0]}`;
    });
};

const caseResult = async (client, one, slot) => {
    const made = await result(client, one.name, () => runCase(one, client, start, server, 20 + slot));
    return typeof made === 'string' ? { events: made, wait: made, id: null } : made;
};

const runRound = (client, all, atOnce) => Promise.all([
    each(open(experiments, all.experiments, (...one) => surprises(client, ofExperiment(...one))), experiments.length, async ({ one, at }) => {
        all.experiments[at] = await result(client, one.title, () => runExperiment(one, paths[one.number - 1], client, start, server));
    }),
    each(open([''], all.tokens, (one, word) => isWrong([one, word])), 1, async () => {
        all.tokens[0] = all.token = await result(client, 'the server\'s token', () => tokenOfServer(client));
    }),
    each(open(cases, all.cases, (...one) => surprises(client, ofCase(...one))), atOnce, async ({ one, at }, slot) => {
        all.cases[at] = await caseResult(client, one, slot);
    }),
]);

// Results hold words, '' where all is right; curl's and a client's have one shape.
const runClients = async (clients) => {
    for (const client of clients)
        results.push({ name: client.about.name, version: await versionOf(client), experiments: [], tokens: [], cases: [] });
    const mine = [...results];
    for (const atOnce of ROUNDS) {
        clients.filter(isInBrowser).forEach((client) => browser.renew(client, browser.pageOf(client)));
        await Promise.all(clients.map((client, at) => runRound(client, mine[at], atOnce)));
    }
};

const runCurl = async () => {
    const of = { name: 'curl', version: await curl.version(), experiments: experiments.map(() => 'cannot'), token: 'cannot', cases: [] };
    results.push(of);
    await each(open(cases, of.cases), ROUNDS[0], async ({ one, at }) => {
        of.cases[at] = await limited(`curl: ${one.name}`, () => curl.runCase(one, server)).catch(() => ({ events: 'hangs', wait: null, id: null }));
    });
};

const runAll = async () => {
    browser = await limited('Chromium: its start', () => launchBrowser(directory));
    server = new Server(url);
    cases = await limited('what /expect says', () => readCases(server));
    paths = await readExperiments(readme);
    const clients = await Promise.all(ORDER.filter(isWanted).map(async (name) => ({ file: name + '.js', ...await import(`./clients/${name}.js`) })));
    await runClients(clients);
    if (isWanted('curl'))
        await runCurl();
};

process.on('SIGTERM', () => {
    stop('was told to end');
    process.exit(1);
});

let code = 0;
try {
    await within(LIMITS.run, runAll());
    print();
} catch (error) {
    code = 1;
    stop(error instanceof Hangs ? `the ${LIMITS.run / 1000} s for the whole run are over` : error.stack);
}
await browser?.close();
process.exit(code);
