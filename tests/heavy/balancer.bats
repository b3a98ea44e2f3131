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
    sed -n '/^```haproxy$/,/^```$/{//!p}' "$ROOT/README.md" |
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
    grep -q 'Starting stream for' one.log
    grep -q 'Starting stream for' two.log
    # what the client has now, the message that it named counted once, is what one undisturbed stream would have been
    cat first second | messages | awk '!seen[$0]++' >got
    "$SSE_SERVER" -l 127.0.0.1:0 >three.log 2>&1 3>&- &
    STARTED+=($!)
    server_is_ready three.log
    curl -sN "$URL/stream?count=$(wc -l <got)" | messages >wanted
    diff got wanted
    [ "$(wc -l <got)" -ge 5 ]
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
