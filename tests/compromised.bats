#!/usr/bin/env bats
# A process of a connection that is under an attacker's control: what it can do to the listener and to other clients. tests/tools/inject.c
# makes it execute system calls.
load helper

# inject PROCESS CALL [ARGUMENT...]: executes a system call in the process, by name. Its result is in the file result.
inject() {
    local number
    number=$(grep -hoE "define __NR_$2 [0-9]+" /usr/include/*/asm/unistd_64.h /usr/include/asm-generic/unistd.h 2>/dev/null | head -n 1 | grep -oE '[0-9]+$')
    "$TOOLS/inject" "$1" "$number" "${@:3}" >result
}

# stream_of NAME [QUERY]: opens a stream, waits for its first message, and sets $NAME to the process that serves it.
stream_of() {
    local before
    rm -f "$1.stream"
    before=$(children "$SERVER")
    in_background "$1.err" curl -sN -o "$1.stream" "$URL/stream${2:-}"
    until_true grep -qs 'message-1' "$1.stream"
    printf -v "$1" %s "$(comm -13 <(sort <<<"$before") <(children "$SERVER" | sort))"
}

# The sanitizers need more calls than the filter allows, so a program built with them has none.
setup_file() {
    case $SSE_SERVER in */san/* | */coverage/*)
        make -s -C "$ROOT" sse-server
        export SSE_SERVER=$ROOT/sse-server
        ;;
    esac
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    [ "$(id -u)" = 0 ] || skip "only root may trace a process"
    start_server
}

@test "a compromised process that signals the listener or a sibling is killed, and they are not" {
    local call
    stream_of sibling
    for target in "$SERVER" "$sibling"; do
        for call in "kill $target 9" "kill $target 15" "kill $target 0" "kill $target 9 1" "tgkill $target $target 9" "tkill $target 9" \
            "rt_sigqueueinfo $target 9 0" "pidfd_open $target 0" "pidfd_send_signal 3 9 0 0"; do
            stream_of attacker
            # shellcheck disable=SC2154,SC2086
            inject "$attacker" $call
            assert_equal "$call: $(<result)" "$call: killed by SYS"
        done
    done
    kill -0 "$SERVER"
    before=$(grep -c '^id: ' sibling.stream)
    until_true eval '[ "$(grep -c "^id: " sibling.stream)" -gt "$before" ]'
    kill "$SERVER"
    until_true eval '! kill -0 "$SERVER" 2>/dev/null'
}

@test "a process of a connection cannot use allowed calls for something else" {
    local call
    # Option 13 of TCP (level 6) is the congestion control, 2 of sockets is SO_REUSEADDR; sendto names another receiver; 22 is PR_SET_SECCOMP.
    for call in "setsockopt 0 6 13 0 0" "setsockopt 0 1 2 0 0" "sendto 0 0 0 0 4096 16" "prctl 22 0 0 0 0"; do
        stream_of attacker
        # shellcheck disable=SC2086
        inject "$attacker" $call
        assert_equal "$call: $(<result)" "$call: killed by SYS"
    done
}

@test "if the listener is killed, its children end their streams properly and are gone" {
    local process
    stream_of one '?interval=0.5'
    in_background hang.err curl -sN -o hang.stream "$URL/stream?raw=a&end=hang"
    in_background delay.err curl -sN -o delay.stream "$URL/stream?delay=60m"
    in_background wait.err curl -sN -o wait.stream "$URL/stream?interval=60m"
    until_true grep -q a hang.stream
    until_true grep -q hello wait.stream
    until_true eval '[ "$(children "$SERVER" | wc -l)" = 4 ]'
    children "$SERVER" >processes
    kill -KILL "$SERVER"
    while read -r process; do
        until_true eval "! grep -q '^State:.[^Z]' /proc/$process/status" # or it waits for its new parent
    done <processes
    # curl says 18 if the last chunk is missing.
    wait "${STARTED[1]}"
    wait "${STARTED[4]}"
}
