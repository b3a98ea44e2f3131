// use_page.js SCENARIO URL   opens the page at URL in Chromium and runs the scenario. Prints console messages, policy violations and
// requests to other servers, one per line. Fails if something does not happen that the scenario waits for.
const { chromium } = require('playwright-core');
const scenarios = { ...require('./page_runs.js'), ...require('./page_links.js'), ...require('./page_views.js') };

(async () => {
    const [scenario, url] = process.argv.slice(2);
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    page.setDefaultTimeout(Number(process.env.LIMIT_MS || 60000));
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
