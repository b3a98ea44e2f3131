// What a correct client does with a case, from the sentence that the case itself has about it and from the events of /expect. Pure.

const unquote = (list) => list.replace(/'([^']*)'|U\+([0-9A-F]+)| /g, (_, text, code) => text ?? (code ? String.fromCodePoint(parseInt(code, 16)) : ''));
const named = (text) => text.replace(/U\+([0-9A-F]+)/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));

// The text of one event, in the format of its group.
const DELTAS = {
    openai: ({ choices }) => choices?.[0]?.delta?.content,
    responses: ({ type, delta }) => (type === 'response.output_text.delta' ? delta : ''),
    anthropic: ({ delta }) => delta?.text,
    gemini: ({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text,
    'ui-message': ({ type, delta }) => (type === 'text-delta' ? delta : ''),
};

const wholeAnswer = ({ group, events }) =>
    events.filter(({ data }) => data !== '[DONE]').map(({ data }) => DELTAS[group](JSON.parse(data)) ?? '').join('');

// The sentences that cases have about an answer. The first that fits counts.
const ANSWERS = [
    [/reports the whole answer/, (_, one) => ({ text: wholeAnswer(one), args: '' })],
    [/the answer ((?:'[^']*'|U\+[0-9A-F]+| )+)/, ([, list]) => ({ text: unquote(list), args: '' })],
    [/reports the arguments (\{.*\})\./, ([, args]) => ({ text: '', args: named(args) })],
    [/reports the reason ([A-Z]+), and no answer/, ([, reason]) => ({ text: '', args: '', reason })],
];

const answerOf = (one) => {
    for (const [sentence, answer] of ANSWERS) {
        const match = sentence.exec(one.means);
        if (match)
            return answer(match, one);
    }
    return null;
};

const RETRIED = [408, 409, 429]; // and 500 and above
const mayRetry = ({ status, means }) => RETRIED.includes(status) || status >= 500 || /tries again/.test(means);

// The words of the error that is in the stream or in the body.
const messageIn = ({ writes }) => {
    const body = Buffer.concat(writes.map((write) => Buffer.from(write, 'base64'))).toString();
    return /"(?:message|errorText)": ?"([^"]*)"/.exec(body)?.[1] ?? '';
};

// { answer, mayFail, mayRetry, mayHang, wait, status, message }. answer is null if only a failure is right. wait are the bounds of the pause
// before the second request, in ms. status and message are what the error must have, if any.
export const expectationOf = (one) => {
    const { means } = one;
    const answer = answerOf(one);
    const mayFail = /reports (an incomplete answer|(the|an) error)|and reports the error/.test(means);
    if (!answer && !mayFail)
        throw new Error(`${one.name}: nothing here knows what "${means}" means`);
    const [, seconds] = /waits at least (\d+) s/.exec(means) ?? [];
    const [, least, most] = /waits (\d+) ms, not (\d+) s/.exec(means) ?? [];
    return {
        answer, mayFail, mayRetry: mayRetry(one), mayHang: /when it gives up/.test(means),
        wait: least ? { least, most: most * 1000 } : { least: (seconds ?? 0) * 1000, most: Infinity },
        status: Number(/reports the error (\d{3})/.exec(means)?.[1] ?? 0),
        message: /reports the error(,|\.)/.test(means) ? messageIn(one) : '',
    };
};

const json = (text) => text && JSON.stringify(JSON.parse(text));

const isAnswer = (seen, answer) => answer !== null && seen.text === answer.text && json(seen.args) === json(answer.args) &&
    (answer.reason === undefined || seen.reason === answer.reason);

const describe = (seen) => (seen.args ? `arguments ${seen.args}` : `answer ${JSON.stringify(seen.text)}`).slice(0, 60);

const faultOfWait = (expectation, waits) => {
    const wrong = waits.find((wait) => wait < expectation.wait.least - 50 || wait >= expectation.wait.most);
    return wrong === undefined ? '' : 'at the wrong time';
};

// verdictOf(expectation, { seen, error, isHung, waits }): { word, fault }. fault is '' if the client is right. `waits` are the pauses before
// the second and every later request. An error has name, status and message.
export const verdictOf = (expectation, { seen, error, isHung, waits }) => {
    if (isHung)
        return { word: 'hung', fault: expectation.mayHang ? '' : 'does not end' };
    const isRight = error ? expectation.mayFail : isAnswer(seen, expectation.answer);
    const fault = error ? `${error.name} ${error.status || ''}`.trim() : describe(seen);
    if (!isRight)
        return { word: error ? 'error' : 'silent', fault };
    if (error && expectation.status && error.status !== expectation.status)
        return { word: 'error', fault };
    if (error && !error.message.includes(expectation.message))
        return { word: 'error', fault: `${fault}, not that of the server` };
    if (waits.length === 0)
        return { word: error ? 'error' : 'ok', fault: '' };
    return { word: 'retried', fault: expectation.mayRetry ? faultOfWait(expectation, waits) : 'must not' };
};

const valuesOf = (events) => events.filter(({ data }) => data !== '[DONE]').map(({ data }) => JSON.parse(data));
const isJson = (data) => {
    try {
        JSON.parse(data);
        return true;
    } catch {
        return data === '[DONE]';
    }
};

// A reader has no format and no clock: it must deliver the events of /expect, and report a body that breaks off. null: nothing to judge.
export const verdictOfReader = ({ status, type, end, events }, driver, { seen, error, isHung }) => {
    if (status !== 200 || !/^text\/event-stream/.test(type) || end === 'hang')
        return null;
    if (isHung)
        return { word: 'hung', fault: 'does not end' };
    const wanted = events.map(({ type: name, data }) => ({ type: name, data }));
    const mustFail = end !== 'close' || (driver.isJson && !wanted.every(({ data }) => isJson(data)));
    if (error)
        return { word: 'error', fault: mustFail ? '' : error.name };
    const isRight = !mustFail && JSON.stringify(seen.events) === JSON.stringify(driver.isJson ? valuesOf(wanted) : wanted);
    return isRight ? { word: 'ok', fault: '' } : { word: 'silent', fault: mustFail ? 'no error' : `${seen.events.length} events, not those of /expect` };
};
