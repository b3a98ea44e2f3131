// page_runs.js: scenarios of the page that run streams: building, events, verdicts, reconnects, logs, errors.
const assert = require('assert');
const { ready, text, until, run, stop, add, rows, marks } = require('./page_tools.js');

module.exports = {
    async loads(page) {
        await ready(page);
        assert.equal(await page.getAttribute('html', 'lang'), 'en');
        assert.equal(await page.locator('main').count(), 1);
        assert.equal(await page.locator('#auth').isVisible(), false);
        assert.equal(await page.locator('#ten a').first().isVisible(), true);
    },

    async builds(page, url) {
        await ready(page);
        await page.click('#build');
        await add(page, 'raw', 'id: 1\\ndata: <b>&amp;\\r\\ndata:\\x00\\xe2\\x82\\xac\\n\\n');
        await add(page, 'end', 'reset', '2-');
        await add(page, 'count', '3');
        await page.click('[aria-label="Remove count=3"]');
        const target = '/stream?raw=id:+1%0Adata:+%3Cb%3E%26amp;%0D%0Adata:%00%E2%82%AC%0A%0A&2-.end=reset';
        assert.equal(await page.inputValue('#target'), target);
        assert.equal(await text(page, 'url'), url + target);
        assert.match(await text(page, 'base'), /\/with\/raw=id:/);
        assert.equal(await text(page, 'curl'), `curl -iN '${url}${target}'`);
        await page.click('[data-word=expected]');
        await page.click('[data-word=raw]');
        await until(page, 'outcome', '1 event\n');
        await page.selectOption('#again', 'never');
        await page.click('#start');
        await until(page, 'state', 'The stream ended. 1 event in 1 connection.');
        await until(page, 'verdict', '1 of 1 event right.');
        await until(page, 'raw', /200 OK\n.*id: 1\\n\ndata: <b>&amp;\\r\\n\ndata:\\0\\xe2\\x82\\xac\\n\n\\n\nThe stream ended\./);
        assert.equal(await page.textContent('#expected pre'), '<b>&amp;\n\0€');
        assert.match(await text(page, 'outcome'), /last event ID: 1\nreconnection time: not set\ndiscarded: nothing\nan EventSource reconnects: yes/);
        await page.click('#inner .row:not(.note)');
        assert.equal(await page.textContent('#detail pre'), '<b>&amp;\n\0€');
        assert.equal(await page.locator('#line circle').count(), 1);
        console.log('curl: ' + await text(page, 'curl'));
    },

    async returns(page) {
        await ready(page);
        await run(page, '/stream?count=3&interval=10ms&resume=next&retry=20&1.cut=200&1.end=reset&5.status=503');
        await until(page, 'state', 'gives up');
        await until(page, 'list', /Connection 1.*hello.*message-1.*broke.*Connection 2, Last-Event-ID: message-1.*message-2.*message-4.*Connection 3.*gives up/);
        await until(page, 'verdict', /^6 of 6 events right; 2 reconnects, the last with message-4 after [0-9.]+ s\.$/);
        await until(page, 'wrong', '503 Service Unavailable');
        assert.deepEqual(await page.locator('#line .name').allTextContents(), ['↻2', '↻3']);
        assert.match(await page.getAttribute('#line', 'aria-label'), /, 2 reconnects in/);
    },

    // A proxy that changes what the server expects: a wrong event, a missing one, and one too many.
    async judges(page) {
        await ready(page);
        await page.selectOption('#again', 'never');
        await page.route('**/expect?*', async (route) => {
            const response = await route.fetch(), json = await response.json();
            json.events[1].data = json.events[1].data.replace('random', 'rendam');
            json.events.splice(3, 0, { type: 'other', data: 'lost', lastEventId: '' });
            json.events.pop();
            await route.fulfill({ json });
        });
        await run(page, 'count=4&interval=0');
        await until(page, 'verdict', '3 of 5 events right; 1 wrong; 1 missing; 1 extra.');
        assert.equal(await page.getAttribute('#verdict', 'class'), 'bad');
        await page.waitForFunction(() => document.querySelectorAll('#inner .row .mark').length === 6);
        assert.equal(await marks(page), '✓✗✓−✓+');
        assert.equal(await page.locator('#line .event.bad').count() > 0, true);
        await page.locator('#inner .row.bad').first().click();
        assert.deepEqual(await page.locator('#detail mark').allTextContents(), ['ando', 'enda']);
        await page.unroute('**/expect?*');
        await run(page, '/stream?count=1&size=5M');
        await until(page, 'verdict', 'No verdict: the stream is longer than');
        await run(page, '/status');
        await until(page, 'verdict', 'No verdict: /expect knows only the streams of /stream.');
        await run(page, '/with/count=1&interval=0/anything');
        await until(page, 'verdict', '2 of 2 events right.');
        await run(page, 'status=307&location=/stream?count=1');
        await until(page, 'verdict', '2 of 2 events right.');
        await run(page, 'interval=0.01');
        await until(page, 'verdict', /^[0-9,]+ events right so far/);
        await stop(page);
    },

    async counts(page) {
        await ready(page);
        await page.selectOption('#again', 'never');
        await page.click('[data-word=expected]');
        for (const [attempt, outcome] of ['no events, as expected.', 'no events, as expected.', '1 of 1 event right.'].entries()) {
            await run(page, 'by=cookie&1-2.status=503&count=0');
            await until(page, 'expected-name', 'Expected from connection 1, attempt ' + (attempt + 1));
            await until(page, 'state', 'in 1 connection.');
            await until(page, 'verdict', outcome);
        }
    },

    // The third connection has no end, so the page compares its first events.
    async unavailable(page) {
        await ready(page);
        await page.click('text=Unavailable twice');
        await until(page, 'verdict', /^[0-9]+ events right so far; 2 reconnects, the last without an ID after [0-9.]+ s\.$/);
        assert.equal(await page.inputValue('#again'), 'always');
        await until(page, 'list', /Connection 1.*gives up.*Connection 2.*gives up.*Connection 3.*message-1/);
        await stop(page);
        await page.selectOption('#again', 'never');
        for (const [typed, outcome] of [['status=200&2.status=503', /^[0-9]+ events right so far\.$/], ['1.cut=200', /^2 of 2 events right\.$/]]) {
            await run(page, typed);
            await until(page, 'verdict', outcome);
            await stop(page);
        }
    },

    async refused(page) {
        await ready(page);
        await run(page, 'count=many');
        await until(page, 'wrong', '400: parameter "count" takes a whole number of messages');
        await until(page, 'state', 'gives up');
        await until(page, 'verdict', 'No verdict: the request is refused.');
        await run(page, 'count=0');
        await until(page, 'verdict', '1 of 1 event right');
        assert.equal(await text(page, 'wrong'), '');
        await stop(page);
    },

    async stops(page) {
        await ready(page);
        await page.click('[data-word=clients]');
        await page.click('#start');
        await until(page, 'list', 'message-1');
        await until(page, 'many', '1 stream');
        assert.equal(await page.locator('#clients tr').count(), 1);
        assert.equal(await text(page, 'clients-name'), 'Clients: /status');
        await page.click('#stop');
        await until(page, 'state', 'Stopped.');
        await until(page, 'many', '0 streams');
    },

    // What the server logged, next to what the page received.
    async logs(page) {
        await ready(page);
        await page.click('[data-word=log]');
        await run(page, 'count=2&interval=10ms&retry=20&resume=next&5.status=204');
        await until(page, 'state', 'gives up');
        await page.waitForFunction(() => document.querySelectorAll('#log tr').length === 3);
        const cells = await page.locator('#log tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
        assert.deepEqual(cells.map(([number, id, status]) => [number, id, status]), [['1', 'none', '200'], ['2', 'message-2', '200'], ['3', 'message-4', '204']]);
        assert.equal(cells.every(([, , , sent, got, events, seen]) => sent === got && events === seen), true);
        assert.deepEqual(await page.locator('#log-pane th').allTextContents(), ['#', 'Last-Event-ID', 'Status', 'Bytes sent', 'Bytes got', 'Pieces sent', 'Events got', 'End']);
        assert.match(await text(page, 'log-why'), /carry key=page-[0-9a-f]{8}\./);
        assert.equal(await page.inputValue('#target'), '/stream?count=2&interval=10ms&retry=20&resume=next&5.status=204');
    },

    async speaks(page) {
        await ready(page);
        await page.selectOption('#again', 'never');
        for (const format of ['openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ui-message']) {
            await run(page, 'count=2&interval=0&format=' + format);
            await until(page, 'text', /^spheIGLpzXpFGMIH ViOGllEPvVfdraRk $/);
            await until(page, 'verdict', /^(\d+) of \1 events right\.$/);
        }
        assert.equal(await page.isVisible('#text'), true);
    },

    async floods(page) {
        await ready(page);
        await run(page, 'interval=0');
        await page.waitForFunction(() => /\d{2},\d{3}/.test(document.getElementById('events-name').textContent));
        assert.equal(await page.locator('#inner .row').count() <= 80, true);
        // The list follows the stream, also after it dropped its oldest rows.
        await page.waitForFunction(() => list.total > list.rows.length + 5000);
        assert.equal(await page.evaluate(() => list.follows), true);
        // Scrolling back shows other rows, and new events do not move them.
        await page.click('#pause');
        const before = await rows(page);
        await page.locator('#list').evaluate((list) => list.scrollTop = 0);
        await page.waitForFunction((last) => document.querySelector('#inner .row:last-child').textContent !== last, before.at(-1));
        const paused = await rows(page);
        const total = await text(page, 'events-name');
        await page.waitForFunction((total) => list.total > total, Number(total.replace(/\D/g, '')) + 1000);
        assert.deepEqual(await rows(page), paused);
        await page.click('#pause');
        await page.waitForFunction((total) => document.getElementById('events-name').textContent !== total, total);
        assert.equal(await page.evaluate(() => list.rows.length <= 11000), true);
        await stop(page);
        await page.selectOption('#again', 'never');
        await run(page, 'count=1&size=5M');
        await until(page, 'state', 'The stream ended. 2 events in 1 connection.');
        await page.locator('#inner .row', { hasText: 'message-1' }).click();
        await until(page, 'detail', '… (5,242,880 characters)');
    },
};
