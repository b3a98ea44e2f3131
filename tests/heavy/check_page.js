// check_page.js FOLDER GROUP   checks a group of the page's pure functions, from their source in FOLDER. Prints "checked GROUP".
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const [folder, group] = process.argv.slice(2);
const source = ['tools', 'target', 'hash', 'parser', 'verdict', 'browser'].map((name) => fs.readFileSync(path.join(folder, name + '.js'), 'utf8')).join('\n');
const names = ['readTarget', 'curlOf', 'baseOf', 'experimentOf', 'encoded', 'bytesOf', 'readHash', 'writeHash', 'parser', 'modelText', 'judge', 'noResults',
    'summary', 'difference', 'same', 'judgeCase', 'resultTable'];
const page = vm.runInThisContext(`(() => { ${source}\n return { ${names} }; })()`);

const HERE = 'http://127.0.0.1:8080';
const read = (typed, origin = HERE) => page.readTarget(typed, origin);
const event = (data, type = 'message', lastEventId = '') => ({ type, data, lastEventId });

// The marks that judge() gives for the events that came, and the summary.
const judged = (expected, came, isPrefix = false) => {
    const sum = { ...page.noResults(), wanted: isPrefix ? null : expected.length, reconnects: 0 };
    const one = page.judge(expected.map((data) => event(data)), isPrefix, sum);
    const results = [...came.flatMap((data) => one.take(event(data))), ...one.rest()];
    return [results.map(({ mark }) => mark || '-').join(' '), page.summary(sum, null, true).text];
};

const groups = {
    accepted() {
        for (const [typed, target] of [
            ['', '/stream'],
            ['  /stream?count=3 ', '/stream?count=3'],
            ['count=3', '/stream?count=3'],
            ['?count=3&interval=0', '/stream?count=3&interval=0'],
            ['1-3.end=reset&1.cut=200', '/stream?1-3.end=reset&1.cut=200'],
            ['raw=data:+a/b?c%0A%0A', '/stream?raw=data:+a/b?c%0A%0A'],
            ['stream?count=1', '/stream?count=1'],
            ['with/count=1/v1', '/with/count=1/v1'],
            ['http://127.0.0.1:8080/stream?count=1', '/stream?count=1'],
            ['HTTP://LOCALHOST:8080/stream', '/stream'],
            ['localhost:8080/stream?count=1', '/stream?count=1'],
            ['[::1]:8080/stream', '/stream'],
            ['http://127.0.0.1:8080/#run,raw/stream?count=4', '/stream?count=4'],
            ['curl localhost:8080/stream', '/stream'],
            ["$ curl -iN 'http://localhost:8080/stream?count=3&interval=0.1'", '/stream?count=3&interval=0.1'],
            ['curl -N -m 5 -o out "http://localhost:8080/stream?count=1" -b jar -c jar', '/stream?count=1'],
            ["curl -N -H 'Last-Event-ID: message-3' 'localhost:8080/stream?count=3'", '/stream?count=3&lastEventId=message-3'],
            ['curl localhost:8080/stream -d count=2 -d interval=0', '/stream?count=2&interval=0'],
            ['curl \\\n  -X GET \\\n  http://localhost:8080/stream\\?count=1', '/stream?count=1'],
        ])
            assert.deepEqual([typed, read(typed).target], [typed, target]);
        for (const typed of ["curl --oauth2-bearer secret 'localhost:8080/stream'", "curl -H 'Authorization: Bearer secret' localhost:8080/stream"])
            assert.deepEqual(read(typed), { target: '/stream', token: 'secret' });
        assert.equal(read('https://example.org/stream?count=1', 'http://example.org').target, '/stream?count=1');
        assert.equal(read('http://Example.org./stream', 'http://example.org').target, '/stream');
        assert.deepEqual(page.experimentOf('/with/raw=data:+a%250A%250A/v2?x=1'), ['raw=data:+a%0A%0A']);
        assert.equal(page.experimentOf('/with/count=1/v1/messages'), null);
        assert.equal(page.baseOf(HERE, '/stream?raw=a%0A'), HERE + '/with/raw=a%250A');
        assert.equal(page.curlOf(HERE, "/stream?raw=[1]'", false), `curl -iN '${HERE}/stream?raw=%5b1%5d%27'`);
    },

    refused() {
        for (const [typed, words] of [
            ['http://other.example/stream', /only reach its own server, 127\.0\.0\.1:8080\. other\.example is another/],
            ['http://localhost:9090/stream', /localhost:9090 is another/],
            ['other.example/stream', /other\.example is another/],
            ['//other.example/stream', /other\.example is another/],
            ['http://127.0.0.1:8080@other.example/', /other\.example is another/],
            ['curl http://other.example/stream', /other\.example is another/],
            ['javascript:alert(1)', /not a URL|another/],
            ['http://[', /not a URL/],
            ['curl -X POST localhost:8080/stream', /GET only.*POST/],
            ["curl localhost:8080/stream --json '{}'", /no body.*--json/],
            ['curl -N', /no URL/],
        ])
            assert.match(read(typed).error || 'accepted: ' + typed, words);
    },

    links() {
        const { readHash, writeHash } = page;
        const state = { target: '/stream?raw=a,b/c&1.end=reset', mode: 'never', words: new Set(['raw', 'run', 'big']) };
        assert.equal(writeHash(state), '#run,big,raw,never/stream?raw=a,b/c&1.end=reset');
        const { target, mode, words } = readHash(writeHash(state));
        assert.deepEqual([target, mode, [...words].filter((word) => word !== 'never').sort()], [state.target, 'never', ['big', 'raw', 'run']]);
        assert.deepEqual([...readHash('#big').words], ['big']);
        assert.equal(readHash('').target, '/stream');
        assert.deepEqual([...readHash('#token,secret=x,log/stream').words], ['log']);
    },

    verdicts() {
        assert.deepEqual(judged(['a', 'b'], ['a', 'b']), ['right right', '2 of 2 events right']);
        assert.deepEqual(judged(['a', 'b', 'c'], ['a', 'x', 'c']), ['right wrong right', '2 of 3 events right; 1 wrong']);
        assert.deepEqual(judged(['a', 'b', 'c'], ['a', 'c']), ['right missing right', '2 of 3 events right; 1 missing']);
        assert.deepEqual(judged(['a', 'b', 'c'], ['a']), ['right missing missing', '1 of 3 events right; 2 missing']);
        assert.deepEqual(judged(['a', 'b'], ['a', 'a', 'b', 'b']), ['right extra right extra', '2 of 2 events right; 2 extra']);
        assert.deepEqual(judged(['a'], ['a', 'b', 'c'], true), ['right - -', '1 event right; 2 not compared']);
        assert.deepEqual(judged([], []), ['', 'no events, as expected']);
        const sum = { ...page.noResults(), right: 7, wanted: 7, reconnects: 1 };
        assert.equal(page.summary(sum, { id: 'message-3', waited: 3000 }, true).text, '7 of 7 events right; reconnected with message-3 after 3.0 s');
        assert.equal(page.summary({ ...sum, reconnects: 2 }, { id: '', waited: 20 }, false).text,
            '7 of 7 events right so far; 2 reconnects, the last without an ID after 0.02 s');
        assert.deepEqual([page.summary(sum, null, true).isBad, page.summary({ ...sum, extra: 1 }, null, true).isBad], [false, true]);
    },

    masks() {
        const { same } = page;
        assert.equal(same(event('Hello, 127.0.0.1:1!'), event('Hello, [::1]:22!')), true);
        assert.equal(same(event('{\n  "time": 1,\n  "random": "a"\n}'), event('{\n  "time": 2,\n  "random": "a"\n}')), true);
        assert.equal(same(event('{\n  "time": 1,\n  "random": "a"\n}'), event('{\n  "time": 1,\n  "random": "b"\n}')), false);
        assert.equal(same(event('a', 'x'), event('a', 'y')), false);
        assert.equal(same(event('a', 'x', '1'), event('a', 'x', '2')), false);
    },

    differences() {
        assert.deepEqual(page.difference('abcd', 'axyd'), ['a', 'bc', 'xy', 'd']);
        assert.deepEqual(page.difference('aa', 'aaa'), ['aa', '', 'a', '']);
        assert.deepEqual(page.difference('', 'a'), ['', '', 'a', '']);
        assert.deepEqual(page.difference('same', 'same'), ['same', '', '', '']);
    },

    texts() {
        for (const data of ['{"choices":[{"delta":{"content":"hi"}}]}', '{"type":"response.output_text.delta","delta":"hi"}',
            '{"type":"content_block_delta","delta":{"type":"text_delta","text":"hi"}}', '{"candidates":[{"content":{"parts":[{"text":"h"},{"text":"i"}]}}]}',
            '{"type":"text-delta","delta":"hi"}'])
            assert.equal(page.modelText({ data }), 'hi');
        for (const data of ['[DONE]', '{', '{}', '', '{"choices":[]}', '{"choices":[{"delta":{"content":null}}]}', '{"type":"response.output_text.done","text":"hi"}', '{"random": "a"}'])
            assert.equal(page.modelText({ data }), '');
    },

    cuts() {
        const bytes = new TextEncoder().encode('\ufeffid: 1\r\nretry: 20\rdata: a€\rdata: b\r\n\r\nevent: x\n: note\ndata\n\ndata: lost');
        const run = (pieces) => {
            const found = [], origin = { id: '', retry: 3000 }, take = page.parser(origin, (one) => found.push(one));
            pieces.forEach((piece) => take(piece));
            return [found, origin];
        };
        const wanted = [[event('a€\nb', 'message', '1'), event('', 'x', '1')], { id: '1', retry: 20 }];
        for (let at = 0; at <= bytes.length; at++)
            assert.deepEqual(run([bytes.subarray(0, at), bytes.subarray(at)]), wanted);
        assert.deepEqual(run([...bytes].map((byte) => Uint8Array.of(byte))), wanted);
    },

    browsers() {
        const expected = { events: [event('a')], reconnects: true };
        assert.equal(page.judgeCase(expected, [event('a')], true), '');
        assert.match(page.judgeCase(expected, [], true), /got 0 of 1 event$/);
        assert.match(page.judgeCase(expected, [event('b')], true), /event 1 differs: got .*"b"/);
        assert.match(page.judgeCase(expected, [event('a')], false), /gives up, but must reconnect/);
        assert.equal(page.judgeCase({ events: [], reconnects: null }, [], null), '');
        const table = page.resultTable([{ name: 'one', group: 'g', result: { isRight: true } }, { name: 'two', group: 'g', result: { isRight: false, why: 'bad' } },
            { name: 'three', group: 'h' }], 'Browser 1');
        assert.equal(table, 'Browser 1\n\n| group | right | cases |\n| --- | ---: | ---: |\n| g | 1 | 2 |\n| h | 0 | 1 |\n\n- two: bad\n');
    },
};

groups[group]();
console.log('checked ' + group);
