// random_streams.js PORT [STREAMS [SEED]]
// Asks a server for random streams, reads them with a client and an interpreter that share no code with it, and compares with /expect.
//
// Each combination of parameters goes to /expect and then to /stream on the same connection, so that the hello is the same. Goes on
// until STREAMS were compared. Prints how many were compared, refused and too long. Exit 1 if
//
// - /expect has other events, another reconnection time or ID, or discards other bytes: prints the request, the bytes and both results;
// - one of the two paths refuses what the other accepts, except for a stream that is too long for /expect;
// - a stream that should end well does not, or nothing arrives for 20 seconds;
// - a parameter of /help was in no stream that was compared.
//
// Two things are not compared: the bytes that `discarded` has after a heartbeat, because comments depend on the time, and streams whose
// answer is 401, because /expect is about the request that has the credentials.
'use strict';
const net = require('net');
const http = require('http');
const path = require('path');
const tools = path.join(__dirname, '..', 'tools');
const { dispatch, isEventStream } = require(path.join(tools, 'dispatch.js'));
const { readResponse, valuesOf } = require(path.join(tools, 'plain_http.js'));

const [port, streamsGiven = '5000', seedGiven = '1'] = process.argv.slice(2);
const STREAMS = Number(streamsGiven), AT_A_TIME = 24, QUIET_MS = 100, PATIENCE_MS = 20000, SHOWN = 10;
const GREATEST = 2n ** 64n - 1n; // /expect says this for all greater reconnection times

// Numbers that follow from the seed (mulberry32): below(n) is one of 0 to n - 1.
let state = Number(seedGiven);
const below = (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * n);
};
const one = (list) => list[below(list.length)];
const some = (most, make) => Array.from({ length: below(most + 1) }, make);

const escaped = (bytes) => [...Buffer.from(bytes)].map((byte) => (/[A-Za-z0-9:,._-]/.test(String.fromCharCode(byte)) ?
    String.fromCharCode(byte) : '%' + byte.toString(16).padStart(2, '0'))).join('');

const names = ['data', 'data', 'data', 'id', 'id', 'event', 'retry', '', 'Data', 'dat', ' data', 'data ', 'x'];
const colons = [':', ':', ': ', ': ', ':  ', '', ' :', '::'];
const values = ['', 'a', 'bc', '1', '007', '1e3', '-1', '1 ', ' ', '18446744073709551616', 'x:y', '\0', 'a\0', '\u2028', '\v', '\u00e5', '\u{1f600}', '\ufeff', '"\\'];
const ends = ['\n', '\n', '\r\n', '\r', '\n\n', '\n\n', '\r\n\r\n', '\r\r', '\n\r'];
const rawBytes = () => {
    const text = one(['', '', '', '\ufeff', '\ufeff\ufeff']) + some(6, () => one(names) + one(colons) + one(values) + one(ends)).join('');
    const bytes = [...Buffer.from(text)];
    for (let changes = below(2) * below(3); changes > 0; changes--)
        bytes.splice(below(bytes.length + 1), below(2), one([0x00, 0x0a, 0x0d, 0x20, 0x3a, 0x80, 0xbb, 0xbf, 0xc0, 0xe2, 0xef, 0xf0, 0xff]));
    return Buffer.from(bytes);
};

const waits = ['0', '1ms', '0.001', '2ms'];
const statuses = ['200', '201', '204', '205', '301', '304', '307', '404', '500', '599'];
const types = ['text/event-stream', 'text/event-stream;charset=utf-8', 'TEXT/Event-Stream', ' text/event-stream', 'text/html', '', 'text/event-streams',
    'text/event-stream,', 'text/event-stream, text/html', 'text/html,text/event-stream', 'text/event-stream;a=",x"', 'x', '*/*'];
let serial = 0;

// Values that are small and short. A parameter that is not here gets one by its kind.
const makers = {
    count: () => one(['0', '1', '2', '3', '7']),
    interval: () => one(waits),
    size: () => one(['128', '130', '500', '1k', '3000']),
    event: () => escaped(one(['tick', '', ' a', 'a b', 'x:y', '\u00e5', Buffer.from([0xff]), '\0'])),
    retry: () => escaped(one(['3000', '0', '', 'abc', '1e3', '007', ' 1', '18446744073709551616', '\u0663'])),
    lastEventId: () => escaped(one(['message-1', 'message-3', '2', 'x', 'hello', '\0'])),
    time: () => one(['0', '1708135969', '253402300799']),
    raw: () => escaped(rawBytes()),
    fill: () => one(['0', '1', '500', '5k']),
    loop: () => one(['1', '2', '5', '30', 'forever']),
    case: () => one(cases),
    split: () => one(['1', '2', '3,1,7', '100', 'random', '65536', '1,1000']),
    gap: () => one(['0', '0.00001', '0.0001']),
    jitter: () => one(['0', '0.5', '1']),
    seed: () => one(['0', '7', '18446744073709551615']),
    heartbeat: () => one(['1ms', '2ms', '1h']),
    chunk: () => one(['1', '2', '7', '100', '1048576']),
    cut: () => one(['0', '1', '2', '37', '40', '100', '500', '5k', 'head']),
    // 400 is left out: by it a refusal is known.
    status: () => one(statuses),
    type: () => escaped(one(types)),
    header: () => escaped(one(['A:b', 'X-Note:\u00e5', 'Set-Cookie:a=b;Max-Age=1', 'Content-Type:text/html', 'content-type: text/event-stream', 'Cache-Control:max-age=9'])),
    location: () => escaped(one(['/', '//x.example/', '/stream?count=1'])),
    reason: () => escaped(one(['Fine', '', 'a b'])),
    cors: () => escaped(one(['*', 'echo', 'none', 'null', 'http://a.example'])),
    require: () => escaped(one(['bearer:T', 'basic:u:p', 'cookie:c=d'])),
    key: () => 'k' + serial,
    attempt: () => one(['1', '2', '3', '9223372036854775807']),
    by: () => one(['id', 'cookie', 'key']),
    finish: () => one(['yes', 'no']),
    errorAfter: () => one(['0', '1', '2']),
    buffer: () => one(['1', '7', '100', '1M', 'all']),
    forbid: () => one(['X-Not-There', 'X-None']),
    log: () => 'X-Note',
};
const byKind = {
    whole: () => one(['0', '1', '2']),
    bytes: () => one(['0', '1', '100']),
    duration: () => one(waits),
    share: () => one(['0', '0.5', '1']),
};
let parameters = [], cases = [];

const valueOf = ({ name, kind, words }) => {
    if (below(40) === 0)
        return (kind === 'duration' || kind === 'waits' ? 'z' : '') + escaped(Buffer.from(some(3, () => below(256)))); // a digit could be a long wait
    if (kind === 'choice')
        return one(words);
    return (makers[name] ?? byKind[kind] ?? (() => 'x'))();
};

// Without a prefix, `interval` has its value in all attempts: by default it is a second.
const prefix = (parameter) => (parameter.forAttempts && parameter.name !== 'interval' && below(5) === 0 ? one(['1.', '1-.', '2.', '1-3.', '2-.', '3-4.']) : '');

// What goes with raw pieces and with messages. Of all other parameters each stream gets a few.
const forMessages = ['count', 'size', 'event', 'eol', 'resume', 'time', 'heartbeat'];
const forRaw = ['raw', 'fill', 'loop'];
const pick = (list) => list.filter(() => below(3) === 0);

// { query, body, type, fields }: a request of /stream or /expect.
const makeRequest = () => {
    const shape = one(['messages', 'messages', 'raw', 'raw', 'case', 'body']);
    const own = shape === 'messages' ? ['count', ...pick(forMessages.slice(1))] : shape === 'raw' ? ['raw', ...pick(['raw', ...forRaw])] :
        shape === 'case' ? ['case'] : [];
    const rest = parameters.map(({ name }) => name).filter((name) => ![...forMessages, ...forRaw, 'case'].includes(name));
    const chosen = [...own, ...some(5, () => one(rest)), ...(below(20) === 0 ? [one(parameters).name] : [])];
    const needed = { gap: 'split', seed: 'jitter', by: 'key', location: 'status' };
    serial++;
    if (shape !== 'case' && !chosen.includes('interval') && below(200) > 0)
        chosen.push('interval');
    if (below(8) > 0)
        chosen.push(...chosen.map((name) => needed[name]).filter((name) => name && !chosen.includes(name)));
    const once = chosen.filter((name, at) => below(30) === 0 || ['raw', 'header'].includes(name) || chosen.indexOf(name) === at);
    const pairs = once.map((name) => {
        const parameter = parameters.find((is) => is.name === name);
        return parameter && `${prefix(parameter)}${name}=${valueOf(parameter)}`;
    }).filter(Boolean);
    const fields = [['Host', 'x']];
    if (below(4) === 0)
        fields.push(['Last-Event-ID', one(['message-1', 'message-2', '3', 'x'])]);
    if (below(4) === 0)
        fields.push(['Origin', 'http://a.example']);
    if (below(2) === 0)
        fields.push(['Authorization', one(['Bearer T', 'Basic dTpw'])], ['Cookie', 'c=d']);
    if (shape === 'body')
        return { pairs, query: pairs.join('&'), body: rawBytes(), type: 'text/event-stream', fields };
    const inBody = below(6) === 0 ? below(pairs.length + 1) : 0;
    return { pairs, query: pairs.slice(inBody).join('&'), body: Buffer.from(pairs.slice(0, inBody).join('&')),
        type: 'application/x-www-form-urlencoded', fields };
};

// Both requests are equally long, and "other" is an option that no server knows: so all lengths are the same in both.
const requestBytes = ({ query, body, type, fields }, where, connection) => {
    const all = [...fields, ['Connection', connection], ...(body.length > 0 ? [['Content-Type', type], ['Content-Length', body.length]] : [])];
    const head = `${body.length > 0 ? 'POST' : 'GET'} ${where}?${query} HTTP/1.1\r\n` + all.map(([name, value]) => `${name}: ${value}\r\n`).join('') + '\r\n';
    return Buffer.concat([Buffer.from(head, 'latin1'), body]);
};

const counts = { compared: 0, refused: 0, 'too long': 0, 'without credentials': 0, events: 0 };
const compared = new Set();
let wrong = 0;

const report = (request, what, bytes, ...results) => {
    if (++wrong > SHOWN)
        return;
    console.log(`${what}\n  request ${JSON.stringify(requestBytes(request, '/stream', 'close').toString('latin1'))}`);
    console.log(`  bytes   ${JSON.stringify(bytes.toString('latin1'))}`);
    results.forEach(([name, result]) => console.log(`  ${name} ${result}`));
};

const isRefusal = (response) => response.status === 400 && valuesOf(response, 'Content-Type')[0] === 'text/plain; charset=utf-8';
const nameOf = (pair) => /^(?:[0-9-]+\.)?([A-Za-z]+)=/.exec(pair)[1];
const has = (request, name) => request.pairs.some((pair) => nameOf(pair) === name);

const isTooLong = (expected) => isRefusal(expected) && expected.body.toString().startsWith('the stream is longer than ');
const isStream = (response) => response?.status === 200 && isEventStream(valuesOf(response, 'Content-Type'));

// What a client makes of the response, as /expect would say it.
const resultOf = (response) => dispatch(isStream(response) ? response.body : Buffer.alloc(0));

// The number is taken from the text: as a number of JavaScript's it would be rounded.
const parseExpectation = (text) => {
    const time = /\],"reconnectionTime":([0-9]+),"lastEventId":/.exec(text);
    return { ...JSON.parse(text), reconnectionTime: time && BigInt(time[1]) };
};

// How the client reconnects is not compared. Without `time` the messages have that of the clock. An echo shows the request, which differs in two words.
const sameText = (text) => text.replace(/"time": ([0-9]{10})(?![0-9])/, (all, time) => (Math.abs(time - Date.now() / 1000) < 600 ? '"time": NOW' : all))
    .replace(/"time": [0-9]{1,9}$/, '"time": CUT').replace('"/expect?', '"/stream?').replace('["Connection","other"]', '["Connection","close"]');
const canonical = (request, result) => {
    const events = result.events.map((event) => ({ ...event, data: sameText(event.data) }));
    const time = result.reconnectionTime === null ? null : String(result.reconnectionTime > GREATEST ? GREATEST : result.reconnectionTime);
    const discarded = has(request, 'heartbeat') ? '' : sameText(result.discarded ?? '');
    return JSON.stringify({ events, reconnectionTime: time, lastEventId: result.lastEventId, discarded });
};

const mayEndBadly = (request) => has(request, 'end') || has(request, 'case') || request.pairs.some((pair) => pair.endsWith('cut=head'));

// { kind }, or { fault } if the stream is not what /expect says. `isOpen`: the connection has not ended, and need not.
const faultOf = (request, expected, response, isOpen) => {
    const refused = response !== null && isRefusal(response);
    if (isTooLong(expected) && !refused)
        return { kind: 'too long' };
    if (isRefusal(expected) && refused && expected.body.equals(response.body))
        return { kind: 'refused' };
    if (refused || isRefusal(expected))
        return { fault: 'only one of the two paths refuses, or for another reason' };
    if (response?.status === 401 && has(request, 'require'))
        return { kind: 'without credentials' };
    if (expected.status !== 200)
        return { fault: `/expect answers ${expected.status}` };
    if (canonical(request, resultOf(response)) !== canonical(request, parseExpectation(expected.body.toString())))
        return { fault: '/expect differs from the stream' };
    if (!isOpen && !response?.whole && !mayEndBadly(request))
        return { fault: 'the stream does not end properly' };
    return { kind: 'compared' };
};

const tally = (request, expected, response, bytes, isOpen) => {
    const { kind, fault } = faultOf(request, expected, response, isOpen);
    if (fault) {
        const client = JSON.stringify(resultOf(response), (_, value) => (typeof value === 'bigint' ? String(value) : value));
        report(request, fault, bytes, ['/expect', expected.body.toString().trimEnd()], ['client ', client]);
        return;
    }
    counts[kind]++;
    if (kind !== 'compared')
        return;
    counts.events += resultOf(response).events.length;
    request.pairs.forEach((pair) => compared.add(nameOf(pair)));
};

// One combination, on one connection. Resolves when it is done.
const compare = (request) => new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let parts = [], expected = null, hasHead = false, ended = false, quiet = null, isDone = false;
    const bytes = () => (parts = [Buffer.concat(parts)])[0];
    const finish = (isOpen) => {
        if (isDone)
            return;
        isDone = true;
        clearTimeout(patience);
        clearTimeout(quiet);
        socket.destroy();
        if (expected === null)
            report(request, 'no answer of /expect', bytes());
        else
            tally(request, expected, readResponse(bytes(), ended), bytes(), isOpen);
        resolve();
    };
    const patience = setTimeout(() => finish(true), PATIENCE_MS); // starts anew whenever something arrives
    // Nothing comes any more: a stream that hangs is complete, if it is what /expect says.
    const look = () => {
        if (expected !== null && faultOf(request, expected, readResponse(bytes(), false), true).kind)
            finish(true);
        else
            quiet = setTimeout(look, QUIET_MS);
    };
    // A client reads no further if the head says that there are no events, nor does this one if there is no end.
    const takeHead = () => {
        const response = readResponse(bytes(), false);
        hasHead = response !== null;
        if (hasHead && !isRefusal(response) && (!isStream(response) || isTooLong(expected)))
            finish(true);
    };
    socket.on('data', (data) => {
        clearTimeout(quiet);
        quiet = setTimeout(look, QUIET_MS);
        patience.refresh();
        parts.push(data);
        if (expected === null) {
            const response = readResponse(bytes(), false);
            if (response === null || !response.whole)
                return;
            expected = response;
            parts = [];
            socket.write(requestBytes(request, '/stream', 'close'));
        } else if (!hasHead) {
            takeHead();
        }
    });
    socket.on('end', () => { ended = true; });
    socket.on('error', () => {});
    socket.on('close', () => finish(false));
    socket.on('connect', () => socket.write(requestBytes(request, '/expect', 'other')));
    quiet = setTimeout(look, QUIET_MS);
});

const getJson = (where) => new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path: where, headers: { Accept: 'application/json' } }, (response) => {
        let text = '';
        response.on('data', (data) => { text += data; });
        response.on('end', () => resolve(JSON.parse(text)));
    }).on('error', reject);
});

// The requests are made one after the other, so the same seed makes the same.
const work = async () => {
    while (counts.compared < STREAMS && wrong <= SHOWN)
        await compare(makeRequest());
};

(async () => {
    parameters = (await getJson('/help')).parameters;
    const listed = await getJson('/cases');
    cases = (listed.cases ?? listed).map(({ name }) => name);
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    const missing = parameters.map(({ name }) => name).filter((name) => !compared.has(name));
    if (missing.length > 0)
        console.log(`in no stream that was compared: ${missing.join(', ')}`);
    console.log(`seed ${seedGiven}: ` + Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ') + `, ${wrong} different`);
    process.exit(wrong > 0 || missing.length > 0 ? 1 : 0);
})();
