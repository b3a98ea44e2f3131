#!/usr/bin/env bats
# The page in a real browser: Debian's Chromium, driven by playwright-core.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core axe-core
}

# opened SCENARIO [ALLOWED]: runs a scenario. It may print only lines that match the pattern ALLOWED.
opened() {
    run timeout 400 node "$ROOT/tests/heavy/use_page.js" "$1" "$URL"
    [ "$status" = 0 ] || { echo "$output" && return 1; }
    grep -vE "${2:-^$}" <<<"$output" >unwanted || :
    [ ! -s unwanted ] || { echo "$output" && return 1; }
}

FAILED='^error: Failed to load resource: '

@test "the page loads without errors, policy violations or requests to other servers" {
    start_server
    opened loads
}

@test "at 1280 and 390 pixels, the field, the timeline and the first events need no scrolling; Tab, Enter and Escape are enough" {
    start_server
    opened fits
}

@test "an experiment shows its URL, an equivalent curl command, raw bytes, events and the expectation" {
    start_server
    opened builds '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    body_of <answer | cmp - <(printf 'id: 1\ndata: <b>&amp;\r\ndata:\0\xe2\x82\xac\n\n')
}

@test "the field takes a curl command, refuses other servers with a reason, and the curl command gets the same stream" {
    start_server
    opened typed '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    assert_equal "$(body_of <answer)" "[1-3]{a,b}'"
}

@test "a link, a reload, Back and Forward bring back the experiment, the mode and the panes" {
    start_server
    opened shares
}

@test "Back, the name at the top and Clear lead to the list of experiments again, also in large type" {
    start_server
    opened leads
}

@test "events are marked right, wrong, missing or extra, and the page says why there is no verdict" {
    start_server
    opened judges "$FAILED.* 400 "
}

@test "the page reconnects like an EventSource, says with which ID, and gives up when an EventSource does" {
    start_server
    opened returns "$FAILED"
}

@test "with by=cookie, the page counts the attempts and compares each with its expectation" {
    start_server
    opened counts "$FAILED.* 503 "
}

@test "a stream without an end is compared after attempts that fail, and a cut attempt is compared as a whole" {
    start_server
    opened unavailable "$FAILED.* 503 "
}

@test "a case is found by a filter, explained, and followed by the next and the previous one" {
    start_server
    opened named
}

@test "Run all gives each case a square, counts right and wrong, and has a table to copy" {
    start_server
    opened tries "$FAILED.* 404 "
}

@test "Run all runs every case of the server with Chromium's EventSource" {
    start_server -q
    opened tests '^error: (Failed to load resource|EventSource)'
}

@test "the server's log is shown next to what the page received" {
    start_server -f "$PWD/status"
    opened logs
}

@test "answers of language models grow as text in every format" {
    start_server
    opened speaks
}

@test "a refusal is shown with its text, and disappears with the next connection" {
    start_server
    opened refused "$FAILED.* 400 "
}

@test "a server that is gone is reported until it is back" {
    start_server
    export SERVER SSE_SERVER
    opened gone "$FAILED"
}

@test "a stream runs until it is stopped, and the page lists the connected clients" {
    start_server -f "$PWD/status"
    opened stops
}

@test "the page stays usable during a stream without pauses and with an event of 5 MiB" {
    start_server
    opened floods "$FAILED.* 400 "
}

@test "the page asks for the token, sends it with every request, and never stores it" {
    AUTH_TOKEN=opensesame start_server
    opened token "$FAILED.* 401 "
    refute_file_has server.log opensesame
}

@test "the page works with the keyboard alone, and the focus is always visible" {
    start_server
    opened keyboard
}

@test "with reduced motion nothing moves by itself, and the timeline is drawn rarely" {
    start_server
    opened still
}

@test "large type shows events and timeline only, and events can be filtered, paused and cleared" {
    start_server
    opened teaches
}

@test "axe finds nothing in any state at 390 and 768 pixels, light and dark" {
    start_server -q
    opened small "$FAILED.* 400 "
}

@test "axe finds nothing in any state at 1280 and 1920 pixels, light and dark" {
    start_server -q
    opened wide "$FAILED.* 400 "
}

@test "axe finds nothing in any state at 200 % and 400 % zoom, and nothing is wider than the screen" {
    start_server -q
    opened zoomed "$FAILED.* 400 "
}

@test "axe finds nothing with all panes open, in the builder, the cases, the large type and the form for the token" {
    start_server -q
    opened panes "$FAILED.* 401 "
}
