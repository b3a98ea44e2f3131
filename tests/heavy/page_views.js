// page_views.js: scenarios about how the page looks and is operated: sizes, colours, zoom, keyboard, large type, accessibility.
const assert = require('assert');
const { ready, text, until, run, stop, open, rows } = require('./page_tools.js');

// Rules of axe, with the names of the elements that break them.
const axe = async (page, what) => {
    if (!await page.evaluate(() => 'axe' in window))
        await page.evaluate(require('axe-core').source);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    assert.equal(violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join('; ')).join('\n'), '', what);
};

// What must be on the screen without scrolling, whole: at least one element for each selector. And nothing is wider than the page.
const fits = async (page, selectors, what) => {
    const missing = await page.evaluate((selectors) => selectors.filter((selector) => ![...document.querySelectorAll(selector)].some((node) => {
        const { left, top, right, bottom, height } = node.getBoundingClientRect();
        return height && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    })), selectors);
    assert.equal(missing.join(), '', what + ' is not whole on the screen');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width, what + ': the width');
};

// Brings the page into each state: [name, what a user types, what shows that the state is reached].
const states = [
    ['running', 'interval=50ms', async (page) => until(page, 'list', 'message-1')],
    ['ended', 'case=id-kept&1-.status=200', async (page) => until(page, 'state', /Reconnects|in 1 conn|gives up/)],
    ['waiting', 'count=1&interval=0&retry=60000', async (page) => until(page, 'state', 'Reconnects in 60 s.')],
    ['refused', 'count=many', async (page) => until(page, 'wrong', '400: ')],
    ['many', 'count=10000&interval=0&retry=60000', async (page) => until(page, 'state', 'Reconnects in 60 s.')],
    ['large', 'count=1&size=5M&retry=60000', async (page) => until(page, 'state', 'Reconnects in 60 s.')],
];

const looksAt = async (page, sizes) => {
    for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        for (const [name, typed, reached] of states) {
            await run(page, typed);
            await reached(page);
            await page.waitForSelector('#inner .row');
            for (const colorScheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
                if (height >= 800 || width >= 1280)
                    await fits(page, ['#target', '#line', '#inner .row'], `${name}, ${width}, ${colorScheme}`);
                await axe(page, `${name}, ${width}, ${colorScheme}`);
            }
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

    async small(page) {
        await ready(page);
        await looksAt(page, [[390, 844], [768, 1024]]);
    },

    async wide(page) {
        await ready(page);
        await looksAt(page, [[1280, 800], [1920, 1080]]);
    },

    // 200 % zoom of 1280 × 800 gives the page half as many pixels. 400 % gives it 320.
    async zoomed(page) {
        await ready(page);
        await looksAt(page, [[640, 400], [320, 400]]);
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
                for (const colorScheme of ['light', 'dark']) {
                    await page.emulateMedia({ colorScheme });
                    await fits(page, [], `${word}, ${width}`);
                    await axe(page, `${word}, ${width}, ${colorScheme}`);
                }
            }
            await open(page, url, '#run/stream?count=0&require=bearer:T');
            await page.waitForSelector('#auth', { state: 'visible' });
            await until(page, 'state', 'gives up');
            await axe(page, 'token, ' + width);
            await page.fill('#token', 'T');
            await page.keyboard.press('Enter');
            await until(page, 'verdict', '1 of 1 event right');
            await stop(page);
        }
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
        await until(page, 'state', 'Reconnects in 3 s.');
        await page.waitForFunction(() => document.activeElement.id === 'stop');
        await page.keyboard.press('Space');
        await until(page, 'state', /^Stopped\. \d events?/);
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
