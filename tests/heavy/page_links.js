// page_links.js: scenarios of the page about what is typed, links, cases and the token.
const assert = require('assert');
const { ready, text, until, run, stop, open, axe } = require('./page_tools.js');

const hash = (page) => page.evaluate(() => location.hash);
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

module.exports = {
    // Another server's URL is refused and changes nothing. Brackets and braces are escaped, because curl would make several URLs of them.
    async typed(page, url) {
        await ready(page);
        await page.click('#build');
        for (const typed of ['//', 'http://[', 'http://other.example/stream']) {
            await page.fill('#target', typed);
            await page.keyboard.press('Tab');
            await until(page, 'wrong', typed.includes('other') ? 'other.example is another one' : /not a URL|another one/);
            assert.equal(await page.getAttribute('#target', 'aria-invalid'), 'true');
            assert.equal(await text(page, 'url'), url + '/stream');
        }
        await page.selectOption('#again', 'never');
        await run(page, `curl -N '${url.replace('127.0.0.1', 'localhost')}/stream?count=1' -H 'Last-Event-ID: message-7'`);
        await until(page, 'verdict', '2 of 2 events right.');
        assert.equal(await page.inputValue('#target'), '/stream?count=1&lastEventId=message-7');
        assert.equal(await text(page, 'wrong'), '');
        await until(page, 'list', /hello.*message-7/);
        await page.fill('#target', '/stream?raw=[1-3]&raw={a,b}\'&framing=close');
        await page.keyboard.press('Tab');
        assert.equal(await text(page, 'url'), url + "/stream?raw=[1-3]&raw={a,b}'&framing=close".replace("'", '%27'));
        console.log('curl: ' + await text(page, 'curl'));
    },

    async shares(page, url) {
        await ready(page);
        await page.selectOption('#again', 'never');
        await run(page, 'count=1&interval=0');
        await until(page, 'verdict', '2 of 2 events right.');
        await page.click('[data-word=raw]');
        await run(page, 'count=2&interval=0');
        await until(page, 'verdict', '3 of 3 events right.');
        assert.equal(await hash(page), '#run,raw,never/stream?count=2&interval=0');
        await page.goBack();
        await until(page, 'verdict', '2 of 2 events right.');
        assert.equal(await page.inputValue('#target'), '/stream?count=1&interval=0');
        await page.goForward();
        await until(page, 'verdict', '3 of 3 events right.');
        await page.click('#link');
        await until(page, 'link', 'Copied');
        const link = await clipboard(page);
        assert.equal(link, url + '/#run,raw,never/stream?count=2&interval=0');
        await open(page, url, new URL(link).hash);
        await until(page, 'verdict', '3 of 3 events right.');
        assert.equal(await page.isVisible('#raw'), true);
        assert.equal(await page.inputValue('#again'), 'never');
        await page.reload();
        await until(page, 'verdict', '3 of 3 events right.');
        // A hash cannot name another server, and one without `run` starts nothing.
        await open(page, url, '#run//other.example/stream');
        await until(page, 'wrong', 'other.example is another one');
        await open(page, url, '#cases/stream?count=5');
        assert.equal(await text(page, 'state'), 'Not started.');
        assert.equal(await page.inputValue('#target'), '/stream?count=5');
        assert.equal(await page.isVisible('#groups'), true);
    },

    // A teacher shows one experiment after the other. The page is not loaded again, so it keeps a token.
    async leads(page, url) {
        await ready(page);
        await page.evaluate(() => window.isSame = true);
        const isStart = async () => {
            await page.waitForSelector('#ten a', { state: 'visible' });
            await until(page, 'state', 'Not started.');
            assert.deepEqual([await text(page, 'verdict'), await text(page, 'wrong'), await page.isVisible('#list'), await page.inputValue('#target')],
                ['', '', false, '/stream']);
        };
        await page.click('text=The wrong type');
        await until(page, 'state', 'gives up. 0 events in 1 connection.');
        assert.equal(await page.isVisible('#ten'), false);
        await page.goBack();
        await isStart();
        await page.click('text=The stream stalls');
        await until(page, 'verdict', '4 of 4 events right so far.');
        await page.goBack();
        await isStart();
        await page.goForward();
        await until(page, 'verdict', '4 of 4 events right so far.');
        await page.click('h1 a');
        await isStart();
        await page.evaluate(() => location.hash = '#big');
        await page.click('text=CR and LF arrive separately');
        await until(page, 'verdict', '2 of 2 events right');
        await stop(page);
        await page.click('#clear');
        await page.click('text=A redirect');
        await until(page, 'verdict', '2 of 2 events right');
        await page.goBack();
        await until(page, 'list', /hello.*message-1/);
        await page.goBack();
        await isStart();
        await page.setViewportSize({ width: 1920, height: 1080 });
        assert.equal(await page.isVisible('#small') && await page.evaluate(() => window.isSame), true);
        assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
    },

    async named(page) {
        await ready(page);
        await page.selectOption('#again', 'never');
        await page.click('#cases');
        assert.equal(await page.locator('#groups details').count() > 15, true);
        assert.match(await page.locator('#groups summary').first().textContent(), /fields \d+: how a line is cut/);
        await page.fill('#filter', 'id-kept');
        assert.equal(await page.locator('.case:visible').count(), 1);
        await page.click('.case:visible');
        await until(page, 'verdict', '2 of 2 events right.');
        assert.equal(await page.inputValue('#target'), '/stream?case=id-kept');
        const first = await text(page, 'case-means');
        assert.match(first, /^id-kept \(\d+ of \d+, ids\): An event without an id/);
        await page.click('#next');
        await page.waitForFunction((first) => document.getElementById('case-means').textContent !== first, first);
        await until(page, 'state', 'in 1 connection.');
        await page.click('#previous');
        await until(page, 'case-means', 'id-kept');
        await until(page, 'verdict', '2 of 2 events right.');
        // The row shows that the data has two lines.
        await run(page, 'case=line-crlf-once');
        await until(page, 'inner', /1↵2/);
    },

    // With a made-up list in place of the server's. One of its cases expects what does not come.
    async tries(page, url) {
        await page.route('**/cases', (route) => route.fulfill({ json: [
            { name: 'one', group: 'ends', means: 'the first', query: '', stream: '/stream?count=1&interval=0', expect: '/expect?count=1' },
            { name: '<i>two', group: 'heads', means: 'refused', query: '', stream: '/stream?status=404', expect: '/expect?status=404' },
            { name: 'hang', group: 'heads', means: 'open', query: '', stream: '/stream?count=1&interval=0&end=hang', expect: '/expect?count=1&end=hang' },
            { name: 'bad', group: 'ways', means: 'wrong', query: '', stream: '/stream?count=2&interval=0', expect: '/expect?count=1' },
        ] }));
        await open(page, url, '#cases');
        assert.deepEqual(await page.locator('summary strong').allTextContents(), ['ends', 'heads', 'ways']);
        await page.click('#run-all');
        await until(page, 'totals', /^3 right, 1 wrong, 4 of 4 cases\. Wrong: bad\.$/);
        assert.deepEqual(await page.locator('.squares i').evaluateAll((all) => all.map(({ className, title }) => className + ' ' + title)),
            ['ok one: right', 'ok <i>two: right', 'ok hang: right', 'bad bad: got 3 of 2 events']);
        assert.equal(await page.locator('.case .why:visible', { hasText: 'got 3 of 2' }).count(), 1);
        await page.click('#copy-table');
        await until(page, 'copy-table', 'Copied');
        assert.match(await clipboard(page), /^Mozilla.*\| ends \| 1 \| 1 \|\n\| heads \| 2 \| 2 \|\n\| ways \| 0 \| 1 \|\n\n- bad: got 3 of 2 events\n$/s);
    },

    // All cases of the server. Chromium differs from the standard in few.
    async tests(page, url) {
        await open(page, url, '#cases');
        await page.click('#run-all');
        await page.waitForFunction(() => document.getElementById('run-all').textContent === 'Run all' &&
            /wrong/.test(document.getElementById('totals').textContent), null, { timeout: 240000 });
        const [, right, wrong, all] = /(\d+) right, (\d+) wrong, (\d+) of \3 cases/.exec(await text(page, 'totals'));
        assert.equal(Number(right) + Number(wrong), Number(all));
        const bad = await page.locator('.squares .bad').evaluateAll((squares) => squares.map(({ title }) => title));
        assert.equal(bad.length, Number(wrong));
        assert.equal(Number(wrong) <= 6, true, bad.join('\n'));
    },

    async token(page, url) {
        await page.waitForSelector('#auth', { state: 'visible' });
        assert.equal(await page.evaluate(() => document.activeElement.id), 'token');
        assert.equal(await page.isVisible('#tools') || await page.isVisible('#start'), false);
        for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme });
            await axe(page, 'locked, ' + colorScheme);
        }
        await page.keyboard.type('wrong');
        await page.keyboard.press('Enter');
        await until(page, 'why', 'The token is wrong.');
        await page.fill('#token', 'opensesame');
        await page.keyboard.press('Enter');
        await ready(page);
        assert.equal(await page.locator('#auth').isVisible(), false);
        await page.waitForFunction(() => document.activeElement.id === 'start');
        await page.selectOption('#again', 'never');
        await run(page, `curl --oauth2-bearer opensesame '${url}/stream?count=0'`);
        await until(page, 'verdict', '1 of 1 event right.');
        await page.click('[data-word=clients]');
        await until(page, 'many', 'stream');
        assert.equal(page.url(), url + '/#run,clients,never/stream?count=0');
        await page.click('#build');
        assert.match(await text(page, 'curl'), /^curl -iN --oauth2-bearer "\$TOKEN" 'http/);
        await page.click('#cases');
        await page.click('#run-all');
        await until(page, 'totals', 'An EventSource cannot send a token. Reload to forget it, or use a server without one.');
        await page.click('#link');
        await until(page, 'link', 'Copied');
        const kept = await page.evaluate(async () => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href,
            await navigator.clipboard.readText(), await indexedDB.databases(), history.state, document.documentElement.outerHTML,
            ...[...document.querySelectorAll('input')].map(({ value }) => value)]));
        assert.equal(kept.includes('opensesame'), false);
        await page.reload();
        await page.waitForSelector('#auth', { state: 'visible' });
    },
};
