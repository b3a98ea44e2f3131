#!/usr/bin/env bats
# The programs and configurations in README.md for tests in other languages, exactly as they are there.
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

# as_json TEXT: README.md's block of YAML with this text, as JSON.
as_json() {
    readme_block "$1" | python3 -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))'
}

@test "the compose file waits for the health check, which the image has" {
    as_json 'services:' >compose.json
    assert_equal "$(jq -r '.services["sse-server"].image' compose.json)" sse-server
    assert_equal "$(jq -r '.services.tests.depends_on["sse-server"].condition' compose.json)" service_healthy
    assert_equal "$(jq -r '.services.tests.environment.SSE_URL' compose.json)" "http://sse-server:$(sed -n 's/^EXPOSE //p' "$ROOT/Dockerfile")"
    assert_file_has "$ROOT/Dockerfile" '^HEALTHCHECK .*"/sse-server", "-c"'
    assert_file_has "$ROOT/README.md" 'docker build -t sse-server '
}

@test "the service in CI has the port of the image, and its step gets a stream" {
    as_json 'runs-on:' >ci.json
    assert_equal "$(jq -r '.jobs.test.services["sse-server"].ports[0]' ci.json)" "8080:$(sed -n 's/^EXPOSE //p' "$ROOT/Dockerfile")"
    start_server
    bash -ec "$(jq -r '.jobs.test.steps[0].run' ci.json | sed "s/localhost:8080/127.0.0.1:$PORT_USED/; s/curl/curl -s/")" >answer
    assert_file_has answer -x 'id: message-1'
}
