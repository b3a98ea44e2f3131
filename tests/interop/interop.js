// interop.js SERVER README KNOWN [-c] [CLIENT...]: real clients, or those that are named, on the cases and the experiments.
//
// Prints the results in the form of the file KNOWN (results.js describes it). Every client runs twice; what differs is flaky. With -c (for
// CI) only the clients that are held to KNOWN run, once, and what deviates from KNOWN runs again, alone, up to twice.
//
// Progress goes to standard error. SIGTERM, or RUN_SECONDS, ends the run: it says what was under way, prints what it has and exits with 1.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { CLIENTS, versionOf } from './clients.js';
import { readExperiments } from './experiments.js';
import { compareRounds, isFlaky, parseResults, printResults, wordKind } from './results.js';
import { namesOf, runRound, tasksOf } from './rounds.js';
import { readCases, startServer } from './server.js';

const [program, readme, knownFile, ...wanted] = process.argv.slice(2).filter((one) => one !== '-c');
const isHeld = process.argv.includes('-c');
const directory = dirname(fileURLToPath(import.meta.url));
const RUN_MS = Number(process.env.RUN_SECONDS ?? 3600) * 1000;
const CLIENTS_AT_ONCE = Number(process.env.CLIENTS_AT_ONCE ?? 4);
const atOnceOf = (client) => (client.in ? 20 : 12); // a process for each case is more work than a frame
const PROGRESS_MS = 30000;

process.on('unhandledRejection', (error) => console.error('interop: an error of the harness:', error));

const underWay = new Map(), finished = [];
const say = () => console.error(`interop: ${[...underWay.values()].join('; ')}`);
const settings = { program, directory, progress: ({ name }, done, all) => underWay.set(name, `${name}: ${done} of ${all}`) };

// Those of `tasks` that have a result that is not expected.
const deviating = (tasks, results, expected) => tasks.filter((task) => namesOf(task).some((name) =>
    !isFlaky(expected.get(name)) && wordKind(results.get(name)) !== wordKind(expected.get(name))));

const runHeld = async (client, tasks, known) => {
    const results = await runRound(client, tasks, settings, atOnceOf(client));
    for (let again = 0; again < 2; again++) {
        const open = deviating(tasks, results, known);
        if (open.length === 0)
            break;
        console.error(`interop: ${client.name}: again, alone: ${open.map(({ name }) => name).join(', ')}`);
        for (const [name, verdict] of await runRound(client, open, settings, open.length > 20 ? 4 : 1))
            results.set(name, verdict);
    }
    return results;
};

const runTwice = async (client, tasks) => {
    const first = await runRound(client, tasks, settings, atOnceOf(client));
    return compareRounds(first, await runRound(client, tasks, settings, atOnceOf(client)));
};

const runClient = async (client, cases, known) => {
    underWay.set(client.name, `${client.name}: starts`);
    say();
    try {
        const tasks = tasksOf(client, cases);
        const results = await (isHeld ? runHeld(client, tasks, known.get(client.name)?.verdicts ?? new Map()) : runTwice(client, tasks));
        finished.push({ client, results });
    } catch (error) {
        console.error(`interop: ${client.name} is left out: ${error.message}`);
    }
    underWay.delete(client.name);
};

const print = () => process.stdout.write(printResults(CLIENTS, finished));
const stop = (why) => {
    console.error(`interop: ${why}; under way: ${[...underWay.values()].join('; ')}`);
    print();
    process.exit(1);
};
process.on('SIGTERM', () => stop('was told to end'));
process.on('SIGINT', () => process.exit(1));
setTimeout(() => stop(`the ${RUN_MS / 1000} s for the whole run are over`), RUN_MS).unref();
setInterval(say, PROGRESS_MS).unref();

const known = parseResults(readFileSync(knownFile, 'utf8'));
settings.paths = await readExperiments(readme);
const chosen = CLIENTS.filter((client) => (wanted.length > 0 ? wanted.includes(client.name) : !isHeld || client.held));
const missing = wanted.filter((name) => !CLIENTS.some((client) => client.name === name));
if (missing.length > 0) {
    console.error(`interop: no client is called ${missing.join(', ')}; there are ${CLIENTS.map(({ name }) => name).join(', ')}`);
    process.exit(2);
}
const available = chosen.map((client) => ({ ...client, version: versionOf(client, directory) })).filter((client) => {
    if (client.version === null)
        console.error(`interop: ${client.name} is left out: this machine has no ${client.package.replace(/^\w+:/, '')}`);
    return client.version !== null;
});

const server = await startServer(program, directory);
const cases = await readCases(server);
server.close();
const rest = [...available].sort((a, b) => b.time - a.time);
await Promise.all(Array.from({ length: CLIENTS_AT_ONCE }, async () => {
    for (let client = rest.shift(); client; client = rest.shift())
        await runClient(client, cases, known);
}));
print();
process.exit(finished.length === chosen.length ? 0 : 3);
