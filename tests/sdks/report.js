// What came out, as tests/sdks/README.md: a table for each group of cases. And what is not as the file `known` says. Pure, but for the
// versions of the packages.
import { readFileSync } from 'node:fs';

export const GROUPS = ['openai', 'responses', 'anthropic', 'gemini', 'ui-message', 'mcp'];

// A line of `known` is DRIVER: CASE: WORD: and what. The first three count. It may be there only now and then, if "what" begins with
// "sometimes".
const key = (line) => line.split(': ').slice(0, 3).join(': ');
const readKnown = (text) => text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => ({
    line, key: key(line), isSometimes: /^sometimes/.test(line.split(': ')[3] ?? ''),
}));

const lineOf = ({ driver, name, verdict }) => `${driver}: ${name}: ${verdict.word}: ${verdict.fault}`;

// A deviation that is not known.
export const isNew = (result, known) => Boolean(result.verdict?.fault) && !readKnown(known).some((one) => one.key === key(lineOf(result)));

// Lines for what is new, and for what has gone. What was not run has not gone.
export const changesOf = ({ drivers, cases, results, known }) => {
    const now = new Set(results.filter(({ verdict }) => verdict?.fault).map((result) => key(lineOf(result))));
    const names = drivers.map(({ name }) => name);
    const wasRun = ([driver, name]) => results.some((result) => result.driver === driver && result.name === name) ||
        (names.includes(driver) && !cases.some((one) => one.name === name));
    return [
        ...results.filter((result) => isNew(result, known)).map((result) => `new: ${lineOf(result)}`),
        ...readKnown(known).filter((one) => !one.isSometimes && !now.has(one.key) && wasRun(one.line.split(': '))).map(({ line }) => `gone: ${line}`),
    ];
};

const versions = () => Object.keys(JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).dependencies).map((name) => {
    const file = new URL(`./node_modules/${name}/package.json`, import.meta.url);
    return `- \`${name}\` ${JSON.parse(readFileSync(file, 'utf8')).version}`;
});

// A deviation is in bold.
const cell = (result, known, driver, one) => {
    const sometimes = known.find(({ key: each, isSometimes }) => isSometimes && each.startsWith(`${driver.name}: ${one.name}: `));
    if (sometimes)
        return `ok or **${sometimes.key.split(': ')[2]}**`;
    if (!result)
        return '?';
    if (result.verdict === null)
        return '–';
    return result.verdict.fault ? `**${result.verdict.word}**` : result.verdict.word;
};

const row = (cells) => `| ${cells.join(' | ')} |`;

const groupTable = (group, { drivers, cases, results, known }) => {
    const columns = drivers.filter((driver) => driver.isReader || driver.group === group);
    const listed = readKnown(known);
    const find = (driver, one) => results.find((result) => result.driver === driver.name && result.name === one.name);
    return [
        row([`\`${group}\``, ...columns.map(({ name }) => name)]),
        row(['---', ...columns.map(() => '---')]),
        ...cases.filter((one) => one.group === group).map((one) =>
            row([one.name, ...columns.map((driver) => cell(find(driver, one), listed, driver, one))])),
    ].join('\n');
};

export const document = (all) => `# SDKs on the cases of APIs

\`tests/sdks/compare_sdks\` writes this file, and \`make interop\` prints it. The SDKs of language models, with their own
defaults, read the cases of their API (sse-server-cases(7)). Four libraries that only read event streams, called readers
here, read all of them. [Examples](examples.md) show how to point an SDK at this server.

| word | meaning |
| --- | --- |
| ok | It has the whole answer. A reader has the events of \`/expect\`. |
| error | It reports a failure. |
| retried | It repeats the request, and then has the answer or reports the failure. |
| silent | It reports success, but the answer is incomplete or wrong. |
| hung | It waits until the test ends it. |
| – | Not judged: a reader knows neither the status, nor the type, nor a time limit. |

Bold: a correct client does not do this. Each has a line in [\`known\`](known). If the case says that the client reports
"the error", the error must have the status or the message that the server sent.

These versions ran in Node ${process.versions.node} on ${new Date().toISOString().slice(0, 10)}:

${versions().join('\n')}

${GROUPS.map((group) => groupTable(group, all)).join('\n\n')}
`;
