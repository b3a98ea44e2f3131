// What came out, as markdown: a row for each group of cases and each experiment, a column for each client. Then what is wrong, a line
// each: CLIENT: WHAT: and a word on it. What was not reached has no result.

const row = (cells) => `| ${cells.join(' | ')} |`;

const share = (words) => {
    const known = words.filter((word) => word !== null && word !== undefined);
    return known.length === 0 ? '–' : `${known.filter((word) => word === '').length}/${known.length}`;
};

const yes = (word) => {
    if (word === undefined)
        return '?';
    if (word.startsWith('cannot'))
        return '–';
    return word === '' ? 'yes' : 'no';
};

const caseRows = (results, cases) => {
    const groups = [...new Set(cases.map(({ group }) => group))];
    const of = ({ cases: all }, part, group) =>
        share(cases.flatMap((one, at) => (!group || one.group === group ? [all[at]?.[part]] : [])));
    return [
        ...groups.map((group) => [`\`${group}\``, ...results.map((one) => of(one, 'events', group))]),
        ['comes back when it should', ...results.map((one) => of(one, 'wait'))],
        ['comes back with the right id', ...results.map((one) => of(one, 'id'))],
    ];
};

const PARTS = { events: '', wait: ', when it comes back', id: ', with which id' };

// What came of an experiment or a case: names, each with a word, which is '' if that was right.
export const ofExperiment = ({ number, title }, word) => [[`${number}. ${title}`, word]];
export const ofCase = ({ name }, result) => Object.keys(PARTS).map((part) => [name + PARTS[part], result?.[part]]);

export const isWrong = ([, word]) => word && !word.startsWith('cannot');

const wrongs = ({ name, cases: all, experiments: ten, token }, cases, experiments) => [
    ...experiments.flatMap((one, at) => ofExperiment(one, ten[at])),
    ['the server\'s token', token],
    ...cases.flatMap((one, at) => ofCase(one, all[at])),
].filter(isWrong).map(([what, word]) => `${name}: ${what}: ${word}`);

export const table = (results, cases, experiments) => [
    row(['', ...results.map(({ name, version }) => `${name} ${version}`.trim())]),
    row(['---', ...results.map(() => '---')]),
    ...caseRows(results, cases).map(row),
    ...experiments.map((one, at) => row([ofExperiment(one)[0][0], ...results.map((result) => yes(result.experiments[at]))])),
    row(['the server\'s token', ...results.map(({ token }) => yes(token))]),
    '',
    ...results.flatMap((one) => wrongs(one, cases, experiments)),
].join('\n');
