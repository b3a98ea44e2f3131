#!/usr/bin/env bats
# make install and make uninstall.
load helper

@test "make install puts everything under DESTDIR and PREFIX, and make uninstall leaves nothing" {
    make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/opt/sse PROGRAM="$SSE_SERVER"
    assert_equal "$(root/opt/sse/bin/sse-server -V)" "$("$SSE_SERVER" -V)"
    mandoc -T lint -W error root/opt/sse/share/man/man8/sse-server.8 root/opt/sse/share/man/man1/sse-replay.1
    run -2 root/opt/sse/bin/sse-replay
    assert_starts_with "$output" 'usage: sse-replay'
    diff <(cd "$ROOT/man" && printf '%s\n' *) <(find root/opt/sse/share/man -type f -printf '%f\n' | sort)
    assert_file_has root/opt/sse/share/bash-completion/completions/sse-server '^complete -F _sse_server sse-server$'
    assert_file_has root/opt/sse/share/zsh/site-functions/_sse-replay -x '#compdef sse-replay'
    assert_file_has root/opt/sse/lib/systemd/system/sse-server@.service '^ExecStart=/opt/sse/bin/sse-server'
    make -s -C "$ROOT" uninstall DESTDIR="$PWD/root" PREFIX=/opt/sse
    assert_empty "$(find root ! -type d)"
}

@test "the folders for units, users, temporary files and completion can be chosen one by one" {
    make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/usr SYSTEMDUNITDIR=/a SYSUSERSDIR=/b TMPFILESDIR=/c BASHCOMPLETIONDIR=/d \
        ZSHCOMPLETIONDIR=/e PROGRAM="$SSE_SERVER"
    assert_equal "$(find root/a root/b root/c ! -type d -printf '%P\n' | sort | tr '\n' ' ')" \
        "sse-server.conf sse-server.conf sse-server.socket sse-server@.service sse-serverd.service sse-serverd.socket "
    assert_equal "$(find root/d root/e -type f -printf '%P\n' | sort | tr '\n' ' ')" "_sse-replay _sse-server sse-replay sse-server "
    make -s -C "$ROOT" uninstall DESTDIR="$PWD/root" PREFIX=/usr SYSTEMDUNITDIR=/a SYSUSERSDIR=/b TMPFILESDIR=/c BASHCOMPLETIONDIR=/d \
        ZSHCOMPLETIONDIR=/e
    assert_empty "$(find root ! -type d)"
}

@test "whatever the umask, everybody may read and run what is installed, and only its owner may write it" {
    (umask 077 && make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/usr PROGRAM="$SSE_SERVER")
    assert_empty "$(find root/usr/* -type d ! -perm 755)"
    assert_equal "$(find root -type f -perm 755 -printf '%f\n' | sort | tr '\n' ' ')" "sse-replay sse-server "
    assert_empty "$(find root -type f ! -perm 755 ! -perm 644)"
    (umask 000 && make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/usr PROGRAM="$SSE_SERVER")
    assert_empty "$(find root -perm /022)"
}

# A stand-in for a compiler: it makes the file that it is asked for, and writes its own name to the file used.
stand_in() {
    # shellcheck disable=SC2016 # the stand-in's variables
    printf '%s\n' '#!/bin/sh' 'for word; do [ "$before" != -o ] || : >"$word"; before=$word; done' 'echo "${0##*/}" >>used' >"bin/$1"
    chmod 755 "bin/$1"
}

@test "the program is built again when another compiler is chosen, and not otherwise" {
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    unset MAKEFLAGS MFLAGS MAKELEVEL
    mkdir bin
    stand_in one-cc
    stand_in other-cc
    export PATH=$PWD/bin:$PATH
    make -s CC=one-cc
    make -s CC=one-cc
    assert_equal "$(cat used)" one-cc
    make -s CC=other-cc
    assert_equal "$(cat used)" $'one-cc\nother-cc'
}

@test "the program is built again when musl-gcc was installed after the first time" {
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    local tool
    unset MAKEFLAGS MFLAGS MAKELEVEL
    mkdir bin
    for tool in sh make mkdir cat sed awk mv; do
        ln -s "$(command -v $tool)" bin
    done
    stand_in cc
    PATH=$PWD/bin make -s
    assert_file_has used -x cc
    rm used
    stand_in musl-gcc
    PATH=$PWD/bin make -s
    assert_equal "$(sort -u used)" musl-gcc
}
