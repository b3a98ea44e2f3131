// A server of our own for each run of a client, and what its /log says of the client.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const READY_MS = 30000;
const ANSWER_MS = 30000;
const POLL_MS = 200;

export const sleep = (ms) => new Promise((over) => setTimeout(over, ms));

// Waits until the condition holds, for at most this many ms. Returns whether it holds.
export const until = async (condition, ms) => {
    const end = Date.now() + ms;
    while (!condition() && Date.now() < end)
        await sleep(20);
    return Boolean(condition());
};

const { AUTH_TOKEN, AUTH_TOKEN_FILE, PORT, ...environment } = process.env;
let servers = 0;

export class Server {
    // startServer() below is the only caller.
    constructor(child, port) {
        Object.assign(this, { child, port, url: `http://127.0.0.1:${port}`, byKey: new Map(), keys: 0, isOpen: true });
        this.poll();
    }

    // One poll of all keys for everyone who waits.
    async poll() {
        while (this.isOpen) {
            const all = await this.json('/log').catch(() => []); // fresh() reports a missing answer
            for (const [key, entries] of groupByKey(all))
                this.keep(key, entries);
            await sleep(POLL_MS);
        }
    }

    keep(key, entries) {
        this.byKey.set(key, entries.filter(({ attempt }) => attempt > 0)); // 0: a preflight
    }

    // A key that nobody else has.
    newKey() {
        return `key-${++this.keys}`;
    }

    // The client's attempts under this key, as last seen.
    attempts(key) {
        return this.byKey.get(key) ?? [];
    }

    async fresh(key) {
        this.keep(key, await this.json(`/log?key=${key}`));
        return this.attempts(key);
    }

    // How long the client waited between the end of the attempt before and attempt number `at` (from 0), in ms.
    wait(key, at) {
        const attempts = this.attempts(key);
        return attempts[at].sinceLastMs - attempts[at - 1].durationMs;
    }

    // A full journal replaces old attempts, so give the room back.
    async forget(key) {
        await fetch(`${this.url}/log?key=${key}`, { method: 'DELETE', signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => {});
        this.byKey.delete(key);
    }

    async json(path) {
        const response = await fetch(this.url + path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(ANSWER_MS) });
        if (!response.ok)
            throw new Error(`${path}: ${response.status} ${await response.text()}`);
        return response.json();
    }

    close() {
        this.isOpen = false;
        this.child.kill('SIGTERM');
    }
}

const groupByKey = (entries) => {
    const groups = new Map();
    for (const one of entries)
        groups.set(one.key, [...groups.get(one.key) ?? [], one]);
    return groups;
};

// startServer(PROGRAM, DIRECTORY, TOKEN): listens at a free port of 127.0.0.1. Its shared file is in DIRECTORY.
export const startServer = async (program, directory, token) => {
    const child = spawn(program, ['-l', '127.0.0.1:0', '-q', '-f', join(directory, `status-${++servers}`)], {
        env: token ? { ...environment, AUTH_TOKEN: token } : environment, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '', port;
    for (const stream of [child.stdout, child.stderr])
        stream.on('data', (piece) => {
            said = (said + piece).slice(-4000);
            port ??= /Starting sse-server at .*:(\d+) \.\.\./.exec(said)?.[1];
        });
    await until(() => port || child.exitCode !== null, READY_MS);
    if (!port) {
        child.kill('SIGKILL');
        throw new Error(`the server did not start: ${said}`);
    }
    return new Server(child, port);
};

// readCases(SERVER): the cases of the standard, each with `expected`, the answer of /expect. A case with a link is for clients of an API.
export const readCases = async (server) => Promise.all((await server.json('/cases')).filter(({ link }) => link === null)
    .map(async (one) => ({ ...one, expected: await server.json(one.expect) })));
