// interop.js SERVER TOKEN-SERVER README [CLIENT...]
// Real clients, or those that are named, at a server and at one that wants the token "secret". Prints a table as markdown, and what each
// client gets wrong. What is wrong and not known to be is tried again when all are through, with less at a time, for the machine may
// have been busy; so a client that is wrong now and then may pass.
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import { launchBrowser, startInNode } from './homes.js';
import { Server, until } from './server.js';
import { experiments, readExperiments, runExperiment, withToken } from './experiments.js';
import { readCases, runCase } from './cases.js';
import * as curl from './curl.js';
import { isWrong, ofCase, ofExperiment, table } from './table.js';

const [url, tokenUrl, readme, ...wanted] = process.argv.slice(2);
const directory = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const ORDER = ['baseline', 'chromium', 'eventsource', 'undici', 'eventsource-client', 'fetch-event-source', 'sse'];
const ROUNDS = [{ suffix: '', atOnce: 12 }, { suffix: '-again', atOnce: 4 }, { suffix: '-and-again', atOnce: 4 }]; // cases of one client

// A client that throws where nobody can catch it is told of, and the others go on.
process.on('uncaughtException', (error) => console.error('a client threw:', error));
process.on('unhandledRejection', (error) => console.error('a client threw:', error));

const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const browser = await launchBrowser(directory);
const server = new Server(url);
const cases = await readCases(server);
const paths = await readExperiments(readme);

const start = (client, options) => (client.about.home === 'chromium' ? browser.start(client, options) : startInNode(client, options));

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

const runRound = (client, result, { suffix, atOnce }) => Promise.all([
    each(open(experiments, result.experiments, (...one) => surprises(client, ofExperiment(...one))), experiments.length, async ({ one, at }) => {
        result.experiments[at] = await runExperiment(one, paths[one.number - 1], client, start, server, suffix);
    }),
    each(open([''], result.token, (...one) => isWrong(one)), 1, async ({ at }) => {
        result.token[at] = await tokenOfServer(client);
    }),
    each(open(cases, result.cases, (...one) => surprises(client, ofCase(...one))), atOnce, async ({ one, at }, slot) => {
        result.cases[at] = await runCase(one, client, start, server, 20 + slot, suffix);
    }),
]);

// Results hold words, '' where all is right; curl's and a client's have one shape.
const runClients = async (clients) => {
    const results = await Promise.all(clients.map(async (client) =>
        ({ name: client.about.name, version: await versionOf(client), experiments: [], token: [], cases: [] })));
    for (const round of ROUNDS)
        await Promise.all(clients.map((client, at) => runRound(client, results[at], round)));
    return results.map((result) => ({ ...result, token: result.token[0] }));
};

const runCurl = async () => {
    const results = [];
    await each(open(cases, results), ROUNDS[0].atOnce, async ({ one, at }) => {
        results[at] = await curl.runCase(one, server);
    });
    return { name: 'curl', version: await curl.version(), experiments: experiments.map(() => 'cannot'), token: 'cannot', cases: results };
};

const clients = await Promise.all(ORDER.filter(isWanted).map(async (name) => ({ file: name + '.js', ...await import(`./clients/${name}.js`) })));
const results = [...await runClients(clients), ...isWanted('curl') ? [await runCurl()] : []];
await browser.close();
console.log(`Chromium ${browser.version()}, node ${process.versions.node}\n`);
console.log(table(results, cases, experiments));
process.exit(0);
