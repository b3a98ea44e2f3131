#!/usr/bin/env bats
# The shared file: which clients /status shows, and which files the server uses.
load helper

stream_into() {
    rm -f "$1"
    in_background "$1.err" curl -sN -o "$1" "$2/stream"
    until_true grep -qs '^data: Hello' "$1"
}

clients_are() {
    assert_equal "$(curl -s "$1/status" | jq length)" "$2"
}

@test "/status is correct while 1,600 clients come and go" {
    start_server -q
    "$TOOLS/crowd" "$PORT_USED" 1600 8
}

@test "/status is correct while processes are killed with SIGKILL" {
    start_server -q
    "$TOOLS/crowd" "$PORT_USED" 400 6 "$SERVER"
}

@test "a process killed with SIGKILL disappears from /status" {
    start_server
    stream_into answer "$URL"
    STREAM=$(children "$SERVER")
    clients_are "$URL" 1
    kill -KILL "$STREAM"
    until_true clients_are "$URL" 0
}

@test "two servers with one status file show each other's clients" {
    start_server -f "$PWD/status"
    stream_into one "$URL"
    FIRST=$URL
    start_server -f "$PWD/status"
    stream_into two "$URL"
    clients_are "$FIRST" 2
    clients_are "$URL" 2
    printf 'GET /status HTTP/1.0\r\n\r\n' | "$SSE_SERVER" -f "$PWD/status" 2>log | assert_file_has - "lastEventId"
}

@test "STATUS_FILE and RUNTIME_DIRECTORY name the file, like -f" {
    STATUS_FILE=$PWD/named start_server
    refute_file_empty named
    mkdir directory
    RUNTIME_DIRECTORY=$PWD/directory:/nowhere start_server
    refute_file_empty directory/status
    assert_equal "$(stat -c %a directory/status)" 600
}

@test "a file of another boot or version, or a damaged one, is replaced by an empty one" {
    local damage
    for damage in 'printf 9 | dd of=status bs=1 seek=16 conv=notrunc status=none' \
        'printf x | dd of=status bs=1 seek=40 conv=notrunc status=none' 'truncate -s 16 status; head -c 5000000 /dev/urandom >>status' \
        'truncate -s 100 status' ': >status' 'head -c $(stat -c %s status) /dev/zero >status'; do
        rm -f status
        start_server -f status
        stream_into answer "$URL"
        kill -KILL "$(children "$SERVER" | head -n 1)"
        kill -KILL "$SERVER"
        eval "$damage"
        start_server -f status
        clients_are "$URL" 0 || { echo "after: $damage"; return 1; }
        stream_into answer "$URL"
        clients_are "$URL" 1
    done
}

@test "a server keeps the old file when another server replaces it" {
    start_server -f status
    OLD=$URL
    stream_into old "$OLD"
    cp status stale
    printf 9 | dd of=stale bs=1 seek=16 conv=notrunc status=none
    mv stale status
    start_server -f status
    stream_into new "$URL"
    clients_are "$OLD" 1
    clients_are "$URL" 1
    assert_not_equal "$(curl -s "$OLD/status")" "$(curl -s "$URL/status")"
}

@test "20 servers that create the file at the same time share one" {
    local i
    for ((i = 0; i < 20; i++)); do
        in_background "log-$i" "$SSE_SERVER" -l 127.0.0.1:0 -f "$PWD/status"
    done
    for ((i = 0; i < 20; i++)); do
        server_is_ready "log-$i"
        stream_into "answer-$i" "$URL"
    done
    clients_are "$URL" 20
}

@test "if the file cannot be used, streams run and /status answers 503 with the reason" {
    local place
    ln -s "$PWD/elsewhere" link
    mkfifo fifo
    touch open-to-all
    chmod 666 open-to-all
    for place in /nonexistent/status "$PWD" link fifo open-to-all; do
        start_server -f "$place"
        run -0 curl -s -w '%{http_code}' "$URL/status"
        assert_contains "$output" "$place: "
        assert_ends_with "$output" $'\n503'
        curl -sN "$URL/stream?count=0" | assert_file_has - '^data: Hello'
        assert_file_has server.log "$place: "
    done
    refute_file_exists elsewhere
}

@test "if a stale file cannot be replaced, streams run and /status answers 503 with the reason" {
    unprivileged
    mkdir closed
    printf 'sse-server board' >closed/status
    chmod 600 closed/status
    [ "$(id -u)" != 0 ] || chown 65533 closed/status
    chmod 555 closed
    { get '/stream?count=0' && get /status; } | "${AS_USER[@]}" ./program -i -f closed/status 2>log >answer
    chmod 755 closed
    assert_equal "$(statuses <answer)" '200 503'
    assert_file_has log '^status file closed/status: cannot be created: Permission denied; serving without it: '
}

@test "a file of another program is not changed: streams run, and /status answers 503 with the reason" {
    local bytes
    for bytes in 'x' 'root:x:0:0:root:/root:/bin/bash\n' '%064d' 'sse-server boar' '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'; do
        # shellcheck disable=SC2059
        printf "$bytes" >other
        cp other copy
        start_server -f other
        curl -sN "$URL/stream?count=0" | assert_file_has - '^data: Hello'
        assert_equal "$(curl -s -w ' %{http_code}' "$URL/status")" $'status file other: something else wrote it; name a new file\n 503'
        kill "$SERVER"
        wait "$SERVER"
        cmp other copy
    done
}

@test "a file of another user is not used" {
    [ "$(id -u)" = 0 ] || skip "only root can make such a file"
    touch status
    chown 65533 status
    start_server -f status
    run -0 curl -s "$URL/status"
    assert_equal "$output" "status file status: belongs to another user"
}

@test "a process per connection without a status file streams, and /status answers 503" {
    [ ! -e /run/sse-server ] || skip "/run/sse-server exists here"
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | "$SSE_SERVER" 2>log | assert_file_has - '^data: Hello'
    run -0 pipe_request <<<$'GET /status HTTP/1.0\r\n\r'
    assert_equal "$(status_of <<<"$output")" 503
    assert_ends_with "$output" "status file /run/sse-server/status: cannot be opened: No such file or directory"
}

@test "servers in two containers share a file, even with equal process numbers" {
    unshare --map-root-user --pid --fork true 2>/dev/null || skip "no process namespaces here"
    local one two
    contained() { # LOG: a listener as process 1 of a namespace of its own
        in_background "$1" unshare --map-root-user --pid --mount-proc --fork --kill-child "$SSE_SERVER" -l 127.0.0.1:0 -f "$PWD/status"
        server_is_ready "$1"
    }
    contained one.log
    one=$PORT_USED
    contained two.log
    two=$URL
    # Process 2 of each container: the first one has ended its stream and waits, the second one streams in the same slot.
    exec 9<>"/dev/tcp/127.0.0.1/$one"
    printf 'GET /stream?count=0 HTTP/1.1\r\nHost: a\r\n\r\n' >&9
    until [ "$line" = 0 ]; do IFS=$'\r' read -r line <&9; done
    stream_into answer "$two"
    exec 9>&-
    ended() { ! pgrep -P "$(pgrep -P "${STARTED[0]}")" >/dev/null; }
    until_true ended
    clients_are "$two" 1
}

# mebibytes BYTES: in MiB, with one digit.
mebibytes() {
    awk -v bytes="$1" 'BEGIN { printf "%.1f MiB", bytes / 1048576 }'
}

@test "the file has the size, and on tmpfs takes the memory, that the manual says" {
    local size place
    [ "$(stat -f -c %T /dev/shm)" = tmpfs ] || skip "/dev/shm is not on tmpfs here"
    STATUS=$(mktemp -u /dev/shm/sse-server-test-XXXXXX)
    get '/stream?count=0&key=a' 'Connection: close' | "$SSE_SERVER" -i -q -f "$STATUS" >answer
    size=$(mebibytes "$(stat -c %s "$STATUS")")
    place=$(mebibytes $((512 * $(stat -c %b "$STATUS"))))
    rm "$STATUS"
    assert_file_has "$ROOT/man/sse-server.8" "^Its size is $size\.$"
    assert_file_has "$ROOT/man/sse-server.8" "it takes $place at first"
}
