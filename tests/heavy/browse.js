// browse.js eventsource URL EVENTS   prints each event as JSON, until there were so many
// browse.js fetch URL TOKEN          prints the status and the body of a fetch with that token
// browse.js headers URL NAMES        prints the values of these response fields (a list with commas) that a fetch with cookies sees
// A certificate that nobody vouches for is accepted. Both run in a page of another origin than URL's.
const { chromium } = require('playwright-core');
const http = require('http');

const events = (url, count) => new Promise((resolve) => {
    const source = new EventSource(url);
    let seen = 0;
    source.onmessage = (event) => {
        console.log(JSON.stringify({ id: event.lastEventId, data: event.data }));
        if (++seen === count) {
            source.close();
            resolve();
        }
    };
});

const fetched = async (url, token) => {
    const response = await fetch(url, { headers: { Authorization: 'Bearer ' + token, 'Last-Event-ID': 'message-1' } });
    return response.status + ' ' + await response.text();
};

const headers = async (url, names) => {
    const response = await fetch(url, { credentials: 'include' });
    return names.split(',').map((name) => name + '=' + response.headers.get(name)).join(' ');
};

(async () => {
    const [how, url, argument] = process.argv.slice(2);
    const site = http.createServer((_, response) => response.end('<!doctype html><title>page</title>'));
    await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    });
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    page.on('console', (message) => console.log(message.text()));
    await page.goto('http://127.0.0.1:' + site.address().port + '/');
    if (how === 'eventsource')
        await page.evaluate(`(${events})(${JSON.stringify(url)}, ${Number(argument)})`);
    else if (how === 'headers')
        console.log(await page.evaluate(`(${headers})(${JSON.stringify(url)}, ${JSON.stringify(argument)})`));
    else
        console.log(await page.evaluate(`(${fetched})(${JSON.stringify(url)}, ${JSON.stringify(argument)})`));
    await browser.close();
    site.close();
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
