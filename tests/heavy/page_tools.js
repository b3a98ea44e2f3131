// page_tools.js: what the scenarios of the page share: waiting for conditions, and what a user does in one step.
const assert = require('assert');

// The page has started when it has the parameters, and the cases if it may list them.
const ready = async (page) => {
    await page.waitForSelector('#name option', { state: 'attached' });
    await page.waitForSelector('#groups .case', { state: 'attached' });
};
const text = (page, id) => page.textContent('#' + id);

// Waits until the text of an element matches. On failure it says what the text was.
const until = async (page, id, pattern) => {
    const words = pattern instanceof RegExp ? pattern.source : pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    try {
        await page.waitForFunction(([id, words]) => new RegExp(words, 's').test(document.getElementById(id).textContent), [id, words]);
    } catch {
        assert.fail(`#${id} never had "${pattern}": ${await text(page, id)}`);
    }
};

// Types a URL and starts it with Enter.
const run = async (page, typed) => {
    await page.fill('#target', typed);
    await page.press('#target', 'Enter');
};
const stop = async (page) => {
    await page.keyboard.press('Escape');
    await page.waitForSelector('#start', { state: 'visible' });
};
// Opens the page with a hash, as a link does.
const open = async (page, url, hash) => {
    await page.goto('about:blank');
    await page.goto(url + '/' + hash);
    await ready(page);
};

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

const rows = (page) => page.locator('#inner .row').allTextContents();
const marks = async (page) => (await page.locator('#inner .row .mark').allTextContents()).map((mark) => mark[0]).join('');

// Fails with the rules of axe that the page breaks, and the elements that break them.
const axe = async (page, what) => {
    if (!await page.evaluate(() => 'axe' in window))
        await page.evaluate(require('axe-core').source);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    assert.equal(violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join('; ')).join('\n'), '', what);
};

module.exports = { ready, text, until, run, stop, open, add, rows, marks, axe };
