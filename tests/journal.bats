#!/usr/bin/env bats
# The journal of attempts in the shared file: many writers, writers that are killed, and damage.
load helper

@test "attempts are counted, kept in order, forgotten and replaced; the journal stays readable after damage" {
    run -0 "$TOOLS/unit" journal
}

@test "2,000 processes make attempts at once: each number is given exactly once and each entry is complete" {
    run -0 "$TOOLS/writers" count journal 2000
    assert_contains "$output" '10000 numbers given, 0 skipped'
}

@test "a third of 2,000 writers is killed: no number is given twice and each entry is complete" {
    run -0 "$TOOLS/writers" kill journal 2000
}

@test "a process is killed at any instruction of an attempt: the next one uses the journal without waiting" {
    local code=0
    "$TOOLS/writers" step journal || code=$?
    [ "$code" != 77 ] || skip "tracing is not allowed here"
    assert_equal "$code" 0
}

@test "another process writes random bytes to the journal: attempts go on, and entries are JSON" {
    "$TOOLS/writers" bear journal >answer
    jq -e 'has("key") and .attempt > 0 and (.headers | type) == "object" and (.end | type) == "string"' <answer >verdicts
    assert_at_least "$(wc -l <verdicts)" 101
}

@test "the file is cut short inside the journal: it is extended, and the journal goes on" {
    run -0 "$TOOLS/writers" cut journal
}
