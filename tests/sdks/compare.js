// compare.js SERVER CASES KNOWN [DRIVER...]
// SDKs and readers, or those that are named, at the cases of their group. CASES is the file of sse-server -C. Prints tables as markdown. On
// standard error, it prints deviations that are not in KNOWN, and those that are but did not occur. If there are such, or if it had to stop
// early, it exits with 1. What deviates and is not known is tried again at the end, for the machine may have been busy.
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { expectationOf, verdictOf, verdictOfReader } from './expected.js';
import { changesOf, document, GROUPS, isNew } from './report.js';
import { Thread } from './threads.js';

const [url, casesFile, knownFile, ...wanted] = process.argv.slice(2);
const FILES = readdirSync(new URL('./drivers', import.meta.url)).sort();
const seconds = (name, usual) => Number(process.env[name] ?? usual) * 1000;
const RUN = seconds('RUN_SECONDS', 110), ONE = seconds('ONE_SECONDS', 15);

const json = async (path) => (await fetch(url + path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(30000) })).json();
const queries = new Map((await json('/cases')).map(({ name, query }) => [name, query]));
const cases = JSON.parse(readFileSync(casesFile, 'utf8')).filter(({ group }) => GROUPS.includes(group));

// All waits that the parameters of a case ask for, heartbeats aside, come on top of the limit.
const UNITS = { ms: 1, s: 1000, m: 60000 };
const waitsIn = (query) => [...query.matchAll(/(?:^|&)(?:interval|delay|pause|gap)=([^&]*)/g)]
    .flatMap(([, list]) => [...list.matchAll(/([\d.]+)(ms|s|m)/g)]).reduce((sum, [, number, unit]) => sum + number * UNITS[unit], 0);

let lastKey = 0;
const newKey = () => `sdk-${++lastKey}`;

// The pauses between the end of a request and the next one, in ms.
const waitsOf = async (key) => {
    const attempts = (await json(`/log?key=${key}`)).filter(({ attempt }) => attempt > 0);
    return attempts.slice(1).map(({ sinceLastMs }, at) => sinceLastMs - (attempts[at].durationMs ?? 0));
};

const results = [];
const runCase = async (thread, driver, one) => {
    const base = (key) => `${url}/with/${encodeURIComponent(`case=${one.name}&by=key&key=${key}`)}`;
    const limit = ONE + 1.2 * waitsIn(queries.get(one.name));
    const { key, ...outcome } = await thread.run(driver.name, base, newKey, limit);
    const verdict = driver.isReader ? verdictOfReader(one, driver, outcome)
        : verdictOf(expectationOf(one), { ...outcome, waits: await waitsOf(key) });
    if (process.env.DEBUG)
        console.error(driver.name, one.name, JSON.stringify({ verdict, outcome }).slice(0, 600));
    const at = results.findIndex((result) => result.driver === driver.name && result.name === one.name);
    results.splice(at < 0 ? results.length : at, 1, { driver: driver.name, name: one.name, verdict });
};

const isWanted = ({ name }) => wanted.length === 0 || wanted.includes(name);
const threads = FILES.map((file) => new Thread(file));
const drivers = (await Promise.all(threads.map(async (thread) => (await thread.drivers).map((driver) => ({ ...driver, thread }))))).flat().filter(isWanted);

const known = readFileSync(knownFile, 'utf8');
const stop = (code) => {
    const changes = changesOf({ drivers, cases, results, known });
    writeSync(1, document({ drivers, cases, results, known }));
    writeSync(2, changes.map((line) => line + '\n').join(''));
    process.exit(code || (changes.length === 0 ? 0 : 1));
};
const stopEarly = (why) => {
    console.error(`sdks: ${why}; there is no result of:`);
    for (const { name, isReader, group } of drivers)
        for (const one of cases.filter((each) => isReader || each.group === group))
            if (!results.some((result) => result.driver === name && result.name === one.name))
                console.error(`sdks: ${name}: ${one.name}`);
    stop(1);
};
process.on('SIGTERM', () => stopEarly('told to stop'));
setTimeout(() => stopEarly(`not ready after ${RUN / 1000} s`), RUN).unref();

// The slow ones first.
const ordered = [...cases].sort((a, b) => waitsIn(queries.get(b.name)) - waitsIn(queries.get(a.name)));
const pairs = drivers.flatMap((driver) => ordered.filter(({ group }) => driver.isReader || group === driver.group).map((one) => ({ driver, one })));
const runAll = (list) => Promise.all(list.map(({ driver, one }) => runCase(driver.thread, driver, one).catch((error) => {
    console.error(`sdks: ${driver.name}: ${one.name}: ${error.stack}`);
})));
await runAll(pairs);
await runAll(pairs.filter(({ driver, one }) => results.some((result) => result.driver === driver.name && result.name === one.name && isNew(result, known))));
if (results.length < pairs.length)
    stopEarly('not all cases could be judged');
stop(0);
