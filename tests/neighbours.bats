#!/usr/bin/env bats
# Other processes damage the shared file while it is in use. Streams go on, no process ends by a signal, and /status is correct or
# reports why it cannot answer. scoreboard.bats has files that are wrong before the start.
load helper

# stream_into FILE [COUNT]: starts a client in the background and waits for its hello.
stream_into() {
    rm -f "$1"
    in_background "$1.err" curl -sN -o "$1" "$URL/stream?count=${2:-2}"
    LISTENING=$LAST
    until_true grep -qs '^data: Hello' "$1"
}

# all_came FILE COUNT: the client got COUNT messages and the end of the stream.
all_came() {
    wait "$LISTENING" || { echo "the stream broke: $(cat "$1.err")"; return 1; }
    [ "$(grep -c '^id: message-' "$1")" = "$2" ] || { cat "$1"; return 1; }
}

# ends_with FILE LEAST: the client's stream goes on until its process is told to stop: it ends properly, with LEAST messages or more.
ends_with() {
    has_come() { [ "$(grep -c '^id: message-' "$1")" -ge "$2" ]; }
    until_true has_come "$@"
    kill -TERM "$(children "$SERVER")"
    wait "$LISTENING" || { echo "the stream broke: $(cat "$1.err")"; return 1; }
    assert_equal "$(sed -n 's/^id: message-//p' "$1")" "$(seq "$(grep -c '^id: message-' "$1")")"
}

# serves: the server serves a new stream.
serves() {
    assert_equal "$(curl -sN -o now -w '%{http_code}' "$URL/stream?count=0")" 200
    assert_file_has now '^data: Hello'
}

# ask_status: requests /status and sets $CODE and $BODY.
ask_status() {
    BODY=$(curl -s --max-time 5 -w '%{http_code}' "$URL/status") || { echo "no answer"; return 1; }
    CODE=${BODY: -3} BODY=${BODY%???}
    BODY=${BODY%$'\n'}
}

# status_is_clear COUNT: /status lists COUNT clients, or answers 503 with a reason that is also in the log.
status_is_clear() {
    ask_status
    case $CODE in
    200) [ "$(jq -r 'keys[]' <<<"$BODY" | grep -c '^127\.0\.0\.1:[0-9]*$')" = "$1" ] && [ "$(jq length <<<"$BODY")" = "$1" ] ;;
    503) [[ $BODY = *file* && $(wc -l <<<"$BODY") = 1 ]] && until_true grep -qF "): $BODY" server.log ;;
    *) false ;;
    esac || { echo "not clear, with $1 to list: $CODE ${BODY:0:500}"; return 1; }
}

# ends_well: the server exits with 0 after SIGTERM.
ends_well() {
    kill -TERM "$SERVER"
    local code=0
    wait "$SERVER" || code=$?
    [ "$code" = 0 ] || { echo "it ended with $code"; return 1; }
}

# neighbour WHAT: starts a process that does this to the file status in a loop.
neighbour() {
    in_background neighbour.log "$TOOLS/neighbour" "$1" status
    NEIGHBOUR=$LAST
    until_true grep -q seed neighbour.log
}

# answers_once WORDS [OPTION...]: a new process serves a stream, and another answers /status with 503 and WORDS.
answers_once() {
    assert_equal "$(get '/stream?count=0' | timeout 5 "$SSE_SERVER" -i "${@:2}" 2>log | grep -c '^data: Hello')" 1
    get /status | timeout 5 "$SSE_SERVER" -i "${@:2}" >answer 2>log
    is_refusal answer 503 "$1"
}

# status_recovers COUNT: within LIMIT_DAMAGE_MS, and some time for a busy machine, /status lists that many clients again.
status_recovers() {
    recovered() { ask_status && [ "$CODE" = 200 ] && [ "$(jq length <<<"$BODY")" = "$1" ]; }
    PATIENCE=10 until_true recovered "$1"
}

@test "the file is cut short: no process ends, streams go on, and /status recovers" {
    local size
    for size in 0 4096 4097 8000 2000000; do
        start_server -f status
        exec 8<>"/dev/tcp/127.0.0.1/$PORT_USED" # a process that asks twice: before and after
        get /status >&8
        until_true grep -q 'GET /status 200' server.log
        stream_into one 100000
        truncate -s "$size" status
        get /status >&8
        status_is_clear 1
        serves
        status_is_clear 1
        until_true eval '[ "$(grep -c "GET /status" server.log)" -ge 4 ]'
        exec 8>&-
        ends_with one 2
        status_recovers 0
        assert_at_most "$(grep -c '^another process has damaged the shared file' server.log)" 1
        ends_well
        rm -f status
    done
}

# fill_slots FILE: sets every bit and makes every owner word 1, as if process 1 had all slots.
fill_slots() {
    {
        head -c 4000 /dev/zero | tr '\0' '\377'
        perl -e 'print "\1", "\0" x 127 for 1 .. 32000'
    } | dd of="$1" bs=96 seek=1 iflag=fullblock conv=notrunc status=none
}

@test "one byte of the header is overwritten: /status, /log and keys work again, and the log says so once" {
    start_server -f status
    stream_into one 60
    printf X | dd of=status bs=1 seek=3 conv=notrunc status=none
    assert_equal "$(curl -s -o /dev/null -w '%{http_code}' "$URL/stream?key=a&count=0")" 200
    assert_equal "$(curl -s "$URL/log?key=a" | jq length)" 1
    status_recovers 1
    assert_equal "$(grep -c '^another process has damaged the shared file' server.log)" 1
    ends_well
}

@test "all bits and owner words are set: streams run at once, and /status lists only them" {
    start_server -f status
    stream_into one 60
    fill_slots status
    serves
    stream_into two 60
    status_recovers 2
    ends_well
}

@test "a stream that waits for a long time is listed again after damage" {
    start_server -f status
    in_background long.err curl -sN -o long "$URL/stream?interval=30m"
    in_background delay.err curl -sN -o delay "$URL/stream?delay=30m"
    until_true grep -qs '^data: Hello' long
    status_recovers 2
    head -c 4096000 /dev/zero | dd of=status bs=4096 seek=1 iflag=fullblock conv=notrunc status=none
    printf X | dd of=status bs=1 seek=3 conv=notrunc status=none
    status_recovers 2
    ends_well
}

@test "the health check fails while /status cannot be answered" {
    start_server -f status
    "$SSE_SERVER" -c -l "$PORT_USED"
    printf X | dd of=status bs=1 seek=3 conv=notrunc status=none
    run -1 "$SSE_SERVER" -c -l "$PORT_USED"
    PATIENCE=10 until_true "$SSE_SERVER" -c -l "$PORT_USED"
}

@test "after random damage /status lists no client without a process" {
    local i
    start_server -f status
    stream_into one 60
    for ((i = 0; i < 5; i++)); do
        head -c 4100000 /dev/urandom | dd of=status bs=64k iflag=fullblock conv=notrunc status=none
        serves
    done
    status_recovers 1
    ends_well
}

@test "the file is overwritten: /status shows exactly the running streams or answers 503, and new streams begin" {
    local damage size
    printf '\377' >ones
    for damage in 'head -c "$size" /dev/zero' 'truncate -s 0 status; truncate -s "$size" status; :' 'head -c "$size" /dev/urandom' \
        'head -c "$size" /dev/zero | tr "\000" "?"' 'head -c "$size" /dev/zero | tr "\000" "\377"'; do
        start_server -f status
        size=$(stat -c %s status)
        stream_into one 3
        eval "$damage" | dd of=status bs=1M iflag=fullblock conv=notrunc status=none
        status_is_clear 1 || { echo "after: $damage"; return 1; }
        serves || { echo "no stream after: $damage"; return 1; }
        status_is_clear 1
        all_came one 3
        ends_well
        rm -f status
    done
}

@test "another process writes random bytes to the file: /status is JSON or a clear 503, and streams go on" {
    local i
    start_server -f status
    neighbour scribble
    stream_into one 3
    for ((i = 0; i < 60; i++)); do
        serves
        ask_status
        if [ "$CODE" = 200 ]; then
            jq -e 'type == "object"' <<<"$BODY" >/dev/null || { echo "no JSON: ${BODY:0:500}"; return 1; }
        else
            [[ $CODE = 503 && $BODY = *file* ]] || { echo "$CODE $BODY"; return 1; }
        fi
    done
    all_came one 3
    kill "$NEIGHBOUR"
    ends_well
    start_server -f status # the same file, which the last process may have repaired just now
    status_recovers 0
    stream_into two 1
    status_is_clear 1
    assert_equal "$CODE" 200
    all_came two 1
}

@test "another process cuts and restores the file: /status is JSON or a clear 503, and streams go on" {
    local i
    start_server -f status
    stream_into one 3
    neighbour cut
    for ((i = 0; i < 60; i++)); do
        serves
        ask_status
        [[ $CODE = 200 || $CODE = 503 && $BODY = *file* ]] || { echo "$CODE $BODY"; return 1; }
        [ "$CODE" = 503 ] || jq -e 'type == "object"' <<<"$BODY" >/dev/null
    done
    all_came one 3
    ends_well
}

@test "a process that opens the file while it is cut and restored does not end by a signal" {
    local i code
    get '/stream?count=0' >request
    pipe_request -f status <request >answer
    neighbour cut
    for ((i = 0; i < 300; i++)); do
        code=0
        timeout 10 "$SSE_SERVER" -i -q -f status <request >answer 2>log || code=$?
        [[ $code = 0 && $(status_of <answer) = 200 ]] || { echo "attempt $i ended with $code: $(cat answer log)"; return 1; }
    done
}

@test "the file is renamed, removed or replaced: processes that have it keep it" {
    local how
    for how in 'mv status elsewhere' 'rm status' 'head -c 100 /dev/urandom >other; mv other status' 'rm status; mkdir status'; do
        start_server -f status
        stream_into one 100000
        eval "$how"
        status_is_clear 1
        assert_equal "$CODE" 200
        serves
        ends_with one 2
        status_is_clear 0
        assert_equal "$CODE" 200
        ends_well
        rm -rf status
    done
}

@test "the file becomes a link or writable by others: new processes refuse it with a reason, the others go on" {
    start_server -f status
    stream_into one 100000
    mv status real
    echo precious >target
    ln -s target status
    answers_once 'status: cannot be opened: ' -f status
    assert_equal "$(cat target)" precious
    mv real status
    chmod 622 status
    answers_once 'status: others may write to it' -f status
    chmod 600 status
    get /status | pipe_request -f status | assert_file_has - '"lastEventId"'
    status_is_clear 1
    ends_with one 2
    ends_well
}

@test "the file gets another owner: new processes refuse it with a reason, the others go on" {
    [ "$(id -u)" = 0 ] || skip "only root can give files away"
    start_server -f status
    stream_into one 100000
    chown 65533 status
    answers_once 'status: belongs to another user' -f status
    status_is_clear 1
    assert_equal "$CODE" 200
    ends_with one 2
    ends_well
}

@test "a second bus error that the file does not cause ends the process" {
    start_server -f status
    kill -BUS "$SERVER"
    serves
    kill -BUS "$SERVER"
    local code=0
    wait "$SERVER" || code=$?
    assert_equal "$code" $((128 + $(kill -l BUS)))
}

@test "if the disk is full, streams run, /status reports it, and no partial file remains" {
    apart
    mkdir disk
    # shellcheck disable=SC2016
    in_background server.log "${APART[@]}" bash -c 'mount -t tmpfs -o size=64k none disk && exec "$@"' - \
        "$SSE_SERVER" -l 127.0.0.1:0 -f disk/status
    SERVER=$LAST
    server_is_ready server.log
    stream_into one 1
    ask_status
    assert_equal "$CODE $BODY" "503 status file disk/status: cannot be created: No space left on device"
    assert_file_has server.log '^status file disk/status: cannot be created: No space left on device; serving without it: '
    refute_file_exists "/proc/$SERVER/root/disk/status"
    all_came one 1
    ends_well
}

@test "if the disk is full, /log goes on without the bodies of further attempts" {
    apart
    mkdir disk
    # shellcheck disable=SC2016
    in_background server.log "${APART[@]}" bash -c 'mount -t tmpfs -o size=11120k none disk && exec "$@"' - \
        "$SSE_SERVER" -l 127.0.0.1:0 -f disk/status
    SERVER=$LAST
    server_is_ready server.log
    curl -sS -m 20 -H 'Content-Type: text/event-stream' -d 'data: x' "$URL/stream?key=a&attempt=[1-20]" >answers
    curl -sS -m 10 "$URL/log" >entries
    jq -e 'map(.attempt) == [range(1; 21)] and all(.[]; .body.size == 7 and .status == 200)' entries
    jq -e '.[0].body.beginning == "data: x" and .[-1].body.beginning == ""' entries
    ends_well
}

@test "a complete file is used even if another process has locked it" {
    start_server -f status
    stream_into one 100000
    exec 9<status
    flock 9
    get /status | timeout 5 "$SSE_SERVER" -i -f status 2>log | assert_file_has - '"lastEventId"'
    status_is_clear 1
    ends_with one 2
    exec 9<&-
    ends_well
}

@test "if another process keeps a new file locked, /status answers 503 with the reason within 15 seconds" {
    local began
    : >status
    exec 9<status
    flock 9
    began=${EPOCHREALTIME/./}
    get /status | timeout 30 "$SSE_SERVER" -i -f status >answer 2>log
    is_refusal answer 503 'status file status: is locked by another process'
    assert_at_most $((${EPOCHREALTIME/./} - began)) 14999999
    start_server -f status
    assert_file_has server.log '^status file status: is locked by another process; '
    serves
    exec 9<&-
    answers_200() { get /status | "$SSE_SERVER" -i -f status 2>log | grep -q '^{}$'; }
    answers_200 # the lock is gone
}

@test "a third of 2,000 processes that claim slots is killed: no slot is lost, and each survivor is listed once" {
    "$TOOLS/neighbour" claim status 2000
}
