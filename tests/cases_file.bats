#!/usr/bin/env bats
# sse-server -C: all named cases as one JSON file, for tests of a parser that has no HTTP.
load helper
load writes

setup_file() {
    "$SSE_SERVER" -C >"$BATS_FILE_TMPDIR/file" 2>"$BATS_FILE_TMPDIR/errors"
}

# of_file FILTER: what jq makes of the file.
of_file() {
    jq -r "$1" "$BATS_FILE_TMPDIR/file"
}

# cases_of_server: prints the list of /cases.
cases_of_server() {
    get /cases 'Connection: close' 'Accept: application/json' | pipe_request | body_of
}

@test "-C prints every case of /cases, in its order, with all that is known of it" {
    assert_file_empty "$BATS_FILE_TMPDIR/errors"
    cases_of_server | jq -c 'map({name, group, means, link})' >wanted
    of_file 'map({name, group, means, link}) | tojson' | diff wanted -
    assert_equal "$(of_file 'map(keys) | unique | tojson')" '[["discarded","disputed","end","events","group","lastEventId","link","means","name",'`
        `'"reconnectionTime","reconnects","reconnectsWith","status","type","writes"]]'
}

@test "-C prints the same each time, whatever the environment, and long options do too" {
    "$SSE_SERVER" -C | cmp "$BATS_FILE_TMPDIR/file" -
    AUTH_TOKEN=secret PORT=80 REMOTE_ADDR=192.0.2.9 REMOTE_PORT=9 "$SSE_SERVER" --cases | cmp "$BATS_FILE_TMPDIR/file" -
}

@test "what -C prints of a case is what /expect says of it" {
    cases_of_server | jq -r '.[].expect | "GET \(.) HTTP/1.1\r\nHost: x\r\n\r"' >asked
    REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 pipe_request <asked | grep -a '^{"events":' | jq -S -c . >wanted
    of_file '.[] | del(.name, .group, .means, .link, .status, .type, .end, .writes) | tojson' | jq -S -c . | diff wanted -
}

@test "the writes that -C prints are those of /stream, in bytes and in number" {
    local name
    # Without what waits, what is coded, and what is long.
    cases_of_server | jq -r --arg long "$LONG_QUERY|encoding=|end=|size=|fill=|loop=" '.[] | select(.query | test($long) | not) | .name' >plain
    of_file '.[] | select(.status == 200) | .name' | grep -xFf plain | grep -v '^way-\(slow-bytes\|pause\|delay\)$' >names
    assert_at_least "$(wc -l <names)" 240
    while read -r name; do
        # Framed by chunks of its own, the case that is about chunks has other writes.
        [ "$name" != way-chunk-1 ] || continue
        capture "case=$name&framing=close"
        body_writes >wanted
        jq -r --arg name "$name" '.[] | select(.name == $name) | .writes[]' "$BATS_FILE_TMPDIR/file" >encoded
        assert_equal "$(wc -l <encoded)" "$(wc -l <wanted)" || { echo "$name" && return 1; }
        unescaped <wanted >wanted.bytes
        while read -r line; do base64 -d <<<"$line"; done <encoded | cmp - wanted.bytes || { echo "$name" && return 1; }
    done <names
}

@test "the writes of a long case are those of /stream too, and a coded body is printed as it was before" {
    local name
    for name in size-data-65537 size-data-1m size-small-writes size-thousand-events way-gzip way-chunk-1; do
        get "/stream?case=$name" 'Connection: close' >asked
        sed 's/HTTP\/1.1/HTTP\/1.0/; s/case=way-chunk-1/case=way-length/; s/case=way-gzip/&\&encoding=identity/' asked | pipe_request | body_of >wanted
        jq -r --arg name "$name" '.[] | select(.name == $name) | .writes[]' "$BATS_FILE_TMPDIR/file" >encoded
        while read -r line; do base64 -d <<<"$line"; done <encoded | cmp - wanted || { echo "$name" && return 1; }
    done
    assert_equal "$(of_file '.[] | select(.name == "size-small-writes") | .writes[:-1] | map(@base64d | length) | unique | tojson')" '[6,7]'
}

@test "-C tells the status, the type and the end of each case" {
    assert_equal "$(of_file '.[] | select(.name == "status-404") | [.status, .type, .end] | tojson')" '[404,"text/event-stream","close"]'
    assert_equal "$(of_file '.[] | select(.name == "status-204") | [.status, .writes] | tojson')" '[204,[]]'
    assert_equal "$(of_file '.[] | select(.name == "type-html") | .type')" text/html
    assert_equal "$(of_file '.[] | select(.name == "type-none") | .type')" null
    cases_of_server | jq -r '.[] | [.name, (.query | capture("(^|&)end=(?<word>[a-z]+)").word // "close")] | @tsv' >wanted
    of_file '.[] | [.name, .end] | @tsv' >seen
    join -t $'\t' <(sort wanted) <(sort seen) | awk -F '\t' '$2 != $3' >different
    assert_file_empty different
}

@test "-C says that it failed if standard output is full or closed, and ends if its reader leaves" {
    run -111 --separate-stderr bash -c '"$1" -C >/dev/full' _ "$SSE_SERVER"
    assert_contains "$stderr" 'Cannot write the cases to standard output'
    run -111 --separate-stderr bash -c '"$1" -C >&-' _ "$SSE_SERVER"
    assert_contains "$stderr" 'Cannot write the cases to standard output'
    run -111 --separate-stderr bash -c 'set -o pipefail; "$1" -C | head -c 9' _ "$SSE_SERVER"
    assert_equal "$output" '[{"name":'
}
