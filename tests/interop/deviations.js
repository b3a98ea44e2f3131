// The deviations of a client as a list, each worded so that its maintainer can accept it as a bug report.
import { isFlaky, wordKind } from './results.js';

const PARTS = ['', ', time', ', ID'];

const sentence = (verdict) => (isFlaky(verdict) ? `${verdict.slice('flaky: '.length)} in one of two rounds` : verdict);
const at = (path) => `\`http://localhost:8080${path}\``;

const groupBy = (list, keyOf) => {
    const groups = new Map();
    for (const one of list)
        groups.set(keyOf(one), [...groups.get(keyOf(one)) ?? [], one]);
    return [...groups.values()];
};

// What several cases have in common is one bug.
const ofCases = (verdicts, cases) => {
    const found = cases.flatMap((one) => PARTS.filter((part) => verdicts.get(one.name + part)).map((part) => ({ one, verdict: sentence(verdicts.get(one.name + part)) })));
    return groupBy(found, ({ one, verdict }) => one.expected.disputed?.what ?? `${one.group} ${wordKind(verdict)}`).map((group) => {
        const names = groupBy(group, ({ one }) => one.name);
        const { one } = group[0], { disputed } = one.expected;
        const rule = disputed ? `${disputed.what} ([rule](${disputed.link}))` : names.length === 1 ? one.means : '';
        if (names.length === 1)
            return `- ${rule} The client ${group.map(({ verdict }) => verdict).join(', and ')}: ${at(one.stream)}`;
        if (group.every(({ verdict }) => wordKind(verdict) === wordKind(group[0].verdict)))
            return [`- ${rule} The client ${group[0].verdict} in ${names.length} cases:`.replace('-  ', '- '), ...names.map(([each]) => `  - ${at(each.one.stream)}: ${each.one.means}`)].join('\n');
        return [`- ${rule}`, ...names.map((several) => `  - ${at(several[0].one.stream)}: the client ${several.map(({ verdict }) => verdict).join(', and ')}.`)].join('\n');
    });
};

const ofExperiments = (verdicts, experiments, paths) => experiments.filter(({ name }) => verdicts.get(name)).map(({ name, number, title, url }) =>
    `- Experiment ${number}, the server ${/^(is|says|stalls|redirects|requires|continues)/.test(title) ? title : `sends ${title}`}: the client ` +
    `${sentence(verdicts.get(name))}: ${at(url ? url(paths[number - 1], 'KEY') : paths[number - 1])}`);

const ofHandlers = (verdicts) => [...verdicts].filter(([name, verdict]) => name.startsWith('handler ') && verdict)
    .map(([name, verdict]) => `- web-platform-tests, ${name.slice('handler '.length)}: the page ${sentence(verdict)}.`);

export const deviationsOf = (client, verdicts, cases, experiments, paths) => {
    const list = [...ofCases(verdicts, cases), ...ofExperiments(verdicts, experiments, paths),
        ...verdicts.get('the server\'s token') ? [`- A server with a token: the client ${sentence(verdicts.get('the server\'s token'))}.`] : [], ...ofHandlers(verdicts)];
    return list.length === 0 ? 'None.' : list.join('\n');
};
