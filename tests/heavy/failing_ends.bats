#!/usr/bin/env bats
# Which real clients report a stream that fails, and which take it for one that ends well.
load ../helper

setup_file() {
    export NODE_PATH=$BATS_FILE_TMPDIR/node_modules
    timeout 120 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR" playwright-core \
        undici-6.24.1@npm:undici@6.24.1 undici-7.8.0@npm:undici@7.8.0 undici-7@npm:undici@7
}

# What clients take for a proper end, though it is none. The defect is the client's own: after "Connection: close", which a body that ends
# with the connection needs, undici takes a reset for the end of the connection.
DEFECTS="Node's fetch|reset, framing=close
undici 6.24.1|reset, framing=close
undici 7.8.0|reset, framing=close
undici, newest 7|reset, framing=close"

@test "clients report every failing end, except for their known defects, and none reports a proper one" {
    start_server
    timeout 200 node "$ROOT/tests/heavy/failing_ends.js" "$URL" >outcomes
    sed 's/^/# /' outcomes >&3
    assert_equal "$(wc -l <outcomes)" 80
    refute_file_has outcomes 'does not end$'
    # an EventSource reports every end by the same event
    diff <(sort <<<"$DEFECTS") <(sed -n '/|close|/d; s/|ends well$//p' outcomes | sort)
    assert_equal "$(grep '|close|' outcomes | grep -v 'ends well$')" "Chromium's EventSource|close|fails"
}

@test "the manual names the clients that take a failure for a proper end" {
    sed -n '/^These are the failures that a client takes for a proper end/,/^\.El/p' "$ROOT/man/sse-server-stream.7" | paste -sd ' ' >list
    assert_file_has list -F '.It undici 6.24.1 (fetch of Node 20), 7.8.0 and newer .Cm end Ns =reset with .Cm framing Ns =close '
    assert_file_has list -F '.It curl, urllib of Python, fetch of Chromium none '
}

@test "fetch gets the 413 for a body of 7 MB, and of 68 MB" {
    local fetch
    start_server
    for fetch in fetch "require('undici-6.24.1').fetch" "require('undici-7.8.0').fetch" "require('undici-7').fetch"; do
        node -e "$fetch('$URL/with/count=0/v1', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'x'.repeat(68e6) })
            .then(async (response) => console.log(response.status, (await response.text()).length > 0), (error) => console.log(error.cause))" >answer
        assert_equal "$fetch: $(cat answer)" "$fetch: 413 true"
    done
    for fetch in fetch "require('undici-6.24.1').fetch" "require('undici-7.8.0').fetch" "require('undici-7').fetch"; do
        node -e "$fetch('$URL/expect', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'x'.repeat(7e6) })
            .then(async (response) => console.log(response.status, (await response.text()).length > 0), (error) => console.log(error.cause))" >answer
        assert_equal "$fetch: $(cat answer)" "$fetch: 413 true"
    done
}
