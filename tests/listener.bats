#!/usr/bin/env bats
# The listener: a process for each connection, in good times and bad, and a good end.
load helper

# A stream in the background, its answer in FILE, once its greeting has come.
stream_into() {
    rm -f "$1"
    in_background "$1.err" curl -sN -o "$1" "$URL/stream$2"
    until_true grep -qs '^data: Hello' "$1"
}

has_children() {
    assert_equal "$(children "$SERVER" | wc -l)" "$1"
}

# Those that have ended and that the server has not reaped count, too.
has_children_and_zombies() {
    assert_equal "$(wc -w <"/proc/$SERVER/task/$SERVER/children")" "$1"
}

@test "each connection has a process of its own, and none is left when they end" {
    start_server
    stream_into one
    ONE=$LAST
    stream_into two
    has_children 2
    kill "$ONE" "$LAST"
    until_true has_children_and_zombies 0
}

@test "SIGTERM ends streams with their last chunk within a second, and the exit is 0" {
    local signal
    for signal in TERM INT; do
        start_server
        stream_into "answer-$signal"
        CLIENT=$LAST
        BEGAN=${EPOCHREALTIME/./}
        kill -s "$signal" "$SERVER"
        wait "$SERVER"
        ((${EPOCHREALTIME/./} - BEGAN < 1000000))
        wait "$CLIENT" # curl says 18 if the last chunk is missing
    done
}

@test "SIGTERM closes the port at once" {
    start_server
    stream_into answer
    kill "$SERVER"
    wait "$SERVER"
    run -7 curl -s "$URL/status"
}

@test "a client that does not read cannot hold up the end" {
    start_server
    # a full pipe to a process that does not read: many streams' worth of bytes, then the end
    in_background stuck bash -c 'exec 9<>"/dev/tcp/127.0.0.1/$0"; printf "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n" >&9; kill -STOP $$' "$PORT_USED"
    until_true has_children 1
    kill "$SERVER"
    wait "$SERVER"
}

# a_process_that_cannot_end: a stream whose process is stopped; the server is told to stop, and takes no more connections.
a_process_that_cannot_end() {
    start_server
    stream_into answer
    kill -STOP "$(children "$SERVER")"
    BEGAN=${EPOCHREALTIME/./}
    kill "$SERVER"
    until_true eval '! (exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED") 2>/dev/null'
}

@test "a process that cannot end is ended after two seconds" {
    a_process_that_cannot_end
    wait "$SERVER"
    ((${EPOCHREALTIME/./} - BEGAN >= 2000000))
}

@test "told to stop a second time it ends at once what has not ended yet" {
    a_process_that_cannot_end
    kill "$SERVER"
    wait "$SERVER"
    ((${EPOCHREALTIME/./} - BEGAN < 1800000))
}

@test "a signal to one connection's process ends that one properly and no other" {
    start_server
    stream_into one
    ONE=$LAST
    CHILD=$(children "$SERVER")
    stream_into two '?count=2'
    TWO=$LAST
    kill "$CHILD"
    wait "$ONE"
    wait "$TWO"
    assert_equal "$(grep -c '^id: message' two)" 2
}

@test "out of processes it answers 503, says so, and serves on when there are some again" {
    unprivileged
    in_background server.log "${AS_USER[@]}" ./program -l 127.0.0.1:0
    SERVER=$LAST
    server_is_ready server.log
    "${AS_USER[@]}" prlimit --pid "$SERVER" --nproc=0:
    run -0 curl -s -w '%{http_code}' "$URL/status"
    assert_equal "$output" $'the server has no process for you right now\n503'
    assert_file_has server.log '^No process for a connection (limits: kernel.pid_max, TasksMax=, ulimit -u): Resource temporarily unavailable$'
    "${AS_USER[@]}" prlimit --pid "$SERVER" --nproc=10000:
    serves() { [ "$(curl -s "$URL/status")" = "{}" ]; }
    until_true serves
    assert_file_has server.log '^Accepting connections again$'
    assert_equal "$(grep -c '^No process' server.log)" 1
}

@test "out of descriptors it pauses, says so once, and serves those who waited" {
    start_server
    FREE=0
    while [ -e "/proc/$SERVER/fd/$FREE" ]; do
        FREE=$((FREE + 1))
    done
    prlimit --pid "$SERVER" --nofile="$FREE":
    in_background answer curl -s "$URL/status"
    CLIENT=$LAST
    until_true grep -q '^No descriptor or memory for a connection (limits: ulimit -n, LimitNOFILE=): ' server.log
    prlimit --pid "$SERVER" --nofile=100:
    wait "$CLIENT"
    assert_equal "$(cat answer)" "{}"
    assert_equal "$(grep -c '^No descriptor' server.log)" 1
}

# notifies SOCAT-ADDRESS NOTIFY_SOCKET: somebody who listens at the one, once he does, is told by a server that is given the other.
notifies() {
    in_background notes socat -u "$1,fork" STDOUT
    until_true grep -qF "$2" /proc/net/unix
    NOTIFY_SOCKET=$2 start_server
    until_true grep -q READY=1 notes
    assert_equal "$(curl -s "$URL/status")" "{}"
    kill "$SERVER"
    wait "$SERVER"
    until_true grep -q STOPPING=1 notes
}

@test "it tells systemd READY=1 once it listens, and STOPPING=1" {
    notifies "UNIX-RECVFROM:$BATS_TEST_TMPDIR/notify" "$BATS_TEST_TMPDIR/notify"
    notifies "ABSTRACT-RECVFROM:sse-server-test-$$" "@sse-server-test-$$"
}

@test "a NOTIFY_SOCKET where nobody listens, or that is none, costs nothing" {
    local nowhere
    for nowhere in "$BATS_TEST_TMPDIR/nowhere" nowhere @; do
        NOTIFY_SOCKET=$nowhere start_server
        assert_equal "$(curl -s "$URL/status")" "{}"
    done
}

@test "as the first process of a container it reaps orphans, and SIGTERM ends it" {
    unshare --map-root-user --pid --fork true 2>/dev/null || skip "no process namespaces here"
    in_background server.log unshare --map-root-user --pid --mount-proc --fork --kill-child "$SSE_SERVER" -l 127.0.0.1:0
    server_is_ready server.log
    SERVER=$(children "$LAST")
    UNSHARE=$LAST
    assert_file_has "/proc/$SERVER/status" '^NSpid:.*[^0-9]1$'
    stream_into answer
    CLIENT=$LAST
    # a child of a child becomes the listener's: it must not stay as a zombie
    nsenter --user --preserve-credentials --pid --mount -t "$SERVER" sh -c '(true &) ; true'
    until_true has_children_and_zombies 1
    kill "$SERVER"
    wait "$UNSHARE"
    wait "$CLIENT"
}

@test "a silent client, one in the middle of its body, and one between two requests do not delay the end" {
    start_server
    exec 7<>"/dev/tcp/127.0.0.1/$PORT_USED" 8<>"/dev/tcp/127.0.0.1/$PORT_USED" 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    printf 'POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\ncount' >&7
    printf 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n' >&9
    read -r _ <&9
    until_true has_children 3
    BEGAN=${EPOCHREALTIME/./}
    kill "$SERVER"
    wait "$SERVER"
    ((${EPOCHREALTIME/./} - BEGAN < 800000))
}

@test "children are reaped even if the parent had the program ignore SIGCHLD" {
    in_background server.log env --ignore-signal=CHLD "$SSE_SERVER" -l 127.0.0.1:0
    SERVER=$LAST
    server_is_ready server.log
    curl -s "$URL/status?[1-1]" "$URL/status"
    kill "$SERVER"
    wait "$SERVER"
}

@test "a log that nobody reads holds nobody up, nor the end" {
    mkfifo log
    exec 8<>log
    "$SSE_SERVER" -l 127.0.0.1:0 >log 2>&1 8<&- 3>&- &
    SERVER=$!
    STARTED+=("$SERVER")
    read -r line <&8
    PORT_USED=${line%% ...}
    PORT_USED=${PORT_USED##*:}
    for i in 1 2 3 4; do # 2,000 lines in all, and more than 64 kB
        in_background "many-$i" curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1:$PORT_USED/status?[1-500]"
    done
    all_served() { [ "$(cat many-? | grep -c 200)" = 2000 ]; }
    until_true all_served
    kill "$SERVER"
    wait "$SERVER"
}

@test "with -e it ends by itself when no client has been there for so long, and not before" {
    start_server -e 1
    stream_into answer '?count=2'
    wait "$LAST"
    wait "$SERVER"
    assert_equal "$(grep -c '^id: message' answer)" 2
}

@test "-c tells whether a server serves, token or not" {
    AUTH_TOKEN=secret start_server
    "$SSE_SERVER" -c -l "127.0.0.1:$PORT_USED"
    kill "$SERVER"
    wait "$SERVER"
    run -1 "$SSE_SERVER" -c -l "127.0.0.1:$PORT_USED"
    assert_equal "$output" "Unhealthy: cannot connect to 127.0.0.1:$PORT_USED: Connection refused; start the server there, or name its address with -l or PORT"
}

@test "a place that a client has left is free for the next one at once, beside 100 other clients" {
    local i
    start_server -n 101 -p 101
    in_background others curl -sSNZ --parallel-immediate --parallel-max 100 -o /dev/null "$URL/stream?count=0&end=hang&seed=[1-100]"
    until_true has_children 100
    for ((i = 0; i < 6; i++)); do
        assert_equal "$(curl -sS -m 10 -o answer -w '%{http_code}' "$URL/stream?count=0&framing=close")" 200
        until_true has_children 100
    done
}

@test "processes that have ended do not use up the limit of processes" {
    [ "$(id -u)" = 0 ] || skip "only root can become a user with a limit of its own"
    local i
    in_background server.log prlimit --nproc=10 "$SSE_SERVER" -u 54321:54321 -l 127.0.0.1:0
    SERVER=$LAST
    server_is_ready server.log
    for ((i = 0; i < 25; i++)); do
        assert_equal "$(curl -sS -m 10 -o answer -w '%{http_code}' -0 "$URL/stream?count=0")" 200
    done
    refute_file_has server.log 'No process for a connection'
}
