#!/usr/bin/env bats
# What the interpreter makes of event streams, next to what other parsers make of them: one that many clients use, and one that is
# written from the standard.
load ../helper

# What npm's parser makes otherwise of the cases: NAME: WHAT. It forgets an ID without data, and waits for what follows a last CR.
KNOWN='id-taken-away-without-data: events
id-taken-away-without-data: id
id-without-data-kept: events
id-without-data-kept: id
id-without-data: id
line-cr-at-end: events
line-cr: events
line-crlf-cr-at-end: events
line-crlf-cr: events
line-lf-cr: events'

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" \
        "eventsource-parser@$(jq -r '.dependencies["eventsource-parser"]' "$ROOT/tests/interop/package.json")"
}

@test "a parser that many clients use, fed in pieces, dispatches what the interpreter says of 100,000 random streams" {
    run -0 timeout 300 node "$ROOT/tests/heavy/compare_parsers.js" "$TOOLS/interpret" 100000 "${SEED:-$RANDOM}"
    echo "# $output" >&3
    assert_matches "$output" '*100000 bodies, * 0 different; *'
}

@test "a parser of forty lines, written from the standard in Python, makes of every case what the file of -C says" {
    "$SSE_SERVER" -C >file
    run -0 timeout 60 "$ROOT/tests/heavy/parse_in_python.py" <file
    assert_empty "$output"
    # It would notice: one event otherwise, and the case has its name told.
    run -1 timeout 60 "$ROOT/tests/heavy/parse_in_python.py" < <(sed 's/"data":"a\\nb"/"data":"a b"/' file)
    assert_contains "$output" comment-in-event
}

@test "npm's eventsource-parser reads every case as the file of -C says, except for its known deviations" {
    "$SSE_SERVER" -C >file
    run -0 timeout 60 node "$ROOT/tests/heavy/parse_in_node.js" <file
    diff <(echo "$KNOWN") <(sort <<<"$output")
}
