#!/usr/bin/env bats
# Clients that leave during a wait of their stream, and clients that only end their sending side.
load helper

# logged FILTER WANTED: what jq makes of /log.
logged() {
    curl -sS -m 10 "$URL/log" | jq -c "$1" >made
    assert_file_has made -Fx "$2"
}

# nothing_is_left: neither a process nor an entry in /status.
nothing_is_left() {
    assert_empty "$(children "$SERVER")"
    assert_equal "$(curl -sS -m 10 "$URL/status")" '{}'
}

# leaves QUERY HOW [UNTIL]: a client that leaves that way, once it has got UNTIL. Everything must be over long before the wait is.
leaves() {
    get "/stream?key=a&$1" | "$TOOLS/rude" "$PORT_USED" 1 "${@:2}"
    local how=closed
    [ "$2" = close ] || how=reset
    PATIENCE=10 until_true logged "map(.end == \"client $how\" and .closedAfterMs != null and .closedAfterMs < 20000)" '[true]' || { echo "query: $1, $2" && return 1; }
    PATIENCE=10 until_true nothing_is_left
    curl -sS -m 10 -X DELETE "$URL/log?key=a"
}

@test "a client that closes during a wait of any kind is noticed, however long the wait" {
    start_server -f "$PWD/status"
    leaves 'delay=10m' close
    leaves 'pause=10m' close 'HTTP/1.1 200'
    leaves 'interval=10m' close 'data: Hello'
    leaves 'interval=10m&heartbeat=5m' close 'data: Hello'
    leaves 'interval=10m&heartbeat=1s' close 'data: Hello'
    leaves 'raw=data:+Hello%0A&raw=x&interval=10m' close 'data: Hello'
    leaves 'raw=data:+Hello%0A&split=11&gap=10m' close 'data: Hello'
    leaves 'raw=data:+Hello%0A&split=11&gap=10m&encoding=gzip' close 'HTTP/1.1 200'
    leaves 'count=0&end=hang' close 'data: Hello'
    leaves 'count=1&interval=10m&end=hang' close 'data: Hello'
    assert_equal "$(grep -c '^Client .* closed connection\.$' server.log)" 8 # not the two before the stream
}

@test "a client that resets during a wait is noticed, and told apart from one that closes" {
    start_server -f "$PWD/status"
    leaves 'delay=10m' reset
    leaves 'interval=10m' reset 'data: Hello'
    leaves 'raw=data:+Hello%0A&split=11&gap=10m' reset 'data: Hello'
}

# half_closed QUERY: a client in the background that ends its sending side before the stream begins. Its stream is the file stream.
half_closed() {
    get "/stream?$1" >asked
    rm -f stream
    in_background stream bash -c "exec socat -t 60 - TCP:127.0.0.1:$PORT_USED <asked"
}

@test "a client that only ends its sending side gets a stream with a message each second, and stays in /status" {
    start_server -f "$PWD/status"
    half_closed 'key=a&count=4'
    until_true logged 'map([.end, .closedAfterMs != null])' '[["running",true]]'
    is_listed() { curl -sS -m 10 "$URL/status" | jq -e 'length == 1 and .[].lastEventId >= 2'; }
    until_true is_listed
    until_true grep -qx 'id: message-4' stream
    until_true logged 'map([.end, .events])' '[["served",5]]'
    wait "$LAST"
    assert_ends_with "$(cat stream)" $'\r\n0\r\n\r'
}

@test "/log tells when a client ended its sending side, and the client gets the rest" {
    start_server
    get '/stream?key=a&count=3' 'Connection: close' | "$TOOLS/rude" "$PORT_USED" 1 half >stream
    until_true logged 'map([.end, .events, .closedAfterMs != null and .closedAfterMs < .durationMs])' '[["served",4,true]]'
    assert_file_has stream -x 'id: message-3'
}

@test "a client that ended its sending side is let go if it would have to wait for more than 5 seconds" {
    local wait
    start_server -f "$PWD/status"
    for wait in delay=5100ms pause=10m interval=10m 'raw=a&raw=b&interval=6' 'raw=ab&split=1&gap=6' 'interval=10m&heartbeat=6'; do
        half_closed "key=a&$wait"
        PATIENCE=10 until_true logged 'map([.end, .closedAfterMs != null and .closedAfterMs < 5000])' '[["client closed",true]]' || { echo "$wait" && return 1; }
        PATIENCE=10 until_true nothing_is_left
        curl -sS -m 10 -X DELETE "$URL/log?key=a"
    done
}

@test "a wait of up to 5 seconds costs nothing for a client that has ended its sending side" {
    local child before
    start_server
    half_closed 'count=2&interval=4'
    until_true grep -q '^data: Hello' stream
    child=$(children "$SERVER")
    # user and system time, in hundredths of a second
    ticks() { sed 's/.*) //' "/proc/$child/stat" | cut -d ' ' -f 12,13 | tr ' ' + ; }
    before=$(ticks)
    until_true grep -qx 'id: message-1' stream
    assert_at_most $(($(ticks) - (before))) 20
}

@test "closedAfterMs is null while nothing is known of an end, and for a client that stays to the end" {
    start_server
    curl -sS -m 10 "$URL/stream?key=a&count=0" >stream
    curl -sS -m 10 "$URL/stream?key=a&count=0&status=503" >stream
    until_true logged 'map([.end, has("closedAfterMs"), .closedAfterMs])' '[["served",true,null],["served",true,null]]'
    in_background stream curl -sSN -m 20 "$URL/stream?key=b"
    until_true grep -q '^data: Hello' stream
    logged 'map([.end, .closedAfterMs])' '[["served",null],["served",null],["running",null]]'
}
