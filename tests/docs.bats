#!/usr/bin/env bats
# The documentation is true: compares man/sse-server.8 and README.md with the program, its sources and real runs.
load helper
load sessions

MAN=$ROOT/man/sse-server.8
README=$ROOT/README.md

# man_section NAME: prints the source of one section of the manual.
man_section() {
    awk -v name="$1" '$1 == ".Sh" { on = ($0 == ".Sh " name) } on' "$MAN"
}

# rendered: prints the manual as text, without overstrikes.
rendered() {
    mandoc -T ascii "$MAN" | sed $'s/.\b//g'
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

# readme_limits: prints README.md's table of limits. The fields of a line, between tabs: NAME, limit, what.
readme_limits() {
    # shellcheck disable=SC2016
    sed -n 's/^| \([^|]*\) | \([^|]*\) | [^|]* | `\(LIMIT_[A-Z_]*\)` |$/\3\t\2\t\1/p' "$README"
}

# table_of_parameters <HELP: prints the program's table of parameters. The fields of a line, between tabs: name, help, accepts.
table_of_parameters() {
    awk 'NR < 3 { next } /^$/ { exit } /^ / { sub(/^ +/, ""); print line "\t" $0; next } { line = $1; sub(/^[^ ]+ +/, ""); line = line "\t" $0 }'
}

# manual_parameters: prints the manual's text on each parameter on one line, up to the end of the sentence "Takes ...".
manual_parameters() {
    man_section DESCRIPTION | awk '/^\.It Cm / { line = $3 ":"; next } line { line = line " " $0 } line && line ~ / Takes .*\.$/ { print line; line = "" }'
}

# readme_parameters: prints README.md's table of parameters. The fields of a line, between tabs: name, help, example query.
readme_parameters() {
    # shellcheck disable=SC2016
    section Parameters | sed -nE 's/^\| `(([^`]*&)?([A-Za-z]+)=[^`&]*)` \| (.*) \|$/\3\t\4\t\1/p'
}

# section HEADING, all_but HEADING: prints README.md's section with this second-level heading, or all other sections.
section() {
    awk -v name="## $1" '/^## / { on = ($0 == name) } on' "$README"
}

all_but() {
    awk -v name="## $1" '/^## / { on = ($0 == name) } !on' "$README"
}

@test "README and the manual say early what the program runs on, and README what make run needs" {
    sed '/^## Quick start/q' "$ROOT/README.md" | assert_file_has - 'Linux only'
    sed '1,/^## Quick start/d' "$ROOT/README.md" | head -n 3 | assert_file_has - 'needs only a C compiler and `make`'
    sed '/^\.Bl/q' "$ROOT/man/sse-server.8" | assert_file_has - 'Linux only'
}

@test "mandoc finds no fault in the manuals" {
    run -0 mandoc -T lint -W all "$MAN" "$ROOT/man/sse-replay.1"
    assert_empty "$output"
}

@test "no line of the manual is wider than 80 columns" {
    assert_empty "$(rendered | awk 'length > 80')"
    assert_at_least "$(rendered | wc -l)" 101
}

@test "the manual has its sections in the usual order" {
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

@test "the manual describes exactly the options of the program" {
    "$SSE_SERVER" -h | sed -n 's/^  -\([A-Za-z]\), --\([a-z-]*\) .*/\1 \2/p' | sort >has
    assert_at_least "$(wc -l <has)" 9
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It Fl \([A-Za-z]\) , Fl -\([a-z-]*\)\( .*\)\{0,1\}$/\1 \2/p' | sort)
    diff <(cut -d ' ' -f 1 has) <(rendered | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | grep -oE '(^|[][ ])-[A-Za-z]' | grep -o '.$' | sort -u)
}

@test "the manual describes exactly the variables that the program reads" {
    local readers
    mapfile -t readers < <(grep -rl 'getenv(' "$ROOT/src")
    sed 's|^/\*.*||' "${readers[@]}" | grep -oE '"[A-Z]+(_[A-Z]+)*"' | tr -d '"' | sort -u >reads
    assert_file_has reads -x PORT
    assert_file_has reads -x NOTIFY_SOCKET
    assert_file_has reads -x TCPREMOTEIP
    diff reads <(man_section ENVIRONMENT | sed -n 's/ Ta .*//; s/^\.It Ev //p' | tr -s ' ,' '\n' | sort -u)
}

@test "the manual describes exactly the exit codes of the program" {
    sed -n 's/^ *EXIT_[A-Z]* = \([0-9]*\),.*/\1/p' "$ROOT/src/base/exit.h" | sort >has
    assert_at_least "$(wc -l <has)" 3
    diff has <(man_section 'EXIT STATUS' | sed -n 's/^\.It \([0-9]*\)$/\1/p' | sort)
}

@test "the manual describes exactly the statuses that the program answers with" {
    sed -n '/asked_for/q; s/^ *{\([1-5][0-9][0-9]\), ".*"},$/\1/p' "$ROOT/src/http/status_code.c" | sort >has
    assert_at_least "$(wc -l <has)" 14
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It \([1-5][0-9][0-9]\) Ta .*/\1/p' | sort)
}

@test "the manual, README.md and secret.h list the words that make a field secret" {
    local word
    sed -n '/words\[\]/,/};/p' "$ROOT/src/http/secret.c" | grep -o '"[a-z_-]*"' | tr -d '"' >words
    assert_at_least "$(wc -l <words)" 11
    while read -r word; do
        assert_file_has <(man_section DESCRIPTION | sed -n '/shows no secrets/,/\.El/p') -w "$word"
        assert_file_has "$README" "\`$word\`"
        assert_file_has <(sed -n '/SECRET_VALUE if/,/\*\//p' "$ROOT/src/http/secret.h") -w "$word"
    done <words
}

@test "the manual and README.md name every path and every parameter" {
    local word
    get /help 'Connection: close' | pipe_request | body_of | sed '/^$/,$d' | cut -d ' ' -f 1 >paths
    assert_equal "$(grep -c '^/[a-z]*$' paths)" 7
    while read -r word; do
        man_section DESCRIPTION | assert_file_has - -x "\.It Pa $word"
        assert_file_has "$README" "\`$word\`"
    done <paths
    pipe_request <<<$'GET /stream?nothing HTTP/1.0\r\n\r' | sed -n 's/.*accepted: //p' | tr -d ' ' | tr ',' '\n' >words
    assert_at_least "$(wc -l <words)" 30
    diff words <(man_section DESCRIPTION | sed -n 's/^\.It Cm //p')
    diff words <(readme_parameters | cut -f 1)
}

@test "the manual and README.md describe each parameter, and what it takes, in the program's words" {
    "$SSE_SERVER" -H | table_of_parameters >table
    diff <(awk -F '\t' '{ print $1 ": " $2 " Takes " $3 "." }' table) <(manual_parameters)
    diff <(cut -f 1,2 table) <(readme_parameters | cut -f 1,2)
}

@test "the server accepts the example of each parameter in README.md" {
    local query
    while IFS=$'\t' read -r _ _ query; do
        echo "$query"
        request "HEAD /stream?${query} HTTP/1.1" 'Host: x' 'Connection: close' | pipe_request | status_of >status
        assert_not_equal "$(<status)" 400
    done < <(readme_parameters | sed 's/delay=[0-9]*s/delay=0/')
}

@test "the limits in README.md are those of the program, and the manual has the same" {
    local name limit what value unit
    readme_limits >limits
    assert_at_least "$(wc -l <limits)" 10
    while IFS=$'\t' read -r name limit what; do
        read -r value unit <<<"${limit%%, \`-*}"
        echo "$name: $value $unit"
        assert_equal "$(in_units "$value" "$unit")" "$(plain_limit "$name")"
        assert_file_has "$MAN" "^\.It $what Ta $value${unit:+ $unit} Ta "
    done <limits
}

@test "the limits that only the manual shows are those of the program" {
    local what name limit value unit
    while IFS=: read -r what name; do
        limit=$(sed -n "s/^\.It $what Ta \([^T]*\) Ta .*/\1/p" "$MAN")
        read -r value unit <<<"$limit"
        echo "$name: $value $unit"
        assert_equal "$(in_units "$value" "$unit")" "$(plain_limit "$name")"
    done <<'END'
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

@test "the limits in the help are those of the program, and the manual has the same" {
    "$SSE_SERVER" -h >help
    assert_file_has help "^  -t, .* Default: $(($(plain_limit LIMIT_HEAD_MS) / 1000))\.$"
    assert_file_has help "^  -k, .* Default: $(($(plain_limit LIMIT_IDLE_MS) / 1000))\.$"
    assert_file_has help "^  -w, .* Default: $(($(plain_limit LIMIT_WRITE_MS) / 1000))\.$"
    assert_file_has help "^  -n, .* Default: $(plain_limit LIMIT_CONNECTIONS)\.$"
    assert_file_has "$MAN" ", 1 to $(plain_limit LIMIT_CONNECTIONS)\.$"
    assert_file_has "$MAN" " 1 to $(plain_limit LIMIT_SECONDS);"
}

@test "the quick start of README.md works in a fresh copy of the sources" {
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    unset MAKEFLAGS MFLAGS MAKELEVEL
    section 'Quick start' | grep -v 'PORT=' >quick.md
    PATIENCE=120 try_sessions <quick.md # builds first, while other tests run
    assert_equal "$TRIED" 2
    assert_file_exists sse-server
    run -0 ./sse-server -V
}

@test "the other commands of README.md print what it shows" {
    ln -s "$SSE_SERVER" sse-server
    serve_as ./sse-server
    in_background stream curl -sN "http://localhost:$PORT_USED/stream"
    until_true says stream 2
    { all_but 'Quick start'; section 'Quick start' | sed '/^\$ make run$/,/^```$/d'; } >others.md
    try_sessions <others.md
    assert_at_least "$TRIED" 8
}

@test "jq reads the answer of /status in README.md" {
    sed -n 's/^{"\[::1\].*/&/p' "$README" | jq -e 'to_entries | length == 1 and .[0].key == .[0].value.remote'
}

@test "the files and headings that README.md links to exist" {
    local target anchors
    anchors=$(sed -n 's/^##* //p' "$README" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9\n-')
    grep -oE '\]\([^)]+\)' "$README" | sed 's/^](//; s/)$//' >links
    refute_file_empty links
    while read -r target; do
        echo "$target"
        case $target in
        https://*) ;;
        '#'*) assert_file_has - -x "${target#'#'}" <<<"$anchors" ;;
        *) assert_file_exists "$ROOT/$target" ;;
        esac
    done <links
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
