#!/usr/bin/env bats
# Kernels, sandboxes and machines that lack something: what can be had without it is had, and what cannot is said in one line.
load helper

# without WHAT PROGRAM...: see tests/tools/without.c.
without() {
    "$TOOLS/without" "$@"
}

# start_without WHAT [OPTION...]: start_server, without that.
start_without() {
    in_background server.log "$TOOLS/without" "$1" "$SSE_SERVER" -l 127.0.0.1:0 "${@:2}"
    SERVER=$LAST
    server_is_ready server.log
}

# streams: the server at $URL has a stream for whoever asks.
streams() {
    curl -sN "$URL/stream?count=0" | assert_file_has - '^data: Hello'
}

@test "without IPv6 it listens at IPv4, unless it was told an address of IPv6" {
    in_background server.log "$TOOLS/without" ipv6 "$SSE_SERVER" -l :0
    server_is_ready server.log
    URL=http://127.0.0.1:$PORT_USED
    streams
    without ipv6 "$SSE_SERVER" -c -l "$PORT_USED"
    run -111 without ipv6 "$SSE_SERVER" -l '[::1]:0'
    assert_starts_with "$output" 'Cannot listen at [::1]:0: Address family not supported'
    run -1 without ipv6 "$SSE_SERVER" -c -l '[::1]:8080'
    assert_starts_with "$output" 'Unhealthy: no socket for [::1]:8080: Address family not supported'
}

@test "without robust futexes streams run, and /status says 503 and why" {
    start_without robust-futexes -f status
    streams
    assert_equal "$(curl -s "$URL/status")" 'the kernel refuses robust futexes (set_robust_list)'
    assert_file_has server.log -x 'the kernel refuses robust futexes (set_robust_list); serving without it: /status, /log and keys answer 503; .*'
}

@test "without shared memory streams run, and /status says 503 and why" {
    [ ! -e /run/sse-server ] || skip "/run/sse-server exists here"
    start_without shared-memory
    streams
    assert_starts_with "$(curl -s "$URL/status")" 'shared memory cannot be allocated: '
    assert_file_has server.log '^shared memory cannot be allocated: .*; serving without it: '
}

@test "without randomness, as on a machine that has only just started, it serves" {
    start_without randomness -p 1
    streams
}

@test "without a way to take signals the listener does not start, and says so" {
    run -111 without signalfd "$SSE_SERVER" -l 127.0.0.1:0
    assert_starts_with "${lines[1]}" 'Cannot start to accept connections: '
}

@test "while connections may not be accepted the listener rests, says so once, and ends when told" {
    start_without leave-to-accept
    in_background client curl -s --max-time 1 "$URL/status"
    wait "$LAST" || :
    assert_equal "$(grep -c '^Cannot accept a connection: Operation not permitted$' server.log)" 1
    kill "$SERVER"
    wait "$SERVER"
}

@test "a socket that will never give a connection ends the listener with 111, for whoever started it to start it again" {
    local code=0
    start_without a-listening-socket
    curl -s --max-time 5 "$URL/status" || :
    wait "$SERVER" || code=$?
    assert_equal "$code" 111
    assert_file_has server.log '^Cannot accept connections: Invalid argument$'
}

@test "what the kernel refuses of the sandbox is said at the start, and it serves without" {
    local part
    [[ $SSE_SERVER != */san/* ]] || ASAN_OPTIONS=$ASAN_OPTIONS:disable_coredump=0
    for part in undumpable-processes:'PR_SET_DUMPABLE (other processes can look into this one)' a-limit-on-core-dumps:'RLIMIT_CORE (no core dumps)' \
        no-new-privs:PR_SET_NO_NEW_PRIVS; do
        AUTH_TOKEN=secret start_without "${part%%:*}"
        assert_equal "$(curl -s -H 'Authorization: Bearer secret' "$URL/status")" "{}"
        assert_file_has server.log -x "The kernel refuses ${part#*:}; serving without it"
    done
}

@test "without /dev/null it serves if its standard streams are open, and else ends with 111" {
    apart
    mkdir dev
    get '/stream?count=0' >request
    "${APART[@]}" bash -c 'mount --bind dev /dev && exec "$0" -i <request >answer 2>log' "$SSE_SERVER"
    assert_equal "$(status_of <answer)" 200
    run -111 "${APART[@]}" bash -c 'mount --bind dev /dev && exec "$0" -i <&-' "$SSE_SERVER"
    assert_equal "$output" 'Cannot open /dev/null: No such file or directory; make it, or start with the standard streams open'
}

@test "without /etc/passwd -u takes numbers, and no name" {
    apart
    mkdir etc
    run -100 "${APART[@]}" bash -c 'mount --bind etc /etc && exec "$0" -i -u nobody' "$SSE_SERVER"
    assert_starts_with "$output" 'sse-server: no such user: nobody; '
    "${APART[@]}" bash -c 'mount --bind etc /etc && exec "$0" -u 65533:65533 -V' "$SSE_SERVER"
}

@test "a file that outlives a reboot is not used where nobody knows which boot this is" {
    apart
    mkdir disk
    { get '/stream?count=0' && get /status; } >request
    "${APART[@]}" bash -c 'mount -t ramfs none disk && mount -t tmpfs none /proc/sys/kernel/random &&
        exec "$0" -i -f disk/status <request >answer 2>log' "$SSE_SERVER"
    assert_equal "$(statuses <answer)" '200 503'
    assert_file_has log -x 'status file disk/status: survives reboots, and /proc/sys/kernel/random/boot_id cannot be read; serving without it: .*'
}

@test "a log that would reach the client goes to the system's log, if there is one" {
    apart
    mkdir dev
    touch dev/null
    in_background lines socat -u UNIX-RECV:dev/log STDOUT
    until_true test -S dev/log
    get '/stream?count=0' >request
    "${APART[@]}" bash -c 'mount --bind /dev/null dev/null && mount --rbind dev /dev && exec "$0" -i <request >answer 2>&1' "$SSE_SERVER"
    assert_equal "$(status_of <answer)" 200
    refute_file_has answer -a 'Starting\|<-'
    until_true grep -Eq '<30>sse-server\[[0-9]+\]: <- pid-[0-9]+: GET /stream\?count=0 200 ' lines
}
