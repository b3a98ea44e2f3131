#!/usr/bin/env bats
# The page in a real browser: Debian's Chromium, driven by playwright-core.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core
}

# opened SCENARIO [ALLOWED]: runs a scenario. It may print only lines that match the pattern ALLOWED.
opened() {
    run -0 timeout 90 node "$ROOT/tests/heavy/use_page.js" "$1" "$URL"
    grep -vE "${2:-^$}" <<<"$output" >unwanted || :
    [ ! -s unwanted ] || { echo "$output" && return 1; }
}

@test "the page loads without errors, policy violations or requests to other servers" {
    start_server
    opened loads
}

@test "an experiment shows its URL, an equivalent curl command, raw bytes, events and the expectation" {
    start_server
    opened builds '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    body_of <answer | cmp - <(printf 'id: 1\ndata: <b>&amp;\r\ndata:\0\xe2\x82\xac\n\n')
}

@test "the page accepts a typed target if it is valid, and the curl command gets the same" {
    start_server
    opened typed '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    assert_equal "$(body_of <answer)" "[1-3]{a,b}'"
}

@test "the page reconnects like an EventSource, marks it in the timeline, and gives up when an EventSource does" {
    start_server
    opened returns '^error: Failed to load resource: '
}

@test "with by=cookie, the page counts the attempts and shows the expectation for each" {
    start_server
    opened counts '^error: Failed to load resource: .* 503 '
}

@test "a case can be selected by name, and its events match the expectation" {
    start_server
    opened named
}

@test "the list of cases comes from the server" {
    start_server
    opened cases
}

@test "a refusal is shown with its text" {
    start_server
    opened refused '^error: Failed to load resource: .* 400 '
}

@test "a stream runs until it is stopped, and the page lists the connected clients" {
    start_server -f "$PWD/status"
    opened stops
}

@test "the page stays usable during a stream without pauses and with an event of 5 MiB" {
    start_server
    opened floods '^error: Failed to load resource: .* 400 '
}

@test "the page asks for the token, sends it with every request, and never stores it" {
    AUTH_TOKEN=secret start_server
    opened token '^error: Failed to load resource: .* 401 '
    refute_file_has server.log secret
}

@test "the page works with the keyboard alone, and the focus is always visible" {
    start_server
    opened keyboard
}

@test "the page is readable in light and dark, at 1280 and 320 pixels, and every field has a label" {
    start_server
    opened looks '^error: Failed to load resource: .*(RESET|400)'
}
