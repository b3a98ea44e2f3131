// What the tests ask of the server beside its streams: /log, which tells what a client did.

import { LIMITS } from './limits.js';

export const sleep = (ms) => new Promise((over) => setTimeout(over, ms));

// A poll of all keys at once for whoever waits: /log keeps the last 1,024 attempts.
export class Server {
    constructor(url) {
        Object.assign(this, { url, port: new URL(url).port, byKey: new Map(), keys: 0 });
        this.poll();
    }

    // A key that nobody else has.
    newKey() {
        return `key-${++this.keys}`;
    }

    async poll() {
        for (;;) {
            const all = await this.json('/log').catch(() => []); // fresh() reports a missing answer
            const byKey = new Map();
            for (const one of all.filter(({ attempt }) => attempt > 0))
                byKey.set(one.key, [...byKey.get(one.key) ?? [], one]);
            for (const [key, attempts] of byKey)
                this.byKey.set(key, attempts);
            await sleep(250);
        }
    }

    // An origin of its own for each number in a browser, which makes six connections to one and no more.
    at(number, { about }) {
        return about.home === 'chromium' ? `http://n${number}.localhost:${this.port}` : this.url;
    }

    // Attempts under a key as last seen, preflights aside.
    attempts(key) {
        return this.byKey.get(key) ?? [];
    }

    // The same, as they are now.
    async fresh(key) {
        const all = await this.json(`/log?key=${key}`);
        this.byKey.set(key, all.filter(({ attempt }) => attempt > 0));
        return this.attempts(key);
    }

    // Gives the room in the journal back. In a full one, the second attempt of a key takes the place of its first, which we need.
    async forget(key) {
        await fetch(`${this.url}/log?key=${key}`, { method: 'DELETE', signal: AbortSignal.timeout(LIMITS.request) }).catch(() => {});
        this.byKey.delete(key);
    }

    // How long the client waited before attempt number at (from 0), from the end of the one before, in ms.
    wait(key, at) {
        const attempts = this.attempts(key);
        return attempts[at].sinceLastMs - attempts[at - 1].durationMs;
    }

    async json(path) {
        const response = await fetch(this.url + path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(LIMITS.request) });
        if (!response.ok)
            throw new Error(`${path}: ${response.status} ${await response.text()}`);
        return response.json();
    }
}

// Waits for the condition, so many ms at the most.
export const until = async (condition, ms) => {
    const end = Date.now() + ms;
    while (!condition() && Date.now() < end)
        await sleep(20);
    return condition();
};
