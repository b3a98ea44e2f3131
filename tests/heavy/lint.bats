#!/usr/bin/env bats
# What machines can find in the source.
load ../helper

@test "the source obeys .clang-format" {
    cd "$ROOT"
    clang-format --dry-run -Werror src/*.[ch] src/*/*.[ch] tests/*/*.[ch]
}

@test "clang-tidy finds nothing" {
    cd "$ROOT"
    run -0 bash -c 'printf "%s\n" src/*.c src/*/*.c | xargs -P2 -n4 sh -c '\''clang-tidy --quiet "$@" -- -std=c11 -D_GNU_SOURCE -Isrc'\'' sh'
}

@test "cppcheck finds nothing" {
    cd "$ROOT"
    cppcheck --quiet --enable=warning,style,performance,portability --error-exitcode=1 --std=c11 -D_GNU_SOURCE -Isrc src
}

@test "gcc's analyzer finds nothing" {
    cd "$ROOT"
    gcc -std=c11 -D_GNU_SOURCE -Isrc -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -O2 -fanalyzer -o "$BATS_TEST_TMPDIR/out" \
        src/*.c src/*/*.c
}

@test "shellcheck finds nothing in the scripts and tests" {
    cd "$ROOT"
    shellcheck -x tests/run tests/run_soak tests/coverage tests/tools/need tests/tools/unpack tests/bench/bench tests/bench/plot tests/fuzz/fuzz_all tests/fuzz/build_targets \
        tests/heavy/fault tests/interop/compare_clients .ci/run
    shellcheck -x -s bats -e SC1091,SC2016,SC2030,SC2031,SC2034,SC2153,SC2154,SC2317 tests/*.bats tests/*/*.bats tests/*.bash tests/*/*.bash
}
