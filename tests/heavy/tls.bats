#!/usr/bin/env bats
# TLS in front of the program, with the manual's configurations: what a client sees of a stream that fails, and a real browser.
load ../helper
load ../tls

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core
}

# start_fronts: a listener and all fronts. FRONTS has the options and the start of the URL for curl, in the order of the manual's table.
start_fronts() {
    local port ports=()
    for port in 1 2 3 4; do
        free_port
        ports+=("$FREE_PORT")
    done
    start_server -f "$PWD/status"
    make_certificate
    start_stunnel "${ports[0]}"
    start_tls_socat "${ports[1]}"
    start_haproxy tcp 'mode tcp' "127.0.0.1:${ports[2]}" "8080=$PORT_USED"
    start_haproxy http 'bind :8000' "127.0.0.1:${ports[3]} ssl crt $PWD/tls.pem alpn h2,http/1.1" "8081=$PORT_USED" "8082=$PORT_USED"
    FRONTS=("--http1.1 $URL" "--http1.1 https://127.0.0.1:${ports[0]}" "--http1.1 https://127.0.0.1:${ports[1]}"
        "--http1.1 https://127.0.0.1:${ports[2]}" "--http1.1 https://127.0.0.1:${ports[3]}" "--http2 https://127.0.0.1:${ports[3]}")
    for port in "${ports[@]}"; do
        until_true curl -sfo /dev/null "https://127.0.0.1:$port/help"
    done
}

# fetch FRONT TARGET [OPTION...]: with curl, as the manual's table was measured.
fetch() {
    # shellcheck disable=SC2086 # options and the URL
    curl -sfN -m 20 "${@:3}" $1"$2"
}

# measure_row PARAMETERS: a row of the manual's table, all fronts at once. A front has half a second to read each message, because stunnel
# discards what it has not read when a reset arrives.
measure_row() {
    local i seen=$1 pids=()
    for i in "${!FRONTS[@]}"; do
        fetch "${FRONTS[i]}" "/stream?count=2&interval=500ms&$1" -o "body.$i" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        local code=0
        wait "$i" || code=$?
        seen+=" Ta $code"
    done
    echo "$seen"
}

@test "what curl sees of each failure through each front is what the manual's table says" {
    local parameters
    start_fronts
    sed -n '/^\.It Em parameters Ta Em plain /,/^\.El/ s/^\.It \([^E]*=.*\)/\1/p' "$ROOT/man/sse-server.8" >table
    assert_at_least "$(wc -l <table)" 8
    while read -r parameters _; do
        measure_row "$parameters"
    done <table >measured
    diff table measured
}

@test "through http mode with HTTP/2, a failed request is repeated as often as the manual says" {
    local times
    start_fronts
    run -56 fetch "${FRONTS[5]}" '/stream?key=again&cut=head'
    times=$(sed -n 's/^makes curl send the request \([0-9]*\) times.*/\1/p' "$ROOT/man/sse-server.8")
    recorded() { [ "$(curl -s "$URL/log?key=again" | jq length)" = "$times" ]; }
    until_true recorded
}

@test "stunnel, socat and HAProxy in TCP mode pass on whole streams of every size" {
    local front
    start_fronts
    fetch "${FRONTS[0]}" '/stream?raw=id:1%0A&fill=5M&loop=3' -o direct
    for front in "${FRONTS[@]:1:3}"; do
        fetch "$front" '/stream?raw=id:1%0A&fill=5M&loop=3' -o through
        cmp direct through
    done
}

@test "Chromium's EventSource receives messages over https:// from each of these" {
    local front
    start_fronts
    for front in "${FRONTS[@]:1:3}"; do
        run -0 timeout 60 node "$ROOT/tests/heavy/browse.js" eventsource "${front#* }/stream?interval=50ms" 4
        assert_contains "$output" '{"id":"hello","data":"Hello, 127.0.0.1:'
        assert_contains "$output" '{"id":"message-3",'
    done
}
