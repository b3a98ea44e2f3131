// engine_states.js: scenarios of other_engines.js about the states of the page: how each looks, in which colours, sizes and motion.
const { spawn } = require('child_process');
const assert = require('assert');
const { engine, url, holds, textOf, until, isVisible, press, type, choose, open, opened, looksWell } = require('./engine_tools.js');

// Brings the page into each state: what a user types, what shows that the state is reached, how it reconnects, and what is on the screen.
const SHOWN = ['#target', '#line', '#inner .row'];
const STATES = [
    ['interval=50ms', 'list', /message-1/, '', ['#stop', ...SHOWN]],
    ['count=2&interval=0', 'verdict', /^3 of 3 events right\.$/, 'never', ['#start', ...SHOWN]],
    ['count=1&interval=0&retry=60000', 'state', /Reconnects in [1-5]\d s\.$/, '', ['#stop', ...SHOWN]],
    ['count=many', 'wrong', /^400: parameter "count"/, '', ['#wrong', ...SHOWN]],
    ['count=1&size=5M', 'state', /The stream ended\. 2 events/, 'never', SHOWN],
    ['count=10000&interval=0', 'state', /10,001 events/, 'never', SHOWN],
    ['count=0&require=bearer:T', 'why', /answer is 401/, '', ['#token', '#unlock button', '#target']],
];
const SIZES = [[390, 844], [768, 1024], [1280, 800], [1920, 1080]];
// Looks at the same state in all sizes. A low window has not room for all.
const inAll = async (what, selectors, sizes = SIZES) => {
    for (const [width, height] of sizes) {
        await engine.resize(width, height);
        await looksWell(width + ' ' + what, height < 800 ? [] : selectors);
    }
};
const looksAt = async (sizes) => {
    await opened('');
    await inAll('start', ['#target', '#start', '#line', '#ten a'], sizes);
    for (const [typed, id, pattern, mode, selectors] of STATES) {
        await choose(mode);
        await type(typed);
        await until(id, pattern);
        await holds(`document.querySelectorAll('#inner .row').length > 0`);
        await inAll(typed, selectors, sizes);
    }
};

// Types the token, after a wrong one. Then the server goes away and comes back.
const lost = async () => {
    await open('#run,never,raw,log,clients/stream?interval=20ms&resume=next');
    await until('why', /^This server needs a token\./);
    await holds(`document.activeElement.id === 'token'`);
    assert.equal(await isVisible('bar') || await isVisible('app'), false);
    await inAll('locked', ['#token', '#unlock button', '#why']);
    await engine.press(...'wrong', 'Enter');
    await until('why', /^The token is wrong\./);
    await inAll('wrong token', ['#token', '#unlock button', '#why']);
    await engine.press(...'opensesame', 'Enter');
    await until('list', /message-3/);
    assert.equal(await isVisible('auth'), false);
    await choose('');
    process.kill(process.env.SERVER, 'SIGKILL');
    await until('wrong', /^The server does not answer\. Does it still run\?$/);
    await until('state', /^No connection\. Reconnects in [0-9.]+ s\.$/);
    await until('verdict', /^[0-9,]+ events right so far; no verdict for the rest: there was no connection\.$/);
    await until('list', /message-3/);
    await inAll('gone', ['#target', '#stop', '#wrong', '#line', '#inner .row']);
    const server = spawn(process.env.SSE_SERVER, ['-q', '-l', new URL(url).host], { stdio: 'ignore', env: { ...process.env, AUTH_TOKEN: 'opensesame' } });
    try {
        await until('verdict', /^[0-9,]+ events right so far; reconnected with message-\d+ after [0-9.]+ s\.$/);
        assert.equal(await textOf('wrong'), '');
        await engine.press('Escape');
        await until('state', /^Stopped\./);
    } finally {
        server.kill();
    }
    assert.equal((await engine.evaluate('location.href + document.documentElement.outerHTML')).includes('opensesame'), false);
};

module.exports = {
    async states() {
        await open('#run,never,raw,log/stream?count=2&interval=10ms&2.status=204');
        await until('verdict', /^3 of 3 events right\.$/);
        await until('raw', /id: message-2/);
        await until('log', /served/);
        await looksAt();
        await opened('#cases/stream');
        await press('run-all');
        for (let passed = 0; !await engine.evaluate(`/\\d+ of (\\d+) cases\\./.test($('totals').textContent) && $('run-all').textContent === 'Run all'`); passed++)
            await new Promise((done) => setTimeout(done, passed < 600 ? 500 : assert.fail('not all cases end')));
        return engine.evaluate(`$('totals').textContent + ' ' + [...document.querySelectorAll('.squares .bad')].map(({ title }) => title).join('; ')`);
    },

    async dark() {
        await looksAt();
    },

    // The size of 1280 × 800 pixels at 200 %, and the width of it at 400 %.
    async zoomed() {
        await looksAt([[640, 400], [320, 400]]);
    },

    // Nothing moves by itself. The timeline is drawn again every two seconds, in place of four times a second.
    async still() {
        await opened('#run/stream?count=0&end=hang');
        await until('list', /hello/);
        const waited = await engine.evaluate(`new Promise((done) => {
            let before = 0;
            new MutationObserver(() => {
                const now = performance.now();
                if (before)
                    done(now - before);
                before = now;
            }).observe($('line'), { childList: true });
        })`);
        assert.equal(waited > 1500, true, waited + ' ms');
        assert.deepEqual(await engine.evaluate(`[document.getAnimations().length, [...document.querySelectorAll('*')].filter((node) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
            return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto';
        }).length]`), [0, 0]);
    },

    locked: lost,
    'dark-locked': lost,
};
