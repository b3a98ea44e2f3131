# What every test file loads: the program under test, started and talked to, and waiting for what one needs.
#
# SSE_SERVER names the program. Each test has a directory of its own, $BATS_TEST_TMPDIR, which bats removes; teardown ends what the
# test started. Nothing here sleeps for a fixed time: until_true CONDITION waits for what it needs, and fails after half a minute.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SSE_SERVER=${SSE_SERVER:-$ROOT/sse-server}
TOOLS=${TOOLS:-$ROOT/build/tests}
bats_require_minimum_version 1.5.0
load "$ROOT/tests/assert"

# Nothing of the outside decides what a test sees.
unset PORT AUTH_TOKEN AUTH_TOKEN_FILE CREDENTIALS_DIRECTORY STATUS_FILE RUNTIME_DIRECTORY LISTEN_FDS LISTEN_PID NOTIFY_SOCKET JOURNAL_STREAM
unset REMOTE_ADDR REMOTE_PORT REMOTE_HOST TCPREMOTEIP TCPREMOTEPORT SOCAT_PEERADDR SOCAT_PEERPORT NCAT_REMOTE_ADDR
export LC_ALL=C
# The program allocates nothing, so there is nothing to leak; and whoever looks for leaks reads all memory, a file that a neighbour has cut
# short included.
export ASAN_OPTIONS=detect_leaks=0

STARTED=()

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    local pid
    for pid in "${STARTED[@]}"; do
        [ -z "${ASK_FIRST:-}" ] || ask_to_end "$pid"
        kill -KILL "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    return 0
}

# ask_to_end PID: and gives it three seconds. With ASK_FIRST teardown does so: only who ends by himself tells what he has counted.
ask_to_end() {
    kill -TERM "$1" && kill -CONT "$1" && PATIENCE=3 until_true eval "! kill -0 $1"
} 2>/dev/null

# until_true COMMAND...: runs it until it succeeds, every 20 ms, half a minute at the most. What it prints is shown if it never does,
# as it was the last time.
until_true() {
    local end=$((SECONDS + ${PATIENCE:-30})) said
    said=$(mktemp "${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}/.said.XXXXXX")
    until "$@" >"$said" 2>&1; do
        ((SECONDS < end)) || { echo "waited in vain for: $*" && cat "$said" && return 1; } >&2
        read -rt 0.02 <> <(:) || :
    done
    rm -f "$said"
}

# in_background LOG COMMAND...: starts it apart from bats, ended by teardown; its process id is in $LAST.
in_background() {
    local log=$1
    shift
    : >"$log" # before it starts, so that nobody finds an earlier one's lines
    "$@" >>"$log" 2>&1 3>&- 4>&- 8>&- 9>&- &
    LAST=$!
    STARTED+=("$LAST")
}

# start_server [OPTION...]: listens at a free port of 127.0.0.1. Sets $PORT_USED, $URL, $SERVER; its output is in server.log.
# Variables for it stand before: AUTH_TOKEN=x start_server.
start_server() {
    in_background server.log "$SSE_SERVER" -l 127.0.0.1:0 "$@"
    SERVER=$LAST
    server_is_ready server.log
}

server_is_ready() {
    until_true grep -q '^\(<5>\)\?Starting sse-server at ' "$1"
    PORT_USED=$(sed -n 's/.*Starting sse-server at .*:\([0-9]*\) \.\.\.$/\1/p' "$1" | head -n 1)
    URL=http://127.0.0.1:$PORT_USED
}

# pipe_request [OPTION...] <REQUEST: one connection over pipes; the log goes to the file log.
pipe_request() {
    "$SSE_SERVER" -i "$@" 2>log
}

# masked: takes out of an answer what differs from run to run: date, times, the pipe's peer.
masked() {
    sed -E -e 's/^Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT\r$/Date: DATE\r/' \
        -e 's/("time": )[0-9]{10},/\1TIME,/' -e 's/pid-[0-9]+/PEER/'
}

# status_of: the status code of the answer on standard input.
status_of() {
    sed -n '1s/^HTTP\/1\.[01] \([0-9][0-9][0-9]\) .*/\1/p'
}

# unprivileged: "${AS_USER[@]}" COMMAND... is then run by a user who is not root, in the test's directory, where ./program is ours.
unprivileged() {
    AS_USER=()
    if [ "$(id -u)" = 0 ]; then
        command -v setpriv >/dev/null
        chmod 755 "$BATS_TEST_TMPDIR"
        AS_USER=(setpriv --reuid=65533 --regid=65533 --clear-groups)
    fi
    cp "$SSE_SERVER" program
}

# apart: "${APART[@]}" COMMAND... then has mounts of its own, and may make some. Skips the test where nobody may.
apart() {
    APART=(unshare --mount)
    [ "$(id -u)" = 0 ] || APART=(unshare --map-root-user --mount)
    mkdir -p mounted
    "${APART[@]}" mount -t tmpfs none mounted 2>/dev/null || skip "no file system can be mounted here"
}

# raw PORT <BYTES: sends them over a socket, ends its sending side, prints the answer until the server closes.
raw() {
    socat -t 20 - "TCP:127.0.0.1:$1"
}

# children PID: the processes it has forked and that still run. A listener may reap a process a second after its end.
children() {
    local -a them
    read -r -d '' -a them < <(cat /proc/"$1"/task/*/children 2>/dev/null) || true
    them=("${them[@]/#//proc/}")
    [ ${#them[@]} = 0 ] || grep -ls '^State:.[^Z]' "${them[@]/%//status}" | tr -dc '0-9\n'
}

# request LINE...: the head of a request: these lines, and the empty one.
request() {
    printf '%s\r\n' "$@" ''
}

# get TARGET [FIELD...]: the head of a GET in HTTP/1.1.
get() {
    request "GET $1 HTTP/1.1" 'Host: x' "${@:2}"
}

# For jq: the query of a case that waits for long, or that does not end by itself.
LONG_QUERY='(^|&)(delay|pause|interval|gap|heartbeat)=([^&]*,)?[0-9.]*[1-9][0-9.]*(s|m)?(,|&|$)|end=hang|forever'

# body_of: what stands behind the head of the answer on standard input.
body_of() {
    sed '1,/^\r$/d'
}

# statuses: the status codes of all answers on standard input, in one line. A body without an end of line may stand before one.
statuses() {
    grep -ao 'HTTP/1\.[01] [0-9][0-9][0-9]' | sed 's/.* //' | paste -sd ' '
}

# answer_is FILE <EXPECTED: the masked answer is this, byte for byte; EXPECTED writes a carriage return as \r.
answer_is() {
    diff -u --label expected --label answer - <(masked <"$1" | sed 's/\r$/\\r/')
}

# held [OPTION...] <BYTES: a connection over pipes whose client sends these bytes (at most 64 KiB), then neither more nor an end.
held() {
    local pipe end
    pipe=$(mktemp -u "$BATS_TEST_TMPDIR/held.XXXXXX")
    mkfifo "$pipe"
    exec {end}<>"$pipe"
    cat >&"$end"
    timeout 8 "$SSE_SERVER" -i "$@" 2>log <&"$end"
    exec {end}>&-
}

# is_refusal FILE STATUS WORDS: the answer is that status and one line of plain text, WORDS in it, of the length that it says.
is_refusal() {
    local text
    text=$(body_of <"$1")
    { assert_equal "$(status_of <"$1")" "$2" && assert_contains "$text" "$3" && assert_equal "$(body_of <"$1" | wc -l)" 1 &&
        assert_contains "$(sed '/^\r$/q' "$1")" $'\nContent-Type: text/plain; charset=utf-8\r' &&
        assert_contains "$(sed '/^\r$/q' "$1")" $'\nContent-Length: '$((${#text} + 1))$'\r'; } && return
    echo "not a refusal with $2 and \"$3\":" && cat "$1"
    return 1
}

# refuses STATUS WORDS [OPTION...] <REQUEST: over pipes, the answer is such a refusal; it is in the file answer.
refuses() {
    pipe_request "${@:3}" >answer
    is_refusal answer "$1" "$2"
}

# free_port: sets $FREE_PORT to one that nothing listens at and that no other test of this run is given. It is below those that
# the kernel gives to clients.
free_port() {
    FREE_PORT=$((20000 + RANDOM % 12000))
    until mkdir "$BATS_RUN_TMPDIR/port-$FREE_PORT" 2>/dev/null && ! (exec 9<>"/dev/tcp/127.0.0.1/$FREE_PORT") 2>/dev/null; do
        FREE_PORT=$((20000 + RANDOM % 12000))
    done
}

# manual_block TEXT: the literal block of a manual that contains the text, as the reader sees it.
manual_block() {
    awk -v text="$1" '/^\.Bd -literal/ { block = ""; on = 1; next } /^\.Ed/ { if (on && index(block, text)) printf "%s", block; on = 0 }
        on { gsub(/\\e/, "\\"); sub(/^\\&/, ""); block = block $0 "\n" }' "$ROOT"/man/*.[1-8]
}

# readme_block TEXT: the first fenced block of README.md that contains the text, without its fences.
readme_block() {
    awk -v text="$1" '/^```/ { if (on && index(block, text)) { printf "%s", block; exit } on = !on; block = ""; next } on { block = block $0 "\n" }' \
        "$ROOT/README.md"
}
