#!/usr/bin/env bats
# The soak in its short form; make soak runs it with 5,000 clients for ten minutes.
load helper

@test "kills, cuts and stalls cost no other client a message, /status a true answer, or the listener anything" {
    CLIENTS=200 SECONDS_TO_RUN=10 SSE_SERVER=$SSE_SERVER TOOLS=$TOOLS "$ROOT/tests/run_soak" >figures || { cat figures && false; }
    assert_file_has figures -xF '| wrong answers | 0 |'
    assert_file_has figures -xF '| lost, repeated or altered messages | 0 |'
    assert_file_has figures -xF '| clients at a time | 200 |'
}
