#!/usr/bin/env bats
# What the documentation says is so: man/sse-server.8 and README.md against the program, its sources, and real runs.
load helper

MAN=$ROOT/man/sse-server.8
README=$ROOT/README.md

# man_section NAME: the source of one section of the manual.
man_section() {
    awk -v name="$1" '$1 == ".Sh" { on = ($0 == ".Sh " name) } on' "$MAN"
}

# rendered: the manual as text, without overstrikes.
rendered() {
    mandoc -T ascii "$MAN" | sed $'s/.\b//g'
}

# plain_limit NAME: the value that src/base/limits.h gives a limit.
plain_limit() {
    local expression
    expression=$(sed -n "s/^ *$1 = \([0-9* ]*\),.*/\1/p" "$ROOT/src/base/limits.h")
    [ -n "$expression" ] && echo $((expression))
}

# in_units VALUE UNIT: "32 KiB" as bytes, "10 s" as milliseconds, "10,000" as it is.
in_units() {
    local -A factors=([KiB]=1024 [MiB]=1048576 [bytes]=1 [s]=1000 [ms]=1 [none]=1)
    local number=${1//,/} unit=${2:-none}
    echo $((number * factors[$unit]))
}

# readme_limits: the table of limits, a line each: NAME, tab, limit, tab, what.
readme_limits() {
    # shellcheck disable=SC2016
    sed -n 's/^| \([^|]*\) | \([^|]*\) | [^|]* | `\(LIMIT_[A-Z_]*\)` |$/\3\t\2\t\1/p' "$README"
}

# section HEADING, all_but HEADING: README.md's part under one second-level heading, or all the others.
section() {
    awk -v name="## $1" '/^## / { on = ($0 == name) } on' "$README"
}

all_but() {
    awk -v name="## $1" '/^## / { on = ($0 == name) } !on' "$README"
}

# masked_session: takes out what differs from run to run, and from machine to machine.
masked_session() {
    tr -d '\r' | sed -E -e 's/Hello, [^!]+!/Hello, PEER!/' -e 's/^Date: .*/Date: DATE/' -e 's/("time": )[0-9]+,/\1TIME,/' \
        -e 's/"(\[::1\]|127\.0\.0\.1):[0-9]+"/"PEER"/g' -e 's/"[0-9-]+T[0-9:.]+Z"/"TIME"/' -e 's/("lastEventId":)[0-9]+/\1N/' \
        -e 's/^(Starting sse-server at :)[0-9]+/\1PORT/'
}

# says FILE LINES: so many lines are in it.
says() {
    [ "$(wc -l <"$1")" -ge "$2" ]
}

# descendants PID: so that what make started can be ended too.
descendants() {
    local child
    for child in $(children "$1"); do
        echo "$child"
        descendants "$child"
    done
}

# serve_as COMMAND: runs one that listens, at a free port in the place of the one it names, which LISTENS then tells.
declare -A LISTENS
serve_as() {
    local named=8080
    [[ $1 =~ 80[0-9][0-9] ]] && named=${BASH_REMATCH[0]}
    SERVED=served.${#STARTED[@]}
    PORT=0 STATUS_FILE=$PWD/status.${#STARTED[@]} in_background "$SERVED" bash -c "${1//$named/0}"
    server_is_ready "$SERVED"
    mapfile -t -O "${#STARTED[@]}" STARTED < <(descendants "$LAST")
    LISTENS[$named]=$PORT_USED
}

# run_to COMMAND LINES: runs it against the server that LISTENS at the port it names, to its end, or with LINES until it has said as many.
run_to() {
    local command=$1 port
    for port in "${!LISTENS[@]}"; do
        command=${command//localhost:$port/localhost:${LISTENS[$port]}}
    done
    if [ -z "$2" ]; then
        bash -c "${command/curl /curl -sS }" >output
    else
        in_background output bash -c "exec ${command/curl /curl -sS }"
        until_true says output "$2"
        kill "$LAST"
    fi
}

# trimmed: without empty lines at the end.
trimmed() {
    local text
    text=$(cat)
    printf '%s\n' "$text"
}

# try COMMAND SHOWN: runs one command of a session and compares what it says. "..." at the end stands for more of the same.
try() {
    local command=$1 shown endless=
    echo "\$ $command"
    shown=$(trimmed <<<"$2")
    if [[ $shown == *$'\n...' ]]; then
        shown=$(trimmed <<<"${shown%...}")
        endless=$(wc -l <<<"$shown")
    fi
    if [[ $command == 'make run' || $command =~ ^([A-Z_]+=[^ ]+\ )*\./sse-server$ ]]; then
        serve_as "$command"
        endless=$(wc -l <<<"$shown")
        cp "$SERVED" output
    else
        run_to "$command" "$endless"
    fi
    [ -z "$shown" ] || diff <(masked_session <<<"$shown") <(head -n "${endless:-1000}" output | masked_session | trimmed)
}

# try_sessions <MARKDOWN: every command of its console blocks in turn; TRIED counts them.
try_sessions() {
    local line command='' shown='' inside=
    TRIED=0
    while IFS= read -r line; do
        if [[ $line == '$ '* || $line == '```' ]] && [ -n "$inside" ]; then
            if [ -n "$command" ]; then
                try "$command" "$shown"
                TRIED=$((TRIED + 1))
            fi
            command=${line#'$ '} shown=
            [[ $line == '```' ]] && command='' inside=
        elif [[ $line == '```console' ]]; then
            inside=1 command='' shown=
        elif [ -n "$inside" ]; then
            shown+=${shown:+$'\n'}$line
        fi
    done
}

@test "the manual has nothing that mandoc would complain about" {
    run -0 mandoc -T lint -W all "$MAN"
    [ -z "$output" ]
}

@test "no line of the manual is wider than 80 columns" {
    [ -z "$(rendered | awk 'length > 80')" ]
    [ "$(rendered | wc -l)" -gt 100 ]
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

@test "the manual describes the options that the program has, and no others" {
    "$SSE_SERVER" -h | sed -n 's/^  -\([A-Za-z]\) .*/\1/p' | sort >has
    [ "$(wc -l <has)" -ge 9 ]
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It Fl \([A-Za-z]\)\( .*\)\{0,1\}$/\1/p' | sort)
    diff has <(rendered | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | grep -oE '(^|[][ ])-[A-Za-z]' | grep -o '.$' | sort -u)
}

@test "the manual describes the variables that the program reads, and no others" {
    local readers
    mapfile -t readers < <(grep -rlE 'getenv\(' "$ROOT/src")
    # Neither comments nor what an option's argument is called.
    sed -e "/^ *{'/d" -e 's|^/\*.*||' "${readers[@]}" | grep -oE '"[A-Z]+(_[A-Z]+)*"' | tr -d '"' | sort -u >reads
    grep -qx PORT reads && grep -qx NOTIFY_SOCKET reads && grep -qx TCPREMOTEIP reads
    diff reads <(man_section ENVIRONMENT | sed -n 's/ Ta .*//; s/^\.It Ev //p' | tr -s ' ,' '\n' | sort -u)
}

@test "the manual describes the exit codes that the program has, and no others" {
    sed -n 's/^ *EXIT_[A-Z]* = \([0-9]*\),.*/\1/p' "$ROOT/src/base/exits.h" | sort >has
    [ "$(wc -l <has)" -ge 3 ]
    diff has <(man_section 'EXIT STATUS' | sed -n 's/^\.It \([0-9]*\)$/\1/p' | sort)
}

@test "the manual describes the statuses that the program answers with, and no others" {
    sed -n '/asked_for/q; s/^ *{\([1-5][0-9][0-9]\), ".*"},$/\1/p' "$ROOT/src/http/response.c" | sort >has
    [ "$(wc -l <has)" -ge 14 ]
    diff has <(man_section DESCRIPTION | sed -n 's/^\.It \([1-5][0-9][0-9]\) Ta .*/\1/p' | sort)
}

@test "the manual and README.md name every path and every parameter" {
    local word
    pipe_request <<<$'GET / HTTP/1.0\r\n\r' | tail -n 1 | grep -o '/[a-z]*' >words
    pipe_request <<<$'GET /stream?nothing HTTP/1.0\r\n\r' | sed -n 's/.*accepted: //p' | tr -d ' ' | tr ',' '\n' >>words
    [ "$(wc -l <words)" -ge 3 ]
    while read -r word; do
        man_section DESCRIPTION | grep -qE "^\.(It Pa|Cm) $word( |$)"
        grep -q "\`$word\`" "$README"
    done <words
}

@test "the limits that README.md shows are those of the program, and the manual shows the same" {
    local name limit what value unit
    readme_limits >limits
    [ "$(wc -l <limits)" -ge 10 ]
    while IFS=$'\t' read -r name limit what; do
        read -r value unit <<<"${limit%%, \`-*}"
        echo "$name: $value $unit"
        [ "$(in_units "$value" "$unit")" = "$(plain_limit "$name")" ]
        grep -q "^\.It $what Ta $value${unit:+ $unit} Ta " "$MAN"
    done <limits
}

@test "the limits that only the manual shows are those of the program" {
    local what name limit value unit
    while IFS=: read -r what name; do
        limit=$(sed -n "s/^\.It $what Ta \([^T]*\) Ta .*/\1/p" "$MAN")
        read -r value unit <<<"$limit"
        echo "$name: $value $unit"
        [ "$(in_units "$value" "$unit")" = "$(plain_limit "$name")" ]
    done <<'END'
Chunk-size line of a body:LIMIT_CHUNK_LINE
Trailers of a body:LIMIT_TRAILERS
Time to read on after a refusal:LIMIT_LINGER_MS
Time for the last bytes at a signal:LIMIT_STOP_MS
Sockets in LISTEN_FDS:LIMIT_SOCKETS
Token file:LIMIT_TOKEN
Log line:LIMIT_LOG_LINE
END
    grep -q "rests for $(plain_limit LIMIT_PAUSE_MS) milliseconds" "$MAN"
}

@test "the times that the help shows are the limits" {
    "$SSE_SERVER" -h >help
    grep -q "^  -t .*($(($(plain_limit LIMIT_HEAD_MS) / 1000)))$" help
    grep -q "^  -k .*($(($(plain_limit LIMIT_IDLE_MS) / 1000)))$" help
    grep -q "^  -w .*($(($(plain_limit LIMIT_WRITE_MS) / 1000)))$" help
}

@test "the quick start of README.md works in a fresh copy of the sources" {
    cp -R "$ROOT/Makefile" "$ROOT/src" .
    unset MAKEFLAGS MFLAGS MAKELEVEL
    section 'Quick start' | grep -v 'PORT=' >quick.md
    try_sessions <quick.md
    [ "$TRIED" = 2 ]
    [ -x sse-server ]
}

@test "the other commands of README.md do what it shows" {
    ln -s "$SSE_SERVER" sse-server
    serve_as ./sse-server
    in_background stream curl -sN "http://localhost:$PORT_USED/stream"
    until_true says stream 2
    { all_but 'Quick start'; section 'Quick start' | sed '/^\$ make run$/,/^```$/d'; } >others.md
    try_sessions <others.md
    [ "$TRIED" -ge 8 ]
}

@test "what README.md shows of /status is what jq takes" {
    sed -n 's/^{"\[::1\].*/&/p' "$README" | jq -e 'to_entries | length == 1 and .[0].key == .[0].value.remote'
}

@test "files that README.md links to are there, and so are its own headings" {
    local target anchors
    anchors=$(sed -n 's/^##* //p' "$README" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9\n-')
    grep -oE '\]\([^)]+\)' "$README" | sed 's/^](//; s/)$//' >links
    [ -s links ]
    while read -r target; do
        echo "$target"
        case $target in
        https://*) ;;
        '#'*) grep -qx -e "${target#'#'}" <<<"$anchors" ;;
        *) [ -e "$ROOT/$target" ] ;;
        esac
    done <links
}

@test "the manual's example of a connection without a network does what it says" {
    PATH=$(dirname "$SSE_SERVER"):$PATH
    manual_block "printf 'GET" >example
    bash -e example >answer 2>log
    [ "$(grep -c '^id: ' answer)" = 3 ]
    grep -q '^X-Expected-Events' answer
}

@test "the manual's example of a listener with a token listens there, and wants the token" {
    echo secret >token
    free_port
    manual_block AUTH_TOKEN_FILE= | sed "s|/etc/sse-server/token|$PWD/token|; s|8080|$FREE_PORT|; s|sse-server -l|exec $SSE_SERVER -l|" >example
    in_background log bash -c '. ./example'
    server_is_ready log
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" = 401 ]
    [ "$(curl -s -H 'Authorization: Bearer secret' "$URL/status")" = "{}" ]
}
