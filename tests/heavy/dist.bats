#!/usr/bin/env bats
# make dist: made once in a clone, and once more from its own source archive. The arm64 program runs in an emulator.
load ../helper

setup_file() {
    export VERSION
    VERSION=$(sed -n 's/^.define VERSION "\(.*\)"$/\1/p' "$ROOT/src/base/version.h")
    cd "$BATS_FILE_TMPDIR" || return 1
    unset MAKEFLAGS MFLAGS MAKELEVEL
    mkdir here
    tar -C "$ROOT" --exclude=./.git --exclude=./build --exclude=./sse-server -c . | tar -C here -x
    commit_all here
    make -s -C here dist || return 1
    export FIRST=$PWD/here/build/dist AGAIN="$PWD/a folder with a longer name/build/dist"
    mkdir 'a folder with a longer name'
    tar -C 'a folder with a longer name' --strip-components=1 -xzf "$FIRST/sse-server-$VERSION.tar.gz"
    (umask 077 && LC_ALL=C.UTF-8 TZ=Asia/Tokyo make -s -C 'a folder with a longer name' dist CFLAGS=-O0)
}

# commit_all FOLDER: makes it a clone with one commit, of another day.
commit_all() {
    local git="git -C $1 -c user.name=x -c user.email=x@x"
    export GIT_COMMITTER_DATE='2020-02-02T02:02:02Z' GIT_CONFIG_GLOBAL=/dev/null
    git -C "$1" init -q && git -C "$1" add -A && $git commit -q -m x
}

@test "make dist makes two programs, the source, the cases and checksums, and every name has the version" {
    assert_equal "$(cd "$FIRST" && printf '%s ' *)" "sse-cases-$VERSION.json sse-server-$VERSION-SHA256SUMS \
sse-server-$VERSION-linux-amd64 sse-server-$VERSION-linux-arm64 sse-server-$VERSION.tar.gz "
    (cd "$FIRST" && sha256sum --quiet -c "sse-server-$VERSION-SHA256SUMS")
    assert_equal "$(wc -l <"$FIRST/sse-server-$VERSION-SHA256SUMS")" 4
}

@test "the source archive makes the same release, byte for byte, with another folder, umask, locale, time and options" {
    local file
    diff -r "$FIRST" "$AGAIN"
    diff <(find "$FIRST" -type f -printf '%f %m %TY-%Tm-%Td\n' | sort) <(find "$AGAIN" -type f -printf '%f %m %TY-%Tm-%Td\n' | sort)
    for file in "$FIRST"/*; do
        assert_equal "$(TZ=UTC stat -c %y "$file")" '2020-02-02 02:02:02.000000000 +0000'
    done
}

@test "the source archive has the files of the clone, in one folder, and nothing of who made it" {
    tar -tzf "$FIRST/sse-server-$VERSION.tar.gz" | sed "s|^sse-server-$VERSION/||" | sort >packed
    diff <(git -C "$FIRST/../.." ls-files | sort) packed
    refute_file_has <(tar --numeric-owner -tvzf "$FIRST/sse-server-$VERSION.tar.gz") -vE '^-rw(-r--r--|xr-xr-x) 0/0 .* 2020-02-02 '
}

@test "the programs are static, one for each architecture, and the first is what make builds" {
    local architecture
    for architecture in amd64:X86-64 arm64:AArch64; do
        readelf -hlW "$FIRST/sse-server-$VERSION-linux-${architecture%:*}" >header
        assert_file_has header "Machine: .*${architecture#*:}"
        refute_file_has header 'INTERP\|DYNAMIC'
    done
    assert_equal "$("$FIRST/sse-server-$VERSION-linux-amd64" -V)" "sse-server $VERSION"
    make -s -C "$FIRST/../.." CC='musl-gcc -static -fno-pie -no-pie' PROGRAM="$PWD/built"
    cmp built "$FIRST/sse-server-$VERSION-linux-amd64"
}

@test "the arm64 program prints the cases that are in the release, serves a stream, and checks a server's health" {
    local program=$FIRST/sse-server-$VERSION-linux-arm64
    qemu-aarch64-static "$program" -C | cmp - "$FIRST/sse-cases-$VERSION.json"
    assert_at_least "$(jq length "$FIRST/sse-cases-$VERSION.json")" 100
    in_background server.log qemu-aarch64-static "$program" -l 127.0.0.1:0
    server_is_ready server.log
    assert_contains "$(curl -sN "$URL/stream?count=1")" 'id: message-1'
    # The emulator has no robust futexes, without which no server is healthy.
    run -1 qemu-aarch64-static "$program" -c -l "127.0.0.1:$PORT_USED"
    start_server
    qemu-aarch64-static "$program" -c -l "127.0.0.1:$PORT_USED"
}

@test "SOURCE_DATE_EPOCH is the time of the files, if it is given" {
    mkdir -p small/src
    cp -R "$ROOT/src/release" small/src
    # shellcheck disable=SC2016 # variables of make
    printf '%s\n' '$(PROGRAM):' "	printf '#!/bin/sh\n' >\$@; chmod 755 \$@" >small/Makefile
    SOURCE_DATE_EPOCH=86400 small/src/release/dist 1
    refute_file_has <(TZ=UTC tar -tvzf small/build/dist/sse-server-1.tar.gz) -v ' 1970-01-02 00:00 '
    assert_empty "$(find small/build/dist -type f -newermt 1970-01-02T00:00:01Z)"
}
