#!/usr/bin/env bats
# The journal of attempts in the shared file: many who write at once, who are killed at it, and neighbours who spoil it.
load helper

@test "attempts are counted, kept in order, forgotten and fall out; damage of any kind leaves them readable" {
    run -0 "$TOOLS/unit" journal
}

@test "2,000 processes make attempts at once: every number is given once, none is left out, every entry is whole" {
    run -0 "$TOOLS/writers" count journal 2000
    assert_contains "$output" '10000 numbers given, 0 skipped'
}

@test "of 2,000 processes that make attempts a third is killed at it: no number is given twice, every entry is whole" {
    run -0 "$TOOLS/writers" kill journal 2000
}

@test "wherever a process is killed in the midst of an attempt, the next one finds the journal in order, and at once" {
    local code=0
    "$TOOLS/writers" step journal || code=$?
    [ "$code" != 77 ] || skip "nobody may trace a process here"
    assert_equal "$code" 0
}

@test "the journal is scribbled on, again and again: attempts go on, and what is read is JSON" {
    "$TOOLS/writers" bear journal >answer
    jq -e 'has("key") and .attempt > 0 and (.headers | type) == "object" and (.end | type) == "string"' <answer >verdicts
    assert_at_least "$(wc -l <verdicts)" 101
}

@test "the file is cut short within the journal: every call comes back, and says so" {
    run -0 "$TOOLS/writers" cut journal
}
