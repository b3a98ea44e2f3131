#!/usr/bin/env bats
# The page in Firefox and WebKit: every state at four widths, with axe, in light and dark, at 200 % zoom, with the keyboard and with
# reduced motion, and every case with the browser's own EventSource. Long lists also in Chromium; page_in_browser.bats has its other tests.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" axe-core playwright-core
    "$ROOT/tests/tools/need" chromium:chromium firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb
}

# works_in ENGINE SCENARIO [PATTERN]: the scenario passes all its checks in it. Its last line matches the pattern.
works_in() {
    run timeout 500 node --experimental-websocket "$ROOT/tests/heavy/other_engines.js" "$1" "$2" "$URL"
    echo "# $output" >&3
    assert_equal "$status" 0
    assert_matches_regex "${output,,}" "^$1 [0-9.]+: ${3:-$2}"
}

ALL_CASES='[0-9]{3} right, [0-9]{1,2} wrong, ([0-9]+) of [0-9]+ cases'

@test "in Firefox, every state has its verdict, axe finds nothing at 390 to 1920 pixels, and Run all runs every case" {
    start_server -q
    works_in firefox states "$ALL_CASES"
}

@test "in WebKit, every state has its verdict, axe finds nothing at 390 to 1920 pixels, and Run all runs every case" {
    start_server -q
    works_in webkit states "$ALL_CASES"
}

@test "in Firefox, axe finds nothing in any state in dark colours with reduced motion" {
    start_server -q
    works_in firefox dark
}

@test "in WebKit, axe finds nothing in any state in dark colours with reduced motion" {
    start_server -q
    works_in webkit dark
}

@test "in Firefox, axe finds nothing in any state at 200 % and 400 % zoom, and nothing is wider than the screen" {
    start_server -q
    works_in firefox zoomed
}

@test "in WebKit, axe finds nothing in any state at 200 % and 400 % zoom, and nothing is wider than the screen" {
    start_server -q
    works_in webkit zoomed
}

@test "in Firefox, with reduced motion nothing moves by itself, and the timeline is drawn rarely" {
    start_server -q
    works_in firefox still
}

@test "in WebKit, with reduced motion nothing moves by itself, and the timeline is drawn rarely" {
    start_server -q
    works_in webkit still
}

@test "in Firefox, the page works with the keyboard alone, and the focus is always visible" {
    start_server -q
    works_in firefox keyboard
}

@test "in WebKit, the page works with the keyboard alone, and the focus is always visible" {
    start_server -q
    works_in webkit keyboard
}

# loses_server ENGINE SCENARIO: the page asks for the token, and reports that the server is gone until it is back.
loses_server() {
    AUTH_TOKEN=opensesame start_server -q
    export SERVER SSE_SERVER
    works_in "$1" "$2"
}

@test "in Firefox, the page asks for the token, and reports a server that is gone until it is back" {
    loses_server firefox locked
}

@test "in Firefox, the page asks for the token, and reports a server that is gone, in dark colours" {
    loses_server firefox dark-locked
}

@test "in WebKit, the page asks for the token, and reports a server that is gone until it is back" {
    loses_server webkit locked
}

@test "in WebKit, the page asks for the token, and reports a server that is gone, in dark colours" {
    loses_server webkit dark-locked
}

@test "in Chromium, 10,000 events scroll without blank places, stay put while more arrive, and their number is bounded" {
    start_server -q
    works_in chromium scrolls
}

@test "in Firefox, 10,000 events scroll without blank places, stay put while more arrive, and their number is bounded" {
    start_server -q
    works_in firefox scrolls
}

@test "in WebKit, 10,000 events scroll without blank places, stay put while more arrive, and their number is bounded" {
    start_server -q
    works_in webkit scrolls
}
