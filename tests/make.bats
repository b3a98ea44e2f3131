#!/usr/bin/env bats
# What make promises: targets that are listed, a build that can be repeated, and nothing installed that was not to be.
load helper

@test "make help has a line for each target that is no file" {
    run -0 make -s -C "$ROOT" help
    printf '%s\n' "${lines[@]}" >listed
    sed -n 's/^\.PHONY: //p' "$ROOT/Makefile" | tr ' ' '\n' | sort >targets
    assert_at_least "$(wc -l <targets)" 18
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

@test "make dist without a cross compiler says what to install, fails, and leaves what it made before as it was" {
    local command
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    mkdir -p bin build/dist
    echo before >build/dist/file
    for command in make sh sed dirname rm mkdir tar grep; do ln -s "$(command -v "$command")" bin; done
    printf '#!/bin/sh\nfor word; do [ "$before" != -o ] || : >"$word"; before=$word; done\n' >bin/x86_64-linux-musl-gcc
    chmod 755 bin/x86_64-linux-musl-gcc
    unset MAKEFLAGS MFLAGS MAKELEVEL
    PATH=$PWD/bin run ! make -s dist
    assert_contains "$output" 'make dist: no compiler for arm64: aarch64-linux-musl-gcc. On Debian: dpkg --add-architecture arm64 && '
    assert_contains "$output" 'apt-get install gcc-aarch64-linux-gnu musl-dev:arm64'
    assert_equal "$(find build ! -type d -exec cat {} +)" before
    rm bin/x86_64-linux-musl-gcc
    PATH=$PWD/bin run ! make -s dist
    assert_contains "$output" 'apt-get install gcc-x86-64-linux-gnu musl-dev:amd64'
}

@test "make image without docker and podman says what to install, and fails" {
    local command
    cp -R "$ROOT/src/release" .
    mkdir -p bin release/release
    for command in sh dirname; do ln -s "$(command -v "$command")" bin; done
    PATH=$PWD/bin run -1 release/image 1.0.0
    assert_equal "$output" 'make image: neither a docker that answers nor podman is here. On Debian: apt-get install podman'
}

@test "the version is in one place: the program prints it, and the manual's HISTORY says what changed in it" {
    local version newest
    version=$("$SSE_SERVER" -V)
    newest=$(sed -n '/^\.Sh HISTORY/,/^\.Sh [^H]/s/^\.It \([0-9.]*\)$/\1/p' "$ROOT/man/sse-server.8" | head -n 1)
    assert_equal "sse-server $newest" "$version"
    assert_equal "$(make -s -C "$ROOT" -f - -f Makefile show <<<'show: ; @echo sse-server $(VERSION)' 2>&1)" "$version"
    assert_equal "$(cd "$ROOT" && grep -rlF "${version#* }" src systemd Makefile Dockerfile)" src/base/version.h
}

@test "README.md names the files and images of this version" {
    grep -oE 'sse-(server|cases)[-:][0-9]+\.[0-9]+\.[0-9]+' "$ROOT/README.md" | sed 's/.*[-:]//' | sort -u >named || :
    refute_file_has named -vxF "$("$SSE_SERVER" -V | cut -d ' ' -f 2)"
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

@test "a package of another architecture is installed after that architecture is added, once" {
    local need=$ROOT/tests/tools/need
    mkdir bin
    printf '#!/bin/sh\necho "apt-get $*" >>"%s/asked"\n' "$PWD" >bin/apt-get
    printf '#!/bin/sh\n[ "$1" != --print-foreign-architectures ] || { cat "%s/known"; exit 0; }\necho "dpkg $*" >>"%s/asked"\n' \
        "$PWD" "$PWD" >bin/dpkg
    printf '#!/bin/sh\n[ "$1" = -n ] || exec "$@"\n' >bin/sudo
    chmod 755 bin/apt-get bin/dpkg bin/sudo
    : >known
    PATH=$PWD/bin:$PATH run -0 "$need" no-such-command:one:arm64
    assert_equal "$(head -n 1 asked)" 'dpkg --add-architecture arm64'
    assert_file_has asked -x 'apt-get .* install .* one:arm64'
    rm asked
    echo arm64 >known
    PATH=$PWD/bin:$PATH run -0 "$need" no-such-command:one:arm64
    refute_file_has asked dpkg
}
