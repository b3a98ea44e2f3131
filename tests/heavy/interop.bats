#!/usr/bin/env bats
# Real clients on every case, on the ten experiments and on the handlers of web-platform-tests. tests/interop/known has the results of all
# clients. Three browser engines, Deno, the baseline and npm's eventsource are held to it here; whatever deviates from it has run alone,
# twice, before it counts.
load ../helper

INTEROP=$ROOT/tests/interop

setup_file() {
    if [ -z "${MODULES:-}" ]; then
        cp "$INTEROP/package.json" "$BATS_FILE_TMPDIR"
        timeout 200 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR"
        export MODULES=$BATS_FILE_TMPDIR/node_modules
    fi
    # Its progress is shown, so that nobody takes a long run for a hanging one.
    RUN_SECONDS=900 timeout 1000 "$INTEROP/compare_clients" -c 2>&1 >"$BATS_FILE_TMPDIR/results" | tee "$BATS_FILE_TMPDIR/said" | sed -u 's/^/# /' >&3
}

# about CLIENT FILE: its paragraph of the results, without its version and without measured times.
about() {
    awk -v head="^$1 [^ ]+\$" 'BEGIN { RS = ""; FS = "\n" } $1 ~ head' "$2" | tail -n +2 | sed -E 's/after [0-9]+ ms/after T ms/'
}

# held CLIENT: it ran, and its results are the known ones. What is known to be flaky does not matter.
held() {
    assert_file_has "$BATS_FILE_TMPDIR/results" "^$1 [^ ]*\$"
    about "$1" "$INTEROP/known" | sed -n 's/: flaky: .*/:/p' >flaky
    diff <(about "$1" "$INTEROP/known" | grep -vFf flaky) <(about "$1" "$BATS_FILE_TMPDIR/results" | grep -vFf flaky)
}

@test "the baseline, a client written from the standard, is right in everything" {
    held baseline
    assert_empty "$(about baseline "$BATS_FILE_TMPDIR/results" | grep -v ': not judged$')"
}

@test "Chromium's results are the known ones" {
    held Chromium
}

@test "Firefox's results are the known ones" {
    held 'Firefox ESR'
}

@test "WPE WebKit's results are the known ones" {
    held 'WPE WebKit'
}

@test "Deno's results are the known ones" {
    held Deno
}

@test "the results of npm's eventsource are the known ones" {
    held eventsource
}

@test "the document and the picture are those that the known results make" {
    node "$INTEROP/document.js" "$SSE_SERVER" "$ROOT/README.md" "$INTEROP/known" .
    diff README.md "$INTEROP/README.md"
    cmp clients.svg "$INTEROP/clients.svg"
    xmllint --noout clients.svg 2>/dev/null || python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("clients.svg")'
}

@test "the known results are of the versions that package.json installs" {
    local package version
    while IFS=' ' read -r package version; do
        echo "$package $version"
        assert_file_has "$INTEROP/known" -xF "$package $version"
    done < <(jq -r '.dependencies | to_entries[] | select(.key | test("^(eventsource|undici|eventsource-client|launchdarkly-eventsource|extended-eventsource|event-source-plus|sse.js|event-source-polyfill)$")) | "\(.key) \(.value)"' "$INTEROP/package.json")
}

@test "an exception in one case fails that case and no other" {
    cp -R "$INTEROP" harness
    ln -s "$MODULES" harness/node_modules
    sed -i 's/^const RECONNECTION_MS = .*/const RECONNECTION_MS = 100;/' harness/clients/baseline.js
    cat >harness/clients.js <<'END'
export const CLIENTS = [{ name: 'fake', command: ['node', 'fake.js'], package: '', time: 100, headers: true, reconnects: true, head: true }];
export const versionOf = () => '1';
END
    cat >harness/fake.js <<'END'
import { connect } from './clients/baseline.js';
const [url, options] = process.argv.slice(2);
const print = (line) => console.log(JSON.stringify(line));
if (/case=(retry|data-empty)&/.test(url))
    throw new Error('of the client');
connect({ url, ...JSON.parse(options), onevent: print, onend: (why) => print({ end: why }) });
END
    : >none
    timeout 500 node harness/interop.js "$SSE_SERVER" "$ROOT/README.md" none >results 2>said || { cat said results; return 1; }
    assert_equal "$(grep throws results)" '  data-empty, time: throws "Error: of the client"
  data-empty: throws "Error: of the client"
  retry, time: throws "Error: of the client"
  retry: throws "Error: of the client"'
}

@test "a result that differs between two rounds is flaky, and does not count as right" {
    cat >rounds.mjs <<END
import { compareRounds, parseResults, printResults } from '$INTEROP/results.js';
import { flakyOf, shareOf } from '$INTEROP/summary.js';
const client = { name: 'x', version: '1', reconnects: false };
const cases = ['a', 'b', 'c', 'd'].map((name) => ({ name, expected: {} }));
const results = compareRounds(new Map([['a', ''], ['b', 'waits after 5 ms'], ['c', 'other'], ['d', '']]),
    new Map([['a', ''], ['b', 'waits after 6 ms'], ['c', ''], ['d', 'throws']]));
process.stdout.write(printResults([client], [{ client, results }]));
const { verdicts } = parseResults(printResults([client], [{ client, results }])).get('x');
console.log(JSON.stringify(shareOf(client, verdicts, cases, 'events')), flakyOf(verdicts));
END
    run -0 node rounds.mjs
    assert_equal "$output" 'x 1
  b: waits after 5 ms
  c: flaky: other
  d: flaky: throws
{"right":1,"judged":4} 2'
}

@test "a client that is not on the machine is named, and is not in the results" {
    mkdir empty
    MODULES=$PWD/empty run -3 --separate-stderr timeout 120 "$INTEROP/compare_clients" eventsource undici
    assert_contains "$stderr" 'interop: eventsource is left out: this machine has no eventsource'
    assert_contains "$stderr" 'interop: undici is left out: this machine has no undici'
    assert_empty "$output"
}

@test "told to end, it says what was under way, prints what it has, and ends" {
    in_background said timeout 120 "$INTEROP/compare_clients" undici
    until_true grep -q '^interop: ' said
    kill -TERM "$LAST"
    until_true grep -q 'was told to end; under way: undici' said
    until_true eval "! kill -0 $LAST 2>/dev/null"
}
