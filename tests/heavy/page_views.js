// page_views.js: scenarios about how the page looks and is operated: sizes, colours, zoom, keyboard, large type, accessibility.
const assert = require('assert');
const { spawn } = require('child_process');
const { ready, text, until, run, stop, open, rows, axe } = require('./page_tools.js');

// What must be on the screen without scrolling, whole: at least one element for each selector. And nothing is wider than the page.
const fits = async (page, selectors, what) => {
    const missing = await page.evaluate((selectors) => selectors.filter((selector) => ![...document.querySelectorAll(selector)].some((node) => {
        const { left, top, right, bottom, height } = node.getBoundingClientRect();
        return height && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    })), selectors);
    assert.equal(missing.join(), '', what + ' is not whole on the screen');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width, what + ': the width');
};

// In both colour schemes, and with reduced motion.
const inBoth = async (page, task) => {
    for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await task(colorScheme);
    }
};

// Brings the page into each state: [name, what a user types, what shows that the state is reached].
const states = [
    ['running', 'interval=50ms', async (page) => until(page, 'list', 'message-1')],
    ['ended', 'case=id-kept&1-.status=200', async (page) => until(page, 'state', /Reconnects|in 1 conn|gives up/)],
    ['waiting', 'count=1&interval=0&retry=60000', async (page) => until(page, 'state', /Reconnects in [1-5]\d s\.$/)],
    ['refused', 'count=many', async (page) => until(page, 'wrong', '400: ')],
    ['many', 'count=10000&interval=0&retry=60000', async (page) => until(page, 'state', /Reconnects in \d+ s\.$/)],
    ['large', 'count=1&size=5M&retry=60000', async (page) => until(page, 'state', /Reconnects in \d+ s\.$/)],
];

const looksAt = async (page, url, sizes) => {
    for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await open(page, url, '');
        await inBoth(page, (scheme) => axe(page, `start, ${width}, ${scheme}`));
        for (const [name, typed, reached] of states) {
            await run(page, typed);
            await reached(page);
            await page.waitForSelector('#inner .row');
            await inBoth(page, async (scheme) => {
                if (height >= 800 || width >= 1280)
                    await fits(page, ['#target', '#line', '#inner .row'], `${name}, ${width}, ${scheme}`);
                await axe(page, `${name}, ${width}, ${scheme}`);
            });
            if (await page.isVisible('#stop'))
                await stop(page);
        }
    }
};

module.exports = {
    // Without scrolling: the field, the button, the timeline and the first events, before and during a stream.
    async fits(page, url) {
        for (const [width, height] of [[1280, 800], [390, 844]]) {
            await page.setViewportSize({ width, height });
            await open(page, url, '');
            assert.equal(await page.isVisible('#builder'), false);
            await fits(page, ['#target', '#start', '#line', '#events-name', '#ten a'], width + ' before');
            await page.keyboard.press('Tab');
            assert.equal(await page.evaluate(() => document.activeElement.id), 'target');
            await page.keyboard.press('ControlOrMeta+A');
            await page.keyboard.type('interval=20ms');
            await page.keyboard.press('Enter');
            await until(page, 'list', 'message-1');
            await fits(page, ['#target', '#stop', '#line', '#inner .row', '#verdict'], width + ' during');
            await page.keyboard.press('Escape');
            await until(page, 'state', 'Stopped.');
            await page.click('#build');
            const [builder, results] = [await page.locator('#builder').boundingBox(), await page.locator('#results').boundingBox()];
            assert.equal(width > 1000 ? builder.x >= results.x + results.width : builder.y >= results.y + results.height, true);
            await page.click('#build');
        }
    },

    async small(page, url) {
        await looksAt(page, url, [[390, 844], [768, 1024]]);
    },

    async wide(page, url) {
        await looksAt(page, url, [[1280, 800], [1920, 1080]]);
    },

    // 200 % zoom of 1280 × 800 gives the page half as many pixels. 400 % gives it 320.
    async zoomed(page, url) {
        await looksAt(page, url, [[640, 400], [320, 400]]);
    },

    // All panes open, the builder, the cases, and the form for the token.
    async panes(page, url) {
        for (const [width, height] of [[390, 844], [1280, 800]]) {
            await page.setViewportSize({ width, height });
            for (const word of ['build', 'cases', 'big']) {
                await open(page, url, `#run,${word},raw,expected,log,text,clients,never/stream?case=id-kept`);
                await until(page, 'verdict', '2 of 2 events right.');
                if (word !== 'big') {
                    await page.click('#inner .row:not(.note)');
                    await page.waitForSelector('#log tr');
                    await until(page, 'many', 'stream');
                }
                if (word === 'cases')
                    await page.click('summary >> nth=0');
                await inBoth(page, async (scheme) => {
                    await fits(page, [], `${word}, ${width}`);
                    await axe(page, `${word}, ${width}, ${scheme}`);
                });
            }
            await open(page, url, '#run/stream?count=0&require=bearer:T');
            await page.waitForSelector('#auth', { state: 'visible' });
            await until(page, 'state', 'gives up');
            await inBoth(page, (scheme) => axe(page, `token, ${width}, ${scheme}`));
            await page.fill('#token', 'T');
            await page.keyboard.press('Enter');
            await until(page, 'verdict', '1 of 1 event right');
            await stop(page);
        }
    },

    // Stops the server of the test, and starts one at the same port.
    async gone(page, url) {
        await ready(page);
        await run(page, 'interval=20ms&resume=next');
        await until(page, 'list', 'message-3');
        process.kill(process.env.SERVER, 'SIGKILL');
        await until(page, 'wrong', 'The server does not answer. Does it still run?');
        await until(page, 'state', /No connection\. Reconnects in \d s\.$/);
        await until(page, 'verdict', /^[0-9,]+ events right so far; no verdict for the rest: there was no connection\.$/);
        // It stays: the list, what was right, and the way out.
        await until(page, 'list', 'message-3');
        for (const [width, height] of [[390, 844], [1280, 800]]) {
            await page.setViewportSize({ width, height });
            await inBoth(page, async (scheme) => {
                await fits(page, ['#target', '#stop', '#wrong', '#line', '#inner .row'], `gone, ${width}, ${scheme}`);
                await axe(page, `gone, ${width}, ${scheme}`);
            });
        }
        const server = spawn(process.env.SSE_SERVER, ['-q', '-l', new URL(url).host], { stdio: 'ignore' });
        try {
            await until(page, 'verdict', /^[0-9,]+ events right so far; reconnected with message-\d+ after [0-9.]+ s\.$/);
            assert.equal(await text(page, 'wrong'), '');
            await stop(page);
        } finally {
            server.kill();
        }
    },

    // Nothing moves by itself. The timeline is drawn again every two seconds, in place of four times a second.
    async still(page) {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await ready(page);
        await run(page, 'count=0&end=hang');
        await until(page, 'list', 'hello');
        const waited = await page.evaluate(() => new Promise((done) => {
            let before = 0;
            new MutationObserver(() => {
                const now = performance.now();
                if (before)
                    done(now - before);
                before = now;
            }).observe(document.getElementById('line'), { childList: true });
        }));
        assert.equal(waited > 1500, true, waited + ' ms');
        assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
        await stop(page);
    },

    async teaches(page, url) {
        await open(page, url, '#run,big/stream?interval=20ms&event=tick');
        await until(page, 'list', 'message-2');
        for (const id of ['#tools', '#builder', '#catalog', '#raw'])
            assert.equal(await page.isVisible(id), false);
        assert.equal(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('#inner .row:not(.note)')).fontSize)) >= 22, true);
        await page.selectOption('#type', 'message');
        await until(page, 'inner', /^.*hello.*$/);
        assert.equal(await page.locator('#inner .row').count(), 1);
        await page.selectOption('#type', '');
        await page.fill('#find', 'message-2');
        await page.waitForFunction(() => [...document.querySelectorAll('#inner .row')].every((row) => row.textContent.includes('message-2')));
        await page.fill('#find', 'nowhere');
        await until(page, 'nothing', 'No event matches the filter.');
        await page.fill('#find', '');
        await page.click('#pause');
        assert.equal(await text(page, 'pause'), 'Resume');
        const paused = (await rows(page)).join();
        const total = await page.evaluate(() => list.total);
        await page.waitForFunction((total) => list.total > total + 10, total);
        assert.equal((await rows(page)).join(), paused);
        await page.click('#pause');
        await page.waitForFunction((paused) => [...document.querySelectorAll('#inner .row')].map((row) => row.textContent).join() !== paused, paused);
        await stop(page);
        // An event that is selected stays in the list, although its content makes the list lower.
        await page.locator('#list').evaluate((list) => list.scrollTop = list.scrollHeight);
        await page.locator('#inner .row:not(.note)').last().click();
        const [list, selected] = [await page.locator('#list').boundingBox(), await page.locator('#selected').boundingBox()];
        assert.equal(selected.y >= list.y && selected.y + selected.height <= list.y + list.height, true);
        await page.click('#clear');
        await until(page, 'nothing', 'No events yet.');
        await page.click('#small');
        assert.equal(await page.isVisible('#tools'), true);
        assert.equal(await page.evaluate(() => document.activeElement.id), 'large');
    },

    // Uses only Tab and the keys of each control, from the top of the page.
    async keyboard(page) {
        await ready(page);
        const reached = [];
        const reach = async (id) => {
            for (let i = 0; i < 60; i++) {
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
        await reach('target');
        assert.equal(reached.length, 1);
        await reach('build');
        await page.keyboard.press('Enter');
        assert.equal(await page.getAttribute('#build', 'aria-expanded'), 'true');
        await reach('name');
        await page.keyboard.type('count');
        await reach('value');
        await page.keyboard.type('0');
        await page.keyboard.press('Enter');
        assert.equal(await page.inputValue('#target'), '/stream?count=0');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'name');
        await reach('start');
        await page.keyboard.press('Enter');
        await until(page, 'state', /Reconnects in \d s\.$/);
        await page.waitForFunction(() => document.activeElement.id === 'stop');
        await page.keyboard.press('Space');
        await until(page, 'state', /^Stopped\. [0-9,]+ events?/);
        await page.waitForFunction(() => document.activeElement.id === 'start');
        await reach('list');
        await page.keyboard.press('End');
        await until(page, 'detail', 'Hello, ');
        assert.equal(await page.getAttribute('#list', 'aria-activedescendant'), 'selected');
        assert.equal(await page.getAttribute('#selected', 'aria-selected'), 'true');
        await reach('Close');
        await page.keyboard.press('Enter');
        assert.equal(await page.isVisible('#detail'), false);
        await page.locator('#chosen button').focus();
        await page.keyboard.press('Enter');
        assert.equal(await page.inputValue('#target'), '/stream');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'name');
    },
};
