#!/usr/bin/env bats
# The other machine that the filter's table is written for: built for arm64, and run in an emulator, which has neither seccomp nor
# robust futexes, but tells each system call.
load ../helper

setup_file() {
    local flags="-std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -I$ROOT/src -I$ROOT/tests/unit -O1 -static"
    cd "$BATS_FILE_TMPDIR" || return 1
    unset MAKEFLAGS MFLAGS MAKELEVEL
    make -s -C "$ROOT" CC='aarch64-linux-musl-gcc -static -fno-pie -no-pie' PROGRAM="$PWD/musl" &&
        make -s -C "$ROOT" CC='aarch64-linux-gnu-gcc -static' CFLAGS=-O1 PROGRAM="$PWD/glibc" || return 1
    # shellcheck disable=SC2086
    aarch64-linux-gnu-gcc $flags -o unit "$ROOT"/tests/unit/*.c "$ROOT"/src/*/*.c
}

# calls_once_confined FILE: the names of the system calls behind the installation of the filter, one a line.
calls_once_confined() {
    sed '1,/ seccomp(/d' "$1" | sed -n 's/^[0-9]* \([a-z_0-9]*\)(.*/\1/p' | sort -u
}

# are_in_table FILE: the filter's table has every one of these calls.
are_in_table() {
    local call
    while read -r call; do
        grep -q "{SYS_$call, " "$ROOT/src/confine/filter.c" || { echo "not in the table: $call"; return 1; }
    done <"$1"
}

@test "on arm64 the pure parts hold" {
    local name
    for name in go_rand text calendar request body form token plan address choose children response; do
        RANDOM_STRINGS=$ROOT/tests/data/random-strings.tsv qemu-aarch64-static "$BATS_FILE_TMPDIR/unit" "$name"
    done
}

# connection_keeps_to_the_table PROGRAM
connection_keeps_to_the_table() {
    get '/stream?count=1' 'Connection: close' | qemu-aarch64-static -strace "$1" -i -q 2>calls >answer
    assert_equal "$(status_of <answer)" 200
    assert_file_has answer '^id: message-1$'
    calls_once_confined calls >names
    assert_file_has names -x ppoll
    are_in_table names
}

# listener_keeps_to_the_table PROGRAM
listener_keeps_to_the_table() {
    in_background server.log sh -c 'exec qemu-aarch64-static -strace "$0" -l 127.0.0.1:0 2>calls' "$1"
    SERVER=$LAST
    server_is_ready server.log
    assert_contains "$(curl -sN "$URL/stream?count=1")" 'id: message-1'
    assert_equal "$(curl -s -o answer -w '%{http_code}' "$URL/status")" 503
    kill "$SERVER"
    wait "$SERVER"
    calls_once_confined calls >names
    assert_file_has names -x clone
    assert_file_has names -x recvfrom
    are_in_table names
}

@test "on arm64 a connection makes no system call that the filter's table lacks, with musl and with glibc" {
    connection_keeps_to_the_table "$BATS_FILE_TMPDIR/musl"
    connection_keeps_to_the_table "$BATS_FILE_TMPDIR/glibc"
}

@test "on arm64 a listener and its children make no system call that the filter's table lacks, with musl and with glibc" {
    listener_keeps_to_the_table "$BATS_FILE_TMPDIR/musl"
    listener_keeps_to_the_table "$BATS_FILE_TMPDIR/glibc"
}
