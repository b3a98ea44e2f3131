#!/usr/bin/env bats
# Clients that are slow, stop, break off and flood. A bystander notices nothing of it, and nothing of them is left.
load helper
load bystander

rude() {
    "$TOOLS/rude" "$PORT_USED" "$@"
}

answers() {
    "$TOOLS/read_answers"
}

# counted_statuses FILE: the statuses of the answers in it, each once, behind how many have it.
counted_statuses() {
    statuses <"$1" | tr ' ' '\n' | sort | uniq -c | sed 's/^ *//'
}

@test "heads that come a byte at a time are served if they come in time, and given up with 408 if not" {
    start_with_bystander -t 3
    request 'GET /stream?count=0 HTTP/1.0' | rude 40 drip >quick
    assert_equal "$(counted_statuses quick)" "40 200"
    get "/$(filler 300)" | rude 40 drip >slow
    assert_equal "$(counted_statuses slow)" "40 408"
    all_is_well
}

@test "bodies that come a byte at a time are read if they come in time, and given up with 408 if not" {
    start_with_bystander -t 3
    { request 'GET /status HTTP/1.0' 'Content-Length: 7' && printf 'count=0'; } | rude 40 drip >quick
    assert_equal "$(counted_statuses quick)" "40 200"
    { request 'GET /status HTTP/1.0' 'Content-Length: 300' && filler 299; } | rude 40 drip >slow
    assert_equal "$(counted_statuses slow)" "40 408"
    all_is_well
}

@test "clients that connect and say nothing are told 408, two hundred at once" {
    start_with_bystander -t 1
    rude 200 wait </dev/null >answer
    assert_equal "$(counted_statuses answer)" "200 408"
    all_is_well
}

@test "clients that stop reading are dropped, and nobody waits for them" {
    start_with_bystander -w 1 -q
    get /stream >stream
    printf 'GET /status HTTP/1.1\r\nHost: a\r\n\r\n%.0s' {1..4000} >requests # 15 MB of answers, more than any buffer holds
    in_background listed bash -c 'exec "$0" "$1" 30 wait <stream' "$TOOLS/rude" "$PORT_USED"
    LISTED=$LAST
    connections_are() { [ "$(children "$SERVER" | wc -l)" = "$1" ]; }
    all_listed() { [ "$(curl -s "$URL/status" | jq length)" = 31 ]; }
    until_true all_listed
    in_background stalled bash -c 'exec "$0" "$1" 30 stall <requests' "$TOOLS/rude" "$PORT_USED"
    until_true connections_are 61
    served
    until_true connections_are 31
    kill "$LISTED"
    all_is_well
}

# stuck_connections COUNT: so many clients have stopped reading, and the server has more to send them than any buffer holds.
stuck_connections() {
    get /stream | "$TOOLS/rude" "$PORT_USED" 30 wait >/dev/null &
    STARTED+=($!)
    until_true eval '[ "$(curl -s "$URL/status" | jq length)" = 30 ]'
    LISTED=$(children "$SERVER")
    printf 'GET /status HTTP/1.1\r\nHost: a\r\n\r\n%.0s' {1..4000} >requests
    in_background stalled bash -c 'exec "$0" "$1" "$2" stall <requests' "$TOOLS/rude" "$PORT_USED" "$1"
    until_true eval "[ \"\$(ss -Htn \"sport = :$PORT_USED\" | awk '\$3 > 100000' | wc -l)\" = $1 ]"
    STUCK=$(children "$SERVER" | grep -vxF "$LISTED")
    until_true all_sleep
}

# all_sleep: the processes in $STUCK sleep, and have sent nothing since the last call.
all_sleep() {
    local before=${QUEUED:-} process
    QUEUED=$(ss -Htn "sport = :$PORT_USED" | awk '$3 > 100000 { print $3 }' | sort)
    assert_equal "$QUEUED" "$before"
    for process in $STUCK; do
        assert_file_has "/proc/$process/status" '^State:.S'
    done
}

@test "clients that have stopped reading do not hold up the end, nor does one whose process is told twice" {
    local one began
    start_server -q
    stuck_connections 5
    one=$(head -n 1 <<<"$STUCK")
    kill "$one"
    until_true grep -qx $'ShdPnd:\t0*' "/proc/$one/status"
    kill "$one" 2>/dev/null || : # on a busy machine it may have ended
    until_true eval "! kill -0 $one 2>/dev/null"
    began=${EPOCHREALTIME/./}
    kill "$SERVER"
    wait "$SERVER"
    ((${EPOCHREALTIME/./} - began < 1900000))
}

@test "a client that ends its sending side is still answered, a stream to its end" {
    start_with_bystander
    get '/stream?count=1' | rude 20 half >answer
    assert_equal "$(counted_statuses answer)" "20 200"
    assert_equal "$(grep -ac '^id: message-1$' answer)" 20
    { get /missing && get '/stream?count=0' && get /status; } | rude 1 half >answer
    assert_equal "$(answers <answer)" "404 200 200"
    all_is_well
}

@test "a client that ends its sending side too early is told so, or nothing if it asked nothing" {
    start_with_bystander
    rude 20 half </dev/null >nothing
    assert_file_empty nothing
    printf 'GET /str' | rude 20 half >in-the-head
    assert_equal "$(counted_statuses in-the-head)" "20 400"
    { get /status 'Content-Length: 9' && printf 'abc'; } | rude 20 half >in-the-body
    assert_equal "$(counted_statuses in-the-body)" "20 400"
    { get /status 'Transfer-Encoding: chunked' && printf '5\r\nabcde\r\n'; } | rude 20 half >in-the-chunks
    assert_equal "$(counted_statuses in-the-chunks)" "20 400"
    all_is_well
}

@test "a connection may be reset, or closed, at every stage" {
    local how
    start_with_bystander
    for how in reset close; do
        rude 30 "$how" </dev/null
        printf 'GET /str' | rude 30 "$how"
        get /stream | rude 30 "$how"
        get /stream | rude 30 "$how" 'HTTP/1.1 200'
        get /stream | rude 30 "$how" 'data: }'
        get '/stream?count=0' | rude 30 "$how" $'\r\n0\r\n\r\n'
        get /missing | rude 30 "$how"
        get /missing | rude 30 "$how" '404 Not Found'
        { get /status 'Content-Length: 9' && printf 'abc'; } | rude 30 "$how"
        { get /status 'Content-Length: 9999999' && filler 100000; } | rude 30 "$how"
        { get /status 'Content-Length: 9999999' && filler 100000; } | rude 30 "$how" '413 '
        { get /stream && get /status; } | rude 30 "$how" 'data: Hello'
        served
    done
    all_is_well
    assert_at_least "$(grep -c '^Client .* closed connection\.$' server.log)" 101
}

@test "a client that is turned away may reset the connection too" {
    local i
    start_server -n 1
    bystander
    for i in 1 2 3; do
        rude 30 reset </dev/null
        get /status | rude 30 reset
        get /status | rude 30 reset 'HTTP/1.1 503'
    done
    all_is_well
}

@test "a mebibyte of header is refused while it comes, and the client that sends it all reads why" {
    start_with_bystander
    { printf 'GET /status HTTP/1.1\r\nHost: x\r\nA: ' && filler 1048576 && printf '\r\n\r\n'; } | rude 5 wait >one-field
    assert_equal "$(counted_statuses one-field)" "5 431"
    { printf 'GET /status HTTP/1.1\r\nHost: x\r\n' && printf 'A: b\r\n%.0s' {1..174763}; } | rude 5 wait >many-fields
    assert_equal "$(counted_statuses many-fields)" "5 431"
    { printf 'GET /' && filler 1048576; } | rude 5 wait >target
    assert_equal "$(counted_statuses target)" "5 414"
    filler 1048576 | rude 5 wait >method
    assert_equal "$(counted_statuses method)" "5 414"
    { get /status 'Transfer-Encoding: chunked' && printf '0\r\n' && printf 'A: b\r\n%.0s' {1..174763}; } | rude 5 wait >trailers
    assert_equal "$(counted_statuses trailers)" "5 431"
    { printf '\x80' && head -c 1048575 /dev/urandom; } | rude 1 wait >noise
    assert_equal "$(answers <noise)" 400
    all_is_well
}

@test "ten thousand requests in one go are answered in order, and the last one says close" {
    local most
    most=$(sed -n 's/.*LIMIT_REQUESTS = 10 \* 1000,.*/10000/p' "$ROOT/src/base/limits.h")
    assert_not_empty "$most"
    start_with_bystander -q
    seq "$((most + 50))" | sed 's/.*/GET \/stream?x& HTTP\/1.1\r\nHost: x\r\n\r/' | rude 1 wait >answer
    answers <answer
    assert_equal "$(counted_statuses answer)" "$most 400"
    cmp <(grep -ao '^parameter "x[0-9]*"' answer) <(seq "$most" | sed 's/.*/parameter "x&"/')
    assert_equal "$(grep -ac $'^Connection: close\r$' answer)" 1
    all_is_well
}

@test "a page in a browser is sent nowhere else, neither by location= nor by header=" {
    local query
    for query in 'status=302&location=http://a.example/' 'status=302&header=Location:http://a.example/' 'header=%72efresh:0;url=http://a.example/'; do
        get "/stream?count=0&$query" 'Sec-Fetch-Mode: navigate' 'Connection: close' | refuses 400 'parameter "'
    done
    get '/stream?count=0&status=302&location=http://a.example/' 'Sec-Fetch-Mode: cors' 'Connection: close' | pipe_request | status_of | assert_file_has - -x 302
}
