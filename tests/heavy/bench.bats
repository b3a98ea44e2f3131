#!/usr/bin/env bats
# The bench, with numbers so small that its figures mean nothing: whether it gives them all.
load ../helper

# One at a time: each looks for what it left behind.
setup_file() {
    export BATS_NO_PARALLELIZE_WITHIN_FILE=true
}

groups() {
    find /sys/fs/cgroup -maxdepth 2 -name 'sse-bench-*' | sort
}

@test "make bench prints a ratio for every figure" {
    local figure number='-?[0-9]+(\.[0-9]+)?( (KiB|µs|ms|MB))?'
    [ "$(id -u)" = 0 ] || skip "only root can make control groups"
    cd "$ROOT"
    groups >"$BATS_TEST_TMPDIR/groups"
    CLIENTS=50 ROUNDS=1 SECONDS_TO_RUN=3 SHORT_SECONDS=1 timeout 60 make -s bench >"$BATS_TEST_TMPDIR/table"
    cd "$BATS_TEST_TMPDIR"
    sed '/^| figure/,/^$/!d; /^| figure/d; /^| ---/d; /^$/d' table >rows
    refute_file_has rows -Evx "\| [^|]* \| $number \| $number \| -?[0-9]+\.[0-9]+ \|"
    for figure in 'memory a client, its control group' 'memory a client, whole machine' 'CPU time an event' \
        'lateness of a message, p50' 'lateness of a message, p99' 'lateness of a message, max' 'lateness of a recorded write, p99' 'first event, p50' 'first event, p99' \
        'short requests a second' 'a short request, executed by tcpserver' '/status with 50 streams'; do
        grep -qF "| $figure |" rows || { echo "no row for: $figure"; cat table; return 1; }
    done
    [ "$(grep -c 'at full speed |' rows)" = 2 ] || assert_file_has table 'no rows for full speed'
    assert_file_has table '^| nginx: \|no row for it'
    groups | diff groups -
}

@test "the plot of the bench has a place for every size, on both curves of both panels" {
    [ "$(id -u)" = 0 ] || skip "only root can make control groups"
    cd "$ROOT"
    SIZES="5 20" ROUNDS=1 SECONDS_TO_RUN=3 tests/bench/plot "$BATS_TEST_TMPDIR/plot.svg" >"$BATS_TEST_TMPDIR/table"
    assert_equal "$(grep -cE '^\| (5|20) (\| [0-9.]+ ){8}\|$' "$BATS_TEST_TMPDIR/table")" 2
    assert_equal "$(grep -c '<circle' "$BATS_TEST_TMPDIR/plot.svg")" 8
    assert_equal "$(tail -n 1 "$BATS_TEST_TMPDIR/plot.svg")" '</svg>'
}
