#!/usr/bin/env bats
# make install and make uninstall.
load helper

@test "make install puts everything under DESTDIR and PREFIX, and make uninstall leaves nothing" {
    make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/opt/sse PROGRAM="$SSE_SERVER"
    assert_equal "$(root/opt/sse/bin/sse-server -V)" "$("$SSE_SERVER" -V)"
    mandoc -T lint -W error root/opt/sse/share/man/man8/sse-server.8
    assert_file_has root/opt/sse/lib/systemd/system/sse-server@.service '^ExecStart=/opt/sse/bin/sse-server'
    make -s -C "$ROOT" uninstall DESTDIR="$PWD/root" PREFIX=/opt/sse
    assert_empty "$(find root ! -type d)"
}

@test "the folders for units, users and temporary files can be chosen one by one" {
    make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/usr SYSTEMDUNITDIR=/a SYSUSERSDIR=/b TMPFILESDIR=/c PROGRAM="$SSE_SERVER"
    assert_equal "$(find root/a root/b root/c ! -type d -printf '%P\n' | sort | tr '\n' ' ')" \
        "sse-server.conf sse-server.conf sse-server.socket sse-server@.service sse-serverd.service sse-serverd.socket "
}
