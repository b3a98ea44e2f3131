#!/usr/bin/env bats
# Streams whose waits differ: lists in interval, gap and split, the events of a body, comments between pieces, and a body that is held
# back. Waits are held to what they are at the least; nobody can promise when a busy machine comes to them.
load helper
load writes

EVENTS=400

# waits: as many different ones as there are events, 0.01 ms more each time, 802 ms together.
waits() {
    awk -v n="$EVENTS" 'BEGIN { for (k = 1; k <= n; k++) printf "%s%.2fms", (k > 1 ? "," : ""), k / 100 }'
}

# events: a stream of them, in lines; joined by sed to a form's encoding.
events() {
    seq -f 'data:%g' "$EVENTS" | sed G
}

encoded() {
    sed 's/$/%0A/' | tr -d '\n'
}

# event_writes: what is written for these events, one each.
event_writes() {
    seq -f 'data:%g\n\n' "$EVENTS"
}

# post TYPE FILE QUERY: a capture of a POST of /stream.
post() {
    { request "POST /stream?$3 HTTP/1.1" 'Host: x' "Content-Type: $1" "Content-Length: $(wc -c <"$2")" && cat "$2"; } | capture_request
}

# post_events BODY QUERY: BODY is a format of printf.
post_events() {
    # shellcheck disable=SC2059
    printf "$1" >body
    post text/event-stream body "$2"
}

# were_paced FIRST: each write from this one on came no earlier than all waits before it are long.
were_paced() {
    times | tr ' ' '\n' | awk -v first="$1" 'NR > first { k = NR - first; due += k / 100 } NR > first && $1 < int(due) - 1 {
        print "write " NR " came after " $1 " ms, not " due; bad = 1 } END { exit bad }'
    came_after 790 -1
}

@test "the k-th value of interval is the k-th wait of the response, and the last one repeats" {
    capture 'count=4&interval=60ms,0,30ms&framing=close'
    came_after 60 1
    came_after 60 2
    came_after 90 3
    came_after 120 4
    capture 'raw=a&raw=b&loop=2&interval=0%2C60ms%2C0&framing=close'
    wrote a b a b
    came_after 60 3
    came_after 60 4
    capture 'raw=a&raw=b&echo=1&interval=60ms,60m&framing=close' # no wait comes after the echo
    assert_equal "$(body_writes | tail -n 2 | paste -sd ' ')" 'a b'
    came_after 60 3
}

@test "a stream of 400 events with 400 waits comes from a body, a form or a URL" {
    local waits
    waits=$(waits)
    events >body
    post text/event-stream body "interval=$waits&framing=close"
    diff <(event_writes) <(body_writes)
    were_paced 2
    printf 'count=%d&framing=close&interval=%s' "$EVENTS" "$waits" >form
    post application/x-www-form-urlencoded form 'time=0'
    assert_equal "$(body_writes | sed -n 's/^id: message-\([0-9]*\)\\n.*/\1/p' | paste -sd ' ')" "$(seq -s ' ' "$EVENTS")"
    were_paced 1
    capture "count=$EVENTS&framing=close&interval=$waits"
    assert_equal "$(body_writes | wc -l)" $((EVENTS + 1))
    were_paced 1
}

@test "a recorded stream, one raw piece with lists in split and gap, has exactly its writes and its waits" {
    local sizes
    sizes=$(awk -v left="$(events | wc -c)" 'BEGIN {
        for (srand(7); left > 0; left -= size) { size = 1 + int(rand() * 27); print (left < size ? left : size) } }')
    post_recorded "$(tr '\n' , <<<"$sizes" | sed 's/,$//')" ,
    post_recorded "$(tr '\n' , <<<"$sizes" | sed 's/,$//; s/,/%2C/g')" %2c
}

# post_recorded SIZES COMMA: the events are written in these sizes, from a URL and from a form.
post_recorded() {
    local query
    query="raw=$(events | encoded)&split=$1&gap=$(waits | sed "s/,/$2/g")&framing=close"
    printf '%s' "$query" >form
    capture "$query"
    assert_equal "$(sed -n 's/^[0-9]* \([0-9]*\) .*/\1/p' writes | sed 1d | paste -sd ,)" "${1//%2C/,}"
    body_writes | unescaped | cmp - <(events)
    sed -i 1d writes && were_paced_gaps
    post application/x-www-form-urlencoded form ''
    assert_equal "$(sed -n 's/^[0-9]* \([0-9]*\) .*/\1/p' writes | sed 1d | paste -sd ,)" "${1//%2C/,}"
}

# were_paced_gaps: the file writes begins with the first write of the body.
were_paced_gaps() {
    times | tr ' ' '\n' | awk 'NR > 1 { due += (NR - 1) / 100 } $1 < int(due) - 1 {
        print "write " NR " came after " $1 " ms, not " due; bad = 1 } END { exit bad }'
}

@test "the waits of gap go on through the pieces, and the last one repeats" {
    capture 'raw=abc&raw=de&split=1&gap=0,60ms,0,30ms&framing=close'
    wrote a b c d e
    came_after 60 3
    came_after 60 4
    came_after 60 5
    capture 'raw=abcd&split=1&gap=0,30ms&framing=close'
    came_after 30 3
    came_after 60 4
}

@test "each event of a body is a piece with its blank lines, and the rest is the last one" {
    post_events 'data:a\n\n\r\n:b\r\r\rdata:c\r\n\r\ndata:d' 'framing=close'
    wrote 'data:a\n\n\r\n' ':b\r\r\r' 'data:c\r\n\r\n' data:d
    post_events '\n\ndata:a\n\ndata:b\n\n' 'loop=2&interval=1ms&bom=1&retry=7&framing=length'
    wrote '\xef\xbb\xbfretry: 7\n\n\ndata:a\n\n' 'data:b\n\n' '\n\ndata:a\n\n' 'data:b\n\n'
    assert_file_has <(head_of) -x "Content-Length: $((3 + 9 + 2 * 18))"
    post_events '\xef\xbb\xbfa\n\nb' 'retry=7&framing=close'
    wrote '\xef\xbb\xbfretry: 7\na\n\n' b
    post_events 'a\n\nb\n\n' 'cut=4&split=2&interval=0'
    wrote '2\r\na\n\r\n' '1\r\n\n\r\n' '1\r\nb\r\n' '0\r\n\r\n'
    post_events 'a\n\nb' 'echo=1&interval=30ms&framing=close'
    assert_equal "$(body_writes | tail -n 2 | paste -sd ' ')" 'a\n\n b'
    came_after 30 3
}

@test "with split and without interval a body is one piece, and its parts go across the ends of events" {
    post_events 'a\n\nb\n\nc' 'split=2,3&gap=0,60ms&framing=close'
    wrote 'a\n' '\nb\n' '\nc'
    came_after 60 3
    post_events '\xef\xbb\xbfa\n\nb\n\n' 'split=12,100&retry=7&loop=2&framing=length'
    wrote '\xef\xbb\xbfretry: 7\n' 'a\n\nb\n\n' '\xef\xbb\xbfa\n\nb\n\n'
}

@test "the events of a body are what /log counts" {
    start_server
    printf 'data:a\n\ndata:b\n\nc' | curl -sS -m 5 -o answer --data-binary @- -H 'Content-Type: text/event-stream' "$URL/stream?key=a"
    assert_equal "$(curl -sS -m 5 "$URL/log?key=a" | jq -c '.[0] | [.events, .bytes]')" '[3,17]'
}

@test "comments come between raw pieces that end their lines, and dispatch nothing" {
    capture 'raw=data:a%0A&raw=data:b%0A%0A&interval=300ms&heartbeat=110ms&framing=close'
    wrote 'data:a\n' ':\n' ':\n' 'data:b\n\n'
    capture 'raw=data:a%0D&raw=data:b&interval=300ms&heartbeat=110ms&framing=close'
    wrote 'data:a\r' ':\n' ':\n' data:b
    post_events 'data:a\r\n\r\ndata:b' 'interval=300ms&heartbeat=110ms&framing=close'
    wrote 'data:a\r\n\r\n' ':\n' ':\n' data:b
    capture 'raw=da&raw=ta:a%0A%0A&raw=b&interval=0,300ms&heartbeat=110ms&framing=close'
    wrote da 'ta:a\n\n' ':\n' ':\n' b
    get '/stream?raw=a%0A&interval=1ms&heartbeat=50ms&end=hang&framing=close' | capture_request -o -s 300
    wrote 'a\n'
    assert_equal "$(how_it_ended)" silent
    capture 'raw=a%0A&loop=2&interval=300ms&heartbeat=110ms&framing=close&cut=4'
    wrote 'a\n' ':\n'
}

# breaks_lines PIECE WHY QUERY [BODY]: no comment fits behind this piece.
breaks_lines() {
    local query="heartbeat=1s&interval=2s&$3" sent='"raw"'
    [ $# -lt 4 ] || sent='a text/event-stream body'
    if [ $# -gt 3 ]; then
        # shellcheck disable=SC2059
        printf "$4" >body
        { request "POST /stream?$query HTTP/1.1" 'Host: x' 'Content-Type: text/event-stream' "Content-Length: $(wc -c <body)" && cat body; }
    else
        get "/stream?$query"
    fi | refuses 400 "parameter \"heartbeat\" cannot be combined with $sent: piece $1 $2" || { echo "for $query" && return 1; }
}

# keeps_lines QUERY [BODY]: the comments fit everywhere. The stream is cut before its head.
keeps_lines() {
    # shellcheck disable=SC2059
    printf "${2:-}" >body
    if [ $# -gt 1 ]; then
        post text/event-stream body "heartbeat=1s&interval=2s&cut=head&$1"
    else
        capture "heartbeat=1s&interval=2s&cut=head&$1"
    fi
    refute_file_has writes ' HTTP/1'
    assert_equal "$(how_it_ended)" end
}

@test "a comment that would change the meaning of raw pieces is refused, by the number of the piece" {
    local in_line='does not end with a line end' in_cr_lf='ends with CR and the next one begins with LF'
    keeps_lines 'raw=x'
    breaks_lines 1 "$in_line" 'raw=x&raw=y'
    assert_file_has answer 'end it with %0A, or make the wait after it 0$'
    breaks_lines 2 "$in_line" 'raw=x%0A&raw=y%0Az&raw=y%0A'
    breaks_lines 1 "$in_line" 'raw=&raw=y'
    breaks_lines 1 "$in_line" 'raw=x%250A&raw=y'
    breaks_lines 1 "$in_line" 'raw=x%0A+&raw=y'
    keeps_lines 'raw=x%0a&raw=y%0D&raw=z'
    keeps_lines "raw=x$(printf %%25)%0A&raw=y"
    breaks_lines 1 "$in_line" 'raw=x%0A&fill=1&raw=y'
    breaks_lines 1 "$in_cr_lf" 'raw=x%0D&raw=%0Ay'
    breaks_lines 1 "$in_cr_lf" 'raw=x%0D&raw=&raw=%0Ay'
    assert_file_has answer 'move the LF to the end of this piece$'
    keeps_lines 'raw=x%0A&raw=%0Ay'
    keeps_lines 'raw=x%0D%0A&raw=%0Ay'
    breaks_lines 2 "$in_line" 'raw=x%0A&raw=y&loop=2'
    breaks_lines 2 "$in_line" 'raw=x%0A&raw=y&loop=forever'
    breaks_lines 2 "$in_cr_lf" 'raw=%0Ax%0A&raw=y%0D&loop=2'
    breaks_lines 1 "$in_cr_lf" 'raw=%0A%0D&loop=2'
    keeps_lines 'raw=%0A%0D'
    breaks_lines 1 "$in_line" 'raw=x&raw=y%0A&split=1&gap=1s'
    keeps_lines 'raw=x%0Ay%0A&raw=z&split=1&gap=1s'
    breaks_lines 1 "$in_line" 'raw=x&raw=y&end=hang'
}

@test "only pieces that a wait follows must end their lines" {
    local list=heartbeat=1s\&cut=head\&interval
    capture "$list=0,0,2s&raw=a&raw=b&raw=c%0A&raw=d"
    assert_equal "$(how_it_ended)" end
    get "/stream?$list=0,2s,0&raw=a&raw=b&raw=c" | refuses 400 'piece 2 does not end with a line end'
    get "/stream?$list=0,2s,0&raw=a&raw=b%0A&loop=2" | pipe_request >answer
    assert_file_empty answer
    get "/stream?$list=0,2s&raw=a&raw=b%0A&loop=2" | refuses 400 'piece 1 does not end with a line end'
    get "/stream?$list=0,0,2s,0&raw=a&raw=b%0A&loop=forever" | refuses 400 'piece 1 does not end with a line end'
}

@test "comments fit behind every event of a body; behind its end they matter if it is sent again" {
    keeps_lines '' 'a\n\nb\r\r\n\nc'
    breaks_lines 3 'does not end with a line end' loop=2 'a\n\nb\r\r\n\nc'
    breaks_lines 2 'ends with CR and the next one begins with LF' loop=2 '\na\n\nb\r\r'
    keeps_lines 'loop=2' '\na\n\nb\r\r\n'
    keeps_lines '' ''
}

@test "buffer sends the body in blocks, at the time of the write that fills each, and the rest at the end" {
    capture 'raw=abc&raw=def&raw=ghi&interval=60ms&buffer=4&framing=close'
    wrote abcd efgh i
    came_after 60 1
    came_after 120 2
    came_after 120 3
    capture 'raw=abcdefgh&split=1,2&gap=1ms&buffer=3'
    wrote '3\r\nabc\r\n' '3\r\ndef\r\n' '2\r\ngh\r\n0\r\n\r\n'
    capture 'raw=abc&raw=def&interval=60ms&buffer=all&framing=length'
    wrote abcdef
    came_after 60 1
    capture 'count=2&interval=1ms&time=0&buffer=1M&framing=close'
    assert_equal "$(body_writes | wc -l)" 1
    assert_equal "$(body_writes | grep -o 'id: [a-z]*' | paste -sd ' ')" 'id: hello id: message id: message'
}

@test "what chunk, gzip, cut, fill and comments make is held back too" {
    capture 'raw=abcdefg&buffer=5&chunk=2'
    wrote '2\r\nab\r\n2\r\ncd\r\n1\r\ne\r\n' '2\r\nfg\r\n0\r\n\r\n'
    capture 'raw=abc&raw=def&raw=ghi&cut=7&buffer=5&framing=close'
    wrote abcde fg
    capture 'raw=abc&raw=def&buffer=4&encoding=gzip&framing=close'
    assert_equal "$(body_writes | wc -l)" 2
    assert_equal "$(body_writes | head -n 1 | unescaped | gzip -dc 2>/dev/null)" abcd
    assert_equal "$(body_writes | unescaped | gzip -dc)" abcdef
    capture 'raw=a&fill=10&buffer=4&framing=close'
    wrote axxx xxxx xxx
    capture 'raw=a%0A&raw=b&interval=300ms&heartbeat=110ms&buffer=all&framing=close'
    wrote 'a\n:\n:\nb'
    post_events 'a\n\nb\n\nc' 'interval=1ms&buffer=4&framing=close'
    wrote 'a\n\nb' '\n\nc'
}

@test "what is held back leaves before the body breaks off, and never if the stream hangs" {
    capture 'raw=abc&buffer=all&end=badchunk'
    wrote '3\r\nabc\r\nno number\r\n'
    capture 'raw=abc&buffer=all&end=truncate'
    wrote '3\r\nabc\r\n'
    start_server
    get '/stream?raw=abc&buffer=all&end=reset&framing=close' | "$TOOLS/writes" "$PORT_USED" >writes
    assert_equal "$(body_writes | tail -n 1)" abc
    assert_equal "$(how_it_ended)" reset
    get '/stream?raw=abcdef&buffer=4&end=hang&framing=close' | "$TOOLS/writes" -o -s 500 "$PORT_USED" >writes
    assert_equal "$(body_writes)" abcd
    assert_equal "$(how_it_ended)" silent
    get '/stream?raw=abc&buffer=all&cut=2&end=hang&framing=close&key=h' | "$TOOLS/writes" -o -s 500 "$PORT_USED" >writes
    wrote
    is_logged() { [ "$(curl -sS -m 5 "$URL/log?key=h" | jq -c '.[0].bytes')" = 0 ]; }
    until_true is_logged
}

@test "raw pieces are writes of their own, and buffer gathers them into one write, in all their loops" {
    capture 'raw=ab&raw=c&loop=3&framing=close'
    wrote ab c ab c ab c
    capture 'raw=ab&raw=c&loop=3&framing=close&buffer=all'
    wrote abcabcabc
    capture 'raw=ab&raw=c&loop=3&buffer=all'
    wrote '9\r\nabcabcabc\r\n0\r\n\r\n'
    get '/stream?raw=data:+a%0A%0A&loop=20000&framing=close&buffer=64k' | capture_request
    assert_equal "$(body_writes | unescaped | sha256sum)" "$(yes $'data: a\n' | head -n 40000 | sha256sum)"
    assert_equal "$(awk '/^[0-9]/ && NR > 1 { print $2 }' writes | paste -sd ' ')" '65536 65536 48928'
}

@test "buffer=all is a block of 1 MiB, and a longer body leaves in several" {
    start_server
    curl -sS -m 20 "$URL/stream?raw=a&fill=3M&buffer=all&framing=length&cut=2500000" >body
    assert_equal "$(wc -c <body)" 2500000
    get '/stream?raw=a&fill=1048577&buffer=all' | pipe_request >answer
    assert_equal "$(body_of <answer | sed -n 's/^\([0-9a-f]*\)\r$/\1/p' | sed '/^$/d' | paste -sd ' ')" '100000 2 0'
}

@test "with buffer the head is a write of its own, and comes before anything is held back" {
    start_server
    in_background answer curl -sSNi -m 20 "$URL/stream?count=0&buffer=all&end=hang"
    until_true grep -q '^Transfer-Encoding' answer
    refute_file_has answer hello
}

@test "a server that stops ends a body properly although some of it is held back" {
    start_server
    in_background answer curl -sSN -m 20 -w 'code %{exitcode}\n' "$URL/stream?interval=10ms&buffer=all"
    listed() { [ "$(curl -sS -m 5 "$URL/status" | jq length)" = 1 ]; }
    until_true listed
    kill -TERM "$SERVER"
    until_true grep -q '^code 0$' answer
}
