#!/usr/bin/env bats
# Faults: each system call that may fail does fail, each in turn, at each place where it is called, by strace's fault injection (see
# the script fault). Whatever fails, the program serves on or ends with an exit code that the manual has, leaves nobody behind, and
# the status file is true afterwards.
load ../helper

# each_fails: all of it for $SSE_SERVER. A call that did not come to pass again (how often one polls is a matter of luck) is no
# fault, but most must.
each_fails() {
    export SSE_SERVER
    local scenario
    for scenario in pipe socket listener forked; do
        "$ROOT/tests/heavy/fault" list "$scenario" . >calls || { echo "$scenario fails undisturbed"; return 1; }
        [ "$(wc -l <calls)" -ge 20 ] || { echo "$scenario: few calls:" && cat calls; return 1; }
        sed "s|.*|inject $scenario . &|" calls >>injections
    done
    xargs -P4 -L1 timeout 60 "$ROOT/tests/heavy/fault" <injections >wrong 2>&1
    cat wrong
    assert_file_empty wrong
    echo "reached: $(wc -l <reached) of $(wc -l <injections)"
    assert_at_least "$(($(wc -l <reached) * 10))" "$(($(wc -l <injections) * 9))"
}

# strace_works: the kernel lets one process trace another, and strace knows how to inject what the filter allows.
strace_works() {
    strace -qq -o trace -e inject=getcwd:error=EIO:syscall=gettid pwd -P >/dev/null 2>&1 || :
    assert_file_has trace INJECTED
}

@test "whatever system call fails, the program serves on or ends properly, and leaves a true status" {
    strace_works || skip "strace cannot inject faults here"
    [[ $SSE_SERVER != */san/* ]] || skip "the sanitizers do not survive a failing mmap"
    each_fails
}

@test "whatever system call fails, the program built with the usual C library does so too" {
    strace_works || skip "strace cannot inject faults here"
    make -s -C "$ROOT" CC=cc PROGRAM="$PWD/sse-server" "$PWD/sse-server"
    SSE_SERVER=$PWD/sse-server
    each_fails
}

@test "a file that is cut short while a connection is opening it does not end the connection" {
    strace_works || skip "strace cannot inject faults here"
    local code=0 pid
    get '/stream?count=0' >request
    pipe_request -f status <request >answer
    mapped() { grep -q MAP_SHARED trace; }
    : >trace
    timeout 20 strace -qq -o trace -e trace=mmap -e inject=mmap:delay_exit=1s "$SSE_SERVER" -i -f status <request >answer 2>log &
    pid=$!
    STARTED+=("$pid")
    until_true mapped
    truncate -s 0 status
    wait "$pid" || code=$?
    [ "$code" = 0 ] || { echo "it ended with $code"; cat trace log; return 1; }
    assert_equal "$(status_of <answer)" 200
}

@test "whoever makes the shared file may take a second: others wait for it, and use the same one" {
    strace_works || skip "strace cannot inject faults here"
    being_made() { grep -q fallocate trace; }
    : >trace
    in_background slow.log strace -f -qq -o trace -e trace=fallocate -e inject=fallocate:delay_exit=1s "$SSE_SERVER" -l 127.0.0.1:0 -f status
    until_true being_made
    STARTED+=("$(children "$LAST")") # it does not end with its tracer
    start_server -f status
    in_background err curl -sN -o answer "$URL/stream"
    until_true grep -qs '^data: Hello' answer
    assert_equal "$(curl -s "$URL/status" | jq length)" 1
    server_is_ready slow.log
    assert_equal "$(curl -s "$URL/status" | jq length)" 1
}
