// compare_parsers.js TOOL [BODIES [SEED]]
// Makes event streams at random, has npm's eventsource-parser read each in random pieces and TOOL read it whole, and compares. Prints
// how many bodies there were and how often the parser had to be helped; exit 1 and the bodies if what the two say differs.
//
// The parser is helped in the following ways and no others, each where it departs from the HTML standard, 9.2.5 and 9.2.6, or
// does not tell what the standard's client does; "helped" counts the bodies that would have come out differently without.
//
// carriage   It waits with a CR at the end of a piece until another line end comes, to see whether LF follows. In the standard, "a
//            single CR not followed by a single LF" ends a line, the end of the stream included. So where the last line end of a
//            body is a CR, no cut falls right behind it; and if it is the last character too, LF follows, which it then is one with.
// latin      It takes the characters U+00EF U+00BB U+00BF, which are a byte order mark read as Latin-1, off the front of
//            the first piece. In the standard, only the UTF-8 decoder takes a byte order mark, and has done so. So the first piece
//            is an empty one.
// ids        It tells an event's own ID, and none at all where an event without data has one. In the standard, the last event ID
//            buffer is not reset at dispatch, and becomes the client's last event ID at every blank line, data or not. So a second
//            parser is given every event with one empty data field more, which makes all of them be told, and the last ID that was
//            told holds.
// great      It takes a retry of any size for a number, which the standard does too; TOOL says 2^64 - 1 for all that are greater.
//            As a number of JavaScript's that is 2^64, and greater ones become it.
//
// What is discarded at the end the parser does not tell; it is found here, line by line.
'use strict';
const { createParser } = require('eventsource-parser');
const { spawnSync } = require('child_process');

const [tool, bodiesGiven = '100000', seedGiven = '1'] = process.argv.slice(2);
const bodies = Number(bodiesGiven);
const greatest = 2 ** 64;

// Numbers that follow from the seed (mulberry32): below(n) is one of 0 to n - 1.
let state = Number(seedGiven);
const below = (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * n);
};
const one = (list) => list[below(list.length)];

const ends = ['\n', '\n', '\n', '\r\n', '\r\n', '\r', '\r', '\n\n', '\r\n\r\n', '\r\r', '\n\r', '\r\r\n'];
const names = ['data', 'data', 'data', 'data', 'id', 'id', 'event', 'event', 'retry', 'retry', '', 'Data', 'dat', 'datab', 'ID', ' data', 'data ', 'x'];
const colons = [':', ': ', ': ', ':  ', ':\t', '', ' :', '::'];
const values = ['', 'a', 'bc', '1', '12', '007', '1e3', '-1', '+1', '1 ', ' ', '18446744073709551615', '18446744073709551616', '9'.repeat(40),
    '9'.repeat(400), 'x:y', 'data: z', '\0', 'a\0', '\u2028', '\u2029', '\u0085', '\v', '\f', '\u00e5', '\u2026', '\u{1f600}', '\ufeff', '\u0663', '"\\'];
const marks = ['', '', '', '\ufeff', '\ufeff\ufeff', '\u00ef\u00bb\u00bf', '\ufeff\u00ef\u00bb\u00bf'];
const oddBytes = [0x00, 0x09, 0x0a, 0x0a, 0x0d, 0x0d, 0x20, 0x3a, 0x30, 0x7f, 0x80, 0x85, 0xa8, 0xbb, 0xbf, 0xc0, 0xc2, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];

// Some lines; then, in every other body, some bytes of it are replaced, left out or put in.
const makeBody = () => {
    let text = one(marks);
    for (let lines = below(12); lines > 0; lines--)
        text += one(names) + one(colons) + one(values) + (below(4) === 0 ? one(values) : '') + one(ends);
    if (below(3) === 0)
        text += one(names) + one(colons) + one(values);
    const bytes = [...Buffer.from(text)];
    for (let changes = below(2) * below(5); changes > 0; changes--)
        bytes.splice(below(bytes.length + 1), below(2), ...[one(oddBytes), one(oddBytes)].slice(below(3)));
    return Buffer.from(bytes);
};

// Where a body is cut: nowhere, everywhere or here and there.
const makeCuts = (length) => {
    const chance = one([0, 1, 0.5, 0.2, 0.05]);
    return Array.from({ length }, (_, at) => at).filter((at) => at > 0 && below(1000) < chance * 1000);
};

// The pieces of a body, decoded as they come: by default the decoder takes one byte order mark off the front.
const decodePieces = (body, cuts) => {
    const decoder = new TextDecoder();
    const pieces = [0, ...cuts].map((start, at) => decoder.decode(body.subarray(start, cuts[at]), { stream: true }));
    return [...pieces, decoder.decode()];
};

const parse = (pieces) => {
    const result = { events: [], reconnectionTime: null };
    const parser = createParser({
        onEvent: ({ id, event, data }) => result.events.push({ type: event ?? 'message', data, id }),
        onRetry: (time) => { result.reconnectionTime = time; },
    });
    pieces.forEach((piece) => parser.feed(piece));
    return result;
};

// carriage: joins the two pieces that a cut behind the last line end parts, if that is a CR, and puts LF behind one at the very end.
const helpCarriage = (pieces) => {
    const text = pieces.join('');
    const last = Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\n'));
    if (text[last] !== '\r')
        return pieces;
    const helped = [];
    let before = 0;
    for (const piece of pieces) {
        if (before === last + 1 && helped.length > 0)
            helped.push(helped.pop() + piece);
        else
            helped.push(piece);
        before += piece.length;
    }
    return last === text.length - 1 ? [...helped.slice(0, -1), helped.at(-1) + '\n'] : helped;
};

// ids: what the client's last event ID is after each event with data, and at the end.
const lastIds = (text) => {
    let id = '';
    const ids = [];
    const parser = createParser({
        onEvent: (event) => {
            id = event.id ?? id;
            if (event.data !== '')
                ids.push(id);
        },
    });
    parser.feed('');
    // A data field of its own makes the data of an event that has any longer than nothing.
    parser.feed(text.split(/\r\n|\r|\n/).slice(0, -1).map((line) => (line === '' ? 'data\n\n' : line + '\n')).join(''));
    return { ids, id };
};

// Behind the last line that is empty.
const discardedOf = (text) => {
    let rest = '';
    for (const [line, content] of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g))
        rest = line !== '' && content === '' ? '' : rest + line;
    return rest;
};

const counts = { carriage: 0, latin: 0, ids: 0, great: 0 };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const expected = (body, cuts) => {
    const pieces = decodePieces(body, cuts);
    const text = pieces.join('');
    const carriage = helpCarriage(pieces);
    const result = parse(['', ...carriage]);
    counts.carriage += !same(result, parse(['', ...pieces]));
    counts.latin += !same(result, parse(carriage));

    const { ids, id } = lastIds(text);
    let told = '';
    const events = result.events.map((event, at) => {
        told = event.id ?? told;
        return { type: event.type, data: event.data, lastEventId: ids[at] };
    });
    counts.ids += told !== id || result.events.some((event, at) => event.id !== ids[at]) || ids.length !== events.length;

    let time = result.reconnectionTime;
    if (time !== null && time > greatest) {
        counts.great++;
        time = greatest;
    }
    return { events, reconnectionTime: time, lastEventId: id, discarded: discardedOf(text) };
};

const all = Array.from({ length: bodies }, makeBody);
const run = spawnSync(tool, { input: Buffer.concat(all.flatMap((body) => [Buffer.from(body.length + '\n'), body])), maxBuffer: 1 << 30 });
if (run.status !== 0)
    throw new Error('the tool failed: ' + run.stderr);
const said = run.stdout.toString().split('\n');
let different = 0, events = 0;
all.forEach((body, at) => {
    const cuts = makeCuts(body.length);
    const wanted = expected(body, cuts);
    events += wanted.events.length;
    if (same(JSON.parse(said[at]), wanted))
        return;
    if (++different <= 10)
        console.log(`body ${JSON.stringify(body.toString('latin1'))} cut at ${cuts}\n  tool   ${said[at]}\n  parser ${JSON.stringify(wanted)}`);
});
console.log(`${bodies} bodies, ${events} events, ${different} different; helped: ` + Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', '));
process.exit(different > 0 || said.length !== bodies + 1 ? 1 : 0);
