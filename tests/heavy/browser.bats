#!/usr/bin/env bats
# A real browser: Debian's Chromium, driven by playwright-core.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core
}

browse() {
    timeout 60 node "$ROOT/tests/heavy/browse.js" "$@"
}

@test "Chromium's EventSource gets the greeting and the messages, with their ids, from another origin" {
    start_server
    run -0 browse eventsource "$URL/stream" 3
    assert_matches "$output" '*{"id":"hello","data":"Hello, 127.0.0.1:*!"}*'
    assert_contains "$output" '{"id":"message-1","data":"{\n  \"time\": '
    assert_contains "$output" ',\n  \"random\": \"spheIGLpzXpFGMIH\"\n}"}'
    assert_contains "$output" '{"id":"message-2",'
}

@test "Chromium's EventSource resumes after its connection was cut, from the last id it saw" {
    start_server
    in_background browsed browse eventsource "$URL/stream" 6
    BROWSER=$LAST
    until_true grep -q '"message-2"' browsed
    kill -KILL "$(children "$SERVER" | tail -n 1)"
    wait "$BROWSER"
    assert_equal "$(grep -o '"id":"[a-z0-9-]*"' browsed | tr -d '\n')" \
        '"id":"hello""id":"message-1""id":"message-2""id":"hello""id":"message-2""id":"message-3"'
}

@test "Chromium's fetch streams with a token from another origin, through the preflight" {
    AUTH_TOKEN=secret start_server
    run -0 browse fetch "$URL/stream?count=1" secret
    assert_matches "$output" '*200 id: hello*id: message-1*'
    run -0 browse fetch "$URL/stream?count=1" wrong
    assert_contains "$output" '401 '
}

@test "a page of another origin reads the seed, the number of events and the caller's own fields, and no cookie" {
    start_server
    run -0 browse headers "$URL/stream?count=0&split=random&header=X-A:b&header=Set-Cookie:c%3Dd;Max-Age%3D9&cors=echo&credentials=true" \
        X-A,X-Expected-Events,X-Seed,Set-Cookie,Date
    assert_matches_regex "$output" 'X-A=b X-Expected-Events=0 X-Seed=[0-9]+ Set-Cookie=null Date=null'
    run -0 browse headers "$URL/stream?count=0&header=X-A:b&cors=echo&credentials=true&echo=1" X-A
    assert_contains "$output" X-A=b
}
