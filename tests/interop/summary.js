// What the document and the picture say of a client: sums of its results.
import { partsOf, SUFFIXES } from './cases.js';
import { isFlaky } from './results.js';

const namesOf = (client, one) => partsOf(client, one).map((part) => one.name + SUFFIXES[part]);

const isRight = (verdicts, name) => !verdicts.has(name);
const isJudged = (verdicts, name) => verdicts.get(name) !== null;

// right of judged, for the names.
const share = (verdicts, names) => {
    const judged = names.filter((name) => isJudged(verdicts, name));
    return { right: judged.filter((name) => isRight(verdicts, name)).length, judged: judged.length };
};

// PART: "events", "time" or "id".
export const shareOf = (client, verdicts, cases, part) =>
    share(verdicts, cases.filter((one) => partsOf(client, one).includes(part)).map(({ name }) => name + SUFFIXES[part]));

// "right", "events" or "reconnection" (what is wrong), "flaky", or "not judged".
export const stateOf = (client, verdicts, one) => {
    const names = namesOf(client, one);
    if (verdicts.get(one.name) && !isFlaky(verdicts.get(one.name)))
        return 'events';
    if (names.some((name) => verdicts.get(name) && !isFlaky(verdicts.get(name))))
        return 'reconnection';
    if (names.some((name) => isFlaky(verdicts.get(name))))
        return 'flaky';
    return isJudged(verdicts, one.name) ? 'right' : 'not judged';
};

export const flakyOf = (verdicts) => [...verdicts.values()].filter((verdict) => isFlaky(verdict)).length;
export const groupsOf = (cases) => [...new Set(cases.map(({ group }) => group))];
