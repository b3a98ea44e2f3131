// Has MCP's own client meet the sessions of the manual's section "MCP". NODE_PATH has the package.
//
// mcp.js MANUAL URL RUNS   RUNS sessions in all, eight at a time, with the server at URL. Every second round uses baseUrl instead of
// url. Prints "N runs, N failed", and of each failure its name, URL, error and /log. Exits with 1 if a run failed.
const assert = require('assert');
const { randomUUID } = require('crypto');
const { readFileSync } = require('fs');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport, StreamableHTTPError } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');
const { UnauthorizedError } = require('@modelcontextprotocol/sdk/client/auth.js');
const { ToolListChangedNotificationSchema } = require('@modelcontextprotocol/sdk/types.js');

const AT_A_TIME = 8;
const PATIENCE_MS = 60000;

// The section's session, its code, and the changes of each kind of session. The code is run as it stands, except for the server's address.
const readManual = (file, server) => {
    const section = readFileSync(file, 'utf8').match(/^\.Sh MCP\n[^]*?(?=^\.Sh )/m)[0];
    const blocks = [...section.matchAll(/(?:^\.It ([a-z ]+)\n(?:(?!^\.It )[^])*?)?^\.Bd -literal.*\n([^]*?)^\.Ed$/gm)];
    const [session, code] = blocks.map(([, , text]) => text);
    const table = { 'no problem': [] };
    for (const [, name, text] of blocks.slice(2))
        table[name] = text.trim().split('\n');
    const make = new Function('lines', `${code.replaceAll('http://localhost:8080', server)}\nreturn { url, baseUrl };`);
    const nameOf = (line) => line.slice(0, line.indexOf('='));
    const urls = (key, changes) => {
        const replaced = changes.map(nameOf);
        const kept = session.trim().replace('key=NAME', `key=${key}`).split('\n').filter((line) => !replaced.includes(nameOf(line)));
        return make([...kept, ...changes]);
    };
    return { url: (...given) => urls(...given).url, baseUrl: (...given) => urls(...given).baseUrl, table };
};

// A provider for OAuth that has this token, or none, and keeps the address at which a user would be asked (askedAt).
const provider = (token) => ({
    redirectUrl: 'http://localhost/agreed',
    clientMetadata: { redirect_uris: ['http://localhost/agreed'] },
    clientInformation: () => ({ client_id: 'test' }),
    tokens: () => token && { access_token: token, token_type: 'Bearer' },
    saveTokens: () => {},
    saveCodeVerifier: () => {},
    codeVerifier: () => 'verifier',
    redirectToAuthorization(url) {
        this.askedAt = url;
    },
});

// A client of its own, the errors that it reports, and what the server has in /log about it.
class Session {
    constructor(url, authProvider) {
        this.url = url;
        this.errors = [];
        this.client = new Client({ name: 'test', version: '1' });
        this.client.onerror = (error) => this.errors.push(error);
        this.transport = new StreamableHTTPClientTransport(url, { authProvider });
    }

    async log() {
        const key = decodeURIComponent(this.url.href).match(/[?&/]key=([^&/]*)/)[1];
        const response = await fetch(new URL(`/log?key=${key}`, this.url));
        assert.strictEqual(response.status, 200);
        return response.json();
    }

    // Waits for the attempt with this method and number for which is() is true.
    async logged(method, number, is = () => true) {
        for (;;) {
            const found = (await this.log()).find((attempt) => attempt.method === method && attempt.attempt === number);
            if (found && is(found))
                return found;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }

    // Connects and lists the tools. The client does not wait for its GET, so this does.
    async open() {
        await this.client.connect(this.transport);
        assert.strictEqual(this.transport.sessionId, 's1');
        assert.deepStrictEqual((await this.client.listTools()).tools.map(({ name }) => name), ['add']);
        await this.logged('GET', 1, ({ bytes }) => bytes > 0);
    }

    async call(options) {
        return (await this.client.callTool({ name: 'add', arguments: { a: 1, b: 2 } }, undefined, options)).content[0].text;
    }

    // Ends the session. The client sent these requests ("METHOD NUMBER STATUS"), and reported only errors of which expected() is true.
    async close(requests, expected = () => false) {
        await this.transport.terminateSession();
        assert.deepStrictEqual(this.errors.filter((error) => !expected(error)), []);
        await this.client.close(); // aborts what is still open, which the client reports as errors
        for (const [method, number] of requests.map((request) => request.split(' ')))
            await this.logged(method, Number(number), ({ end }) => end !== 'running');
        const log = await this.log();
        assert.deepStrictEqual(log.map(({ method, attempt, status }) => `${method} ${attempt} ${status}`).sort(), [...requests].sort());
        for (const { method, attempt, fields } of log)
            assert.strictEqual(fields['Mcp-Session-Id'], method === 'POST' && attempt === 1 ? undefined : 's1');
    }
}

const REQUESTS = ['POST 1 200', 'POST 2 202', 'GET 1 405', 'POST 3 200', 'POST 4 200', 'DELETE 1 204'];
const requestsWith = (other) => REQUESTS.map((request) => (other.startsWith(request.slice(0, -3)) ? other : request));
const isStatus = (status) => (error) => error instanceof StreamableHTTPError && error.code === status;

// What a client does in each session of the table, and what it must see. start(PROVIDER) gives a session with a key of its own.
const CLIENTS = {
    'no problem': async (start) => {
        const session = start();
        await session.open();
        assert.strictEqual(await session.call(), '3');
        await session.close(REQUESTS);
    },

    'notification': async (start) => {
        const session = start();
        const changed = new Promise((resolve) =>
            session.client.setNotificationHandler(ToolListChangedNotificationSchema, resolve));
        await session.open();
        await changed;
        assert.strictEqual(await session.call(), '3');
        await session.close(requestsWith('GET 1 200'));
    },

    'resumption': async (start) => {
        const session = start();
        await session.open();
        assert.strictEqual(await session.call(), '4');
        const call = JSON.parse((await session.logged('POST', 4)).body.beginning);
        const { headers, sinceLastMs } = await session.logged('GET', 2);
        assert.strictEqual(headers.lastEventId, String(call.id));
        assert(sinceLastMs >= 200, `it came back after ${sinceLastMs} ms`);
        await session.close([...REQUESTS, 'GET 2 200']);
    },

    'cancellation': async (start) => {
        const session = start();
        const cancel = new AbortController();
        await session.open();
        const call = session.call({ signal: cancel.signal });
        call.catch(() => {});
        const { body, closedAfterMs } = await session.logged('POST', 4, ({ bytes }) => bytes > 0);
        assert.strictEqual(closedAfterMs, null);
        cancel.abort('too slow');
        await assert.rejects(call, /too slow/);
        const cancelled = JSON.parse((await session.logged('POST', 5, ({ end }) => end === 'served')).body.beginning);
        assert.strictEqual(cancelled.method, 'notifications/cancelled');
        assert.strictEqual(cancelled.params.requestId, JSON.parse(body.beginning).id);
        await session.close([...REQUESTS, 'POST 5 202']);
        const ended = await session.logged('POST', 4);
        assert.strictEqual(ended.end, 'client closed');
        assert.strictEqual(typeof ended.closedAfterMs, 'number');
    },

    'lost session': async (start) => {
        const session = start();
        await session.open();
        await assert.rejects(session.call(), isStatus(404));
        await session.close(requestsWith('POST 4 404'), isStatus(404));
    },

    'authorization': async (start) => {
        const user = provider();
        const session = start(user);
        const isUnauthorized = (error) => error instanceof UnauthorizedError;
        await assert.rejects(session.open(), isUnauthorized);
        assert.strictEqual(user.askedAt.searchParams.get('scope'), 'tools');
        await session.close(['POST 1 401'], isUnauthorized);
    },

    'token': async (start) => {
        const session = start(provider('T'));
        await session.open();
        assert.strictEqual(await session.call(), '3');
        await session.close(REQUESTS);
        const without = start();
        await assert.rejects(without.open(), isStatus(401));
        await without.close(['POST 1 401'], isStatus(401));
    },
};

// Fails as promise does, or after PATIENCE_MS.
const inTime = (promise) => {
    let timer;
    const timeout = new Promise((_, reject) => (timer = setTimeout(reject, PATIENCE_MS, new Error('it does not end'))));
    return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
};

// One run. Resolves to what a failure needs to be understood, or to nothing.
const run = async (name, makeUrl, changes) => {
    const sessions = [];
    const start = (authProvider) => {
        sessions.push(new Session(makeUrl(randomUUID(), changes), authProvider));
        return sessions.at(-1);
    };
    try {
        await inTime(CLIENTS[name](start));
    } catch (error) {
        const logs = await Promise.all(sessions.map(async (session) =>
            [session.url.href, ...(await session.log()).map(({ target, ...rest }) => JSON.stringify(rest)), ...session.errors.map(String)]));
        return [name, error.stack, ...logs.flat()].join('\n');
    } finally {
        await Promise.all(sessions.map(({ client }) => client.close()));
    }
};

const runAll = async ({ url, baseUrl, table }, runs) => {
    const names = Object.keys(table);
    assert.deepStrictEqual(names, Object.keys(CLIENTS));
    let next = 0;
    let failed = 0;
    const worker = async () => {
        while (next < runs) {
            const number = next++;
            const name = names[number % names.length];
            const failure = await run(name, Math.floor(number / names.length) % 2 ? baseUrl : url, table[name]);
            if (failure) {
                failed++;
                console.log(failure);
            }
        }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    console.log(`${runs} runs, ${failed} failed`);
    return failed;
};

(async () => {
    const [manual, server, runs] = process.argv.slice(2);
    if (await runAll(readManual(manual, server), Number(runs)))
        process.exit(1);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
