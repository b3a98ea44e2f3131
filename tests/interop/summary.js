// What the document and the picture say of a client: sums of its results.
import { isFlaky } from './results.js';

const RECONNECTION = [', time', ', ID'];

// The parts of a case that are judged for this client.
const partsOf = (client, one) => ['', ...client.reconnects ? RECONNECTION.slice(0, one.expected.reconnects ? 2 : 1) : []];

const isRight = (verdicts, name) => !verdicts.has(name);
const isJudged = (verdicts, name) => verdicts.get(name) !== null;

// right of judged, for the names.
const share = (verdicts, names) => {
    const judged = names.filter((name) => isJudged(verdicts, name));
    return { right: judged.filter((name) => isRight(verdicts, name)).length, judged: judged.length };
};

export const shareOf = (client, verdicts, cases, part) =>
    share(verdicts, cases.filter((one) => partsOf(client, one).includes(part)).map(({ name }) => name + part));

// "right", "events" or "reconnection" (what is wrong), "flaky", or "not judged".
export const stateOf = (client, verdicts, one) => {
    const names = partsOf(client, one).map((part) => one.name + part);
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
