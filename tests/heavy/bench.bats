#!/usr/bin/env bats
# The bench, with numbers so small that its figures mean nothing: whether it gives them all. And a storm of connections, not timed.
load ../helper

# One at a time: each looks for what it left behind.
setup_file() {
    export BATS_NO_PARALLELIZE_WITHIN_FILE=true
}

groups() {
    find /sys/fs/cgroup -maxdepth 2 -name 'sse-bench-*' | sort
}

@test "make bench prints every figure of every server, and names the peers that it leaves out" {
    local server cells number='-?[0-9][0-9,]*(\.[0-9]+)?( M)?'
    [ "$(id -u)" = 0 ] || skip "only root can make control groups"
    cd "$ROOT"
    groups >"$BATS_TEST_TMPDIR/groups"
    CLIENTS=50 STORM=100 ROUNDS=1 SECONDS_TO_RUN=3 SHORT_SECONDS=1 SETTLE=0 FIGURES="$BATS_TEST_TMPDIR/figures" \
        timeout 300 make -s bench >"$BATS_TEST_TMPDIR/report"
    cd "$BATS_TEST_TMPDIR"
    sed '/^| figure/,/^$/!d; /^$/,$d' report >table
    for server in C,\ epoll:epoll Go:go Node:node Python:python nginx:nginx; do
        grep -q "^| figure .*| ${server%:*} |" table || assert_file_has report "^${server#*:}: left out, because "
    done
    cells=$(sed -n '/ CPU time an event, /s/[^|]//gp' table)
    assert_equal "$(grep -cE '^\| [^|]+ \| '"$number"' \| '"$number"' (\| (–|'"$number"') ){1,5}\|$' table)" 17
    assert_equal "$(sed 's/[^|]//g' table | sort -u | wc -l)" 1
    assert_at_least "${#cells}" 4
    assert_file_has table -E "^\| storm: refused or unanswered \|( (0|–) \|)+$"
    groups | diff groups -
}

@test "the tables and the drawing of the bench's README are those of the figures beside it" {
    cp -R "$ROOT/tests/bench" .
    README=1 bench/tabulate bench/figures >/dev/null
    diff -r "$ROOT/tests/bench" bench
    assert_at_least "$(grep -c '<rect class="ours"' bench/peers.svg)" 8
}

@test "2,000 connections that arrive at once all get their hello" {
    cc -std=c11 -D_GNU_SOURCE -o load "$ROOT"/tests/bench/load*.c
    start_server -q -f status
    timeout 90 ./load storm "$PORT_USED" 2000 >figures || { cat figures; return 1; }
    assert_file_has figures -x 'storm_greeted 2000'
    assert_file_has figures -x 'storm_refused 0'
}

@test "the plot of the bench has a place for every size, on both curves of both panels" {
    [ "$(id -u)" = 0 ] || skip "only root can make control groups"
    cd "$ROOT"
    SIZES="5 20" ROUNDS=1 SECONDS_TO_RUN=3 tests/bench/plot "$BATS_TEST_TMPDIR/plot.svg" >"$BATS_TEST_TMPDIR/table"
    assert_equal "$(grep -cE '^\| (5|20) (\| [0-9.]+ ){8}\|$' "$BATS_TEST_TMPDIR/table")" 2
    assert_equal "$(grep -c '<circle' "$BATS_TEST_TMPDIR/plot.svg")" 8
    assert_equal "$(tail -n 1 "$BATS_TEST_TMPDIR/plot.svg")" '</svg>'
}
