// The form of results: the file `known`, and what compare_clients prints.
//
//   CLIENT VERSION                    a client, in its own paragraph
//     NAME: what it does              it is wrong in this: the name of a case (", time" and ", ID": of its reconnection), an experiment
//                                   or a handler of web-platform-tests
//     NAME: flaky: what it does       it is wrong in one of two rounds
//     NAME: not judged
// Everything else that the client was asked for is right.

const FLAKY = 'flaky: ';
const NOT_JUDGED = 'not judged';

// For comparisons: what a client does wrong, whatever the measured time is. Two results of the same kind are the same.
export const wordKind = (verdict) => (verdict === undefined ? '' : verdict === null ? NOT_JUDGED : verdict.replace(/after \d+ ms/, 'after').replace(/^throws .*/, 'throws'));

// It did something at another time than it should, or not at all, or its browser crashed: a busy machine or another case may be why.
export const isDoubtful = (verdict) => /after \d+ ms instead of|^does not (connect|reconnect|end|get in)|within \d+ s$|the browser crashed/.test(verdict ?? '');

// compareRounds(FIRST, SECOND): maps of NAME to verdict. What differs is flaky.
export const compareRounds = (first, second) => {
    const both = new Map();
    for (const name of new Set([...first.keys(), ...second.keys()])) {
        const [one, other] = [first.get(name), second.get(name)];
        both.set(name, wordKind(one) === wordKind(other) ? one ?? null : FLAKY + (one || other || NOT_JUDGED));
    }
    return both;
};

export const isFlaky = (verdict) => Boolean(verdict?.startsWith(FLAKY));

export const printResults = (clients, finished) => clients.flatMap(({ name }) => finished.filter(({ client }) => client.name === name))
    .map(({ client, results }) => [`${client.name} ${client.version}`, ...[...results].filter(([, verdict]) => verdict !== '')
        .map(([what, verdict]) => `  ${what}: ${verdict ?? NOT_JUDGED}`).sort()].join('\n') + '\n').join('\n');

// parseResults(TEXT): a map of each client's name to { version, verdicts }; verdicts has what is not right.
export const parseResults = (text) => {
    const all = new Map();
    for (const paragraph of text.split(/\n\n+/).filter((one) => /^\S/.test(one))) {
        const [head, ...lines] = paragraph.trimEnd().split('\n');
        const [, name, version] = /^(.*) (\S+)$/.exec(head);
        const verdicts = lines.map((line) => /^ {2}(experiment \d+: [^:]*|[^:]*): (.*)$/.exec(line).slice(1));
        all.set(name, { version, verdicts: new Map(verdicts.map(([what, verdict]) => [what, verdict === NOT_JUDGED ? null : verdict])) });
    }
    return all;
};
