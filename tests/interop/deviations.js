// The deviations of a client as a list, each worded so that its maintainer can accept it as a bug report.
import { SUFFIXES } from './cases.js';
import { isFlaky, wordKind } from './results.js';

const sentence = (verdict) => (isFlaky(verdict) ? `${verdict.slice('flaky: '.length)} in one of two rounds` : verdict);
const at = (path) => `\`http://localhost:8080${path}\``;

const groupBy = (list, keyOf) => {
    const groups = new Map();
    for (const one of list)
        groups.set(keyOf(one), [...groups.get(keyOf(one)) ?? [], one]);
    return [...groups.values()];
};

const ruleOf = ({ means, expected: { disputed } }) => (disputed ? `${disputed.what} ([rule](${disputed.link}))` : means);

// One bug: a rule that several cases are about, or the same fault in several cases of a group.
const describe = (found) => {
    const [{ one, does }] = found;
    if (found.length === 1)
        return `- ${ruleOf(one)} This client ${does}: ${at(one.stream)}`;
    if (found.some((each) => wordKind(each.does) !== wordKind(does)))
        return [`- ${ruleOf(one)}`, ...found.map((each) => `  - ${at(each.one.stream)}: this client ${each.does}.`)].join('\n');
    const rule = one.expected.disputed ? `${ruleOf(one)} ` : '';
    return [`- ${rule}This client ${does} in ${found.length} cases:`, ...found.map((each) => `  - ${at(each.one.stream)}: ${each.one.means}`)].join('\n');
};

const ofCases = (verdicts, cases) => {
    const found = cases.map((one) => ({ one, does: Object.values(SUFFIXES).map((suffix) => verdicts.get(one.name + suffix)).filter(Boolean).map(sentence).join(', and ') })).filter(({ does }) => does);
    return groupBy(found, ({ one, does }) => one.expected.disputed?.what ?? `${one.group} ${wordKind(does)}`).map(describe);
};

const ofExperiments = (verdicts, experiments, paths) => experiments.filter(({ name }) => verdicts.get(name)).map(({ name, number, title, url }) =>
    `- Experiment ${number}, the server ${/^(is|says|stalls|redirects|requires|continues)/.test(title) ? title : `sends ${title}`}: this client ` +
    `${sentence(verdicts.get(name))}: ${at(url ? url(paths[number - 1], 'KEY') : paths[number - 1])}`);

const ofHandlers = (verdicts) => [...verdicts].filter(([name, verdict]) => name.startsWith('handler ') && verdict)
    .map(([name, verdict]) => `- web-platform-tests, ${name.slice('handler '.length)}: the page ${sentence(verdict)}.`);

export const deviationsOf = (client, verdicts, cases, experiments, paths) => {
    const list = [...ofCases(verdicts, cases), ...ofExperiments(verdicts, experiments, paths),
        ...verdicts.get('the server\'s token') ? [`- A server with a token: this client ${sentence(verdicts.get('the server\'s token'))}.`] : [], ...ofHandlers(verdicts)];
    return list.length === 0 ? 'None.' : list.join('\n');
};
