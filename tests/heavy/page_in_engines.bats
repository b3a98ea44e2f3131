#!/usr/bin/env bats
# The page in Firefox: every state at four widths, axe, and every case with the browser's own EventSource.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" axe-core
    "$ROOT/tests/tools/need" firefox-esr:firefox-esr
}

@test "in Firefox, every state has its verdict, axe finds nothing at 390 to 1920 pixels, and Run all runs every case" {
    start_server -q
    run timeout 500 node --experimental-websocket "$ROOT/tests/heavy/other_engines.js" firefox "$URL"
    echo "# $output" >&3
    assert_equal "$status" 0
    assert_matches_regex "$output" 'Firefox [0-9.]+: [0-9]{3} right, [0-9]{1,2} wrong, ([0-9]+) of [0-9]+ cases'
}
