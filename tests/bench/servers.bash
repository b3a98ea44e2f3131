# What the bench's scripts share: its tools, the servers in control groups of their own, and one round of streams.
#
# Figures are lines "SERVER NAME VALUE" in $WORK/figures. All that is started is ended by its id, also when a script is interrupted.
# shellcheck shell=bash

# shellcheck source=tests/bench/peers.bash
. tests/bench/peers.bash
CLIENTS=${CLIENTS:-5000}
SECONDS_TO_RUN=${SECONDS_TO_RUN:-10}
SETTLE=${SETTLE:-2} # the kernel counts a group's memory up every two seconds
BENCH=$PWD/build/bench
PROGRAM=${SSE_SERVER:-$PWD/sse-server}
unset AUTH_TOKEN AUTH_TOKEN_FILE STATUS_FILE RUNTIME_DIRECTORY LISTEN_FDS LISTEN_PID NOTIFY_SOCKET JOURNAL_STREAM PORT
export LC_ALL=C
PORT=$((20000 + RANDOM % 10000))
SERVER=
LOAD=
WORK=

fail() {
    echo "$0: $*" >&2
    exit 1
}

progress() {
    echo "$*" >&2
}

note() { # SERVER NAME VALUE
    echo "$*" >>"$WORK/figures"
}

# The median of the rounds; nothing if there is none.
median() { # SERVER NAME
    sed -n "s/^$1 $2 //p" "$WORK/figures" | sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'
}

# The control groups of one server; version 1 has one for memory and one for time. Memory is what is in use, and not what the group's
# counter has taken in advance.
choose_groups() {
    if [ -d /sys/fs/cgroup/memory ]; then
        GROUPS_OF_RUN=(/sys/fs/cgroup/memory/sse-bench-$$ /sys/fs/cgroup/cpuacct/sse-bench-$$)
        memory() {
            cat "${GROUPS_OF_RUN[0]}/memory.stat" "${GROUPS_OF_RUN[0]}/memory.kmem.usage_in_bytes" |
                awk '$1 == "rss" || $1 == "cache" { sum += $2 } NF == 1 { sum += $1 } END { printf "%.0f\n", sum }'
        }
        cpu_ns() { read -r "$1" <"${GROUPS_OF_RUN[1]}/cpuacct.usage"; }
    else
        GROUPS_OF_RUN=(/sys/fs/cgroup/sse-bench-$$)
        memory() {
            awk '/^(anon|file|kernel|sock) / { sum += $2 } END { printf "%.0f\n", sum }' "${GROUPS_OF_RUN[0]}/memory.stat"
        }
        cpu_ns() {
            local name value
            while read -r name value; do
                [ "$name" != usage_usec ] || printf -v "$1" %d "${value}000"
            done <"${GROUPS_OF_RUN[0]}/cpu.stat"
        }
    fi
    { mkdir "${GROUPS_OF_RUN[@]}" && [ -e "${GROUPS_OF_RUN[0]}/memory.stat" ]; } 2>/dev/null ||
        fail "cannot make control groups for memory in /sys/fs/cgroup (a container may not)"
    rmdir "${GROUPS_OF_RUN[@]}"
}

# Memory of the whole machine that is in use, the files in memory counted, the cache of files on disk not.
machine() {
    awk '/^(MemFree|Buffers|Cached):/ { free += $2 } /^Shmem:/ { free -= $2 } END { printf "%.0f\n", -free * 1024 }' /proc/meminfo
}

build_tools() {
    local flags="-std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror" tool
    mkdir -p "$BENCH"
    # shellcheck disable=SC2086
    for tool in floor least; do
        ${FLOOR_CC:-musl-gcc -static} $flags -o "$BENCH/$tool" "tests/bench/$tool.c" || exit 1
    done
    # shellcheck disable=SC2086
    cc $flags -o "$BENCH/load" tests/bench/load*.c || exit 1
    # shellcheck disable=SC2086
    cc $flags -o "$BENCH/epoll" tests/bench/peers/stream.c || exit 1
}

prepare() {
    [ "$(id -u)" = 0 ] || fail "needs root, to put each server in a control group of its own"
    [ -x "$PROGRAM" ] || fail "no program at $PROGRAM: make first"
    ((SECONDS_TO_RUN >= 3)) || fail "SECONDS_TO_RUN is at least 3"
    ulimit -n "$(ulimit -Hn)"
    choose_groups
    build_tools
    # The shared file is in memory, as below /run.
    WORK=$(TMPDIR=$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}") mktemp -d -t sse-bench.XXXXXX) || exit 1
    trap clean_up EXIT
    trap 'exit 1' INT TERM HUP
    : >"$WORK/figures"
    mkfifo "$WORK/to" "$WORK/from"
    TOKEN=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
    echo "$TOKEN" >"$WORK/token"
    export TOKEN AUTH_TOKEN_FILE=$WORK/token STATUS_FILE=$WORK/status
}

clean_up() {
    [ -z "$LOAD" ] || kill -KILL "$LOAD" 2>/dev/null
    stop
    rm -rf "$WORK"
}

# pass SECONDS: time is what is measured here, and nothing is waited for but it; or what is waited for is asked again.
pass() {
    read -rt "$1" <> <(:) || :
}

listens() {
    (exec 9<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null
}

# The next port that nobody listens at.
next_port() {
    PORT=$((PORT + 1))
    while listens; do
        PORT=$((PORT + 1))
    done
}

# start COMMAND...: which listens at $PORT, in its control groups, with a shared file and a log that nobody has used before. Fails, with
# the log on standard error, if it does not come to listen.
start() {
    local group i
    mkdir -p "${GROUPS_OF_RUN[@]}"
    rm -f "$WORK/status"
    (
        for group in "${GROUPS_OF_RUN[@]}"; do
            echo "$BASHPID" >"$group/cgroup.procs"
        done
        exec "$@" >"$WORK/log" 2>&1 </dev/null 7<&- 8>&-
    ) &
    SERVER=$!
    for ((i = 0; i < 200; i++)); do
        ! listens || return 0
        kill -0 "$SERVER" 2>/dev/null || break
        pass 0.05
    done
    head -n 5 "$WORK/log" >&2
    stop
    return 1
}

# Ends the server and whatever it has left: the floor's children know no end.
stop() {
    local left group i
    [ -n "$SERVER" ] || return 0
    kill -TERM "$SERVER" 2>/dev/null
    wait "$SERVER" 2>/dev/null
    SERVER=
    for ((i = 0; i < 600; i++)); do
        mapfile -t left <"${GROUPS_OF_RUN[0]}/cgroup.procs"
        [ "${#left[@]}" -gt 0 ] || break
        kill -KILL "${left[@]}" 2>/dev/null
        pass 0.05
    done
    for group in "${GROUPS_OF_RUN[@]}"; do
        for ((i = 0; i < 600; i++)); do
            rmdir "$group" 2>/dev/null && break
            pass 0.05
        done
    done
}

# measured SERVER MODE ARGUMENT...: the load's figures of that server, in that mode. Returns what the load does.
measured() {
    local server=$1 mode=$2 status
    shift 2
    "$BENCH/load" "$mode" "$PORT" "$@" >"$WORK/load"
    status=$?
    sed "s/^/$server /" "$WORK/load" >>"$WORK/figures"
    [ "$status" != 1 ] || progress "$server: some of its answers were no good: $(tr '\n' ' ' <"$WORK/load")"
    return "$status"
}

# stream_round NAME SERVER CLIENTS: one round of streams, its figures noted under that name.
#
# Time is read while all streams run, a moment after they have begun and a moment before they end, and divided by the events that are
# due meanwhile: neither the coming nor the going of a client counts.
stream_round() {
    local name=$1 clients=$3 line began ended cpu_before cpu_after memory_before machine_before
    start_server "$2" stream "$clients" || return
    pass "$SETTLE"
    memory_before=$(memory) machine_before=$(machine)
    "$BENCH/load" streams "$PORT" "$clients" "$SECONDS_TO_RUN" <"$WORK/to" >"$WORK/from" &
    LOAD=$!
    exec 8>"$WORK/to" 7<"$WORK/from"
    read -r line <&7
    [ "$line" = ready ] || fail "$name: the streams did not come to run"
    pass 1
    began=${EPOCHREALTIME/[.,]/}
    cpu_ns cpu_before
    pass "$((SECONDS_TO_RUN - 2)).5"
    ended=${EPOCHREALTIME/[.,]/}
    cpu_ns cpu_after
    note "$name" memory $((($(memory) - memory_before) / clients))
    note "$name" machine $((($(machine) - machine_before) / clients))
    note "$name" cpu $(((cpu_after - cpu_before) * 1000000 / (clients * (ended - began))))
    while read -r line <&7 && [ "$line" != measured ]; do
        [[ $line != broken\ [1-9]* ]] || progress "$name: ${line#* } of $clients streams broke"
        note "$name" "$line"
    done
    if [ "$2" = ours ] || [ "$2" = floor ]; then measured "$name" status 20; fi
    exec 7<&- 8>&-
    wait "$LOAD"
    LOAD=
    stop
}

about() {
    echo "$(uname -sr), $(nproc) cores"
}
