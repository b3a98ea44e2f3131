#!/usr/bin/env bats
# Real clients at every case and at the ten experiments, next to what README.md says of them. What a client gets wrong itself stands in
# tests/interop/known, a line each. Chromium, npm's eventsource and the baseline are held to it to the letter.
load ../helper

INTEROP=$ROOT/tests/interop

setup_file() {
    cp "$INTEROP/package.json" "$BATS_FILE_TMPDIR"
    timeout 60 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR"
    export MODULES=$BATS_FILE_TMPDIR/node_modules
    timeout 480 "$INTEROP/compare_clients" >"$BATS_FILE_TMPDIR/told" 2>"$BATS_FILE_TMPDIR/errors" ||
        { cat "$BATS_FILE_TMPDIR/errors" && return 1; }
}

# table FILE: what it says of the three, without the versions.
table() {
    grep -A 100 '^| *| baseline ' "$1" | sed '/^$/,$d' | cut -d '|' -f 2-5 | tail -n +3
}

# wrong CLIENT <TOLD: what it gets wrong, without the words on it.
wrong() {
    grep "^$1: " | cut -d : -f 1,2 | sort
}

held() {
    diff <(wrong "$1" <"$INTEROP/known") <(wrong "$1" <"$BATS_FILE_TMPDIR/told")
}

@test "all clients get to the end of all cases and experiments" {
    [ ! -s "$BATS_FILE_TMPDIR/errors" ] || sed 's/^/# /' "$BATS_FILE_TMPDIR/errors" >&3
    sed 's/^/# /' "$BATS_FILE_TMPDIR/told" >&3
    assert_equal "$(table "$BATS_FILE_TMPDIR/told" | grep -c '^ [0-9]*\. ')" 12
    assert_equal "$(grep -m 1 '^| *| baseline ' "$BATS_FILE_TMPDIR/told" | tr -cd '|' | wc -c)" 10
}

@test "the baseline, a client made by the standard's word, is right in everything" {
    assert_empty "$(wrong baseline <"$BATS_FILE_TMPDIR/told")"
}

@test "Chromium's EventSource gets wrong what it is known to, and nothing else" {
    held Chromium
}

@test "npm's eventsource gets wrong what it is known to, and nothing else" {
    held eventsource
}

@test "what README.md says of the three is what they did" {
    diff <(table "$ROOT/README.md") <(table "$BATS_FILE_TMPDIR/told")
}

@test "the versions in README.md are those that are installed" {
    local package version
    grep -m 1 '^| *| baseline ' "$ROOT/README.md" >header
    while IFS=' ' read -r package version; do
        echo "$package $version"
        assert_file_has header -F "| ${package#@microsoft/} $version |"
    done < <(jq -r '.dependencies | del(.["eventsource-parser"], .["playwright-core"]) | to_entries[] | "\(.key) \(.value)"' "$INTEROP/package.json")
}

@test "sse.js and fetch-event-source get in with the server's token from a page of another origin, and so do all that can send one" {
    grep -m 1 '^| *| baseline ' "$BATS_FILE_TMPDIR/told" | sed 's/ [0-9.]* |/ |/g' | assert_file_has - -F '| fetch-event-source | sse.js | curl |'
    assert_file_has "$BATS_FILE_TMPDIR/told" -xF "| the server's token | yes | – | yes | – | yes | yes | yes | – |"
}

# is_at_work PATTERN: there is a process of that name and arguments, and it has started Chromium. Sets $FOUND.
is_at_work() {
    FOUND=$(pgrep -f "$1") && [ -n "$(children "$FOUND")" ]
}

@test "when the time for the whole run is over, it prints what it has and says what was under way" {
    RUN_SECONDS=15 run -1 --separate-stderr timeout 120 "$INTEROP/compare_clients" undici
    assert_contains "$stderr" 'interop: the 15 s for the whole run are over'
    assert_contains "$output" '| undici '
    assert_contains "$output" "| the server's token | "
}

@test "told to end, it says what was under way, prints what it has, and ends" {
    TMPDIR=$BATS_TEST_TMPDIR in_background told timeout 120 "$INTEROP/compare_clients" undici
    until_true is_at_work "^node $BATS_TEST_TMPDIR/.*/interop.js"
    kill -TERM "$FOUND"
    until_true eval "! kill -0 $FOUND 2>/dev/null"
    assert_file_has told -x 'interop: was told to end'
    assert_file_has told '^interop: under way: '
    assert_file_has told "^| the server's token |"
}

@test "a client that never answers hangs, and one that never gives the thread back is named and ended" {
    ONE_SECONDS=1 run -0 timeout 30 node --input-type=module -e \
        "import { limited, Hangs } from '$INTEROP/limits.js'; await limited('a: b', () => new Promise(() => {})).catch((e) => console.log(e instanceof Hangs));"
    assert_equal "$output" true
    ONE_SECONDS=1 run -137 timeout 30 node --input-type=module -e \
        "import { limited } from '$INTEROP/limits.js'; await limited('a: b', async () => { for (;;); });"
    assert_contains "$output" 'under way: a: b, for 0 s'
}
