// Where clients run: in this process, or in a page of Chromium's that is of another origin than the server. Either way start(client,
// options) gives a session: its events as they come, and whether the client has given up for good; settle() waits for those under way.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { LIMITS, within } from './limits.js';

// What is told of an event whose data is long: how long, and how it begins and ends.
export const shorten = ({ type, data, lastEventId }) => (data.length <= 65536 ? { type, data, lastEventId } :
    { type, data: data.slice(0, 100) + data.slice(-10), length: data.length, lastEventId });

const newSession = () => ({ events: [], ended: null, close: () => {}, settle: () => {} });

const told = (session, what, value) => {
    if (what === 'event')
        session.events.push(value);
    else
        session.ended ??= value;
};

export const startInNode = async (client, options) => {
    const session = newSession();
    session.close = client.connect({
        ...options,
        onevent: (event) => told(session, 'event', shorten(event)),
        onend: (why) => told(session, 'end', why),
    });
    return session;
};

const page = (name) => `<!doctype html><title>${name}</title>
<script type="importmap">{ "imports": {
    "sse.js": "/node_modules/sse.js/lib/sse.js",
    "@microsoft/fetch-event-source": "/node_modules/@microsoft/fetch-event-source/lib/esm/index.js"
} }</script>
<script type="module">
import { connect } from '/clients/${name}';
const shorten = ${shorten};
const closers = new Map(), lastTold = new Map();
const send = (id, what, value) => lastTold.set(id, tell(id, what, value));
window.start = (id, options) => void closers.set(id, connect({
    ...options,
    onevent: (event) => send(id, 'event', shorten(event)),
    onend: (why) => send(id, 'end', why),
}));
window.settle = (id) => lastTold.get(id);
window.stop = (id) => closers.get(id)();
</script>`;

const types = { html: 'text/html', js: 'text/javascript' };

// Pages for clients at /page/FILE, and the modules that they load, which import each other without the ending .js.
const serveModules = (directory) => createServer(async ({ url }, response) => {
    const answer = (status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(body);
    if (url.startsWith('/page/'))
        return answer(200, types.html, page(url.slice('/page/'.length)));
    const path = url.endsWith('.js') ? url : url + '.js';
    try {
        answer(200, types.js, await readFile(directory + path));
    } catch {
        answer(404, 'text/plain', '');
    }
});

// Browser: launched, with version(), pageOf(), start(), renew() and close(). Signals are left to interop.js, which says what was under way.
export const launchBrowser = async (directory) => {
    const site = serveModules(directory);
    await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
        timeout: LIMITS.browser, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    });
    const pages = new Map(), sessions = new Map();
    const open = async (file) => {
        const opened = await (await browser.newContext()).newPage();
        await opened.exposeBinding('tell', (_, id, what, value) => told(sessions.get(id), what, value));
        await opened.goto(`http://127.0.0.1:${site.address().port}/page/${file}`);
        await opened.waitForFunction('window.start');
        return opened;
    };
    const pageOf = ({ file }) => {
        if (!pages.has(file))
            pages.set(file, open(file));
        return pages.get(file);
    };
    return {
        version: () => browser.version(),
        pageOf,
        start: async (client, options) => {
            const at = await pageOf(client);
            const session = newSession(), id = sessions.size;
            sessions.set(id, session);
            await at.evaluate(([number, given]) => window.start(number, given), [id, options]);
            session.settle = () => at.evaluate((number) => window.settle(number), id);
            session.close = () => at.evaluate((number) => window.stop(number), id).catch(() => {});
            return session;
        },
        // Closes this page of the client's, with the sessions in it. The next one begins in a fresh page, unless there is one already.
        renew: ({ file }, page) => {
            if (pages.get(file) === page)
                pages.delete(file);
            page.then((opened) => opened.context().close()).catch(() => {});
        },
        close: async () => {
            await within(LIMITS.close, browser.close()).catch((error) => console.error(`interop: Chromium does not close: ${error.message}`));
            site.close();
        },
    };
};
