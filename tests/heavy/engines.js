// engines.js: starts Firefox (WebDriver BiDi), WebKit (WebDriver, under Xvfb) or Chromium (Playwright), and gives all the same functions.
// Conditions: { isDark, isStill, zoom }. isStill is reduced motion. zoom 2 gives a pixel of the page two pixels of the screen, as 200 %
// zoom does: Firefox by the preference that its zoom multiplies, WebKit by GDK_SCALE, because MiniBrowser's own zoom has no WebDriver
// command. Windows are then half as wide. How it fails: with the last error, after LIMIT_MS.
const { spawn } = require('child_process');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const LIMIT_MS = Number(process.env.LIMIT_MS || 60000);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine.'));
const started = [];
const keep = (child) => {
    const ended = new Promise((done) => { child.once('exit', done); child.once('error', done); });
    started.push({ kill: () => (child.kill(), ended) });
};
const begin = (command, words, environment = {}) => {
    const child = spawn(command, words, { stdio: 'ignore', env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, ...environment } });
    child.on('error', (error) => console.log(command + ': ' + error.message));
    keep(child);
};

// Repeats what may fail until it succeeds, or throws what it threw the last time.
const eventually = async (attempt) => {
    for (const end = Date.now() + LIMIT_MS; ;) {
        try {
            return await attempt();
        } catch (error) {
            if (Date.now() > end)
                throw error;
            await new Promise((done) => setTimeout(done, 50));
        }
    }
};
const freePort = () => new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => done(port));
    });
});

// The keys of WebDriver that are no characters, and those of a press such as Shift+Tab: all go down in order and up in reverse.
const KEYS = { Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Escape: '\uE00C', PageUp: '\uE00E', End: '\uE010' };
const keyActions = (presses) => [{ type: 'key', id: 'keyboard', actions: presses.flatMap((press) => {
    const keys = (press.length > 1 ? press.split('+') : [press]).map((key) => KEYS[key] || key);
    return [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.reverse().map((value) => ({ type: 'keyUp', value }))];
}) }];

// Each engine gives { name, open(url), evaluate(expression), resize(width, height), press(...keys), picture() }.
// evaluate() takes and returns what JSON can hold. picture() returns a PNG in base64; WebKit has none,
// because its driver does not always answer that command.
const engines = {
    async firefox({ isDark, isStill, zoom }) {
        const port = await freePort();
        fs.writeFileSync(path.join(folder, 'user.js'), Object.entries({ 'ui.systemUsesDarkTheme': isDark ? 1 : 0, 'ui.prefersReducedMotion': isStill ? 1 : 0,
            'layout.css.devPixelsPerPx': String(zoom) }).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''));
        begin('firefox-esr', ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', String(port)], { MOZ_HEADLESS: '1' });
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
        // The first tab leaves the focus in the address bar.
        const { context } = await send('browsingContext.create', { type: 'tab' });
        await send('browsingContext.activate', { context });
        return {
            name: 'Firefox ' + capabilities.browserVersion,
            open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
            resize: (width, height) => send('browsingContext.setViewport', { context, viewport: { width, height } }),
            press: (...presses) => send('input.performActions', { context, actions: keyActions(presses) }),
            picture: async () => (await send('browsingContext.captureScreenshot', { context })).data,
            async evaluate(expression) {
                const { type, result, exceptionDetails } = await send('script.evaluate', { target: { context }, awaitPromise: true,
                    expression: `(async () => JSON.stringify(await (${expression})))()` });
                assert.equal(type, 'success', exceptionDetails?.text);
                return JSON.parse(result.value ?? 'null');
            },
        };
    },

    async webkit({ isDark, isStill, zoom }) {
        const port = await freePort();
        const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '2200x1600x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
        keep(screen);
        const display = ':' + await new Promise((done) => screen.stdio[3].once('data', (digits) => done(String(digits).trim())));
        for (const version of ['gtk-3.0', 'gtk-4.0']) {
            fs.mkdirSync(path.join(folder, version));
            fs.writeFileSync(path.join(folder, version, 'settings.ini'), `[Settings]\ngtk-enable-animations=${isStill ? 0 : 1}\ngtk-font-name=Sans 4\n`);
            fs.writeFileSync(path.join(folder, version, 'gtk.css'), '* { min-width: 0; padding: 0; margin: 0; }\n');
        }
        begin('WebKitWebDriver', ['--port=' + port], { DISPLAY: display, GDK_SCALE: String(zoom), WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
            WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' });
        const call = async (method, where, body) => {
            const response = await fetch(`http://127.0.0.1:${port}/session${where}`, { method, body: body && JSON.stringify(body) });
            const { value } = await response.json();
            assert.equal(response.ok, true, JSON.stringify(value));
            return value;
        };
        const binary = fs.readdirSync('/usr/lib').flatMap((name) => ['4.1', '4.0'].map((version) => `${name}/webkit2gtk-${version}/MiniBrowser`))
            .find((name) => fs.existsSync('/usr/lib/' + name));
        const { sessionId, capabilities } = await eventually(() => call('POST', '', { capabilities: { alwaysMatch: {
            'webkitgtk:browserOptions': { binary: '/usr/lib/' + binary, args: ['--automation', ...isDark ? ['--dark-mode'] : []] } } } }));
        const evaluate = async (expression) => JSON.parse(await call('POST', `/${sessionId}/execute/async`, { args: [],
            script: `const done = arguments[0]; (async () => (${expression}))().then((value) => done(JSON.stringify(value ?? null)), (error) => done(JSON.stringify(String(error))))` }));
        return {
            name: 'WebKit ' + capabilities.browserVersion,
            open: (url) => call('POST', `/${sessionId}/url`, { url }),
            // The window has a toolbar.
            async resize(width, height) {
                const [dx, dy] = await evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]');
                await call('POST', `/${sessionId}/window/rect`, { width: width + dx, height: height + dy });
            },
            press: (...presses) => call('POST', `/${sessionId}/actions`, { actions: keyActions(presses) }),
            evaluate,
        };
    },

    async chromium({ isDark, isStill, zoom }) {
        const browser = await require('playwright-core').chromium.launch({ executablePath: '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
        started.push({ kill: () => browser.close() });
        const page = await (await browser.newContext({ deviceScaleFactor: zoom, colorScheme: isDark ? 'dark' : 'light',
            reducedMotion: isStill ? 'reduce' : 'no-preference' })).newPage();
        return {
            name: 'Chromium ' + browser.version(),
            open: (url) => page.goto(url),
            resize: (width, height) => page.setViewportSize({ width, height }),
            press: async (...presses) => {
                for (const press of presses)
                    await page.keyboard.press(press);
            },
            picture: async () => (await page.screenshot()).toString('base64'),
            evaluate: async (expression) => await page.evaluate(`(async () => (${expression}))()`) ?? null,
        };
    },
};

// Starts an engine, and checks in it that the conditions hold.
const launch = async (name, conditions) => {
    const engine = await engines[name](conditions);
    await eventually(async () => assert.deepEqual(await engine.evaluate(`[matchMedia('(prefers-color-scheme: dark)').matches,
        matchMedia('(prefers-reduced-motion: reduce)').matches, devicePixelRatio]`), [conditions.isDark, conditions.isStill, conditions.zoom]));
    const { resize } = engine;
    engine.resize = (width, height) => eventually(async () => {
        await resize(width, height);
        assert.deepEqual(await engine.evaluate('[innerWidth, innerHeight]'), [width, height]);
    });
    return engine;
};
const close = async () => {
    for (const child of started)
        await child.kill();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};

module.exports = { launch, close, eventually };
