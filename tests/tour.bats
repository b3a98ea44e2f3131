#!/usr/bin/env bats
# The ten experiments of README.md: the server does at their URLs what README.md says.
load helper

# experiments: prints their URLs, one per line.
experiments() {
    awk '/^## / { on = ($0 == "## Ten experiments") } on && /^[0-9]+\. / { found = 0 }
        on && !found && match($0, /localhost:8080\/[^'\'']*/) { print substr($0, RSTART, RLENGTH); found = 1 }' "$ROOT/README.md"
}

# experiment NUMBER: starts a server. Sets $EXPERIMENT to the URL of the experiment on it.
experiment() {
    start_server
    EXPERIMENT=$(experiments | sed -n "$1s|localhost:8080|$URL|p")
    assert_not_empty "$EXPERIMENT"
}

# try [CURL OPTION...]: writes the answer to the files fields and body. Gives up after ten seconds.
try() {
    curl -sN -m 10 -D fields -o body "$@" "$EXPERIMENT"
}

# has_field LINE: the head of the answer has this line.
has_field() {
    assert_file_has fields -xF "$1"$'\r'
}

# ids: prints the IDs of the complete events of the answer, on one line.
ids() {
    tr -d '\r' <body | awk '/^id: / { id = $2 } /^$/ { print id }' | paste -sd ' '
}

serves_no_client() {
    assert_empty "$(children "$SERVER")"
}

@test "there are ten experiments" {
    assert_equal "$(experiments | grep -c '^localhost:8080/stream?')" 10
}

@test "1: it stalls after three messages and keeps the connection open until the client closes it" {
    experiment 1
    in_background log curl -sN -m 30 -o body "$EXPERIMENT"
    until_true eval '[ "$(ids)" = "hello message-1 message-2 message-3" ]'
    kill -0 "$LAST"
    kill "$LAST"
    until_true serves_no_client
    run -28 curl -sN -m 1 -o body -H 'Last-Event-ID: message-3' "$EXPERIMENT"
    assert_equal "$(ids)" "hello message-3 message-4 message-5"
}

@test "2: it is reset in the middle of message-2, which is whole after the client reconnects" {
    experiment 2
    run -56 try
    assert_equal "$(ids)" "hello message-1"
    assert_equal "$(wc -c <body)" 200
    assert_file_has body -x 'id: message-2'
    try -H 'Last-Event-ID: message-1'
    assert_equal "$(ids)" "hello message-2 message-3 message-4"
}

@test "3: two attempts get a 503, the third gets the stream" {
    experiment 3
    try -b jar -c jar
    assert_equal "$(status_of <fields)" 503
    try -b jar -c jar
    assert_equal "$(status_of <fields)" 503
    in_background log curl -sN -m 30 -b jar -D fields -o body "$EXPERIMENT"
    until_true grep -qs '^id: message-1' body
    assert_equal "$(status_of <fields)" 200
}

@test "4: each byte is a chunk of its own, also the CR and the LF of a line end" {
    experiment 4
    try --raw
    od -An -v -tx1 -w6 body | sed 's/^ //' >chunks
    tail -n 1 chunks | assert_file_has - -x '30 0d 0a 0d 0a'
    refute_file_has <(sed '$d' chunks) -v '^31 0d 0a .. 0d 0a$'
    sed '$d' chunks | cut -c 10,11 | paste -sd ' ' >bytes
    assert_equal "$(grep -o '0d 0a' bytes | wc -l)" "$(grep -o '0a' bytes | wc -l)"
    assert_equal "$(grep -o '0d 0a 0d 0a' bytes | wc -l)" 2
}

@test "5: the data of the event has 5 MiB" {
    experiment 5
    try
    assert_equal "$(ids)" "hello message-1"
    assert_equal "$(sed -n '/^id: message-1$/,$ s/^data: //p' body | head -c -1 | wc -c)" 5242880
    assert_at_least "$(wc -L <body)" 5000001
}

@test "6: the stream has the wrong type, and a browser does not show it as a page" {
    experiment 6
    try
    assert_equal "$(status_of <fields)" 200
    assert_equal "$(ids)" "hello message-1"
    has_field 'Content-Type: text/html'
    has_field 'X-Content-Type-Options: nosniff'
    has_field 'Content-Security-Policy: sandbox'
}

@test "7: it redirects, and a client that follows gets the stream" {
    experiment 7
    try
    assert_equal "$(status_of <fields)" 307
    has_field 'Location: /stream?count=1'
    assert_equal "$(ids)" hello
    try -L
    assert_equal "$(statuses <fields)" "307 200"
    EXPERIMENT=${EXPERIMENT%location=*}location= try
    has_field 'Location: '
}

@test "8: it says when to reconnect, and ends" {
    experiment 8
    try
    assert_equal "$(head -n 1 body)" 'retry: 1000'
    assert_equal "$(ids)" "hello message-1"
}

@test "9: it requires a token, and lets another origin send it" {
    local origin=(-H 'Origin: http://a.example')
    experiment 9
    try "${origin[@]}"
    assert_equal "$(status_of <fields)" 401
    has_field 'WWW-Authenticate: Bearer'
    has_field 'Access-Control-Allow-Origin: http://a.example'
    try "${origin[@]}" -X OPTIONS -H 'Access-Control-Request-Headers: authorization'
    assert_equal "$(status_of <fields)" 204
    has_field 'Access-Control-Allow-Origin: http://a.example'
    has_field 'Access-Control-Allow-Headers: authorization'
    has_field 'Access-Control-Allow-Credentials: true'
    try "${origin[@]}" --oauth2-bearer T
    assert_equal "$(status_of <fields)" 200
    assert_equal "$(ids)" "hello message-1"
}

@test "10: it continues after the message that the client has" {
    experiment 10
    try
    assert_equal "$(ids)" "hello message-1 message-2 message-3"
    try -H 'Last-Event-ID: message-3'
    assert_equal "$(ids)" "hello message-4 message-5 message-6"
    try -H 'Last-Event-ID: message-6'
    assert_equal "$(ids)" "hello message-7 message-8 message-9"
}
