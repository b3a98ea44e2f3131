#!/usr/bin/env bats
# SIGTERM in the middle of a stream: of any kind, to any client, under any super-server. The stream ends properly if it can. No
# process waits until it is killed.
load helper

MIDDLE_OF=(
    'size=64M&split=1&interval=0'
    'size=64M&chunk=1&interval=0'
    'size=64M&split=1&chunk=100000&interval=0'
    'size=64M&interval=0&split=3&chunk=7'
    'raw=a&fill=64M&split=1&framing=close'
    'raw=a&fill=64M&split=1000&gap=1ms'
    'raw=a&fill=64M&split=60000&loop=100000'
    'size=64M&interval=0&encoding=gzip'
    'size=64M&interval=0&encoding=gzip&split=1&chunk=9'
    'size=64M&interval=0&framing=length&count=1000'
)

# The program, which leaves its process number in the file processes.
setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '#!/bin/sh\necho $$ >>processes\nexec "%s" -i\n' "$SSE_SERVER" >one
    chmod 755 one
}

by_listener() {
    start_server
}

by_socket_activation() {
    free_port
    in_background server.log systemd-socket-activate --inetd -a -l "127.0.0.1:$FREE_PORT" "$PWD/one"
    PORT_USED=$FREE_PORT
}

by_pipes() {
    free_port
    in_background server.log socat "TCP-LISTEN:$FREE_PORT,bind=127.0.0.1,reuseaddr,fork" "EXEC:$PWD/one,pipes"
    PORT_USED=$FREE_PORT
}

stop() {
    if [ -f processes ]; then
        xargs kill -TERM <processes
    else
        kill -TERM "$SERVER"
    fi
}

# A process that was killed logs nothing.
have_ended() {
    assert_equal "$(grep -c '^<- .* GET /stream' server.log)" "$1"
}

streams_run() {
    assert_equal "$(grep -c '^Starting stream' server.log)" "$1"
}

# read_fast QUERY: a client that takes all it gets. The file ended tells how the stream ended: the last bytes, or with gzip what gzip says.
# To read chunks of one byte, curl is too slow.
read_fast() {
    if [[ $1 == *gzip* ]]; then
        curl -sN --retry 5 --retry-connrefused -m 60 "http://127.0.0.1:$PORT_USED/stream?$1" | gzip -dc >/dev/null || :
        echo "${PIPESTATUS[*]}" >ended
    else
        get "/stream?$1" | socat -t 60 - "TCP:127.0.0.1:$PORT_USED,retry=50,interval=0.1" | tail -c 5 | od -An -c | tr -d ' ' >ended
    fi
}

# the_end_of QUERY: what read_fast is to tell.
the_end_of() {
    case $1 in
    *gzip*) echo '0 0' ;;
    *framing=*) echo xxxxx ;;
    *) printf '%s\n' '0\r\n\r\n' ;;
    esac
}

# fast_readers_get_the_end DOOR: one after the other, because each can keep a processor busy.
fast_readers_get_the_end() {
    local query
    for query in "${MIDDLE_OF[@]}"; do
        rm -f processes ended
        "$1"
        in_background reader read_fast "$query"
        until_true streams_run 1
        stop
        until_true have_ended 1
        until_true test -s ended
        assert_equal "$query: $(cat ended)" "$query: $(the_end_of "$query")"
    done
}

# other_readers_cannot_delay_it DOOR: every second stream of the list, to a client that is slow and to one that reads nothing.
other_readers_cannot_delay_it() {
    local i number=0
    "$1"
    for ((i = 0; i < ${#MIDDLE_OF[@]}; i += 2)); do
        in_background slow curl -sN --retry 5 --retry-connrefused --limit-rate 100k -m 60 -o /dev/null "http://127.0.0.1:$PORT_USED/stream?${MIDDLE_OF[i]}"
        until_true streams_run $((++number))
        get "/stream?${MIDDLE_OF[i]}" >"asked.$i"
        in_background vanished bash -c "exec $TOOLS/rude $PORT_USED 1 stall <asked.$i"
        until_true streams_run $((++number))
    done
    stop
    PATIENCE=10 until_true have_ended "$number"
}

@test "a listener's streams end, and fast readers get the proper end" {
    fast_readers_get_the_end by_listener
}

@test "streams of processes that systemd starts per connection end, and fast readers get the proper end" {
    fast_readers_get_the_end by_socket_activation
}

@test "streams into pipes end, and fast readers get the proper end" {
    fast_readers_get_the_end by_pipes
}

@test "a listener's streams end though clients are slow or read nothing" {
    other_readers_cannot_delay_it by_listener
}

@test "streams of processes that systemd starts per connection end though clients are slow or read nothing" {
    other_readers_cannot_delay_it by_socket_activation
}

@test "streams into pipes end though clients are slow or read nothing" {
    other_readers_cannot_delay_it by_pipes
}
