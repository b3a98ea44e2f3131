#!/usr/bin/env bats
# Every system call that a connection makes, and a message, is written down here, so that none is added unseen. They are those of the
# program as make builds it with musl, on a kernel that has Landlock, with a shared file that is there already and a log that is a file.
load ../helper

# names <TRACE: of its calls, one a line. Whether the client has closed at the end, and this is read, is luck, and left out.
names() {
    sed -n '/MSG_PEEK/d; s/^\([a-z_0-9]*\)(.* = .*/\1/p'
}

# counted <NAMES: each once, sorted, behind how many there are.
counted() {
    sort | uniq -c | sed 's/^ *//'
}

# can_tell: what is written down here is that of this machine and this program.
can_tell() {
    [ "$(uname -m)" = x86_64 ] || skip "this is another machine, with other calls"
    [[ $SSE_SERVER != */san/* ]] || skip "the sanitizers make calls of their own"
    strace -qq -o tried "$SSE_SERVER" -h >/dev/null 2>&1 || skip "strace cannot trace here"
}

# executed QUERY: the calls of a process that was executed for a connection over a socket: those before its filter, with it, go to the
# file before, those behind it to the file behind.
executed() {
    can_tell
    get '/stream?count=0' 'Connection: close' | pipe_request -f status >answer
    get "/stream?$1" 'Connection: close' | socat -t 9 - EXEC:"strace -qq -o trace $SSE_SERVER -i -f status" >answer 2>log
    assert_file_has answer '^id: message-1'
    grep -q '^landlock_restrict_self.* = 0$' trace || skip "this kernel has no Landlock"
    sed '/^seccomp(/q' trace | names >before
    sed '1,/^seccomp(/d' trace | names >behind
}

@test "a process that is executed for a connection makes these calls before it shuts itself in" {
    executed 'count=1'
    diff -u - <(counted <before) <<'CALLS'
1 arch_prctl
2 close
1 close_range
1 execve
2 fcntl
4 fstat
1 fstatfs
1 geteuid
1 getpeername
1 getpid
2 landlock_create_ruleset
1 landlock_restrict_self
1 mmap
2 open
1 prctl
1 pread64
2 prlimit64
1 read
4 rt_sigaction
2 rt_sigprocmask
1 seccomp
1 set_robust_list
1 set_tid_address
2 setsockopt
CALLS
}

@test "a connection makes these calls to serve hello and one message" {
    executed 'count=1' # socat has ended its sending side, which the first wait notices, and the next one no longer looks for
    diff -u - behind <<'CALLS'
getsockopt
getsockopt
clock_gettime
clock_gettime
clock_gettime
ppoll
recvfrom
clock_gettime
clock_gettime
set_robust_list
gettid
clock_gettime
write
clock_gettime
sendto
clock_gettime
ppoll
clock_gettime
clock_gettime
clock_gettime
ppoll
clock_gettime
sendto
clock_gettime
clock_gettime
write
clock_gettime
ppoll
exit_group
CALLS
}

@test "a parameter that asks for no wait, no write and no chance makes no call" {
    executed 'count=1'
    mv behind plain
    executed 'count=1&event=x&retry=1&eol=crlf&bom=1&size=200&resume=next&echo=0&status=404&reason=x&type=a/b&header=A:b&cors=echo&2.cut=9'
    diff -u plain behind
}

# listened: a listener with one client, who has a stream of three messages; the calls of the listener go to the file listener, those of
# its child to the file child.
listened() {
    can_tell
    in_background server.log strace -ff -qq -o trace "$SSE_SERVER" -l 127.0.0.1:0 -f status
    TRACER=$LAST
    server_is_ready server.log
    LISTENER=$(children "$TRACER")
    curl -sS -m 9 -H 'Connection: close' "$URL/stream?count=3" >answer
    assert_file_has answer '^id: message-3$'
    until_true grep -q '^wait4(.*) *= [1-9]' "trace.$LISTENER"
    kill "$LISTENER"
    wait "$TRACER"
    names <"trace.$LISTENER" >listener
    names <"$(grep -L '^execve(' trace.*)" >child
}

@test "a child of the listener makes these calls from its birth to its end, and four for a message" {
    listened
    diff -u - child <<'CALLS'
prctl
getppid
close
close
prlimit64
getsockopt
clock_gettime
clock_gettime
clock_gettime
ppoll
recvfrom
clock_gettime
clock_gettime
set_robust_list
gettid
clock_gettime
write
clock_gettime
sendto
clock_gettime
ppoll
clock_gettime
sendto
clock_gettime
ppoll
clock_gettime
sendto
clock_gettime
ppoll
clock_gettime
sendto
clock_gettime
clock_gettime
write
clock_gettime
ppoll
exit_group
CALLS
}

@test "a listener makes these calls to take a connection, to bury its child, and to end" {
    listened
    # Each second it looks for children. Their end wakes it only here: a traced process gets signals that it ignores.
    sed -n '/^accept4$/,$p' listener | paste -sd ' ' | sed -E 's/(poll wait4 )+/poll wait4 /' | tr ' ' '\n' >calls
    diff -u - calls <<'CALLS'
accept4
clone
close
poll
wait4
poll
read
wait4
poll
read
clock_gettime
close
rt_sigprocmask
exit_group
CALLS
}

# A child's page faults are known when it is reaped.
has_no_children() {
    assert_equal "$(cat "/proc/$1/task/$1/children")" ""
}

# faults_of LISTENER: the page faults without reading, so far, of the children that it has reaped.
faults_of() {
    sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 9
}

@test "a child of the listener has at most seven page faults to serve hello" {
    [ "$(uname -m)" = x86_64 ] || skip "this is another machine, with other pages"
    [[ $SSE_SERVER != */san/* ]] || skip "the sanitizers have pages of their own"
    local i before after turns=50
    start_server -q -f "/dev/shm/${BATS_TEST_TMPDIR//\//-}"
    curl -sS -m 9 -H 'Connection: close' "$URL/stream?count=0" | assert_file_has - '^id: hello'
    until_true has_no_children "$SERVER"
    before=$(faults_of "$SERVER")
    for ((i = 0; i < turns; i++)); do
        curl -sS -m 9 -H 'Connection: close' "$URL/stream?count=0" >/dev/null
    done
    until_true has_no_children "$SERVER"
    after=$(faults_of "$SERVER")
    rm "/dev/shm/${BATS_TEST_TMPDIR//\//-}"
    echo "page faults of $turns processes: $((after - before))"
    assert_at_most "$((after - before))" "$((7 * turns))"
}
