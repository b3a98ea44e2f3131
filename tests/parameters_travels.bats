#!/usr/bin/env bats
# How the parameters have a stream travel: its writes, its waits, its framing and its coding. Waits are held to what they are at the
# least; nobody can promise when a busy machine comes to them.
load helper
load writes

LETTERS=ABCDEFGHIJKLMNOPQRSTUVWXYZ

# letters_of: the capital letters of each write of the body; what frames them has none.
letters_of() {
    body_writes | tr -dc 'A-Z\n' | sed '/^$/d'
}

# chunk_sizes: those of the chunks that the body on standard input consists of. Its lines are told by their ends.
chunk_sizes() {
    sed -n 's/^\([0-9a-f]*\)\r$/\1/p' | sed '/^$/d' | paste -sd ' '
}

@test "delay comes before the status line, pause between the head and the body" {
    capture 'raw=a&delay=60ms&framing=close'
    came_after 60 0
    capture 'count=0&pause=60ms&framing=close'
    wrote "$HELLO"
    assert_equal "$(grep -c '^[0-9]' writes)" 2
    came_after 60 1
    capture 'raw=a&delay=0.03&pause=30ms&jitter=0&framing=close'
    came_after 60 1
}

@test "a client that resets its connection during a delay or a pause takes its process with it" {
    start_server
    get '/stream?delay=60m' | "$TOOLS/rude" "$PORT_USED" 3 reset
    get '/stream?pause=60m' | "$TOOLS/rude" "$PORT_USED" 3 reset 'Transfer-Encoding'
    until_true eval '[ -z "$(children "$SERVER")" ]'
    until_true eval '[ "$(grep -c "^<- .*: GET /stream?pause=60m 200 " server.log)" -eq 3 ]'
}

@test "split is the bytes of each write, for every size, in every framing" {
    local size
    for size in {1..27} 65536; do
        pieces_of "$LETTERS" "$size" >pieces
        capture "raw=$LETTERS&split=$size&framing=close"
        body_writes | diff pieces - || { echo "split=$size" && return 1; }
        capture "raw=$LETTERS&split=$size&framing=length"
        body_writes | diff pieces - || { echo "split=$size&framing=length" && return 1; }
        capture "raw=$LETTERS&split=$size"
        body_writes | diff <(in_chunks <pieces && printf '%s\n' '0\r\n\r\n') - || { echo "split=$size&framing=chunked" && return 1; }
    done
}

@test "split may be a list, which begins again at its end and goes on through the pieces" {
    capture "raw=ABCDEFGHIJ&split=1,2,3&framing=close"
    wrote A BC DEF G HI J
    capture "raw=ABCD&raw=EFGH&split=1,2&framing=close"
    wrote A BC D EF G H
    capture "raw=ABCDEFGH&split=01%2c3&framing=close"
    wrote A BCD E FGH
}

@test "split cuts in the middle of a character, of a line end and of a field name" {
    capture 'raw=data:%c3%a4%0d%0a%0d%0a&split=1&framing=close'
    wrote d a t a : '\xc3' '\xa4' '\r' '\n' '\r' '\n'
    capture 'count=1&interval=0&time=1000&split=50&framing=close'
    wrote "$HELLO" 'id: message-1\ndata: {\ndata:   "time": 1000,\ndata: ' '  "random": "spheIGLpzXpFGMIH"\ndata: }\n\n'
}

@test "split holds for hello and messages of any size, and for a stream that is not timed" {
    capture 'count=2&interval=0&size=5000&split=1000&framing=close'
    assert_equal "$(sed -n 's/^[0-9]* \([0-9]*\) .*/\1/p' writes | tail -n +2 | paste -sd ' ')" \
        "$HELLO_LENGTH 1000 1000 1000 1000 1000 46 1000 1000 1000 1000 1000 46"
}

@test "a list has up to 1,024 values; a longer one is refused, not shortened" {
    local list parameter
    list=$(printf '10,%.0s' {1..85})1
    capture "raw=$(printf 'x%.0s' {1..900})&split=$list&framing=close"
    assert_equal "$(body_writes | sed -n 86p)" x
    list=$(printf '1,%.0s' {1..1023})1
    capture "raw=$LETTERS&split=$list&framing=close"
    letters_of | diff <(pieces_of "$LETTERS" 1) -
    get "/stream?raw=x&split=$list,1" | refuses 400 'parameter "split" takes up to 1024 sizes, separated by commas'
    for parameter in interval gap; do
        capture "raw=a&raw=b&split=9&$parameter=${list//1/0}&framing=close"
        wrote a b
        get "/stream?raw=x&split=9&$parameter=$list,1" | refuses 400 "parameter \"$parameter\" takes up to 1024 waits"
    done
}

@test "a list that does not fit names the first value that is wrong" {
    get '/stream?interval=1,,2' | refuses 400 'parameter "interval" takes up to 1024 waits, separated by commas'
    assert_ends_with "$(<answer)" '; value 2 is ""'
    get '/stream?raw=x&split=1&gap=1,2ms%2C3h' | refuses 400 '; value 3 is "3h"'
    get '/stream?raw=x&split=5,' | refuses 400 '; value 2 is ""'
    get '/stream?raw=x&split=64k,65k' | refuses 400 '; value 2 is "65k"'
    get '/stream?key=a&count=0&log=a,b+c,,' | refuses 400 '; value 2 is "b c"'
    get '/stream?interval=1h' | refuses 400 'seconds such as 2 or 0.05, or a number with ms, s or m; each at most 60m'
    refute_file_has answer 'value 1'
}

@test "split and chunk take k, as other sizes do" {
    capture "raw=$LETTERS&fill=4000&split=1k,2k&framing=close"
    assert_equal "$(body_writes | head -n 2 | awk '{ printf "%s ", length($0) }')" '1024 2048 '
    get '/stream?raw=x&fill=3000&chunk=1k' 'Connection: close' | pipe_request | body_of | head -n 1 | assert_file_has - -x $'400\r'
}

@test "split=random is other writes each time, of 1 to 64 bytes, and the seed that X-Seed tells makes them again" {
    local text seed
    text=$(printf '%s' {100..800})
    capture "raw=$text&split=random&framing=close"
    body_writes >first
    assert_equal "$(tr -d '\n' <first)" "$text"
    assert_equal "$(awk '{ print length($0) <= 64 }' first | sort -u)" 1
    seed=$(head_of | sed -n 's/^X-Seed: \([0-9]*\)$/\1/p')
    capture "raw=$text&split=random&framing=close"
    assert_not_equal "$(head_of | sed -n 's/^X-Seed: //p')" "$seed"
    run -1 cmp -s first <(body_writes)
    capture "raw=$text&split=random&framing=close&seed=$seed"
    body_writes | diff first -
    refute_file_has writes X-Seed
}

@test "X-Seed is told where something is random, and only there" {
    local query
    for query in 'count=1&interval=0&jitter=0' 'raw=x&split=3' 'raw=x&seed=5' 'raw=x&split=random&seed=0'; do
        capture "$query"
        refute_file_has writes X-Seed
    done
    for query in 'count=0&jitter=0.001' 'raw=x&split=rando%6d' ; do
        capture "$query"
        [ "$(head_of | grep -cE '^X-Seed: [0-9]+$')" -eq 1 ] || { echo "none for $query" && return 1; }
    done
}

@test "gap is between the writes that split makes" {
    capture 'raw=ABCDE&split=2&gap=30ms&framing=close'
    wrote AB CD E
    came_after 30 2
    came_after 60 3
    capture 'raw=ABCDE&split=9&gap=60m&framing=close'
    wrote ABCDE
}

@test "jitter makes waits shorter and longer, by no more than its share" {
    local seed i at
    for seed in 1 2 3; do
        capture "raw=a&loop=11&interval=20ms&jitter=0.5&seed=$seed&framing=close"
        read -ra at <<<"$(times)"
        for i in {1..10}; do
            came_after $((i * 10)) $((i + 1))
        done
    done
    # With this seed the first minute is one of 85 ms; nobody here waits for a whole one.
    capture 'raw=a&delay=1m&jitter=1&seed=57&framing=close'
    wrote a
}

@test "a heartbeat is a comment whenever nothing was sent for so long" {
    capture 'count=1&interval=800ms&heartbeat=225ms&time=1000&framing=close'
    assert_equal "$(body_writes | sed 's/^id.*\(hello\|message\).*/\1/' | paste -sd ' ')" 'hello :\n :\n :\n message'
    came_after 225 1
    came_after 450 2
    came_after 675 3
    came_after 800 4
    capture 'count=2&interval=30ms&heartbeat=50ms&time=1000&framing=close'
    refute_file_has <(body_writes) ':\\n$'
}

@test "heartbeats are framed, split, coded and cut as all else" {
    capture 'count=1&interval=100ms&heartbeat=40ms&split=1&cut=39'
    body_writes | tail -n 3 | diff - <(printf '%s\n' '1\r\n:\r\n' '1\r\n\n\r\n' '0\r\n\r\n')
    capture 'count=1&interval=400ms&heartbeat=150ms&time=1000&encoding=gzip&framing=close'
    body_writes | unescaped | gzip -dc | grep -cx : >comments
    assert_equal "$(cat comments)" 2
}

@test "every framing carries the same body, and curl agrees" {
    local framing query='count=3&interval=0&time=1000&size=70000&bom=1&event=e'
    start_server
    for framing in chunked close length; do
        capture "$query&framing=$framing"
        head_of >fields
        case $framing in
        chunked) grep -qx 'Transfer-Encoding: chunked' fields ;;
        length) grep -qxE 'Content-Length: [0-9]+' fields ;;
        close) grep -qx 'Connection: close' fields ;;
        esac
        assert_equal "$(grep -cE '^(Transfer-Encoding|Content-Length):' fields)" "$([ $framing = close ] && echo 0 || echo 1)"
        curl -sS -m 10 "$URL/stream?$query&framing=$framing" | sed 's/127.0.0.1:[0-9]*/PEER/' >"$framing"
    done
    cmp chunked close
    cmp chunked length
    assert_at_least "$(wc -c <close)" 210001
}

@test "Content-Length is the length of the body, whatever makes it longer or shorter" {
    local query length
    for query in count=0 'count=12&interval=0' 'count=3&interval=0&size=1000&eol=crlf&event=x&retry=1&bom=2' 'raw=abc&raw=&raw=%ff' \
        'raw=ab&raw=c&loop=1000&bom=1' 'raw=abc&echo=1&bom=3&loop=2' 'count=2&interval=0&echo=1' 'raw=abc&cut=2' 'raw=abc&cut=0' \
        'raw=abc&cut=99' 'raw=' 'status=500'; do
        capture "$query&framing=length&split=65536"
        length=$(head_of | sed -n 's/^Content-Length: //p')
        [ "$(body_writes | unescaped | wc -c)" -eq "$length" ] || { echo "for $query" && cat writes && return 1; }
    done
}

@test "behind a body whose end is told the connection serves the next request" {
    local framing
    for framing in chunked length; do
        { get "/stream?raw=abc&framing=$framing" && get '/stream?count=0'; } | pipe_request >answers
        "$TOOLS/read_answers" <answers >codes
        assert_equal "$(cat codes)" '200 200'
    done
    { get "/stream?raw=abc&framing=close" && get '/stream?count=0'; } | pipe_request >answers
    assert_equal "$(statuses <answers)" 200
}

@test "HTTP/1.0 gets a body up to the end of the connection, or one whose length is told, but no chunks" {
    request 'GET /stream?raw=abc HTTP/1.0' | capture_request
    wrote abc
    refute_file_has writes -E 'Transfer-Encoding|Connection:|Content-Length'
    { request 'GET /stream?raw=abc&framing=length HTTP/1.0' 'Connection: keep-alive' &&
        request 'GET /stream?raw=d&framing=length HTTP/1.0'; } | capture_request
    assert_equal "$(grep -c 'HTTP/1.0 200 OK' writes)" 2
    wrote abc "$(sed -n '3s/^[0-9]* [0-9]* //p' writes)" d
    request 'GET /stream?raw=abc&framing=chunked HTTP/1.0' | refuses 400 'parameter "framing" cannot be chunked: HTTP/1.0 has no chunked coding'
    request 'GET /stream?raw=abc&chunk=3 HTTP/1.0' | refuses 400 'parameter "chunk" cannot be combined with "framing"'
    request 'GET /stream?raw=abc&end=badchunk HTTP/1.0' | refuses 400 'parameter "end" cannot be combined with "framing"'
    request 'GET /stream?raw=abc&end=truncate HTTP/1.0' | refuses 400 'parameter "end" cannot be combined with "framing"'
}

@test "chunk is the size of the chunks, whatever the writes are" {
    local chunk split
    for chunk in 1 2 3 5 25 26 27 1048576; do
        pieces_of "$LETTERS" "$chunk" | in_chunks | tr -d '\n' >chunks
        printf '%s' '0\r\n\r\n' >>chunks
        for split in 1 2 3 7 26; do
            capture "raw=$LETTERS&chunk=$chunk&split=$split"
            body_writes | tr -d '\n' | cmp - chunks || { echo "chunk=$chunk&split=$split" && return 1; }
            letters_of | diff <(pieces_of "$LETTERS" "$split") - || { echo "chunk=$chunk&split=$split" && return 1; }
        done
    done
}

@test "large messages in large chunks are well-formed" {
    get '/stream?count=2&interval=0&size=5M&chunk=1048576' | REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 pipe_request >answer
    assert_equal "$("$TOOLS/read_answers" <answer)" 200
    assert_equal "$(body_of <answer | chunk_sizes)" '25 100000 100000 100000 100000 100000 2e 100000 100000 100000 100000 100000 2e 0'
}

@test "gzip is the same body, coded, and each write decodes to all that was sent so far" {
    local framing i query='count=3&interval=0&time=1000&size=9000&event=e'
    start_server
    curl -sS -m 10 "$URL/stream?$query" | sed 's/127.0.0.1:[0-9]*/PEER/' >plain
    for framing in chunked close; do
        curl -sS -m 10 -D fields "$URL/stream?$query&encoding=gzip&framing=$framing" | gzip -dc | sed 's/127.0.0.1:[0-9]*/PEER/' | cmp - plain
        assert_file_has fields -x $'Content-Encoding: gzip\r'
    done
    capture "raw=$LETTERS&split=5,3&encoding=gzip&framing=close"
    assert_equal "$(body_writes | wc -l)" 8
    for i in 1 2 3 4 5 6; do
        body_writes | head -n "$i" | unescaped | gzip -dc >decoded 2>/dev/null || true
        diff <(pieces_of "$LETTERS" 5 3 | head -n "$i" | tr -d '\n') decoded
    done
    body_writes | unescaped | gzip -dc | diff <(echo -n "$LETTERS") -
}

@test "a client decodes each event of a gzip stream when it comes" {
    start_server
    in_background decoded curl -sSN -m 20 --compressed "$URL/stream?count=1&interval=0&time=1000&encoding=gzip&chunk=7&end=hang"
    until_true grep -q '^data: }$' decoded
    assert_file_has decoded '^id: message-1$'
}

@test "an empty body is well-formed in gzip, and none is begun where the status has no body" {
    local query
    for query in 'raw=' 'raw=abc&cut=0'; do
        capture "$query&encoding=gzip&framing=close"
        assert_equal "$(body_writes | unescaped | gzip -dc | wc -c)" 0
        body_writes | unescaped | gzip -t
    done
    capture 'status=204&encoding=gzip'
    wrote
    head_of | assert_file_has - -x 'HTTP/1.1 204 No Content'
}
