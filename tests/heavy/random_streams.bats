#!/usr/bin/env bats
# What /expect says of random combinations of all parameters, next to what a client makes of the stream: tests/heavy/random_streams.js
# reads it over HTTP, with an interpreter of its own. Each run has a new seed; SEED=N repeats one.
load ../helper

@test "/expect is right about 5,000 random combinations of parameters, and refuses what the stream refuses" {
    start_server
    run timeout 300 node "$ROOT/tests/heavy/random_streams.js" "$PORT_USED" 5000 "${SEED:-$RANDOM$RANDOM}"
    echo "# ${lines[-1]}" >&3
    echo "$output"
    assert_equal "$status" 0
    assert_matches "${lines[-1]}" 'seed *: 5[0-9][0-9][0-9] compared, *, 0 different'
}
