#!/usr/bin/env bats
# The assertions themselves: each passes when it should, and otherwise says what it saw, what it wanted and where.
load helper

# fails ASSERTION [ARGUMENT...]: it does, and says what it saw and wanted; the words are in the file said.
fails() {
    local code=0
    "$@" 2>said || code=$?
    assert_equal "$code" 1
    assert_file_has said "^$1 failed in assert.bats, line [0-9]*:\$"
    assert_file_has said '^  seen:   '
    assert_file_has said '^  wanted: '
}

@test "texts are compared whole, by a part, by a glob and by a regular expression" {
    assert_equal 'a *' 'a *'
    fails assert_equal a 'a '
    fails assert_equal abc 'a*'
    assert_not_equal a b
    fails assert_not_equal a a
    assert_matches abc 'a*c'
    fails assert_matches abc 'a*b'
    assert_matches_regex abc '^a.c$'
    fails assert_matches_regex abc '^b'
    assert_contains 'a*c' '*'
    fails assert_contains abc 'a*c'
    refute_contains abc 'a*c'
    fails refute_contains abc b
    assert_starts_with abc ab
    fails assert_starts_with abc bc
    assert_ends_with abc bc
    fails assert_ends_with abc ab
    assert_empty ''
    fails assert_empty ' '
    assert_not_empty ' '
    fails assert_not_empty ''
}

@test "numbers are compared, and what is no number fails" {
    assert_at_least 3 3
    fails assert_at_least 2 3
    fails assert_at_least '' 0
    fails assert_at_least x 0
    assert_at_most 3 3
    fails assert_at_most 4 3
    fails assert_at_most '' 3
    assert_between 2 1 3
    fails assert_between 0 1 3
    fails assert_between 4 1 3
}

@test "files are looked into, and one that is not there fails either way" {
    printf 'one\ntwo\n' >file
    : >empty
    assert_file_has file -x 'o.e'
    fails assert_file_has file -x 'o'
    fails assert_file_has missing .
    assert_file_has <(cat file) two
    echo three | assert_file_has - -F three
    refute_file_has file three
    fails refute_file_has file -x two
    assert_file_has said '^  seen:   two$'
    fails refute_file_has missing .
    assert_file_exists file
    fails assert_file_exists missing
    refute_file_exists missing
    fails refute_file_exists file
    assert_file_empty empty
    fails assert_file_empty file
    fails assert_file_empty missing
    refute_file_empty file
    fails refute_file_empty empty
    fails refute_file_empty missing
}

@test "a failure names the line of the test that asserted" {
    printf 'load %s/tests/helper\n@test "wrong" {\n    assert_equal seen wanted\n}\n' "$ROOT" >wrong.bats
    run -1 bats wrong.bats
    assert_contains "$output" 'assert_equal failed in wrong.bats, line 3:'
    assert_contains "$output" 'seen:   seen'
    assert_contains "$output" 'wanted: wanted'
}

@test "what is waited for in vain is named, with what it last said" {
    PATIENCE=0 run -1 until_true assert_equal seen wanted
    assert_starts_with "$output" 'waited in vain for: assert_equal seen wanted'
    assert_contains "$output" 'seen:   seen'
}
