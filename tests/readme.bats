#!/usr/bin/env bats
# README.md is short and true: its size, the way to each goal, every command and program in it, and its links. tests/tour.bats has the ten
# experiments, tests/docs.bats the manuals.
load helper
load sessions

README=$ROOT/README.md

# section HEADING, all_but HEADING: prints the section with this second-level heading, or all others. '' is what comes before the first.
section() {
    awk -v name="${1:+## $1}" 'BEGIN { on = name == "" } /^## / { on = ($0 == name) } on' "$README"
}

all_but() {
    awk -v name="${1:+## $1}" 'BEGIN { off = name == "" } /^## / { off = ($0 == name) } !off' "$README"
}

@test "README.md has at most 12,000 bytes" {
    assert_at_most "$(wc -c <"$README")" 12000
}

# words_before TEXT: how many words a reader has read before the first line with this text.
words_before() {
    assert_contains "$(<"$README")" "$1" && awk -v text="$1" 'index($0, text) { exit } 1' "$README" | wc -w
}

@test "few words come before each goal of a reader" {
    assert_at_most "$(words_before 'curl -N localhost:8080/stream')" 100
    assert_at_most "$(words_before '&end=reset')" 200
    assert_at_most "$(words_before '# your test')" 300
    assert_at_most "$(words_before '/stream?raw=')" 500
    assert_at_most "$(words_before '1-2.status=503')" 700
    assert_at_most "$(words_before 'systemctl enable')" 1000
}

@test "README.md says before the first command what the program runs on and what it needs" {
    section '' | sed '/^```/q' >beginning
    assert_file_has beginning 'Linux only'
    assert_file_has beginning 'x86-64 and arm64'
    tr '\n' ' ' <beginning | assert_file_has - 'needs only a C compiler and `make`'
}

@test "what README.md says of kernels is what sse-server(8) says" {
    local version
    sed -n '/^### Kernels$/,/^## /p' "$README" | grep -oE '\b[3-9]\.[0-9]+' | sort -u >said
    assert_equal "$(wc -l <said)" 5
    while read -r version; do
        sed -n '/^\.Ss Kernels/,/^\.Ss Limits/p' "$ROOT/man/sse-server.8" | assert_file_has - "Linux ${version/./\\.}\b"
    done <said
}

@test "the beginning of README.md works in a fresh copy of the sources" {
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    unset MAKEFLAGS MFLAGS MAKELEVEL
    section '' >quick.md
    PATIENCE=300 try_sessions <quick.md # builds first, while other tests run
    assert_equal "$TRIED" 2
    assert_file_exists sse-server
    run -0 ./sse-server -V
}

@test "the other commands of README.md, and those of src/README.md, print what is shown" {
    ln -s "$SSE_SERVER" sse-server
    serve_as ./sse-server
    all_but '' >others.md
    try_sessions <others.md
    assert_at_least "$TRIED" 15
    try_sessions <"$ROOT/src/README.md"
    assert_at_least "$TRIED" 1
}

@test "README.md's test runs in every shell" {
    local shell
    ln -s "$SSE_SERVER" sse-server
    readme_block '# your test' >program
    for shell in bash dash 'busybox sh'; do
        # shellcheck disable=SC2086 # a command and its argument
        run -0 timeout 60 $shell -e program
        assert_contains "$output" 'id: message-1'
    done
}

@test "README.md's test ends, and fails, if the server does not start" {
    local shell
    printf '#!/bin/sh\nexit 111\n' >sse-server
    chmod +x sse-server
    readme_block '# your test' >program
    for shell in bash dash 'busybox sh'; do
        # shellcheck disable=SC2086 # a command and its argument
        run -1 timeout 60 $shell program
    done
}

@test "two such tests run at the same time" {
    local first
    ln -s "$SSE_SERVER" sse-server
    mkdir one two
    readme_block '# your test' >program
    for first in one two; do ln -s "$SSE_SERVER" "$first/sse-server"; done
    (cd one && exec timeout 60 bash -e ../program >answer 2>&1) &
    first=$!
    (cd two && exec timeout 60 bash -e ../program >answer 2>&1)
    wait "$first"
    assert_file_has one/answer -x 'id: message-1'
    assert_file_has two/answer -x 'id: message-1'
}

@test "README.md's health check exits with 0 for that server" {
    start_server
    ln -s "$SSE_SERVER" sse-server
    bash -c "$(grep -o '`./sse-server -c [^`]*`' "$README" | tr -d '`' | sed "s/8080/$PORT_USED/")"
}

@test "README.md's command sends a file as a stream" {
    start_server
    printf 'data: a\n\n' >file
    bash -c "$(grep -o '`curl -N [^`]*@file[^`]*`' "$README" | tr -d '`' | sed "s|localhost:8080|127.0.0.1:$PORT_USED|")" >answer
    cmp file answer
}

@test "README.md starts systemd's unit with the commands of sse-server-units(5)" {
    readme_block 'systemctl enable' | sed -n 's/^sudo //p' | grep -v '^make' >shown
    { manual_block systemd-sysusers; manual_block '# either this' | sed -n '/serverd/s/ *#.*//p'; } | diff - shown
}

@test "the files and headings that the documents link to exist" {
    local document target anchors
    for document in README.md src/README.md tests/sdks/README.md tests/sdks/examples.md; do
        anchors=$(sed -n 's/^##* //p' "$ROOT/$document" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9\n-')
        grep -oE '\]\([^)]+\)' "$ROOT/$document" | sed 's/^](//; s/)$//' >links || :
        while read -r target; do
            echo "$document: $target"
            case $target in
            https://*) ;;
            '#'*) assert_file_has - -x "${target#'#'}" <<<"$anchors" ;;
            *[0-9]')') ;;
            *) assert_file_exists "$(dirname "$ROOT/$document")/$target" ;;
            esac
        done <links
    done
    assert_file_has "$README" '^!\[.*\](src/page/screenshot.png)$'
    assert_equal "$(head -c 8 "$ROOT/src/page/screenshot.png" | od -An -tx1 | tr -d ' ')" 89504e470d0a1a0a
}
