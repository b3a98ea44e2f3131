#!/usr/bin/env bats
# The page in a real browser: Debian's Chromium, driven by playwright-core.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core
}

# opened SCENARIO [ALLOWED]: nothing comes to the console but what the pattern allows, and nothing is asked of another place.
opened() {
    run -0 timeout 90 node "$ROOT/tests/heavy/use_page.js" "$1" "$URL"
    grep -vE "${2:-^$}" <<<"$output" >unwanted || :
    [ ! -s unwanted ] || { echo "$output" && return 1; }
}

@test "the page loads without an error, a violation of its policy or a request to elsewhere" {
    start_server
    opened loads
}

@test "an experiment that was built shows its URL, a line for curl that gets the same, the raw bytes, the events and the expectation" {
    start_server
    opened builds '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    body_of <answer | cmp - <(printf 'id: 1\ndata: <b>&amp;\r\ndata:\0\xe2\x82\xac\n\n')
}

@test "a target that is typed is taken if it is one, and the line for curl says the same" {
    start_server
    opened typed '^curl: '
    sed -n "s/^curl: curl //p" <<<"$output" | xargs curl -sS -m 10 >answer
    assert_equal "$(body_of <answer)" "[1-3]{a,b}'"
}

@test "the page comes back as an EventSource does, marks it, and gives up where that would" {
    start_server
    opened returns '^error: Failed to load resource: '
}

@test "attempts that a cookie counts are counted by the page as well, and expected as such" {
    start_server
    opened counts '^error: Failed to load resource: .* 503 '
}

@test "a case of the server may be chosen by its name, and does as is expected" {
    start_server
    opened named
}

@test "where the server has cases, one of them may be chosen" {
    start_server
    opened cases
}

@test "a refusal is shown with its text" {
    start_server
    opened refused '^error: Failed to load resource: .* 400 '
}

@test "a stream is watched until it is stopped, and who is connected is shown meanwhile" {
    start_server -f "$PWD/status"
    opened stops
}

@test "a stream as fast as it can be, and an event of 5 MiB, do not drown the page" {
    start_server
    opened floods '^error: Failed to load resource: .* 400 '
}

@test "the page asks for the token, uses it for all it asks for, and keeps it nowhere" {
    AUTH_TOKEN=secret start_server
    opened token '^error: Failed to load resource: .* 401 '
    refute_file_has server.log secret
}

@test "the page is used by the keyboard alone, and shows where that is" {
    start_server
    opened keyboard
}

@test "the page can be read in light and dark, at 1280 and at 320 pixels, and every field has a label" {
    start_server
    opened looks '^error: Failed to load resource: .*(RESET|400)'
}
