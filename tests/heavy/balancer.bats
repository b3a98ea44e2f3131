#!/usr/bin/env bats
# Two instances behind HAProxy, with README.md's configuration.
load ../helper

# The messages of an event stream, their times masked, one a line.
messages() {
    sed -E 's/("time": )[0-9]+/\1T/' | awk 'BEGIN { RS = ""; FS = "\n"; OFS = "|" } /^id: message-/ { $1 = $1; print }'
}

setup_instances() {
    free_port
    ONE=$FREE_PORT
    free_port
    TWO=$FREE_PORT
    free_port
    URL=http://127.0.0.1:$FREE_PORT
    in_background one.log "$SSE_SERVER" -l "127.0.0.1:$ONE"
    ONE_PID=$LAST
    in_background two.log "$SSE_SERVER" -l "127.0.0.1:$TWO"
    TWO_PID=$LAST
    readme_block 'bind :8000' |
        sed "s/bind :8000/bind 127.0.0.1:$FREE_PORT/; s/8081/$ONE/; s/8082/$TWO/" >haproxy.cfg
    in_background haproxy.log haproxy -db -f haproxy.cfg
    answers() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" = 200 ]; }
    until_true answers
}

# Whoever sends the one stream that there is, with all its processes, at once.
kill_its_instance() {
    local instance=$TWO_PID pid
    ! grep -q 'Starting stream for' one.log || instance=$ONE_PID
    for pid in "$instance" $(children "$instance"); do
        kill -KILL "$pid"
    done
}

@test "a client whose instance is killed resumes at another, without a gap and with the same bytes" {
    setup_instances
    in_background first.err curl -sN -o first "$URL/stream"
    until_true grep -qs '^id: message-3$' first
    kill_its_instance
    run ! wait "$LAST" # the stream broke; it did not end
    last=$(sed -n 's/^id: \(message-[0-9]*\)$/\1/p' first | tail -n 1)
    curl -sN -H "Last-Event-ID: $last" -o second "$URL/stream?count=3"
    assert_file_has one.log 'Starting stream for'
    assert_file_has two.log 'Starting stream for'
    # what the client has now, the message that it named counted once, is what one undisturbed stream would have been
    cat first second | messages | awk '!seen[$0]++' >got
    "$SSE_SERVER" -l 127.0.0.1:0 >three.log 2>&1 3>&- &
    STARTED+=($!)
    server_is_ready three.log
    curl -sN "$URL/stream?count=$(wc -l <got)" | messages >wanted
    diff got wanted
    assert_at_least "$(wc -l <got)" 5
}

@test "every request is served while one instance is down and comes back" {
    setup_instances
    kill -KILL "$ONE_PID"
    for ((i = 0; i < 50; i++)); do
        answers
    done
    in_background one.log "$SSE_SERVER" -l "127.0.0.1:$ONE"
    for ((i = 0; i < 50; i++)); do
        answers
    done
}

# both_were_asked WORDS: each instance has logged requests with them.
both_were_asked() {
    [ "$(grep -lF "$1" one.log two.log | wc -l)" = 2 ] || { echo "only one was asked for $1" && return 1; }
}

# answers_to TARGET: head and body, without what differs: the date, and the peer in the hello.
answers_to() {
    curl -siN -m 10 --compressed "$URL$1" | sed -E 's/^(date: ).*/\1DATE/I; s/(Hello, )[^!]*/\1PEER/'
}

@test "one URL is one experiment: with time and seed it is answered alike by every instance, in every run" {
    local query i run
    setup_instances
    for query in 'count=9&time=1000&interval=1ms' 'count=3&time=1000&interval=7ms&seed=5&split=random&gap=1ms&jitter=0.5' \
        'count=5&time=0&interval=1ms&size=5k&event=e&eol=crlf&bom=1' 'raw=data:%FF%00a%0A%0A&raw=id:7%0A&loop=20&split=random&seed=9' \
        'count=4&time=60&interval=1ms&encoding=gzip' 'count=2&time=5&interval=0&framing=length&status=404&reason=Gone+away&header=X-A:b' \
        'raw=x&loop=1000&cut=77'; do
        for i in {1..6}; do
            answers_to "/stream?$query" >"answer.$i"
            cmp answer.1 "answer.$i"
        done
        assert_matches "$(status_of <answer.1)" '[24]0[04]'
        both_were_asked "/stream?$query"
        run=$URL
        start_server
        answers_to "/stream?$query" | body_of | cmp - <(body_of <answer.1)
        URL=$run
    done
}

@test "attempts are told by an id or a cookie whichever instance they come to" {
    local stages='1.raw=id:1%0Adata:a%0A%0A&2.status=503&3.raw=data:c%0A%0A&4-.status=204' client
    setup_instances
    for client in 1 2 3; do
        curl -s -m 10 "$URL/stream?by=id&$stages" | assert_file_has - -x data:a
        assert_equal "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Last-Event-ID: 1' "$URL/stream?by=id&$stages")" 503
        curl -s -m 10 -H 'Last-Event-ID: 2' "$URL/stream?by=id&$stages" | assert_file_has - -x data:c
        assert_equal "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Last-Event-ID: 3' "$URL/stream?by=id&$stages")" 204
        for i in 1 2 3 4 5; do
            curl -s -m 10 -b "jar.$client" -c "jar.$client" -o /dev/null -w '%{http_code}\n' "$URL/stream?by=cookie&$stages"
        done >statuses
        assert_equal "$(paste -sd ' ' statuses)" '200 503 200 204 204'
    done
    both_were_asked 'by=id&'
    both_were_asked 'by=cookie&'
}
