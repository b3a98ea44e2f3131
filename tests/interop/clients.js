// The clients, in the order of the table. PROTOCOL.md tells how to add one.
//
//   name       what the table calls it
//   package    debian:NAME or npm:NAME, for the version; the client is left out on a machine that has no such package
//   in         the browser that runs `module`, a file of clients/
//   command    or the program that is the client, in the folder of compare_clients
//   needs      a file without which it cannot run either
//   time       its reconnection time if the server sets none, in ms
//   headers    false: it cannot send header fields of one's own
//   reconnects false: it does not, so nothing about reconnections is judged
//   head       false: it reads no status and no type, so the cases that are about these are not judged
//   held       CI holds it to its known results
import { execFileSync } from 'node:child_process';
import { accessSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const NODE = './node_modules/.bin/node';
const node = (module) => [NODE, 'clients/run_module.js', `./${module}`];

export const CLIENTS = [
    { name: 'baseline', in: 'chromium', module: 'baseline.js', package: 'debian:chromium', time: 3000, held: true },
    { name: 'Chromium', in: 'chromium', module: 'native.js', package: 'debian:chromium', time: 3000, headers: false, held: true },
    { name: 'Firefox ESR', in: 'firefox', module: 'native.js', package: 'debian:firefox-esr', time: 5000, headers: false, held: true },
    { name: 'WPE WebKit', in: 'wpe', module: 'native.js', package: 'debian:libwpewebkit-1.1-0', needs: '/usr/bin/cog', time: 3000, headers: false, held: true },
    { name: 'Deno', command: ['./node_modules/.bin/deno', 'run', '--no-config', '--cached-only', '--allow-all', 'clients/run_module.js', './native.js'], package: 'npm:deno', time: 5000, headers: false, held: true },
    { name: 'baseline in Bun', command: ['./node_modules/.bin/bun', 'clients/run_module.js', './baseline.js'], package: 'npm:bun', time: 3000 },
    { name: 'eventsource', command: node('eventsource.js'), package: 'npm:eventsource', time: 3000, held: true },
    { name: 'eventsource 3', command: node('eventsource_3.js'), package: 'npm:eventsource-3', time: 3000 },
    { name: 'eventsource 2', command: node('eventsource_2.js'), package: 'npm:eventsource-2', time: 1000 },
    { name: 'undici', command: node('undici.js'), package: 'npm:undici', time: 3000, headers: false },
    { name: 'eventsource-client', command: node('eventsource-client.js'), package: 'npm:eventsource-client', time: 2000 },
    { name: 'launchdarkly-eventsource', command: node('launchdarkly-eventsource.js'), package: 'npm:launchdarkly-eventsource', time: 1000 },
    { name: 'extended-eventsource', command: node('extended-eventsource.js'), package: 'npm:extended-eventsource', time: 5000 },
    { name: 'event-source-plus', command: node('event-source-plus.js'), package: 'npm:event-source-plus', time: 2 },
    { name: 'fetch-event-source', in: 'chromium', module: 'fetch-event-source.js', package: 'npm:@microsoft/fetch-event-source', time: 1000 },
    { name: 'sse.js', in: 'chromium', module: 'sse.js', package: 'npm:sse.js', time: 3000 },
    { name: 'event-source-polyfill', in: 'chromium', module: 'event-source-polyfill.js', package: 'npm:event-source-polyfill', time: 1000 },
    { name: 'okhttp-sse', command: ['./clients/okhttp-sse'], package: 'debian:libokhttp-java', needs: 'java/okhttp-sse.jar', reconnects: false, time: 0 },
    { name: 'donovanhide/eventsource', command: ['./go/client'], package: 'debian:golang-github-donovanhide-eventsource-dev', needs: 'go/client', time: 3000 },
    { name: 'Symfony HttpClient', command: ['php', 'clients/symfony.php'], package: 'debian:php-symfony-http-client', needs: '/usr/bin/php', reconnects: false, time: 0 },
    { name: 'Mastodon.py', command: ['/usr/bin/python3', 'clients/mastodon_listener.py'], package: 'debian:python3-mastodon', reconnects: false, time: 0 },
    { name: 'Python, standard library', command: ['/usr/bin/python3', 'clients/standard.py'], package: 'debian:python3', time: 3000 },
    { name: 'curl', command: [NODE, 'clients/curl.js'], package: 'debian:curl', reconnects: false, head: false, time: 0 },
].map((client) => ({ headers: true, reconnects: true, head: true, held: false, isEngine: client.module === 'native.js', ...client }));

const debianVersion = (name) => execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Version}', name], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString().replace(/^installed (\d+:)?/, '').replace(/(\+dfsg)?-[^-]*$/, '');

// The version of a client's package in DIRECTORY, or null if the machine does not have it.
export const versionOf = (client, directory) => {
    const [from, name] = client.package.split(':');
    try {
        if (client.needs)
            accessSync(resolve(directory, client.needs));
        return from === 'debian' ? debianVersion(name) : JSON.parse(readFileSync(join(directory, 'node_modules', name, 'package.json'), 'utf8')).version;
    } catch {
        return null;
    }
};
