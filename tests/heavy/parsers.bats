#!/usr/bin/env bats
# What the interpreter makes of event streams, next to what a parser makes of them that many clients use.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" eventsource-parser@3
}

@test "a parser that many clients use, fed in pieces, dispatches what the interpreter says of 100,000 random streams" {
    run -0 timeout 300 node "$ROOT/tests/heavy/compare_parsers.js" "$TOOLS/interpret" 100000 "${SEED:-$RANDOM}"
    echo "# $output" >&3
    assert_matches "$output" '*100000 bodies, * 0 different; *'
}
