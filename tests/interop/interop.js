// interop.js SERVER TOKEN-SERVER README [CLIENT...]
// Real clients, or those that are named, at a server and at one that wants the token "secret". Prints a table as markdown, and what each
// client gets wrong. What is wrong is tried once more, for the machine may have been busy; a client that is wrong now and then may pass.
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import { launchBrowser, startInNode } from './homes.js';
import { Server, until } from './server.js';
import { experiments, readExperiments, runExperiment, withToken } from './experiments.js';
import { readCases, runCase } from './cases.js';
import * as curl from './curl.js';
import { table } from './table.js';

const [url, tokenUrl, readme, ...wanted] = process.argv.slice(2);
const directory = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const ORDER = ['baseline', 'chromium', 'eventsource', 'undici', 'eventsource-client', 'fetch-event-source', 'sse'];
const AT_ONCE = 12; // cases of one client

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

// each(list, run): with some of them under way at a time, each in a slot of its own.
const each = async (list, run) => {
    const rest = list.map((one, at) => ({ one, at })), results = [];
    await Promise.all(Array.from({ length: AT_ONCE }, async (_, slot) => {
        for (let next = rest.shift(); next; next = rest.shift())
            results[next.at] = await run(next.one, slot);
    }));
    return results;
};

// twice(run, isRight): run(''), and if that is wrong, run('-again').
const twice = async (run, isRight) => {
    const first = await run('');
    return isRight(first) ? first : run('-again');
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

const wordIsFine = (word) => word === '' || word.startsWith('cannot');
const caseIsFine = ({ events, wait, id }) => !events && !wait && !id;

const runClient = async (client) => ({
    name: client.about.name,
    version: await versionOf(client),
    experiments: await Promise.all(experiments.map((one) =>
        twice((suffix) => runExperiment(one, paths[one.number - 1], client, start, server, suffix), wordIsFine))),
    token: await twice(() => tokenOfServer(client), wordIsFine),
    cases: await each(cases, (one, slot) => twice((suffix) => runCase(one, client, start, server, 20 + slot, suffix), caseIsFine)),
});

const runCurl = async () => ({
    name: 'curl',
    version: await curl.version(),
    experiments: experiments.map(() => 'cannot'),
    token: 'cannot',
    cases: await each(cases, (one) => curl.runCase(one, server)),
});

const clients = await Promise.all(ORDER.filter(isWanted).map(async (name) => ({ file: name + '.js', ...await import(`./clients/${name}.js`) })));
const results = await Promise.all([...clients.map(runClient), ...isWanted('curl') ? [runCurl()] : []]);
await browser.close();
console.log(`Chromium ${browser.version()}, node ${process.versions.node}\n`);
console.log(table(results, cases, experiments));
process.exit(0);
