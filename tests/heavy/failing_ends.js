// failing_ends.js URL   has real clients read streams that end in each way. Prints a line for each client and end: "CLIENT|END|" and "ends
// well", if the client takes the stream for a complete one, or "fails". NODE_PATH has the packages, Chromium is Debian's.
const { execFile } = require('child_process');
const { chromium } = require('playwright-core');

const STREAM = '/stream?count=2&interval=10ms';
const ENDS = {
    'close': '',
    'reset': '&end=reset',
    'reset, framing=length': '&framing=length&end=reset',
    'reset, framing=close': '&framing=close&end=reset',
    'truncate': '&end=truncate',
    'truncate, framing=length': '&framing=length&end=truncate',
    'badchunk': '&end=badchunk',
    'cut=100, reset': '&cut=100&end=reset',
    'cut=100, truncate': '&cut=100&end=truncate',
    'cut=head': '&cut=head',
};

// Node's fetch, or one of the same interface.
const byFetch = (fetch) => async (url) => {
    const response = await fetch(url);
    for await (const chunk of response.body)
        void chunk;
};

// Settles as the program does: it fails with any exit code but 0.
const byProgram = (program, ...options) => (url) => new Promise((resolve, reject) =>
    execFile(program, [...options, url], { encoding: 'buffer' }, (error) => (error ? reject(error) : resolve())));

const PYTHON = 'import sys, urllib.request\nurllib.request.urlopen(sys.argv[1], timeout=20).read()';

// In the page, which is of the same origin.
const inPage = (page) => (url) => page.evaluate(async (at) => {
    const reader = (await fetch(at)).body.getReader();
    while (!(await reader.read()).done)
        ;
}, url);

// An EventSource reports every end by an error event, and reconnects: so the stream must not give it an incomplete event before that.
const byEventSource = (page) => (url) => page.evaluate((at) => new Promise((resolve, reject) => {
    const source = new EventSource(at);
    source.onmessage = ({ data }) => {
        if (!/^Hello, [^]*!$/.test(data) && !/^\{\n[^]*\n\}$/.test(data))
            resolve();
    };
    source.onerror = () => {
        source.close();
        reject(new Error('error event'));
    };
}), url);

const outcomeOf = (client, url) => {
    const timeout = new Promise((resolve) => setTimeout(resolve, 20000, 'does not end').unref());
    return Promise.race([timeout, client(url).then(() => 'ends well', (error) => {
        if (process.env.DEBUG)
            console.error(error);
        return 'fails';
    })]);
};

(async () => {
    const [url] = process.argv.slice(2);
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    });
    const page = await browser.newPage();
    await page.goto(url + '/');
    const clients = {
        "Node's fetch": byFetch(fetch),
        'undici 6.24.1': byFetch(require('undici-6.24.1').fetch),
        'undici 7.8.0': byFetch(require('undici-7.8.0').fetch),
        'undici, newest 7': byFetch(require('undici-7').fetch),
        'curl': byProgram('curl', '-sSN', '-o', '/dev/null'),
        'urllib': byProgram('python3', '-c', PYTHON),
        "Chromium's fetch": inPage(page),
        "Chromium's EventSource": byEventSource(page),
    };
    for (const [name, client] of Object.entries(clients))
        for (const [end, parameters] of Object.entries(ENDS))
            console.log(`${name}|${end}|${await outcomeOf(client, url + STREAM + parameters)}`);
    await browser.close();
    process.exit(0);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
