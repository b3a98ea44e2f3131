#!/usr/bin/env bats
# How much work a message is, and a client in /status: instructions, counted by callgrind, and system calls. Unlike times they are the same
# on a busy machine. They are those of the program as make builds it with musl and gcc 12. Each has a tenth to spare, for other compilers.
load ../helper

# can_tell: what is written down here is that of this machine and this program.
can_tell() {
    [ "$(uname -m)" = x86_64 ] || skip "this is another machine, with other instructions"
    [[ $SSE_SERVER != */san/* ]] || skip "valgrind cannot run the sanitizers"
}

# instructions [OPTION...] <REQUEST: that the program takes to serve it.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$SSE_SERVER" -i "$@" 2>&1 >answer | tee counted | sed -n 's/.* Collected : //p'
}

# a_message FEW MANY QUERY: the instructions for each message of a stream, from a stream of FEW messages and one of MANY.
a_message() {
    local few many
    few=$(get "/stream?count=$1$3" | instructions)
    many=$(get "/stream?count=$2$3" | instructions)
    assert_file_has answer "^id: message-$2"
    echo $(((many - few) / ($2 - $1)))
}

@test "a message at full speed takes 630 instructions, whatever is the same in all of them" {
    can_tell
    assert_at_most "$(a_message 20000 40000 '&interval=0')" 700
    assert_at_most "$(a_message 20000 40000 '&interval=0&framing=close&eol=crlf&event=x&time=7&retry=1')" 700
}

@test "a message of a stream without parameters takes 3,110 instructions, its wait included" {
    can_tell
    assert_at_most "$(a_message 1 3 '')" 3420
}

@test "a client in /status takes 3,500 instructions, among 20,000" {
    can_tell
    in_background filled "$TOOLS/neighbour" fill status 20000
    until_true grep -q '^filled' filled
    assert_at_most "$(($(get /status | instructions -f status) / 20000))" 3850
    assert_equal "$(body_of <answer | jq length)" 20000
}

# calls_of TARGET: the system calls of the program for it, over a socket, a line each, go to the file trace.
calls_of() {
    strace -qq -o tried "$SSE_SERVER" -h >/dev/null 2>&1 || skip "strace cannot trace here"
    get "$1" 'Connection: close' | "$TOOLS/writes" /usr/bin/env strace -qq -o trace "$SSE_SERVER" -i -f status >writes
}

# is_written_whole LEAST MOST: in writes of 64 KiB, so many, with at most six system calls for each. The client reads as fast as it likes:
# where it makes the program wait, there is a sendto that sent nothing.
is_written_whole() {
    local written
    written=$(grep -c '^sendto(.* = [0-9]*$' trace)
    assert_equal "$written" "$(awk '/^[0-9]/ { bytes += $2 } END { print int((bytes + 65535) / 65536) }' writes)"
    assert_between "$written" "$1" "$2"
    assert_at_most "$(wc -l <trace)" $((6 * $(grep -c '^sendto(' trace) + 100))
}

@test "full speed makes one write for 600 messages, and at most six system calls for each write" {
    calls_of '/stream?interval=0&count=30000'
    is_written_whole 45 52
}

@test "/status of 20,000 streams makes no system call for each of them" {
    in_background filled "$TOOLS/neighbour" fill status 20000
    until_true grep -q '^filled' filled
    calls_of /status
    is_written_whole 30 40
}
