#!/usr/bin/env bats
# The programs in README.md for tests in other languages, exactly as they are there. compose.bats runs the two files of YAML.
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    ln -s "$SSE_SERVER" sse-server
}

# servers_here: prints the servers that run in this directory.
servers_here() {
    find /proc/[0-9]*/cwd -maxdepth 0 -lname "$PWD" -printf '%h/cmdline\n' 2>/dev/null | xargs -r grep -laz '^\./sse-server$' 2>/dev/null
}

# serves_a_test COMMAND...: the program starts a server, prints a stream of it, and leaves no server.
serves_a_test() {
    timeout 120 "$@" >answer 2>errors || { cat errors && return 1; }
    assert_file_has answer -x 'id: message-1'
    assert_file_has answer '"random": "spheIGLpzXpFGMIH"'
    gone() { assert_empty "$(servers_here)"; }
    until_true gone
}

@test "a server that a program leaves would be seen" {
    in_background log ./sse-server -l 127.0.0.1:0
    server_is_ready log
    assert_equal "$(servers_here)" "/proc/$LAST/cmdline"
}

@test "the program for Node runs" {
    readme_block 'node:child_process' >program.mjs
    serves_a_test node program.mjs
}

@test "the program for Python runs" {
    readme_block 'import re' >program.py
    serves_a_test python3 program.py
}

@test "the lines for Go run in a program" {
    {
        printf 'package main\nimport (\n'
        printf '"%s"\n' fmt io net/http os os/exec syscall
        printf ')\nfunc main() {\n'
        readme_block exec.Command
        printf '}\n'
    } >program.go
    GOCACHE=$PWD/cache GOPATH=$PWD/path GOFLAGS=-mod=mod GOTOOLCHAIN=local go build -o program program.go
    serves_a_test ./program
}
