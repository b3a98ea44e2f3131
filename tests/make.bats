#!/usr/bin/env bats
# What make promises: targets that are listed, a build that can be repeated, and nothing installed that was not to be.
load helper

@test "make help has a line for each target that is no file" {
    run -0 make -s -C "$ROOT" help
    printf '%s\n' "${lines[@]}" >listed
    sed -n 's/^\.PHONY: //p' "$ROOT/Makefile" | tr ' ' '\n' | sort >targets
    assert_at_least "$(wc -l <targets)" 16
    diff targets <(cut -d ' ' -f 1 listed | sort)
    refute_file_has listed -vE '^[a-z-]+ +[a-z].{10,}$'
}

@test "the same sources make the same program, byte for byte, in another folder, and with debug information too" {
    local folder
    unset MAKEFLAGS MFLAGS MAKELEVEL
    for folder in here 'there/a folder with a longer name'; do
        mkdir -p "$folder"
        cp -R "$ROOT/Makefile" "$ROOT/src" "$folder"
    done
    make -s -C here
    (cd "there/a folder with a longer name" && umask 077 && LC_ALL=C.UTF-8 TZ=Asia/Tokyo make -s)
    cmp here/sse-server "there/a folder with a longer name/sse-server"
    make -s -C here PROGRAM=with-debug CFLAGS='-O0 -g' SMALL=
    make -s -C 'there/a folder with a longer name' PROGRAM=with-debug CFLAGS='-O0 -g' SMALL=
    cmp here/with-debug 'there/a folder with a longer name/with-debug'
}

@test "NO_INSTALL=1 make test says what is missing, installs nothing and fails" {
    local command
    mkdir bin
    for command in make bash sh dirname mktemp rm; do ln -s "$(command -v "$command")" bin; done
    printf '#!/bin/sh\necho "$@" >>"%s/asked"\n' "$PWD" | tee bin/apt-get bin/sudo >/dev/null
    chmod 755 bin/apt-get bin/sudo
    unset MAKEFLAGS MFLAGS MAKELEVEL
    PATH=$PWD/bin NO_INSTALL=1 run ! make -s -C "$ROOT" test
    assert_contains "$output" 'missing, and not installed because NO_INSTALL is set: '
    assert_contains "$output" ' curl socat jq '
    refute_contains "$output" 'passed'
    refute_file_exists asked
}

@test "without NO_INSTALL what is missing is installed, and nothing else" {
    local need=$ROOT/tests/tools/need
    mkdir bin
    printf '#!/bin/sh\necho "$@" >>"%s/asked"\n' "$PWD" >bin/apt-get
    printf '#!/bin/sh\n[ "$1" = -n ] || exec "$@"\n' >bin/sudo
    chmod 755 bin/apt-get bin/sudo
    PATH=$PWD/bin:$PATH run -0 "$need" no-such-command:one sh:two /no/such/file:three /etc/passwd:four
    assert_equal "$output" 'installing: one three'
    assert_file_has asked -x '.* install .* one three'
    rm asked
    PATH=$PWD/bin:$PATH run -0 "$need" sh:two
    NO_INSTALL=1 PATH=$PWD/bin:$PATH run -0 "$need" sh:two
    refute_file_exists asked
}
