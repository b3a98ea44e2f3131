#!/usr/bin/env bats
# Limits and confinement: each limit is met by a client that gets a clear answer, while a bystander notices nothing.
load helper

# A stream in the background, once its greeting has come.
bystander() {
    in_background bystander.err curl -sN -o bystander "$URL/stream?count=${1:-2}"
    BYSTANDER=$LAST
    until_true grep -qs '^data: Hello' bystander
}

bystander_is_well() {
    wait "$BYSTANDER"
    assert_equal "$(grep -c '^id: message-' bystander)" "${1:-2}"
}

@test "beyond -n connections a client is told 503, and served again when one has gone" {
    start_server -n 2
    bystander
    exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    both_there() { [ "$(children "$SERVER" | wc -l)" = 2 ]; }
    until_true both_there
    for i in 1 2 3 4 5; do
        run -0 curl -s -w '%{http_code}' "$URL/status"
        assert_equal "$output" $'the server has no process for you right now\n503'
    done
    exec 9>&-
    serves() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" = 200 ]; }
    until_true serves
    bystander_is_well
    assert_equal "$(grep -c '^Limit of -n reached: turning clients away$' server.log)" 1
    assert_equal "$(grep -c '^Accepting connections again$' server.log)" 1
}

@test "beyond -p connections an address is told 429, and another address is served" {
    start_server -p 2
    exec 8<>"/dev/tcp/127.0.0.1/$PORT_USED" 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    crowded() { [ "$(curl -s -o answer -w '%{http_code}' "$URL/status")" = 429 ]; }
    until_true crowded
    assert_equal "$(cat answer)" "your address has as many connections as one may have"
    in_background bystander.err curl -sN --interface 127.0.0.2 -o bystander "$URL/stream?count=1"
    BYSTANDER=$LAST
    bystander_is_well 1
    exec 8>&-
    serves() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" = 200 ]; }
    until_true serves
}

@test "a client that is turned away gets its answer though it never stops sending" {
    start_server -n 1
    exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    has_child() { [ -n "$(children "$SERVER")" ]; }
    until_true has_child
    head -c 200000 /dev/zero | tr '\0' 'x' | timeout 20 socat -t 5 - "TCP:127.0.0.1:$PORT_USED" >answer 2>/dev/null || :
    assert_equal "$(status_of <answer)" 503
}

@test "a head that comes a byte at a time is given up with 408 when its time is over" {
    start_server -t 1
    bystander
    exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    {
        for ((i = 0; i < 200; i++)); do
            printf 'G' || break
            read -rt 0.02 <> <(:) || :
        done
    } >&9 2>/dev/null &
    STARTED+=($!)
    cat <&9 >answer || :
    assert_equal "$(status_of <answer)" 408
    bystander_is_well
}

@test "a client that does not read is dropped after -w, and leaves /status" {
    start_server -w 1
    for ((i = 0; i < 40; i++)); do # so many answers as no socket buffer holds
        printf 'GET /missing HTTP/1.1\r\nHost: a\r\n\r\n%.0s' {1..1000}
    done >requests
    bystander
    in_background stuck bash -c 'exec 9<>"/dev/tcp/127.0.0.1/$0"; cat requests >&9; kill -STOP $$' "$PORT_USED"
    two() { [ "$(children "$SERVER" | wc -l)" = 2 ]; }
    until_true two
    one() { [ "$(children "$SERVER" | wc -l)" -le 1 ]; }
    until_true one
    bystander_is_well
}

@test "memory is limited, core dumps are off, and no child may have children" {
    [[ $SSE_SERVER != */@(san|coverage)/* ]] || skip_limits=1
    start_server
    bystander 1
    CHILD=$(children "$SERVER")
    assert_file_has "/proc/$CHILD/limits" -E '^Max core file size +0 +0 '
    assert_file_has "/proc/$CHILD/limits" -E '^Max processes +0 +0 '
    [ -n "${skip_limits:-}" ] || assert_file_has "/proc/$CHILD/limits" -E '^Max data size +67108864 +67108864 '
}

@test "every door leaves its process with a filter, no new privileges, and its own descriptors alone" {
    local process
    [[ $SSE_SERVER != */@(san|coverage)/* ]] || FILTERED='[02]'
    start_server 7</dev/null
    bystander 1
    mkfifo request
    in_background pipe.log bash -c 'exec 7</dev/null; exec "$0" -i <request' "$SSE_SERVER"
    PIPE=$LAST
    exec 9>request
    printf 'GET /stream HTTP/1.1\r\nHost: a\r\n\r\n' >&9
    until_true grep -qs '^data: Hello' pipe.log
    for process in "$SERVER" "$(children "$SERVER")" "$PIPE"; do
        assert_file_has "/proc/$process/status" '^NoNewPrivs:.*1$'
        assert_file_has "/proc/$process/status" -E "^Seccomp:.*${FILTERED:-2}\$"
        refute_file_exists "/proc/$process/fd/7"
    done
}

@test "with a token nobody of the same user looks into the process" {
    AUTH_TOKEN=secret start_server
    assert_equal "$(stat -c %U "/proc/$SERVER/environ")" root
    [ "$(id -u)" = 0 ] || run ! cat "/proc/$SERVER/environ"
}

@test "started as root, -u leaves neither a right nor a group, by name or by number" {
    [ "$(id -u)" = 0 ] || skip "only root can become another user"
    local who
    chmod 755 "$BATS_TEST_TMPDIR"
    for who in nobody 65533:65532; do
        start_server -u "$who"
        assert_equal "$(curl -s "$URL/status")" "{}"
        assert_file_has "/proc/$SERVER/status" -E '^CapEff:.0+$'
        assert_file_has "/proc/$SERVER/status" -E '^Groups:\s*$'
    done
    assert_file_has "/proc/$SERVER/status" -E '^Uid:.65533.65533.65533.65533$'
    assert_file_has "/proc/$SERVER/status" -E '^Gid:.65532.65532.65532.65532$'
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | "$SSE_SERVER" -i -u nobody 2>log | assert_file_has - '^data: Hello'
    run -100 "$SSE_SERVER" -l 0 -u nosuchuser
    assert_equal "$output" "sse-server: no such user: nosuchuser; use a name in /etc/passwd, or UID:GID in numbers"
}

@test "-u without the right to it ends with 111 and one line, by either door" {
    local door
    unprivileged
    for door in -i '-l 127.0.0.1:0'; do
        # shellcheck disable=SC2086
        run -111 --separate-stderr "${AS_USER[@]}" ./program $door -u 1:1 </dev/null
        assert_equal "$stderr$output" "Cannot become the user of -u: Operation not permitted; start as root, or without -u"
    done
}

@test "root who may not drop his groups, or could become root again, does not serve under -u" {
    [ "$(id -u)" = 0 ] || skip "only root can become another user"
    local root
    for root in '--bounding-set -setgid' '--securebits +no_setuid_fixup'; do
        # shellcheck disable=SC2086
        run -111 --separate-stderr setpriv $root "$SSE_SERVER" -i -u nobody </dev/null
        [ "$stderr" = "Cannot become the user of -u: Operation not permitted; start as root, or without -u" ] || { echo "$root: $stderr"; return 1; }
    done
}

@test "a token can be rotated by renaming, and through a link, though no other file can be opened" {
    mkdir named real
    echo one >real/token
    ln -s ../real/token named/token
    AUTH_TOKEN_FILE=$PWD/named/token start_server
    assert_equal "$(curl -s -H 'Authorization: Bearer one' "$URL/status")" "{}"
    echo two >real/next
    mv real/next real/token
    assert_equal "$(curl -s -H 'Authorization: Bearer two' "$URL/status")" "{}"
    assert_equal "$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer one' "$URL/status")" 401
}

@test "when every slot of the shared file is taken a stream runs without one" {
    start_server -f status
    bystander
    head -c 4000 /dev/zero | tr '\0' '\377' | dd of=status bs=1 seek=96 conv=notrunc status=none # one bit a slot
    assert_equal "$(curl -sN -o /dev/null -w '%{http_code}' "$URL/stream?count=0")" 200
    bystander_is_well
    is_repaired() { [ "$(curl -s "$URL/status")" = "{}" ]; }
    until_true is_repaired
}

@test "clients that close on the last bytes before a silence are let go at once" {
    start_server -q
    for ((i = 0; i < 20; i++)); do
        get '/stream?count=0&end=hang' | "$TOOLS/rude" "$PORT_USED" 1 close 'data: Hello'
        get '/stream?count=2&interval=0&end=hang' | "$TOOLS/rude" "$PORT_USED" 1 close message-2
        get '/stream?raw=x&raw=data:&split=1&framing=close&end=hang' | "$TOOLS/rude" "$PORT_USED" 1 close xdata:
    done
    none_is_left() { [ -z "$(children "$SERVER")" ]; }
    PATIENCE=5 until_true none_is_left
}

@test "a client that had finished sending before is kept in a silence, until the server stops" {
    start_server
    get '/stream?count=1&interval=50ms&end=hang&key=half' >asked
    in_background answer bash -c "exec socat -t 20 - TCP:127.0.0.1:$PORT_USED <asked"
    until_true grep -q '^data: }' answer
    assert_equal "$(curl -sS -m 10 "$URL/log" | jq -r '.[].end')" running
    kill -TERM "$(children "$SERVER")"
    stopped() { [ "$(curl -sS -m 10 "$URL/log" | jq -r '.[].end')" = stopped ]; }
    until_true stopped
}

# switches PROCESS: how many times it has gone to sleep.
switches() {
    sed -n 's/^voluntary_ctxt_switches:\t//p' "/proc/$1/status"
}

@test "a reset that waits for a client that does not read costs next to nothing" {
    local child before asleep
    start_server
    get '/stream?raw=a&fill=300k&end=reset' >asked
    in_background rude.err bash -c "exec $TOOLS/rude $PORT_USED 1 stall <asked"
    until_true grep -q '^Starting stream' server.log
    child=$(children "$SERVER")
    before=$(switches "$child")
    asleep=${EPOCHREALTIME/./}
    later() { ((${EPOCHREALTIME/./} - asleep > 2000000)); }
    until_true later
    assert_between $(($(switches "$child") - before)) 1 60
}
