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
