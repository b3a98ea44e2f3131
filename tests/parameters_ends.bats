#!/usr/bin/env bats
# How the parameters have a stream end: behind which byte, and by what. Over TCP, where a reset is a reset.
load helper
load writes

WHOLE='count=1&interval=0&time=1000'

# ask QUERY [OPTION...]: a client over TCP; what it got is the capture.
ask() {
    get "/stream?$1" | "$TOOLS/writes" "${@:2}" "$PORT_USED" >writes
}

# got HOW BYTES: the connection ended so, behind these bytes of the body, escaped.
got() {
    [ "$(how_it_ended) $(body_writes | tr -d '\n')" = "$1 $2" ] || { cat writes && return 1; }
}

# got_nothing HOW: it ended so, and not a byte came.
got_nothing() {
    diff <(echo "$1") writes
}

nobody_is_served() {
    assert_empty "$(children "$SERVER")"
}

@test "a stream can be cut behind every byte of it, in every framing" {
    local cut length framing
    get "/stream?$WHOLE&framing=close" | REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 pipe_request | body_of >whole
    length=$(wc -c <whole)
    assert_equal "$length" $((HELLO_LENGTH + 90))
    for ((cut = 0; cut <= length + 1; cut++)); do
        for framing in close length; do
            get "/stream?$WHOLE&framing=$framing&cut=$cut" | REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 pipe_request >answer
            body_of <answer | cmp - <(head -c "$cut" whole) || { echo "cut=$cut&framing=$framing" && return 1; }
        done
        grep -qx $'Content-Length: '$((cut < length ? cut : length))$'\r' answer || { echo "cut=$cut" && return 1; }
    done
}

@test "a chunked body that is cut behind any byte has whole chunks" {
    local cut chunks
    local body='ABCDEFG' last='0\r\n\r\n'
    for cut in {0..8}; do
        chunks=$(pieces_of "${body:0:cut}" 3 4 | in_chunks | tr -d '\n')
        capture "raw=ABC&raw=DEFG&cut=$cut"
        got end "$chunks$last" || { echo "cut=$cut" && return 1; }
        capture "raw=ABC&raw=DEFG&cut=$cut&end=truncate"
        got end "$chunks" || { echo "cut=$cut&end=truncate" && return 1; }
    done
}

@test "a cut falls in the middle of a write, of the padding and of a later loop" {
    capture 'raw=ABCDE&split=2&cut=3&framing=close'
    wrote AB C
    capture 'raw=AB&loop=1000000000&cut=5&framing=close'
    wrote AB AB A
    capture 'count=5&interval=0&size=1M&cut=64k&framing=close'
    assert_equal "$(body_writes | unescaped | wc -c)" 65536
    capture 'raw=ABC&raw=DEF&interval=60m&cut=3'
    got end '3\r\nABC\r\n0\r\n\r\n'
}

@test "cut=head ends before the status line, however it is to end" {
    local end
    start_server
    for end in close truncate badchunk; do
        ask "raw=x&cut=head&end=$end"
        got_nothing end || { echo "end=$end" && return 1; }
    done
    ask 'raw=x&cut=head&end=reset&encoding=gzip'
    got_nothing reset
    ask 'cut=head&end=hang' -o -s 200
    got_nothing silent
    ask 'raw=x&delay=50ms&cut=head'
    got_nothing end
    until_true nobody_is_served
}

@test "end=close is a proper end, and end=reset is an RST, behind all that was to come" {
    start_server
    ask 'raw=ABC&end=close'
    got end '3\r\nABC\r\n0\r\n\r\n'
    ask 'raw=ABC&end=reset'
    got reset '3\r\nABC\r\n'
    ask 'raw=ABC&cut=2&end=reset&framing=close' -o
    got reset AB
    ask 'raw=ABC&framing=length&end=reset'
    got reset ABC
    head_of | assert_file_has - -x 'Content-Length: 4'
    ask 'count=2&interval=0&size=500000&end=reset&framing=close'
    assert_equal "$(how_it_ended)" reset
    assert_at_least "$(body_writes | unescaped | wc -c)" 1000001
    assert_equal "$(body_writes | unescaped | tail -n 2)" 'data: }'
}

@test "end=truncate is a FIN without the last chunk, or before the length that was told" {
    start_server
    ask 'raw=ABC&end=truncate'
    got end '3\r\nABC\r\n'
    ask 'raw=ABC&cut=1&end=truncate'
    got end '1\r\nA\r\n'
    ask 'raw=ABC&framing=length&end=truncate'
    got end ABC
    head_of | assert_file_has - -x 'Content-Length: 4'
    ask 'raw=ABC&framing=length&cut=1&end=truncate'
    got end A
    head_of | assert_file_has - -x 'Content-Length: 3'
    run -18 curl -sS -m 10 "$URL/stream?raw=ABC&framing=length&end=truncate"
    run -18 curl -sS -m 10 "$URL/stream?raw=ABC&end=truncate"
}

@test "end=truncate is a FIN, and no reset, where the client had sent more than was read" {
    local end
    start_server
    for end in truncate badchunk; do
        { get "/stream?raw=ABCDEF&end=$end" && head -c 300000 /dev/zero; } | "$TOOLS/writes" -o "$PORT_USED" >writes
        [ "$(how_it_ended)" = end ] || { echo "end=$end" && cat writes && return 1; }
    done
}

@test "end=badchunk is a chunk size that is no number" {
    start_server
    ask 'raw=ABC&end=badchunk'
    got end '3\r\nABC\r\nno number\r\n'
    ask 'raw=ABC&cut=0&end=badchunk'
    got end 'no number\r\n'
    run -56 curl -sS -m 10 "$URL/stream?raw=ABC&end=badchunk"
}

@test "end=hang sends nothing more, and is let go when the client goes" {
    local framing
    local -A bodies=([chunked]='3\r\nABC\r\n' [close]=ABC [length]=ABC)
    start_server
    for framing in chunked close length; do
        ask "raw=ABC&end=hang&framing=$framing" -o -s 200
        got silent "${bodies[$framing]}" || { echo "framing=$framing" && return 1; }
        until_true nobody_is_served
    done
    ask 'count=0&heartbeat=20ms&end=hang&cut=9&framing=close' -o -s 200
    got silent 'id: hello'
    until_true nobody_is_served
    get '/stream?raw=ABC&end=hang' | "$TOOLS/rude" "$PORT_USED" 5 reset ABC
    until_true nobody_is_served
}

@test "end=hang goes on for a client that has ended its sending side" {
    capture_request -s 200 < <(get '/stream?raw=ABC&end=hang&framing=close')
    got silent ABC
}

@test "a stream that hangs is closed when its limit is reached" {
    get '/stream?raw=ABC&end=hang' >request
    REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 "$TOOLS/writes" -o "$TOOLS/without" patience "$SSE_SERVER" -i <request >writes 2>log
    got end '3\r\nABC\r\n'
}

@test "a stream that hangs ends when its process is told to" {
    start_server
    get '/stream?raw=ABC&end=hang' >request
    # shellcheck disable=SC2016 # the inner shell expands these
    in_background writes sh -c 'exec "$0" -o "$1" <request' "$TOOLS/writes" "$PORT_USED"
    until_true grep -q ABC writes
    kill -TERM "$SERVER"
    until_true grep -qx end writes
}

# has_head QUERY [FIELD...]: the head of this stream is the file wanted, except for the date.
has_head() {
    get "/stream?$1" "${@:2}" | "$TOOLS/writes" -o -s 500 "$PORT_USED" >writes
    head_of | grep -v '^Date: ' | diff wanted - || { echo "query: $1" && return 1; }
}

@test "the head of a stream that fails is the head of one that ends well" {
    local end field framing
    local -A ends=(
        [chunked]='reset truncate badchunk truncate&cut=1 reset&cut=0 hang&cut=2'
        [close]='reset reset&cut=0 hang&cut=2'
        [length]='reset&cut=2 truncate&cut=0 hang&cut=2'
    )
    start_server
    for field in 'X-Any: 1' 'Connection: close'; do
        for framing in chunked close length; do
            get "/stream?raw=ABCD&framing=$framing" "$field" | "$TOOLS/writes" "$PORT_USED" >writes
            head_of | grep -v '^Date: ' >wanted
            assert_file_has wanted -x 'HTTP/1.1 200 OK'
            for end in ${ends[$framing]}; do
                has_head "raw=ABCD&framing=$framing&end=$end" "$field"
            done
        done
    done
    get '/stream?raw=ABCD&end=truncate' | "$TOOLS/writes" "$PORT_USED" >writes
    head_of | assert_file_has - -x 'Connection: keep-alive'
    until_true nobody_is_served
}

@test "no request is served behind a stream that did not end properly" {
    local query
    for query in 'raw=A&end=truncate' 'raw=A&end=truncate&framing=length' 'raw=A&end=badchunk' 'raw=A&end=reset' 'cut=head'; do
        { get "/stream?$query" && get '/stream?raw=B'; } | pipe_request >answer
        refute_file_has answer B
    done
    { get "/stream?raw=A&cut=0" && get '/stream?raw=B'; } | pipe_request >answer
    assert_equal "$(statuses <answer)" '200 200'
}

@test "a status without a body ends as it may, and what is for bodies does not harm it" {
    start_server
    ask 'status=204&end=reset&chunk=5'
    got reset ''
    ask 'raw=x&status=204&end=badchunk'
    got end ''
    ask 'status=304&end=hang&framing=length' -o -s 100
    got silent ''
    until_true nobody_is_served
}
