// Browsers as homes of clients, without a driver: a browser opens a page of ours, the page fetches its commands, and each case runs in
// a frame of its own that posts what its client prints. So an error in one case is its own, and no case outlives its frame.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forward, isHandler } from './forward.js';
import { Session } from './session.js';
import { sleep, until } from './server.js';

const START_MS = 60000;
const POLL_MS = 5000; // an answer without a command, so that a lost connection is noticed
const SILENT_MS = 60000;
const STOP_MS = 20000;

const FIREFOX = {
    'app.normandy.enabled': false, 'app.update.enabled': false, 'browser.aboutwelcome.enabled': false, 'browser.safebrowsing.update.enabled': false,
    'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false, 'extensions.getAddons.cache.enabled': false,
    'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false, 'services.settings.server': 'data:,',
    'toolkit.telemetry.reportingpolicy.firstRun': false,
};

// The command line for a URL, with an empty directory of its own.
const ENGINES = {
    chromium: (url, home) => ['/usr/bin/chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
        '--disable-background-networking', '--no-first-run', `--user-data-dir=${home}`, url],
    firefox: (url, home) => {
        writeFileSync(join(home, 'user.js'), Object.entries(FIREFOX).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''));
        return ['/usr/bin/firefox-esr', '--headless', '--no-remote', '--profile', home, url];
    },
    wpe: (url) => ['/usr/bin/cog', '--platform=headless', url],
};

const running = new Set();
const killGroup = (child) => {
    running.delete(child);
    try {
        process.kill(-child.pid, 'SIGKILL');
    } catch {
        // It is gone already.
    }
};
process.on('exit', () => running.forEach(killGroup));

const importMap = JSON.stringify({ imports: {
    '@microsoft/fetch-event-source': '/node_modules/@microsoft/fetch-event-source/lib/esm/index.js',
    'event-source-polyfill': '/node_modules/event-source-polyfill/src/eventsource.js',
    'sse.js': '/node_modules/sse.js/lib/sse.js',
} });

export class Browser {
    // startBrowser() below is the only caller.
    constructor(engine, directory, port) {
        Object.assign(this, { engine, directory, port, sessions: new Map(), commands: [], heard: 0, wake: () => {}, restarts: -1, last: 0 });
    }

    async open() {
        this.site = createServer((request, response) => this.answer(request, response).catch((error) => response.writeHead(500).end(error.message)));
        this.site.keepAliveTimeout = 120000;
        await new Promise((ready) => this.site.listen(0, '127.0.0.1', ready));
        this.origin = `http://127.0.0.1:${this.site.address().port}`;
        await this.launch();
        this.watch = setInterval(() => this.look(), 1000);
    }

    async launch() {
        for (this.restarts++; ; this.restarts++) {
            this.heard = 0;
            this.commands = [];
            this.home = mkdtempSync(join(this.directory, `${this.engine}-`));
            const [command, ...args] = ENGINES[this.engine](`${this.origin}/`, this.home);
            this.child = spawn(command, args, {
                detached: true, stdio: ['ignore', 'ignore', 'pipe'],
                env: { ...process.env, HOME: this.home, XDG_RUNTIME_DIR: this.home, MOZ_CRASHREPORTER_DISABLE: '1' },
            });
            running.add(this.child);
            let said = '';
            this.child.stderr.on('data', (piece) => {
                said = (said + piece).slice(-2000);
            });
            this.child.on('error', (error) => {
                said += error.message;
            });
            if (await until(() => this.heard > 0, START_MS))
                return;
            this.end();
            if (this.restarts >= 2)
                throw new Error(`${this.engine} did not load its page within ${START_MS / 1000} s: ${said.trim().split('\n').at(-1)}`);
        }
    }

    // A browser that crashed or hangs is started again. What was under way in it failed.
    async look() {
        const isAlive = this.child.exitCode === null && this.child.signalCode === null;
        if (this.heard === 0 || isAlive && Date.now() - this.heard < SILENT_MS)
            return;
        console.error(`interop: ${this.engine} crashed or hung, and starts again`);
        for (const session of this.sessions.values())
            session.failed ??= 'the browser crashed or hung';
        this.sessions.clear();
        this.end();
        await this.launch().catch((error) => console.error(`interop: ${error.message}`));
    }

    end() {
        killGroup(this.child);
        rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }

    async close() {
        clearInterval(this.watch);
        this.end();
        this.site.closeAllConnections();
        this.site.close();
    }

    command(one) {
        this.commands.push(one);
        this.wake();
    }

    // start(MODULE, OPTIONS): MODULE is a file of clients/.
    start(module, options) {
        const id = ++this.last;
        const session = new Session(async () => {
            await until(() => Date.now() - session.lastLine > 100, 2000);
            this.command({ stop: id });
            await until(() => session.isStopped || !this.sessions.has(id), STOP_MS);
            this.sessions.delete(id);
        });
        Object.assign(session, { options: { id, module, ...options } });
        this.sessions.set(id, session);
        this.command({ start: id });
        return session;
    }

    async answer(request, response) {
        const { pathname, searchParams } = new URL(request.url, this.origin);
        const send = (type, body) => response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
        const session = this.sessions.get(Number(searchParams.get('id')));
        if (isHandler(pathname))
            return forward(request, response, this.port);
        if (pathname === '/')
            return send('text/html', '<!doctype html><meta charset="utf-8"><title>clients</title><script type="module" src="/page.js"></script>');
        if (pathname === '/frame')
            return send('text/html', `<!doctype html><meta charset="utf-8"><title>client</title><script type="importmap">${importMap}</script>` +
                `<script type="module" src="/frame.js?id=${searchParams.get('id')}"></script>`);
        if (pathname === '/commands')
            return send('application/json', JSON.stringify(await this.nextCommands()));
        if (pathname === '/options')
            return send('application/json', JSON.stringify(session?.options ?? null));
        if (pathname === '/lines')
            return send('text/plain', await this.takeLines(session, request));
        const file = pathname.endsWith('.js') ? pathname : pathname + '.js';
        const text = await readFile(join(this.directory, file)).catch(() => null);
        return text === null ? response.writeHead(404).end() : send('text/javascript', text);
    }

    async nextCommands() {
        this.heard = Date.now();
        if (this.commands.length === 0)
            await Promise.race([sleep(POLL_MS), new Promise((awake) => {
                this.wake = awake;
            })]);
        return this.commands.splice(0);
    }

    async takeLines(session, request) {
        const pieces = [];
        for await (const piece of request)
            pieces.push(piece);
        for (const line of JSON.parse(Buffer.concat(pieces).toString()))
            if (line.stopped)
                Object.assign(session ?? {}, { isStopped: true });
            else
                session?.take(line);
        return '';
    }
}

// startBrowser(ENGINE, DIRECTORY, PORT): DIRECTORY has our files, and node_modules. The server at PORT has the handlers.
export const startBrowser = async (engine, directory, port) => {
    const browser = new Browser(engine, directory, port);
    await browser.open();
    return browser;
};
