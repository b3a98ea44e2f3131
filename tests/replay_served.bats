#!/usr/bin/env bats
# What src/sse-replay makes of a recording, sent to the server: the same bytes in the same writes, and no wait is shorter.
load helper
load writes
load recordings

# replays_the_trace: the capture of the replayed request has the bytes, the writes and the waits of trace.txt.
replays_the_trace() {
    local query=$1
    capture "${query#*\?}&framing=close"
    body_writes | unescaped | cmp - body
    assert_equal "$(sed -n 's/^[0-9]* \([0-9]*\) .*/\1/p' writes | sed 1d | paste -sd ,)" "$(value_of split "$query")"
    waits_are_long_enough "$(value_of gap "$query")"
}

# waits_are_long_enough LIST: no write of the body came earlier after the request than all waits before it are long. Times are cut to
# whole milliseconds.
waits_are_long_enough() {
    times | tr ' ' '\n' | awk -v list="$1" 'BEGIN { split(list, wait, ",") }
        NR > 2 { due += 1000 * wait[NR - 2] }
        $1 < due - 2 { print "write " NR " came after " $1 " ms, not " due; bad = 1 }
        END { exit bad }'
}

@test "a stream that was recorded with curl is sent again with its writes and its waits" {
    start_server
    record "$URL/stream?count=4&interval=60ms,10ms,100ms&split=40,7,90&gap=3ms,9ms"
    replays_the_trace "$("$REPLAY" trace.txt)"
}

@test "a stream that was recorded with script is sent again with its writes and its waits" {
    script -q -T timing -O typescript -c "stty -opost; for i in 1 2 3; do printf 'data:%s\\n\\n' \$i; sleep 0.05; done" </dev/null >/dev/null
    printf 'data:%s\n\n' 1 2 3 >body
    replays_the_trace "$("$REPLAY" timing typescript)"
}

@test "a long recording is sent again from a form or from a body, by the command that is printed" {
    local events
    start_server
    for events in 60 300; do
        record "$URL/stream?count=$events&size=600&interval=1ms&time=0"
        "$REPLAY" -b sent trace.txt | sed "s|http://localhost:8080|$URL|" >printed
        bash printed >again
        cmp again body
    done
    assert_file_has printed 'text/event-stream'
}

@test "the writes of a body need not end where its events do" {
    local part
    for part in 1 2 3; do trace_data "12:00:0$part.000000" < <(head -c 30000 /dev/zero | tr '\0' x; printf '\n\ndata:'); done >blocks
    { trace_head 12:00:00.000000 && cat blocks; } >trace
    "$REPLAY" -b sent trace | sed "s|.*/stream?\(.*\)'$|\1|" >query
    { request "POST /stream?$(sed 's/pause=1&//; s/gap=1,1/gap=0.05,0.1/' query)&framing=close HTTP/1.1" 'Host: x' 'Content-Type: text/event-stream' \
        "Content-Length: $(wc -c <sent)" && cat sent; } | capture_request
    assert_equal "$(sed -n 's/^[0-9]* \([0-9]*\) .*/\1/p' writes | sed 1d | paste -sd ,)" 30007,30007,30007
    waits_are_long_enough 0.05,0.1
}

@test "a recording can be sent with another end" {
    start_server
    record "$URL/stream?count=2&interval=10ms"
    curl -sN -o again "$URL$("$REPLAY" trace.txt)&cut=50&end=truncate" || assert_equal "$?" 18
    cmp again <(head -c 50 body)
}

# as_the_manual_says TEXT: prints the manual's block with that text, for the server at $URL and for sse-replay in the source.
as_the_manual_says() {
    manual_block "$1" | sed "s|http://localhost:8080|$URL|; s|sse-replay|$REPLAY|; s| URL\$| '$URL/stream?count=9\&interval=10ms'|
        s|https://example.com/events|'$URL/stream?count=9\&interval=10ms'|"
}

@test "the manual's commands record a stream with curl and replay it, whole and with a reset" {
    start_server
    bash -ec "$(as_the_manual_says 'trace-time URL')" >first
    bash -ec "$(as_the_manual_says 'sse-replay trace.txt)"')" >both
    cmp both <(head -n $(($(wc -l <both) / 2)) both && tail -n $(($(wc -l <both) / 2)) both)
    assert_equal "$(grep -c '^id: message-9$' both)" 2
    run -56 bash -c "$(as_the_manual_says cut=500) >third"
    assert_equal "$(wc -c <third)" 500
}

@test "the manual's command records a program with script" {
    printf '%s\n' "printf 'data:1\n\n'" 'sleep 0.05' "printf 'data:2\n\n'" >program
    bash -ec "$(manual_block 'script -q' | sed 's/PROGRAM/sh program/')" </dev/null >/dev/null
    printf 'data:%s\n\n' 1 2 >body
    replays_the_trace "$("$REPLAY" timing typescript)"
}
