// Time limits, and what is under way. Everything that a client or the browser can keep waiting has a limit of its own, so that it costs
// one result and not the whole run. A client that never gives this thread back stops timers and signal handlers too; another thread
// notices that, says what was under way, and ends the process.
import { Worker } from 'node:worker_threads';

const seconds = (name, usual) => Number(process.env[name] ?? usual) * 1000;

// In ms. The whole run must end before the `timeout` of compare_clients does.
export const LIMITS = {
    run: seconds('RUN_SECONDS', 330), // compare_clients sets it
    one: seconds('ONE_SECONDS', 60), // a case or an experiment
    browser: 60000, // to launch it
    request: 30000, // of our own
    close: 10000,
};

export class Hangs extends Error {}

// within(ms, promise): the promise, or a rejection with Hangs after this many ms.
export const within = async (ms, promise) => {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Hangs(`no answer within ${ms / 1000} s`)), ms);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
};

const jobs = new Map();
let lastJob = 0;

export const underWay = () => [...jobs.values()].map(({ what, since }) => `${what}, for ${Math.round((Date.now() - since) / 1000)} s`);

const watchdog = new Worker(new URL('./watchdog.js', import.meta.url), { workerData: LIMITS.one, execArgv: [] });
watchdog.unref();

const beat = () => watchdog.postMessage(underWay());
setInterval(beat, 1000).unref();

// limited(what, job): what job() resolves to. Rejects as job() does, or with Hangs after LIMITS.one.
export const limited = async (what, job) => {
    const number = ++lastJob;
    jobs.set(number, { what, since: Date.now() });
    beat();
    try {
        return await within(LIMITS.one, job());
    } finally {
        jobs.delete(number);
        beat();
    }
};
