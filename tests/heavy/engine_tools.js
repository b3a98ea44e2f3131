// engine_tools.js: what the scenarios of other_engines.js share: waiting for conditions, what a user does in one step, and looking at the page.
// If PICTURES names a folder, each state that is looked at is stored there as a PNG.
const assert = require('assert');
const fs = require('fs');
const { eventually } = require('./engines.js');

// other_engines.js puts the functions of the engine here.
const engine = {};
const [engineName, scenario, url] = process.argv.slice(2);

// Waits until an expression is true in the page. On failure it says what `seen` is there.
const holds = (expression, seen = expression) => eventually(async () =>
    assert.equal(await engine.evaluate(expression), true, JSON.stringify(await engine.evaluate(seen)) + ', but this must be true: ' + expression));
const textOf = (id) => engine.evaluate(`document.getElementById('${id}').textContent`);
const until = (id, pattern) => eventually(async () => assert.match(await textOf(id), pattern));
const isVisible = (id) => engine.evaluate(`document.getElementById('${id}').checkVisibility()`);
const press = (id) => engine.evaluate(`void document.getElementById('${id}').click()`);
const type = (words) => engine.evaluate(`void ($('target').value = ${JSON.stringify(words)}, $('bar').requestSubmit())`);
const choose = (mode) => engine.evaluate(`void ($('again').value = '${mode}', $('again').onchange())`);
// A link opens the page anew, not only its hash.
const open = async (hash) => {
    await engine.open('about:blank');
    await engine.open(url + '/' + hash);
};
const opened = async (hash) => {
    await open(hash);
    await holds(`document.querySelectorAll('#groups .case').length > 100`);
};

const looksWell = async (what, selectors = []) => {
    if (!await engine.evaluate('"axe" in window'))
        await engine.evaluate(`void (() => { ${require('axe-core').source} })()`);
    assert.equal(await engine.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 150)).join('; ')).join('\\n'))`), '', what);
    assert.equal(await engine.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, what + ': the width');
    // These need no scrolling: at least one element of each selector is on the screen, whole.
    assert.deepEqual(await engine.evaluate(`${JSON.stringify(selectors)}.filter((selector) => ![...document.querySelectorAll(selector)].some((node) => {
        const { left, top, right, bottom, height } = node.getBoundingClientRect();
        return height && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }))`), [], what + ': not whole on the screen');
    if (process.env.PICTURES && engine.picture)
        fs.writeFileSync(`${process.env.PICTURES}/${engineName} ${scenario} ${what.replace(/[^\w =&]/g, '')}.png`, Buffer.from(await engine.picture(), 'base64'));
};

module.exports = { engine, url, holds, textOf, until, isVisible, press, type, choose, open, opened, looksWell };
