#!/usr/bin/env bats
# The program as a file, and under valgrind.
load ../helper

@test "the program is static, has no writable code, and nothing to relocate at its start" {
    refute_file_has <(readelf -lW "$SSE_SERVER") 'INTERP\|DYNAMIC'
    refute_file_has <(readelf -lW "$SSE_SERVER") 'RWE'
    readelf -lW "$SSE_SERVER" | assert_file_has - 'GNU_STACK.* RW '
    readelf -lW "$SSE_SERVER" | assert_file_has - 'GNU_RELRO'
    readelf -rW "$SSE_SERVER" | assert_file_has - 'There are no relocations'
}

@test "cold_memory comes after all other memory, the C library's included" {
    make -s -C "$ROOT" PROGRAM="$PWD/program" SMALL='-ffunction-sections -fdata-sections -Wl,--gc-sections'
    nm -n program | sed -n 's/^[0-9a-f]* [bBdDcC] //p' | grep -v '^_*\(end\|bss_end__\)$' | tail -n 1 | grep -x cold_memory
}

@test "an overflow of the stack is found: the compiler's guard is in" {
    make -s -C "$ROOT" PROGRAM="$PWD/program" SMALL=
    nm program | assert_file_has - '__stack_chk_fail'
}

@test "valgrind finds nothing in the pure parts" {
    local name
    make -s -C "$ROOT" TOOLS="$PWD" CFLAGS='-O1 -g -DBUILD_LOOSELY' SMALL= "$PWD/unit"
    for name in go_rand text request body form token plan address choose response user; do
        RANDOM_STRINGS=$ROOT/tests/data/random-strings.tsv valgrind -q --error-exitcode=9 ./unit "$name"
    done
}

@test "valgrind finds nothing in connections, nor in a listener and its children" {
    make -s -C "$ROOT" CC=gcc CFLAGS='-O1 -g -DBUILD_LOOSELY' SMALL= PROGRAM="$PWD/program"
    printf 'GET /status HTTP/1.1\r\nHost: a\r\n\r\nPOST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n%s' \
        $'Content-Type: application/x-www-form-urlencoded\r\n\r\n7\r\ncount=1\r\n0\r\n\r\nGET /nothing HTTP/1.1\r\n\r\n' >requests
    valgrind -q --error-exitcode=9 --leak-check=full ./program -i -f status <requests >answers
    assert_at_least "$(grep -ac '^HTTP/1.1 \|^{}HTTP' answers)" 3
    in_background server.log valgrind -q --error-exitcode=9 --trace-children=yes ./program -l 127.0.0.1:0
    SERVER=$LAST
    server_is_ready server.log
    curl -sN "$URL/stream?count=1" | assert_file_has - '^id: message-1$'
    assert_equal "$(curl -s "$URL/status")" "{}"
    kill "$SERVER"
    wait "$SERVER"
    refute_file_has server.log -E '^==[0-9]+=='
}

# own_kib PID: memory that no other process has: its own pages outside files, without page tables.
own_kib() {
    awk '/^[0-9a-f]+-[0-9a-f]+ / { anonymous = NF == 5 } /^Private_Dirty:/ && anonymous { sum += $2 } END { print sum }' "/proc/$1/smaps"
}

@test "a process that streams, with a token and a slot, has two pages of its own, and three of page tables" {
    [ "$(id -u)" = 0 ] || skip "with a token, only root can look into it"
    echo secret >token
    AUTH_TOKEN_FILE=$PWD/token start_server -q -f status
    exec 5<>"/dev/tcp/127.0.0.1/$PORT_USED" # its request comes after its process
    in_background stream curl -sN -m 30 -H 'Authorization: Bearer secret' "$URL/stream"
    until_true grep -q '^id: message-1' stream
    get /stream 'Authorization: Bearer secret' >request
    cat request >&5 # in one piece, or the process reads in vain, and gets a page with errno
    timeout 30 grep -qm 1 '^id: message-1' <&5
    for child in $(children "$SERVER"); do
        echo "own: $(own_kib "$child") KiB"
        assert_at_most "$(own_kib "$child")" 8
        assert_at_most "$(sed -n 's/^VmPTE:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$child/status")" 12
    done
}
