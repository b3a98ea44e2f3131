#!/usr/bin/env bats
# The page in Firefox and WebKit: every state at four widths, axe, and every case with the browser's own EventSource.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" axe-core
    "$ROOT/tests/tools/need" firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb
}

# works_in ENGINE NAME: the page passes all checks in it.
works_in() {
    start_server -q
    run timeout 500 node --experimental-websocket "$ROOT/tests/heavy/other_engines.js" "$1" "$URL"
    echo "# $output" >&3
    assert_equal "$status" 0
    assert_matches_regex "$output" "$2 [0-9.]+: [0-9]{3} right, [0-9]{1,2} wrong, ([0-9]+) of [0-9]+ cases"
}

@test "in Firefox, every state has its verdict, axe finds nothing at 390 to 1920 pixels, and Run all runs every case" {
    works_in firefox Firefox
}

@test "in WebKit, every state has its verdict, axe finds nothing at 390 to 1920 pixels, and Run all runs every case" {
    works_in webkit WebKit
}
