// use_page.js SCENARIO URL   opens the page at URL in Chromium and runs the scenario. Prints console messages, policy violations and requests
// to other servers, one per line. Fails if something does not happen that the scenario waits for.
const { chromium } = require('playwright-core');
const assert = require('assert');

const ready = (page) => page.waitForSelector('#name option', { state: 'attached' });
const text = (page, id) => page.textContent('#' + id);

// Adds PARAMETER=VALUE in the form, as a user does.
const add = async (page, name, value, attempts = '') => {
    await page.selectOption('#name', name);
    if (attempts)
        await page.fill('#attempts', attempts);
    await page.fill('#value', value);
    await page.click('#add button');
    if (attempts)
        await page.fill('#attempts', '');
};

const until = (page, id, words) =>
    page.waitForFunction(([id, words]) => document.getElementById(id).textContent.includes(words), [id, words]);

// The relative luminance of a colour, 0 to 1 (WCAG 2.2).
const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
    const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
};

// Each visible text, with its colour and its background.
const colours = () => [...document.querySelectorAll('body *')].filter((node) => node.offsetParent && !node.disabled &&
    [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())).map((node) => {
    let behind = node;
    while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
        behind = behind.parentElement;
    return [node.textContent.trim().slice(0, 30), getComputedStyle(node).color, getComputedStyle(behind).backgroundColor];
});

const scenarios = {
    async loads(page) {
        await ready(page);
        await until(page, 'many', 'stream');
        assert.equal(await page.getAttribute('html', 'lang'), 'en');
        assert.equal(await page.locator('main').count(), 1);
        assert.equal(await page.locator('#auth').isVisible(), false);
    },

    async builds(page, url) {
        await ready(page);
        await add(page, 'raw', 'id: 1\\ndata: <b>&amp;\\r\\ndata:\\x00\\xe2\\x82\\xac\\n\\n');
        await add(page, 'end', 'reset', '2-');
        await add(page, 'count', '3');
        await page.click('[aria-label="Remove count=3"]');
        const target = '/stream?raw=id:+1%0Adata:+%3Cb%3E%26amp;%0D%0Adata:%00%E2%82%AC%0A%0A&2-.end=reset';
        assert.equal(await page.inputValue('#target'), target);
        assert.equal(await text(page, 'url'), url + target);
        assert.equal(await text(page, 'curl'), `curl -iN '${url}${target}'`);
        await until(page, 'outcome', '1 event\n');
        await page.selectOption('#again', 'never');
        await page.click('#start');
        await until(page, 'state', 'The stream ended. 1 event in 1 connection.');
        assert.match(await text(page, 'raw'), /200 OK\n.*id: 1\\n\ndata: <b>&amp;\\r\\n\ndata:\\0\\xe2\\x82\\xac\\n\n\\n\nThe stream ended\./s);
        for (const id of ['events', 'expected'])
            assert.equal(await page.textContent(`#${id} pre`), '<b>&amp;\n\0€');
        assert.match(await text(page, 'outcome'), /last event ID: 1\nreconnection time: not set\ndiscarded: nothing/);
        assert.equal(await page.locator('#line circle').count(), 1);
        console.log('curl: ' + await text(page, 'curl'));
    },

    // A URL of another server changes nothing. Brackets and braces are escaped, because curl would make several URLs of them.
    async typed(page, url) {
        await ready(page);
        for (const typed of ['/stream?count=0', '//', 'http://[', 'http://other.example/stream']) {
            await page.fill('#target', typed);
            await page.keyboard.press('Tab');
            assert.equal(await page.inputValue('#target'), '/stream?count=0');
        }
        await page.fill('#target', '/stream?raw=[1-3]&raw={a,b}\'&framing=close');
        await page.keyboard.press('Tab');
        assert.equal(await text(page, 'url'), url + "/stream?raw=[1-3]&raw={a,b}'&framing=close".replace("'", '%27'));
        console.log('curl: ' + await text(page, 'curl'));
    },

    async returns(page) {
        await ready(page);
        await page.fill('#target', '/stream?count=3&interval=10ms&resume=next&1.cut=200&1.end=reset&2.retry=20&5.status=503&5.count=1');
        await page.keyboard.press('Tab');
        await add(page, 'retry', '20', '1');
        await page.click('#start');
        await until(page, 'state', 'gives up');
        assert.match(await text(page, 'events'), /Connection 1.*hello.*message-1.*Connection 2, Last-Event-ID: message-1.*message-2.*message-4/s);
        assert.match(await text(page, 'raw'), /The connection broke\.Connection 2.*The stream ended\.Connection 3.*503 Service Unavailable/s);
        assert.match(await text(page, 'wrong'), /^503: id: hello/);
        assert.deepEqual(await page.locator('#line .name').allTextContents(), ['↻2', '↻3']);
        assert.equal(await page.locator('#line .again').count(), 2);
        assert.match(await page.getAttribute('#line', 'aria-label'), /, 2 reconnects in/);
    },

    async counts(page) {
        await ready(page);
        await page.selectOption('#preset', { label: '3. The server is unavailable twice' });
        await add(page, 'count', '0');
        await page.selectOption('#again', 'never');
        for (const [attempt, outcome] of ['0 events', '0 events', '1 event'].entries()) {
            await page.click('#start');
            await until(page, 'state', outcome + ' in 1 connection.');
            await until(page, 'expected-name', 'Expected from attempt ' + (attempt + 1));
            await until(page, 'outcome', outcome);
        }
    },

    async named(page) {
        await ready(page);
        await page.waitForSelector('#case', { state: 'visible' });
        await page.selectOption('#case', { label: 'id-kept' });
        assert.equal(await page.inputValue('#target'), '/stream?case=id-kept');
        await until(page, 'outcome', '2 events\nlast event ID: 1\n');
        await page.selectOption('#again', 'never');
        await page.click('#start');
        await until(page, 'state', 'The stream ended. 2 events in 1 connection.');
    },

    // With a made-up list of cases in place of the server's.
    async cases(page, url) {
        await ready(page);
        assert.equal(await page.isVisible('#case'), (await (await page.request.get(url + '/help')).text()).includes('/cases'));
        const help = await (await page.request.get(url + '/help', { headers: { Accept: 'application/json' } })).json();
        await page.route('**/help', (route) => route.fulfill({ json: { ...help, paths: [...help.paths, { path: '/cases' }] } }));
        await page.route('**/cases', (route) => route.fulfill({ json: [
            { name: 'one', group: 'ends', means: 'the first', stream: '/stream?count=1', expect: '/expect?count=1' },
            { name: '<i>two', group: 'heads', means: 'the second', stream: '/stream?count=0&bom=1', expect: '/expect?count=0&bom=1' },
        ] }));
        await page.reload();
        await page.waitForSelector('#case', { state: 'visible' });
        assert.deepEqual(await page.locator('#case optgroup').evaluateAll((groups) => groups.map(({ label }) => label)), ['ends', 'heads']);
        await page.selectOption('#case', { label: '<i>two' });
        assert.equal(await page.inputValue('#target'), '/stream?count=0&bom=1');
        await until(page, 'outcome', '1 event');
    },

    async refused(page) {
        await ready(page);
        await add(page, 'count', 'many');
        await until(page, 'outcome', 'No expectation: parameter "count" takes a whole number');
        await page.click('#start');
        await until(page, 'wrong', '400: parameter "count" takes a whole number of messages');
        await until(page, 'state', 'gives up');
    },

    async stops(page) {
        await ready(page);
        await page.click('#start');
        await until(page, 'events', 'message-1');
        await until(page, 'many', '1 stream');
        assert.equal(await page.locator('#clients tr').count(), 1);
        await page.click('#stop');
        await until(page, 'state', 'Stopped.');
        await until(page, 'many', '0 streams');
    },

    async floods(page) {
        await ready(page);
        await add(page, 'interval', '0');
        await page.click('#start');
        await page.waitForFunction(() => /\d{3},\d{3}/.test(document.getElementById('events-name').textContent));
        assert.equal(await page.locator('#events li').count() <= 200, true);
        await page.click('#stop');
        await until(page, 'state', 'Stopped.');
        await page.selectOption('#preset', 'count=1&size=5M');
        await page.selectOption('#again', 'never');
        await page.click('#start');
        await until(page, 'events', '… (5,242,880 characters)');
    },

    async token(page, url) {
        await page.waitForSelector('#auth', { state: 'visible' });
        assert.equal(await page.evaluate(() => document.activeElement.id), 'token');
        assert.equal(await page.isVisible('#start'), false);
        await page.keyboard.type('wrong');
        await page.keyboard.press('Enter');
        await until(page, 'why', 'The token is wrong.');
        await page.fill('#token', 'secret');
        await page.keyboard.press('Enter');
        await ready(page);
        assert.equal(await page.locator('#auth').isVisible(), false);
        assert.equal(await page.evaluate(() => document.activeElement.id), 'start');
        await add(page, 'count', '0');
        await page.selectOption('#again', 'never');
        await page.click('#start');
        await until(page, 'state', 'The stream ended. 1 event in 1 connection.');
        await until(page, 'outcome', '1 event\n');
        await until(page, 'many', 'stream');
        assert.equal(page.url(), url + '/');
        assert.match(await text(page, 'curl'), /^curl -iN --oauth2-bearer "\$TOKEN" 'http/);
        const kept = await page.evaluate(async () => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage },
            await indexedDB.databases(), history.state, document.documentElement.outerHTML, document.getElementById('token').value]));
        assert.equal(kept.includes('secret'), false);
        await page.reload();
        await page.waitForSelector('#auth', { state: 'visible' });
    },

    // Uses only Tab and the keys of each control, from the top of the page.
    async keyboard(page) {
        await ready(page);
        const reached = [];
        const reach = async (id) => {
            for (let i = 0; i < 40; i++) {
                await page.keyboard.press('Tab');
                const { at, seen } = await page.evaluate(() => ({ at: document.activeElement.id || document.activeElement.textContent,
                    seen: document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none' }));
                assert.equal(seen, true, at + ' shows its focus');
                reached.push(at);
                if (at === id)
                    return;
            }
            assert.fail(id + ' is not reached: ' + reached);
        };
        await reach('name');
        await page.keyboard.type('count');
        await reach('value');
        await page.keyboard.type('0');
        await page.keyboard.press('Enter');
        assert.equal(await page.inputValue('#target'), '/stream?count=0');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'name');
        await reach('start');
        await page.keyboard.press('Enter');
        await until(page, 'state', 'Reconnects in 3 s.');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'stop');
        await page.keyboard.press('Space');
        await until(page, 'state', 'Stopped. 1 event in 1 connection.');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'start');
        await reach('raw');
        await page.keyboard.press('End');
        await page.locator('#chosen button').focus();
        await page.keyboard.press('Enter');
        assert.equal(await page.inputValue('#target'), '/stream');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'name');
    },

    // In both colour schemes, text has enough contrast, and nothing is wider than a small screen.
    async looks(page) {
        await ready(page);
        for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            for (const width of [1280, 320]) {
                await page.setViewportSize({ width, height: 800 });
                await page.selectOption('#preset', { index: 2 });
                await page.click('#start');
                await until(page, 'events', 'Connection 2');
                const seen = await page.evaluate(colours);
                assert.equal(seen.length > 30, true);
                for (const [words, front, behind] of seen)
                    assert.equal(contrast(front, behind) >= 4.5, true, `${colorScheme}: ${words}: ${front} on ${behind}`);
                assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
                await page.click('#stop');
                await until(page, 'state', 'Stopped.');
            }
        }
        assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('input, select')].filter((field) =>
            !field.labels.length).map((field) => field.id)), []);
    },
};

(async () => {
    const [scenario, url] = process.argv.slice(2);
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(20000);
    page.on('console', (message) => console.log(message.type() + ': ' + message.text()));
    page.on('pageerror', (error) => console.log('error: ' + error.message));
    page.on('request', (request) => request.url().startsWith(url + '/') || request.url() === 'data:,' || console.log('elsewhere: ' + request.url()));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.log('violation: ' + violatedDirective + ' ' + blockedURI)));
    await page.goto(url + '/');
    await scenarios[scenario](page, url);
    await browser.close();
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
