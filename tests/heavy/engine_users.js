// engine_users.js: scenarios of other_engines.js about what a user does with the keyboard, and with lists of 10,000 events.
const assert = require('assert');
const { engine, url, holds, textOf, until, isVisible, press, type, choose, open, opened, looksWell } = require('./engine_tools.js');

// Presses Tab until the element has the focus. Every element on the way must show its focus, and be on the screen.
const reached = [];
const reach = async (id, back = false) => {
    for (let i = 0; i < 80; i++) {
        await engine.press(back ? 'Shift+Tab' : 'Tab');
        const { at, how, isSeen } = await engine.evaluate(`(() => {
            const node = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(node), { top, bottom } = node.getBoundingClientRect();
            return { at: node.id || node.getAttribute('aria-labelledby') || node.textContent, how: [outlineStyle, outlineWidth, top, bottom, document.hasFocus()].join(), isSeen: node === document.body ||
                (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight) };
        })()`);
        assert.equal(isSeen, true, `${at} must show its focus: ${how}`);
        reached.push(at);
        if (at === id)
            return;
    }
    assert.fail(id + ' is not reached: ' + reached);
};

// The part of the list that can be seen: the rows at every eighth pixel, without repetitions, each with its place and its ID.
// A place without a row is "blank".
const SEEN = `(() => {
    const { left, top, bottom } = $('list').getBoundingClientRect(), edge = top + $('list').clientTop, seen = [];
    for (let y = top + 2; y < bottom - 2; y += 8) {
        const row = document.elementFromPoint(left + 40, y)?.closest('.row');
        const text = row ? (row.getBoundingClientRect().top - edge).toFixed(1) + ' ' + (row.querySelector('.id') || row).textContent : 'blank';
        if (seen[seen.length - 1] !== text)
            seen.push(text);
    }
    return seen;
})()`;
const FRAME = 'new Promise((done) => requestAnimationFrame(() => setTimeout(done)))';
// What differs from the right rows after a jump: row 0 is the note about the connection, row 1 is the hello, row n + 1 is message n.
const jumped = (share) => engine.evaluate(`(async () => {
    const box = $('list'), { height } = document.querySelector('.row').getBoundingClientRect();
    box.scrollTop = ${share} * (box.scrollHeight - box.clientHeight);
    await ${FRAME};
    const seen = ${SEEN};
    return { count: seen.length, wrong: seen.filter((text) => {
        const index = (box.scrollTop + parseFloat(text)) / height, id = ['Connection 1', 'hello'][Math.round(index)] || 'message-' + (Math.round(index) - 1);
        return !text.endsWith(' ' + id) || Math.abs(index - Math.round(index)) * height > 1;
    }) };
})()`);
const isBounded = () => engine.evaluate(`[document.querySelectorAll('#inner .row').length < 100, document.querySelectorAll('*').length < 6000,
    list.rows.length <= 11000, list.shown.length <= 11000, list.kept <= 16e6, run.eventMarks.length <= 600, run.byteMarks.length <= 600,
    document.body.textContent.length < 1e6].join()`);
const BOUNDED = Array(8).fill(true).join();

module.exports = {
    // Uses only real keys, from the top of the page.
    async keyboard() {
        await engine.resize(1280, 800);
        await opened('');
        await reach('target');
        assert.equal(reached.length, 1);
        await engine.press('Control+a', ...'interval=20ms', 'Enter');
        await until('list', /message-1/);
        await engine.press('Escape');
        await until('state', /^Stopped\. [0-9,]+ events?/);
        await reach('build');
        await engine.press('Enter');
        await holds(`$('build').getAttribute('aria-expanded') === 'true'`);
        for (const word of ['raw', 'expected', 'log', 'text', 'clients'])
            await reach({ raw: 'Raw bytes', expected: 'Expected', log: 'Server log', text: 'Text', clients: 'Clients' }[word]), await engine.press(' ');
        await holds(`['raw', 'expected', 'log', 'text', 'clients'].every((word) => $(word + '-pane').checkVisibility())`);
        for (const id of ['again', 'link', 'copy-curl', 'large', 'type', 'find'])
            await reach(id);
        await engine.press(...'message-1');
        await holds(`[...document.querySelectorAll('#inner .row')].every((row) => row.textContent.includes('message-1'))`);
        await reach('pause');
        await engine.press('Enter');
        await until('pause', /^Resume$/);
        await reach('clear');
        await reach('list');
        await engine.press('End');
        await until('detail', /message-1/);
        assert.deepEqual(await engine.evaluate(`[$('list').getAttribute('aria-activedescendant'), $('selected').getAttribute('aria-selected')]`), ['selected', 'true']);
        await reach('Close');
        await engine.press('Enter');
        await holds(`!$('detail').checkVisibility()`);
        for (const id of ['text', 'raw', 'expected-name', 'log-name', 'clients-name'])
            await reach(id);
        await reach('name');
        assert.equal(await textOf('name') !== '', true);
    },

    // 10,000 events: the right rows after each jump, no blank place while keys scroll, and a view that stays put when events arrive.
    async scrolls() {
        await engine.resize(1280, 900);
        await opened('');
        await type('count=10000&interval=0&end=hang');
        await until('events-name', /^Events \(10,001\)$/);
        await until('inner', /message-10000/);
        for (const share of [0, 0.5, 1, 0.25, 0.9999, 0.75, 0]) {
            const { count, wrong } = await jumped(share);
            assert.equal(count > 10 && wrong.join('; '), '', `${count} rows at ${share}`);
        }
        await press('stop');
        await jumped(0.5);
        await engine.evaluate(`void ($('list').focus(), window.blanks = [], window.watching = (async () => {
            while (window.blanks) {
                window.blanks.push(...${SEEN}.filter((text) => text === 'blank'));
                await ${FRAME};
            }
        })())`);
        for (let at = await engine.evaluate(`$('list').scrollTop`), i = 0; i < 3; i++) {
            await engine.press('PageUp');
            await holds(`$('list').scrollTop < ${at}`, `$('list').scrollTop`);
            at = await engine.evaluate(`$('list').scrollTop`);
        }
        assert.equal(await engine.evaluate(`(() => { const { length } = window.blanks; window.blanks = null; return length; })()`), 0);

        // The first connection brings 10,000 events at once, the next ones slow events, until the oldest are dropped.
        await type('1.count=10000&1.interval=0&2-.interval=2ms&retry=20&resume=next');
        await holds('list.total > 10050', 'list.total');
        await engine.evaluate(`(async () => {
            $('list').scrollTop = $('list').scrollHeight * 0.6;
            await ${FRAME};
            await ${FRAME};
        })()`);
        const before = await engine.evaluate(SEEN);
        await holds('list.total > 11500 && list.rows.length < 10900', '[list.total, list.rows.length]');
        await engine.evaluate(FRAME);
        const after = await engine.evaluate(SEEN), idOf = (text) => text.replace(/^\S+ /, '');
        assert.deepEqual(after.map(idOf), before.map(idOf), 'the view stays put');
        assert.equal(Math.abs(parseFloat(after[1]) - parseFloat(before[1])) <= 1, true, `not by a pixel: ${before[1]}, then ${after[1]}`);
        // At the end, it follows what arrives.
        await engine.evaluate(`void ($('list').scrollTop = $('list').scrollHeight)`);
        const [last] = (await engine.evaluate(SEEN)).slice(-1);
        await holds(`(() => { const seen = ${SEEN}; return seen[seen.length - 1] !== ${JSON.stringify(last)} && !seen.includes('blank'); })()`, SEEN);
        await press('stop');

        // WebKit spends its time on each piece of a stream without pauses, before the page gets it, so it gets one that ends.
        await choose('never');
        await type(engine.name.startsWith('WebKit') ? 'interval=0&count=30000' : 'interval=0');
        await holds('list.total > 30000', 'list.total');
        assert.equal(await isBounded(), BOUNDED);
        await engine.press('Escape');
        await until('state', /^(Stopped|The stream ended)\. [0-9,]+ events in 1 connection/);
        await type('count=1&size=5M');
        await until('state', /The stream ended\. 2 events/);
        await engine.evaluate(`$('list').focus()`);
        await engine.press('End');
        await until('detail', /… \(5,242,880 characters\)/);
        assert.equal(await isBounded(), BOUNDED);
    },
};
