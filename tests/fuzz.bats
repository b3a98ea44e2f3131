#!/usr/bin/env bats
# The corpus of every fuzz target, run once each without libFuzzer; tests/fuzz/fuzz_all looks for more.
load helper

setup_file() {
    "$BATS_TEST_DIRNAME/fuzz/build_targets" replay
}

# replay TARGET: on each of its inputs.
replay() {
    FUZZ_SCRATCH=$PWD "$ROOT/build/fuzz/replay/$1" "$ROOT/tests/fuzz/corpus/$1"/* >log 2>&1 || { tail -n 20 log; return 1; }
    assert_file_has log -x '[0-9]* inputs'
}

@test "request heads mean the same wherever they stand, and what is accepted can be read in one way only" {
    replay head
}

@test "bodies come out the same however they are cut, and as a second reader has them" {
    replay body
}

@test "parameters are decoded as a second decoder does, and only good ones become a plan" {
    replay query
}

@test "the token matches exactly what a plain comparison takes for it" {
    replay token
}

@test "any Last-Event-ID leads to the number that it names, or to the first message" {
    replay resume
}

@test "request targets are a path and a query and nothing else, and hosts are hosts" {
    replay target
}

@test "a shared file full of an attacker's bytes is shown as JSON, and only the clients that are in it" {
    replay scoreboard
}

@test "a shared file that is damaged while streams run heals, and then lists exactly them" {
    replay repair
}

@test "the journal has exactly the attempts of a simple model, and whatever bytes it is full of, it is shown as JSON" {
    replay journal
}

@test "whatever a client sends, the answers are HTTP, one a request, and the log is plain text" {
    replay connection
}

@test "values are in range and of their form or refused, and fields and cookies are those of the head" {
    replay values
}

@test "an event stream means the same however it is cut, and what a second reader makes of it, in room of any size" {
    replay expect
}

@test "a JSON body has the same members however it is cut, and those that a second reader finds" {
    replay json
}

@test "every fuzz target has a corpus and a test here" {
    local target
    for target in "$ROOT"/tests/fuzz/target_*.c; do
        target=${target##*/target_}
        target=${target%.c}
        assert_file_exists "$ROOT/tests/fuzz/corpus/$target/"
        assert_file_has "$BATS_TEST_FILENAME" "^    replay $target\$"
    done
}
