#!/usr/bin/env bats
# /expect: what a conforming client makes of the stream that has these parameters.
#
# Over pipes, and with a peer that is given, so that the hello is the same each time.
load helper
export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=5

# ask_at PATH?QUERY [FIELD...]: The answer goes to the file answer.
ask_at() {
    get "$1" 'Connection: close' "${@:2}" | timeout 10 "$SSE_SERVER" -i >answer 2>log
}

# expected QUERY [FIELD...]: what /expect says, which the answer then is.
expected() {
    ask_at "/expect?$1" "${@:2}"
    [ "$(status_of <answer)" = 200 ] || { echo "for $1:" && cat answer && return 1; }
    body_of <answer
}

# is_expected QUERY FILTER WANTED [FIELD...]: what jq makes of it.
is_expected() {
    local made
    made=$(expected "$1" "${@:4}" | jq -c "$2")
    [ "$made" = "$3" ] || { echo "$2 of $1 is not $3 but $made"; return 1; }
}

NOTHING='{"events":[],"reconnectionTime":null,"lastEventId":"","discarded":null}'

# data LENGTH: a value of raw whose event has as much data, and 7 bytes more.
data() {
    printf 'data:%*s%%0A%%0A' "$1" '' | tr ' ' x
}

@test "pieces that are empty do not end a stream, not even one that loops for ever" {
    is_expected 'raw=&raw=data:1%0A%0A&loop=forever&cut=21' '.events | map(.data)' '["1","1"]'
    is_expected 'raw=data:1%0A%0A&raw=&loop=3' '.events | length' 3
}

@test "a stream of very many pieces is refused at once, however little is in them" {
    local empty
    empty=$(printf '9.raw=&%.0s' {1..250})
    ask_at "/expect?${empty}raw=x&loop=forever&cut=1M"
    is_refusal answer 400 'no end within 16384 pieces'
    ask_at '/expect?raw=&raw=x&loop=16384'
    is_refusal answer 400 'no end within 16384 pieces'
    is_expected 'raw=%0A&raw=data:x%0A%0A&loop=8192' '.events | length' 8192
}

@test "a type that comes as a field counts as one that comes as the type, and the last one counts" {
    expected 'raw=data:x%0A%0A&header=content-TYPE:text/html' | grep -Fqx "$NOTHING"
    is_expected 'raw=data:x%0A%0A&type=&header=Content-Type:+text/event-stream;charset=x' '.events | length' 1
    is_expected 'raw=data:x%0A%0A&type=text/html&header=X:text/html&header=Content-Type:text/event-stream' '.events | length' 1
}
