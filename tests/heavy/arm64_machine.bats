#!/usr/bin/env bats
# The program of make dist on an arm64 machine with Debian's kernel: what arm64.bats cannot see, because its emulator has no seccomp,
# no robust futexes, and no pages that a child does not get. The machine is started once, and the tests read what it printed.
load ../helper
load arm64_machine

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    unset MAKEFLAGS MFLAGS MAKELEVEL
    fetch_machine &&
        make -s -C "$ROOT" CC='aarch64-linux-musl-gcc -static -fno-pie -no-pie' PROGRAM="$PWD/musl" TOOLS="$PWD" "$PWD/musl" "$PWD/unit" &&
        make -s -C "$ROOT" CC='aarch64-linux-gnu-gcc -static' PROGRAM="$PWD/glibc" || return 1
    cp "$ROOT/tests/heavy/arm64_init" init
    make_disk init musl glibc unit
    boot_machine
}

# step NAME: what it printed.
step() {
    sed -n "/^begin $1\$/,/^end, /p" "$BATS_FILE_TMPDIR/console"
}

# serves_confined NAME
serves_confined() {
    local line
    step "$1" >printed
    for line in 'id: message-2' $'Seccomp:\t2' $'NoNewPrivs:\t1' $'Uid:\t65532\t65532\t65532\t65532' healthy 'exit code 0' \
        'Starting sse-server at 127.0.0.1:8080 ...'; do
        assert_file_has printed -xF "$line"
    done
    assert_file_has printed '"lastEventId":'
    refute_file_has printed 'refuses\|SIG\|denied'
}

@test "on an arm64 machine the program of make dist serves with all of its sandbox, the status and the health check" {
    serves_confined musl
}

@test "on an arm64 machine a program with glibc does so too" {
    serves_confined glibc
}

@test "on an arm64 machine the sandbox forbids and allows what it does elsewhere, and the shared file holds" {
    local name
    for name in confine status children; do
        step "$name" >printed
        assert_file_has printed -xE '[1-9][0-9]* checked, 0 failed'
        assert_file_has printed -x 'end, exit code 0'
    done
}
