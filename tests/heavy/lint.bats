#!/usr/bin/env bats
# What machines can find in the source.
load ../helper

@test "the source obeys .clang-format" {
    cd "$ROOT"
    find src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
}

@test "make format lays out a file that does not obey" {
    mkdir -p src/part tests/tools
    cp "$ROOT/Makefile" "$ROOT/.clang-format" .
    cp "$ROOT/tests/tools/need" tests/tools
    printf 'int main(void){return 0;}\n' | tee src/part/part.h tests/tools/tool.c >src/main.c
    MAKEFLAGS='' make -s format
    clang-format --dry-run -Werror src/main.c src/part/part.h tests/tools/tool.c
    run -0 cat src/main.c src/part/part.h tests/tools/tool.c
    assert_equal "${#lines[@]}" 12
}

@test "make lint runs this file, and fails if it does" {
    mkdir bin
    printf '#!/bin/sh\necho "$WORD 1 $*"\n' >bin/bats
    chmod 755 bin/bats
    WORD=ok PATH=$PWD/bin:$PATH run -0 make -s -C "$ROOT" lint
    assert_contains "$output" 'tests/heavy/lint.bats'
    assert_contains "$output" '1 passed, 0 failed'
    WORD='not ok' PATH=$PWD/bin:$PATH run -2 make -s -C "$ROOT" lint
    assert_contains "$output" '0 passed, 1 failed'
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
    make -s build/page.html
    gcc -std=c11 -D_GNU_SOURCE -Isrc -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -O2 -fanalyzer -o "$BATS_TEST_TMPDIR/out" \
        src/*.c src/*/*.c
}

@test "shellcheck finds nothing in the scripts and tests" {
    cd "$ROOT"
    find src tests .ci -path tests/fuzz/corpus -prune -o -type f -exec awk \
        'FNR == 1 && /^#!\/bin\/(ba)?sh/ { print FILENAME } { nextfile }' {} + >"$BATS_TEST_TMPDIR/scripts"
    assert_at_least "$(wc -l <"$BATS_TEST_TMPDIR/scripts")" 12
    xargs shellcheck -x <"$BATS_TEST_TMPDIR/scripts"
    shellcheck -x -s bats -e SC1091,SC2016,SC2030,SC2031,SC2034,SC2153,SC2154,SC2317 tests/*.bats tests/*/*.bats tests/*.bash tests/*/*.bash
}
