// other_engines.js ENGINE URL   opens the page at URL in firefox (WebDriver BiDi) or webkit (WebDriver) and checks what a user sees.
// Prints the name and version of the engine.
const { spawn } = require('child_process');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const LIMIT_MS = 60000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine.'));
const started = [];
const begin = (command, ...words) => {
    const child = spawn(command, words, { stdio: 'ignore', env: { ...process.env, HOME: folder, MOZ_HEADLESS: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' } });
    child.on('error', (error) => console.log(command + ': ' + error.message));
    started.push(child);
};

// Repeats what may fail until it succeeds, or throws what it threw the last time.
const eventually = async (attempt) => {
    for (const end = Date.now() + LIMIT_MS; ;) {
        try {
            return await attempt();
        } catch (error) {
            if (Date.now() > end)
                throw error;
            await new Promise((done) => setTimeout(done, 100));
        }
    }
};
const freePort = () => new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => done(port));
    });
});

// Each engine gives { name, open(url), evaluate(expression), resize(width, height) }. evaluate() takes what JSON can hold.
const engines = {
    async firefox() {
        const port = await freePort();
        begin('firefox-esr', '--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', String(port));
        const socket = await eventually(() => new Promise((done, failed) => {
            const one = new WebSocket(`ws://127.0.0.1:${port}/session`);
            one.onopen = () => done(one);
            one.onerror = () => failed(new Error('Firefox does not listen'));
        }));
        let count = 0;
        const waiting = new Map();
        socket.onmessage = ({ data }) => {
            const { id, result, error, message } = JSON.parse(data);
            const { done, failed } = waiting.get(id) || {};
            waiting.delete(id);
            error ? failed?.(new Error(message)) : done?.(result);
        };
        const send = (method, params) => new Promise((done, failed) => {
            waiting.set(++count, { done, failed });
            socket.send(JSON.stringify({ id: count, method, params }));
        });
        const { capabilities } = await send('session.new', { capabilities: {} });
        const { contexts: [{ context }] } = await send('browsingContext.getTree', {});
        return {
            name: 'Firefox ' + capabilities.browserVersion,
            open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
            resize: (width, height) => send('browsingContext.setViewport', { context, viewport: { width, height } }),
            async evaluate(expression) {
                const { type, result, exceptionDetails } = await send('script.evaluate', { target: { context }, awaitPromise: true,
                    expression: `(async () => JSON.stringify(await (${expression})))()` });
                assert.equal(type, 'success', exceptionDetails?.text);
                return JSON.parse(result.value ?? 'null');
            },
        };
    },

    async webkit() {
        const port = await freePort();
        const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '2000x1400x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
        started.push(screen);
        process.env.DISPLAY = ':' + await new Promise((done) => screen.stdio[3].once('data', (digits) => done(String(digits).trim())));
        begin('WebKitWebDriver', '--port=' + port);
        const call = async (method, where, body) => {
            const response = await fetch(`http://127.0.0.1:${port}/session${where}`, { method, body: body && JSON.stringify(body) });
            const { value } = await response.json();
            assert.equal(response.ok, true, JSON.stringify(value));
            return value;
        };
        const binary = fs.readdirSync('/usr/lib').flatMap((name) => ['4.1', '4.0'].map((version) => `${name}/webkit2gtk-${version}/MiniBrowser`))
            .find((name) => fs.existsSync('/usr/lib/' + name));
        const { sessionId, capabilities } = await eventually(() => call('POST', '', { capabilities: { alwaysMatch: {
            'webkitgtk:browserOptions': { binary: '/usr/lib/' + binary, args: ['--automation'] } } } }));
        return {
            name: 'WebKit ' + capabilities.browserVersion,
            open: (url) => call('POST', `/${sessionId}/url`, { url }),
            resize: (width, height) => call('POST', `/${sessionId}/window/rect`, { width, height }),
            evaluate: async (expression) => JSON.parse(await call('POST', `/${sessionId}/execute/async`, { args: [],
                script: `const done = arguments[0]; (async () => (${expression}))().then((value) => done(JSON.stringify(value ?? null)), (error) => done(JSON.stringify(String(error))))` })),
        };
    },
};

const check = async (engine, url) => {
    const until = (id, pattern) => eventually(async () => assert.match(await engine.evaluate(`document.getElementById('${id}').textContent`), pattern));
    const press = (id) => engine.evaluate(`void document.getElementById('${id}').click()`);
    const type = (words) => engine.evaluate(`void ($('target').value = ${JSON.stringify(words)}, $('bar').requestSubmit())`);
    const axe = async (what) => {
        if (!await engine.evaluate('"axe" in window'))
            await engine.evaluate(`void (() => { ${require('axe-core').source} })()`);
        assert.equal(await engine.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
            violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 150)).join('; ')).join('\\n'))`), '', what);
    };

    await engine.open(url + '/#run,never,raw,log/stream?count=2&interval=10ms&2.status=204');
    await until('verdict', /^3 of 3 events right\.$/);
    await until('raw', /id: message-2/);
    await until('log', /served/);
    for (const width of [390, 768, 1280, 1920]) {
        await engine.resize(width, 900);
        for (const [typed, id, pattern] of [
            ['interval=50ms', 'list', /message-1/],
            ['count=1&interval=0&retry=60000', 'state', /Reconnects in 60 s/],
            ['count=many', 'wrong', /^400: parameter "count"/],
            ['count=1&size=5M', 'state', /The stream ended\. 2 events/],
            ['count=10000&interval=0', 'state', /10,001 events/],
        ]) {
            await engine.evaluate(`void ($('again').value = '${typed.includes('retry') ? '' : 'never'}', $('again').onchange())`);
            await type(typed);
            await until(id, pattern);
            await axe(width + ': ' + typed);
            assert.equal(await engine.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, width + ': ' + typed);
        }
    }
    assert.equal(await engine.evaluate(`document.querySelectorAll('#inner .row').length < 100 && list.rows.length > 9000`), true);
    await engine.evaluate(`void (location.hash = '#cases/stream')`);
    await eventually(async () => assert.equal(await engine.evaluate(`document.querySelectorAll('.case').length > 100`), true));
    await press('run-all');
    for (let passed = 0; !await engine.evaluate(`/\\d+ of (\\d+) cases\\./.test($('totals').textContent) && $('run-all').textContent === 'Run all'`); passed++)
        await new Promise((done) => setTimeout(done, passed < 600 ? 500 : assert.fail(`not all cases end`)));
    return engine.evaluate(`$('totals').textContent + ' ' + [...document.querySelectorAll('.squares .bad')].map(({ title }) => title).join('; ')`);
};

(async () => {
    const [name, url] = process.argv.slice(2);
    try {
        const engine = await engines[name]();
        console.log(engine.name + ': ' + await check(engine, url));
    } finally {
        for (const child of started)
            child.kill();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    process.exit(0);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
