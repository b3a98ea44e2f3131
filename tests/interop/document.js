// document.js SERVER README RESULTS DIRECTORY: writes README.md and clients.svg into DIRECTORY. The same results give the same files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { CLIENTS } from './clients.js';
import { checks } from './clients/wpt_handlers.js';
import { deviationsOf } from './deviations.js';
import { experiments, readExperiments, SERVER_TOKEN } from './experiments.js';
import { drawResults } from './picture.js';
import { isFlaky, parseResults } from './results.js';
import { readCases, startServer } from './server.js';
import { flakyOf, groupsOf, shareOf } from './summary.js';

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const of = ({ right, judged }) => (judged === 0 ? '–' : `${right}/${judged}`);

const yes = (verdicts, name) => {
    if (!verdicts.has(name))
        return 'yes';
    return verdicts.get(name) === null ? '–' : isFlaky(verdicts.get(name)) ? 'flaky' : 'no';
};

const handlersOf = ({ isEngine }, verdicts) => {
    const names = Object.keys(checks).map((check) => `handler ${check}`);
    return isEngine ? `${names.filter((name) => !verdicts.has(name)).length}/${names.length}` : '–';
};

const sums = (rows, cases) => table(['client', 'version', 'events', 'reconnects in time', 'with the right ID', 'handlers', 'flaky'],
    rows.map(({ client, version, verdicts }) => [client.name, version, ...['events', 'time', 'id'].map((part) => of(shareOf(client, verdicts, cases, part))),
        handlersOf(client, verdicts), flakyOf(verdicts)]));

const groups = (rows, cases) => table(['client', ...groupsOf(cases).map((group) => `\`${group}\``)],
    rows.map(({ client, verdicts }) => [client.name, ...groupsOf(cases).map((group) => of(shareOf(client, verdicts, cases.filter((one) => one.group === group), 'events')))]));

const tens = (rows) => {
    const all = [...experiments, SERVER_TOKEN];
    return table(['client', ...all.map(({ number, title, name }) => (number ? `${number}. ${title}` : name))],
        rows.map(({ client, verdicts }) => [client.name, ...all.map(({ name }) => yes(verdicts, name))]));
};

const text = (rows, cases, paths) => `# Clients on the cases of the standard

\`make interop\` writes this file and the picture into \`build/interop\`. It runs real clients on every [case](../../man/sse-server-cases.7) of the standard, on
the [ten experiments](../../README.md#ten-experiments) (7 also without a location, 8 with a longer and with a shorter time), and on a server with
a token. The three browsers also run on the handlers of [web-platform-tests](../../man/sse-server-cases.7). [PROTOCOL.md](PROTOCOL.md) says how to add a client.

![A row for each client, a square for each case](clients.svg)

- **events**: the cases in which every event has exactly the type, the data and the ID of \`/expect\`.
- **reconnects in time**: the client waits as long as \`/expect\` says, or fails the connection and reports that.
- **with the right ID**: its \`Last-Event-ID\` is the one of \`/expect\`.
- **handlers**: the handlers of web-platform-tests that give the browser the right result.
- **flaky**: the two rounds had different results. Such a result counts as wrong.
- A dash, or another sum: the client cannot do this, or it cannot be judged. Gzip is not judged if the client did not ask for it. An
  ID is judged only if the client reconnected while the test waited.

The \`baseline\` is [a client written from the standard](clients/baseline.js). It shows that a client can be right in everything. curl
only carries the stream; the baseline reads it.

## Results

${sums(rows, cases)}

## Events, by group of cases

${groups(rows, cases)}

## Experiments

${tens(rows)}

## Deviations

Each item has the rule for a correct client, and what this client does at the URL, with a server at port 8080. To see when it reconnects and with which ID, add
\`&by=key&key=KEY&2-.status=204\`, and read \`/log?key=KEY\` afterwards. \`/expect?case=NAME\` has what is correct. The rules are those of
[the standard](https://html.spec.whatwg.org/multipage/server-sent-events.html).

${rows.map(({ client, version, verdicts }) => `### ${client.name} ${version}\n\n${deviationsOf(client, verdicts, cases, experiments, paths)}`).join('\n\n')}
`;

const [program, readme, resultsFile, directory] = process.argv.slice(2);
const shared = mkdtempSync(join(tmpdir(), 'interop-'));
const server = await startServer(program, shared);
const cases = await readCases(server);
server.close();
rmSync(shared, { recursive: true });
const results = parseResults(readFileSync(resultsFile, 'utf8'));
const rows = CLIENTS.filter(({ name }) => results.has(name)).map((client) => ({ client, ...results.get(client.name) }));
writeFileSync(join(directory, 'README.md'), text(rows, cases, await readExperiments(readme)));
writeFileSync(join(directory, 'clients.svg'), drawResults(CLIENTS, results, cases));
