#!/usr/bin/env bats
# The manuals are true: compares them with the program, its sources and real runs. tests/readme.bats does the same for README.md.
load helper
load sessions

MAN=$ROOT/man/sse-server.8
STREAM=$ROOT/man/sse-server-stream.7
CASES=$ROOT/man/sse-server-cases.7

# man_section NAME: prints the source of one section of sse-server(8).
man_section() {
    awk -v name="$1" '$1 == ".Sh" { on = ($0 == ".Sh " name) } on' "$MAN"
}

# rendered FILE: prints a manual as text, without overstrikes.
rendered() {
    mandoc -T ascii "$1" | sed $'s/.\b//g'
}

# plain_limit NAME: prints the value of a limit in src/base/limits.h.
plain_limit() {
    local expression
    expression=$(sed -n "s/^ *$1 = \([0-9* ]*\),.*/\1/p" "$ROOT/src/base/limits.h")
    assert_not_empty "$expression" && echo $((expression))
}

# in_units VALUE UNIT: prints "32 KiB" in bytes, "10 s" in milliseconds, and "10,000" as 10000.
in_units() {
    local -A factors=([KiB]=1024 [MiB]=1048576 [bytes]=1 [min]=60000 [s]=1000 [ms]=1 [none]=1)
    local number=${1//,/} unit=${2:-none}
    echo $((number * factors[$unit]))
}

# table_of_parameters <HELP: prints the program's table of parameters. The fields of a line, between tabs: name, help, accepts.
table_of_parameters() {
    awk 'NR < 3 { next } /^$/ { exit } /^ / { sub(/^ +/, ""); print line "\t" $0; next } { line = $1; sub(/^[^ ]+ +/, ""); line = line "\t" $0 }'
}

# manual_parameters: prints the text on each parameter on one line, up to the end of the sentence "Takes ...".
manual_parameters() {
    sed -n '/^\.Sh PARAMETERS/,/^\.Sh ATTEMPTS/p' "$STREAM" |
        awk '/^\.It Cm / { line = $3 ":"; next } line { line = line " " $0 } line && line ~ / Takes .*\.$/ { print line; line = "" }'
}

# manual_examples: prints the example of each parameter. The fields of a line, between tabs: name, query.
manual_examples() {
    sed -n '/^\.Sh PARAMETERS/,/^\.Sh ATTEMPTS/p' "$STREAM" |
        awk '/^\.It Cm / { name = $3 } /^\.Ss/ { name = "" } name && sub(/^\.Dl \/stream\?/, "") { print name "\t" $0 }'
}

@test "sse-server(8) says before the options what the program runs on" {
    sed '/^The options are:/q' "$MAN" | assert_file_has - 'Linux only'
}

@test "mandoc finds no fault in the manuals" {
    run -0 mandoc -T lint -W all "$ROOT"/man/*
    assert_empty "$output"
}

@test "no line of a manual is wider than 80 columns, except one of HAProxy's that cannot be broken" {
    local manual
    for manual in "$ROOT"/man/*; do
        assert_empty "$(rendered "$manual" | awk 'length > 80' | grep -v 'balance hash .*regsub(' || :)"
        assert_at_least "$(rendered "$manual" | wc -l)" 50
    done
}

@test "the manuals refer to each other, and to no manual of ours that is not there" {
    local name
    grep -ohE 'sse-[a-z-]+\([1-8]\)' "$ROOT"/man/* "$ROOT/README.md" | sort -u >named
    assert_at_least "$(wc -l <named)" 5
    while read -r name; do
        assert_file_exists "$ROOT/man/$(tr '(' . <<<"${name%)}")"
    done <named
    for name in "$ROOT"/man/*; do
        assert_file_has named -xF "$(sed -n 's/^\.Dt \([A-Z-]*\) \([1-8]\)$/\L\1(\2)/p' "$name")"
    done
}

@test "sse-server(8) has its sections in the usual order" {
    diff <(sed -n 's/^\.Sh //p' "$MAN") - <<'END'
NAME
SYNOPSIS
DESCRIPTION
ENVIRONMENT
FILES
EXIT STATUS
EXAMPLES
SEE ALSO
STANDARDS
HISTORY
CAVEATS
SECURITY CONSIDERATIONS
END
}

@test "sse-server(8) describes exactly the options of the program" {
    "$SSE_SERVER" -h | sed -n 's/^  -\([A-Za-z]\), --\([a-z-]*\) .*/\1 \2/p' | sort >has
    assert_at_least "$(wc -l <has)" 9
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It Fl \([A-Za-z]\) , Fl -\([a-z-]*\)\( .*\)\{0,1\}$/\1 \2/p' | sort)
    diff <(cut -d ' ' -f 1 has) <(rendered "$MAN" | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | grep -oE '(^|[][ ])-[A-Za-z]' | grep -o '.$' | sort -u)
}

@test "sse-server(8) describes exactly the variables that the program reads" {
    local readers
    mapfile -t readers < <(grep -rl 'getenv(' "$ROOT/src")
    sed 's|^/\*.*||' "${readers[@]}" | grep -oE '"[A-Z]+(_[A-Z]+)*"' | tr -d '"' | sort -u >reads
    assert_file_has reads -x PORT
    assert_file_has reads -x NOTIFY_SOCKET
    assert_file_has reads -x TCPREMOTEIP
    diff reads <(man_section ENVIRONMENT | sed -n 's/ Ta .*//; s/^\.It Ev //p' | tr -s ' ,' '\n' | sort -u)
}

@test "sse-server(8) describes exactly the exit codes of the program" {
    sed -n 's/^ *EXIT_[A-Z]* = \([0-9]*\),.*/\1/p' "$ROOT/src/base/exit.h" | sort >has
    assert_at_least "$(wc -l <has)" 3
    diff has <(man_section 'EXIT STATUS' | sed -n 's/^\.It \([0-9]*\)$/\1/p' | sort)
}

@test "sse-server(8) describes exactly the statuses that the program answers with" {
    sed -n '/asked_for/q; s/^ *{\([1-5][0-9][0-9]\), ".*"},$/\1/p' "$ROOT/src/http/status_code.c" | sort >has
    assert_at_least "$(wc -l <has)" 14
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It \([1-5][0-9][0-9]\) Ta .*/\1/p' | sort)
}

@test "sse-server-stream(7) and secret.h list the words that make a field secret" {
    local word
    sed -n '/words\[\]/,/};/p' "$ROOT/src/http/secret.c" | grep -o '"[a-z_-]*"' | tr -d '"' >words
    assert_at_least "$(wc -l <words)" 11
    while read -r word; do
        assert_file_has <(sed -n '/shows no secrets/,/^\.Dl/p' "$STREAM") -w "$word"
        assert_file_has <(sed -n '/SECRET_VALUE if/,/\*\//p' "$ROOT/src/http/secret.h") -w "$word"
    done <words
}

@test "sse-server(8) names every path, and sse-server-stream(7) every parameter, with an example" {
    local word
    get /help 'Connection: close' | pipe_request | body_of | sed '/^$/,$d' | cut -d ' ' -f 1 >paths
    assert_equal "$(grep -c '^/[a-z]*$' paths)" 7
    while read -r word; do
        man_section DESCRIPTION | assert_file_has - -x "\.It Pa $word"
    done <paths
    pipe_request <<<$'GET /stream?nothing HTTP/1.0\r\n\r' | sed -n 's/.*accepted: //p' | tr -d ' ' | tr ',' '\n' >words
    assert_at_least "$(wc -l <words)" 30
    diff words <(sed -n '/^\.Sh PARAMETERS/,/^\.Sh ATTEMPTS/ s/^\.It Cm //p' "$STREAM")
    diff words <(manual_examples | cut -f 1)
}

@test "sse-server-stream(7) describes each parameter, and what it takes, in the program's words" {
    "$SSE_SERVER" -H | table_of_parameters >table
    diff <(awk -F '\t' '{ print $1 ": " $2 " Takes " $3 "." }' table) <(manual_parameters)
}

@test "the example of each parameter has that parameter" {
    local name query
    manual_examples >examples
    while IFS=$'\t' read -r name query; do
        assert_matches_regex "&$query" "&$name="
    done <examples
}

@test "the server accepts every path that a manual shows as an example" {
    local query
    sed -n 's/^\.Dl \/stream?//p' "$ROOT"/man/*.[1-8] | sed 's/delay=[0-9]*s/delay=0/; s/NAME/line-cr/' >queries
    assert_at_least "$(wc -l <queries)" 45
    while read -r query; do
        echo "$query"
        request "HEAD /stream?${query} HTTP/1.1" 'Host: x' 'Connection: close' | pipe_request -f "$PWD/status" | status_of >status_seen
        assert_not_empty "$(<status_seen)"
        [[ $query == forbid=* ]] || assert_not_equal "$(<status_seen)" 400
    done <queries
}

@test "sse-server-cases(7) has the number of cases in each group of APIs" {
    "$SSE_SERVER" -C | jq -r 'group_by(.group)[] | select(.[0].group | test("^(openai|responses|anthropic|gemini|ui-message|mcp)$")) |
        "\(.[0].group) \(length)"' | sort >has
    assert_equal "$(wc -l <has)" 6
    diff has <(sed -n 's/^\.It Cm \([a-z-]*\) No (\([0-9]*\) cases)$/\1 \2/p' "$CASES" | sort)
}

@test "sse-server-cases(7) has the formats of the program" {
    diff <("$SSE_SERVER" -H | table_of_parameters | sed -n 's/^format\t.*\tmessages, //p' | sed 's/, / /g; s/ or / /' | tr ' ' '\n' | sort) \
        <(sed -n '/^\.Sh FORMATS/,/^\.Ss/ s/^\.It Cm \([a-z-]*\)$/\1/p' "$CASES" | sort)
}

@test "the limits in sse-server(8) are those of the program" {
    local what name limit value unit
    while IFS=: read -r what name; do
        limit=$(sed -n "s|^\.It $what Ta \([^T]*\) Ta .*|\1|p" "$MAN")
        read -r value unit <<<"$limit"
        echo "$name: $value $unit"
        assert_equal "$(in_units "$value" "$unit")" "$(plain_limit "$name")"
    done <<'END'
Request target:LIMIT_TARGET
Request head:LIMIT_HEAD
Form body:LIMIT_FORM
text/event-stream body, and any on another path:LIMIT_BODY
Other body for a stream:LIMIT_UPLOAD
Beginning of a body for echo:LIMIT_BODY_KEPT
Nesting of a JSON body:LIMIT_JSON_DEPTH
id or model in a JSON body:LIMIT_JSON_MEMBER
Value that sub inserts:LIMIT_SUBSTITUTE
Bytes that sub reads:LIMIT_SUBSTITUTING
Parameters of a request:LIMIT_PARAMETERS
Value of a parameter other than raw:LIMIT_VALUE
Value of event or retry:LIMIT_LINE
Values of interval, gap or split:LIMIT_LIST
Bytes that buffer=all holds back:LIMIT_BUFFER
Messages with framing=length:LIMIT_COUNTED_MESSAGES
Text that a format repeats at its end:LIMIT_WHOLE
Silence after end=hang:LIMIT_HANG_MS
Stream that /expect reads:LIMIT_EXPECT
Pieces of that stream:LIMIT_EXPECT_PIECES
Keys:LIMIT_KEYS
Attempts in /log:LIMIT_ATTEMPTS
Beginning of a body in /log:LIMIT_BODY_KEPT
Fields that log names:LIMIT_LOG_FIELDS
Names of these fields together:LIMIT_LOG_NAMES
Value of such a field:LIMIT_LOG_FIELD
Wait until the shared file is created:LIMIT_FILE_MS
Wait until /log is free:LIMIT_JOURNAL_MS
Time for a head, and for a body:LIMIT_HEAD_MS
Wait after the client sends no more:LIMIT_HALF_CLOSED_MS
Time between two requests:LIMIT_IDLE_MS
Time without the client reading:LIMIT_WRITE_MS
Requests on a connection:LIMIT_REQUESTS
Streams in the status file:LIMIT_CLIENTS
Connections of a listener:LIMIT_CONNECTIONS
Chunk-size line of a body:LIMIT_CHUNK_LINE
Trailers of a body:LIMIT_TRAILERS
Time to read on after a refusal:LIMIT_LINGER_MS
Time for the last bytes after SIGTERM:LIMIT_STOP_MS
Sockets in LISTEN_FDS:LIMIT_SOCKETS
Token file:LIMIT_TOKEN
Log line:LIMIT_LOG_LINE
END
    assert_file_has "$MAN" "rests for $(plain_limit LIMIT_PAUSE_MS) milliseconds"
}

@test "the limits in the help are those of the program, and sse-server(8) has the same" {
    "$SSE_SERVER" -h >help
    assert_file_has help "^  -t, .* Default: $(($(plain_limit LIMIT_HEAD_MS) / 1000))\.$"
    assert_file_has help "^  -k, .* Default: $(($(plain_limit LIMIT_IDLE_MS) / 1000))\.$"
    assert_file_has help "^  -w, .* Default: $(($(plain_limit LIMIT_WRITE_MS) / 1000))\.$"
    assert_file_has help "^  -n, .* Default: $(plain_limit LIMIT_CONNECTIONS)\.$"
    assert_file_has "$MAN" ", 1 to $(plain_limit LIMIT_CONNECTIONS)\.$"
    assert_file_has "$MAN" " 1 to $(plain_limit LIMIT_SECONDS);"
}

@test "the commands in the manuals print what the manuals show" {
    local manual
    ln -s "$SSE_SERVER" sse-server
    serve_as ./sse-server
    in_background stream curl -sN "http://localhost:$PORT_USED/stream"
    until_true says stream 2
    for manual in "$MAN" "$STREAM" "$CASES"; do
        manual_sessions "$manual" >sessions.md
        try_sessions <sessions.md
        assert_at_least "$TRIED" 2
    done
}

@test "every other literal block of the manuals is run by a test" {
    local text file
    awk '/^\.Bd -literal/ { getline; if (!/^\$ /) print FILENAME ": " $0 }' "$ROOT"/man/*.[1-8] >blocks
    while IFS='|' read -r text file; do
        assert_not_empty "$(manual_block "$text")"
        assert_file_has "$ROOT/tests/$file" 'manual_block\|start_haproxy'
        assert_file_has "$ROOT/tests/$file" -F "$text"
        manual_block "$text" | head -n 1 >>run
    done <<'END'
bind :8000|heavy/balancer.bats
openssl req|tls.bash
execArgs|tls.bash
OPENSSL-LISTEN|tls.bash
mode tcp|heavy/tls.bats
printf 'GET|docs.bats
AUTH_TOKEN_FILE=|docs.bats
-e 60|docs.bats
service sse-server|superservers.bats
nowait|superservers.bats
tcpserver|superservers.bats
# either this|heavy/systemd.bats
disable --now sse-serverd.socket|heavy/systemd.bats
try-restart|heavy/systemd.bats
make uninstall|heavy/systemd.bats
userdel|heavy/systemd.bats
useradd|heavy/systemd.bats
systemctl restart sse-serverd.socket|heavy/systemd.bats
reset-failed|heavy/systemd.bats
systemd-sysusers|heavy/systemd.bash
ListenStream=|heavy/systemd.bats
LoadCredential=|heavy/systemd.bats
TasksMax=|heavy/systemd.bats
ProtectSystem=no|heavy/systemd.bats
OPENAI_BASE_URL=|heavy/sdks.bats
trace-time URL|replay_served.bats
script -q|replay_served.bats
sse-replay trace.txt)"|replay_served.bats
cut=500|replay_served.bats
END
    # The blocks on MCP are run by tests/heavy/mcp.js.
    { cat run; awk '/^\.Sh / { on = ($0 == ".Sh MCP") } on && /^\.Bd -literal/ { getline; print }' "$CASES"; } | sort >known
    diff <(sed 's/^[^:]*: //; s/\\e/\\/g' blocks | sort) known
}

@test "the manual's example of a connection without a network works" {
    PATH=$(dirname "$SSE_SERVER"):$PATH
    manual_block "printf 'GET" >example
    bash -e example >answer 2>log
    assert_equal "$(grep -c '^id: ' answer)" 3
    assert_file_has answer '^X-Expected-Events'
}

@test "the manual's example of a listener with a token listens and requires the token" {
    echo secret >token
    free_port
    manual_block AUTH_TOKEN_FILE= | sed "s|/etc/sse-server/token|$PWD/token|; s|8080|$FREE_PORT|; s|sse-server -l|exec $SSE_SERVER -l|" >example
    in_background log bash -c '. ./example'
    server_is_ready log
    assert_equal "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" 401
    assert_equal "$(curl -s -H 'Authorization: Bearer secret' "$URL/status")" "{}"
}

@test "the manual's example of a listener for tests says which port it has, and ends with 0 when told" {
    PATH=$(dirname "$SSE_SERVER"):$PATH
    in_background log bash -c "exec $(manual_block '-e 60')"
    server_is_ready log
    assert_equal "$(curl -s "$URL/status")" "{}"
    kill "$LAST"
    wait "$LAST"
}
