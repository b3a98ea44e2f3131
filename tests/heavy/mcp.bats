#!/usr/bin/env bats
# The client of MCP's own SDK meets the sessions of the section "MCP" in sse-server-cases(7), whose parameters and code
# it takes as they are.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    cp "$ROOT/tests/heavy/package.json" "$BATS_FILE_TMPDIR"
    timeout 180 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR"
}

@test "MCP's own client meets each session of the manual, 200 in all, without a failure" {
    start_server
    run timeout 300 node "$ROOT/tests/heavy/mcp.js" "$ROOT/man/sse-server-cases.7" "$URL" 200
    echo "$output"
    assert_equal "$status" 0
    assert_equal "$output" '200 runs, 0 failed'
}

@test "a run fails if a session is not what the manual says, and shows its URL, the error and what the server saw" {
    sed 's/^POST.4.status=404/POST.4.status=410/' "$ROOT/man/sse-server-cases.7" >changed.7
    start_server
    run -1 timeout 100 node "$ROOT/tests/heavy/mcp.js" changed.7 "$URL" 7
    assert_equal "${lines[0]}" 'lost session'
    assert_contains "$output" 'Error: Streamable HTTP error: Error POSTing to endpoint'
    assert_contains "$output" "$URL/stream?by=key&"
    assert_contains "$output" '"status":410'
    assert_equal "${lines[-1]}" '7 runs, 1 failed'
}
