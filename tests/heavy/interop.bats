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
    awk -v name="$1 " 'BEGIN { RS = ""; FS = "\n" } index($1, name) == 1 && $1 !~ / .* / || index($1, name) == 1 && substr($1, length(name) + 1) !~ / /' "$2" |
        tail -n +2 | grep -v ': flaky: ' | sed -E 's/after [0-9]+ ms/after T ms/'
}

# held CLIENT: it ran, and its results are the known ones.
held() {
    assert_file_has "$BATS_FILE_TMPDIR/results" "^$1 [^ ]*\$"
    diff <(about "$1" "$INTEROP/known") <(about "$1" "$BATS_FILE_TMPDIR/results")
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

# fake NAME LINE...: a harness of its own, whose only client prints these lines and goes on.
fake() {
    cp -R "$INTEROP/." harness
    ln -s "$MODULES" harness/node_modules
    cp "$1" harness/fake.js
    printf '%s\n' "import { join } from 'node:path';" \
        "export const CLIENTS = [{ name: 'fake', command: ['node', 'fake.js'], package: '', time: 100, headers: true, reconnects: true, head: true }];" \
        "export const versionOf = () => '1';" >harness/clients.js
    timeout 300 node harness/interop.js "$SSE_SERVER" "$ROOT/README.md" "$INTEROP/known" >results 2>said || { cat said results; return 1; }
}

@test "an exception in one case fails that case and no other" {
    sed -e 's|^const print|if (url.includes("case=retry\&") \|\| url.includes("case=data-empty\&")) throw new Error("of the client");\n&|' \
        -e "s|new URL(module, import.meta.url)|'./clients/baseline.js'|; s|^const \[module, url, options\].*|const [url, options] = process.argv.slice(2);|" \
        "$INTEROP/clients/run_module.js" >broken.js
    fake broken.js
    assert_file_has results -xF '  retry: throws "Error: of the client"'
    assert_file_has results -xF '  data-empty: throws "Error: of the client"'
    assert_empty "$(grep '^  ' results | grep -v 'of the client\|not judged\|flaky\|^  retry-huge' | head)"
}

@test "a client that is not on the machine is named, and is not in the results" {
    mkdir empty
    MODULES=$PWD/empty run -3 --separate-stderr timeout 60 "$INTEROP/compare_clients" eventsource undici
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
