#!/usr/bin/env bats
# One connection over a pipe: the bytes of the stream, without any network.
load helper

# as_client ADDR PORT [OPTION...] <REQUEST: the client's name is given as a super-server would.
as_client() {
    REMOTE_ADDR=$1 REMOTE_PORT=$2 pipe_request "${@:3}"
}

@test "a request on standard input is answered on standard output" {
    run -0 pipe_request <<<$'GET /stream?count=0 HTTP/1.0\r\n\r'
    assert_equal "${lines[0]}" $'HTTP/1.0 200 OK\r'
}

@test "the stream is head, hello and message, byte for byte, each event a chunk" {
    get '/stream?count=1' | as_client 192.168.65.1 35326 >answer
    answer_is answer <<'EXPECTED'
HTTP/1.1 200 OK\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
Cache-Control: no-cache\r
Connection: keep-alive\r
Content-Type: text/event-stream\r
X-Expected-Events: 1\r
Date: DATE\r
Transfer-Encoding: chunked\r
\r
2c\r
id: hello
data: Hello, 192.168.65.1:35326!

\r
60\r
id: message-1
data: {
data:   "time": TIME,
data:   "random": "spheIGLpzXpFGMIH"
data: }

\r
0\r
\r
EXPECTED
}

@test "in HTTP/1.0 the stream has no chunks and no Connection field, and ends with the connection" {
    { request 'GET /stream?count=1 HTTP/1.0' && get /status; } | as_client 192.168.65.1 35326 >answer
    answer_is answer <<'EXPECTED'
HTTP/1.0 200 OK\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
Cache-Control: no-cache\r
Content-Type: text/event-stream\r
X-Expected-Events: 1\r
Date: DATE\r
\r
id: hello
data: Hello, 192.168.65.1:35326!

id: message-1
data: {
data:   "time": TIME,
data:   "random": "spheIGLpzXpFGMIH"
data: }

EXPECTED
}

@test "HEAD gives the head of the stream alone, and without count no X-Expected-Events" {
    request 'HEAD /stream HTTP/1.1' 'Host: x' | pipe_request >answer
    answer_is answer <<'EXPECTED'
HTTP/1.1 200 OK\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
Cache-Control: no-cache\r
Connection: keep-alive\r
Content-Type: text/event-stream\r
Date: DATE\r
Transfer-Encoding: chunked\r
\r
EXPECTED
}

@test "count=0 is a stream of the hello alone, and says that it is" {
    get '/stream?count=0' | pipe_request >answer
    assert_file_has answer $'^X-Expected-Events: 0\r$'
    assert_equal "$(body_of <answer | grep -c '^id:')" 1
    assert_equal "$(tail -n 2 answer)" $'0\r\n\r'
}

@test "an IPv6 client is greeted with brackets around its address" {
    get '/stream?count=0' | as_client ::1 63573 >answer
    assert_file_has answer -x 'data: Hello, \[::1\]:63573!'
}

@test "the time of a message is the wall clock, in whole seconds" {
    local before=$EPOCHSECONDS time
    get '/stream?count=1' | pipe_request >answer
    time=$(sed -n 's/^data:   "time": \([0-9]*\),$/\1/p' answer)
    ((before < time && time <= EPOCHSECONDS))
}

@test "a stream without count goes on until its reader is gone, which is no error" {
    get /stream | {
        as_client 192.0.2.1 5 | sed '/^id: message-1$/q' >answer
        assert_equal "${PIPESTATUS[0]}" 0
    }
    assert_file_has answer -x 'id: message-1'
    assert_file_has log -x 'Client 192.0.2.1:5 closed connection.'
}

@test "a pipe that nobody reads any more is given up after -w" {
    mkfifo answer
    exec 8<>answer
    printf 'GET /missing HTTP/1.1\r\nHost: a\r\n\r\n%.0s' {1..500} >requests # whose answers are more than a pipe holds
    timeout 8 "$SSE_SERVER" -i -w 1 <requests >answer 2>log 8<&-
    exec 8<&-
    assert_at_most "$(wc -l <log)" 499
}

@test "a log for the journal has the priority before each line" {
    : >log
    get '/stream?count=0' | JOURNAL_STREAM=$(stat -c %d:%i log) pipe_request >answer
    assert_equal "$(grep -c '^<6>' log)" 2
    get '/stream?count=0' | JOURNAL_STREAM=1:1 pipe_request >answer
    refute_file_has log '^<[0-9]'
}

@test "a request in a file is answered into a file" {
    get '/stream?count=0' >question
    "$SSE_SERVER" -i <question >answer 2>log
    assert_equal "$(status_of <answer)" 200
    assert_equal "$(tail -n 2 answer)" $'0\r\n\r'
}

@test "the log has a line when a stream starts and one when the request is done" {
    { get '/stream?count=1' && get /nothing && get '/stream?count=0' 'Last-Event-ID: message-4'; } |
        as_client 192.0.2.1 5 >answer
    sed -E 's/\(([0-9.]+)(µs|ms|s)\)/(DURATION)/; s/\r//' log >plain
    diff -u - plain <<'EXPECTED'
Starting stream for 192.0.2.1:5, 1 -> 2 ...
<- 192.0.2.1:5: GET /stream?count=1 200 (DURATION)
<- 192.0.2.1:5: GET /nothing 404 (DURATION): there is nothing at this path; GET /help lists the paths
Starting stream for 192.0.2.1:5, 4 -> 4 ...
<- 192.0.2.1:5: GET /stream?count=0 200 (DURATION)
EXPECTED
    assert_file_has log -E 'count=1 200 \(1\.[0-9]{1,9}s\)$'
}

@test "with -q the log has nothing about clients" {
    { get '/stream?count=0' && get /nothing; } | pipe_request -q >answer
    assert_equal "$(statuses <answer)" '200 404'
    assert_file_empty log
}

@test "nothing a client sends can add a line to the log, or a byte that is not printable" {
    get $'/caf\xc3\xa9\x80?\xff' | pipe_request >answer
    assert_equal "$(wc -l <log)" 1
    assert_file_has log -F 'GET /caf???'
}
