#!/usr/bin/env bats
# How the program is started: options, variables, and what is on its standard input.
load helper

@test "a request in a file is served when the file is standard input" {
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' >request
    "$SSE_SERVER" <request >answer 2>log
    assert_equal "$(status_of <answer)" 200
    assert_equal "$(tail -n 2 answer | head -c 12)" "data: Hello,"
}

@test "over a pipe the peer has a name of its own, which is never empty" {
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | "$SSE_SERVER" 2>log | assert_file_has - -E '^data: Hello, pid-[0-9]+!$'
}

HINT='Serving one client on standard input, which has sent nothing yet; to listen on a port use -l 8080'

# silent [OPTION...]: the program in the background, with a pipe on standard input that stays open: descriptor 9 writes to it. $SENT is
# in the pipe from the start. The answer goes to the file answer, standard error to the file errors.
silent() {
    rm -f pipe answer errors
    mkfifo pipe
    exec 9<>pipe
    printf '%s' "${SENT:-}" >&9
    in_background /dev/null bash -c 'exec "$0" "$@" <pipe >answer 2>errors 9>&-' "$SSE_SERVER" "$@"
}

# on_socket COMMAND: runs it with a Unix socket for standard input and output, whose client sends nothing.
on_socket() {
    printf '#!/bin/bash\n%s\n' "$1" >on_socket.sh
    chmod +x on_socket.sh
    rm -f pipe errors
    mkfifo pipe
    exec 9<>pipe
    in_background /dev/null bash -c 'exec socat EXEC:./on_socket.sh STDIO <pipe'
}

@test "after a second without a byte on a pipe it says once on standard error what it waits for, and never to the client" {
    silent
    until_true grep -qxF "$HINT" errors
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' >&9
    until_true grep -qs '^data: Hello' answer
    assert_equal "$(status_of <answer)" 200
    assert_equal "$(grep -cF "$HINT" errors)" 1
    refute_file_has answer 'standard input'
    in_background merged bash -c 'exec "$0" -t 3 <pipe 2>&1 | cat' "$SSE_SERVER" # standard error is the client's
    until_true grep -q '^HTTP/1.1 408 ' merged
    refute_file_has merged 'standard input'
}

@test "Node's spawn() gives it a socket for each stream, and so it says the same there" {
    export SSE_SERVER
    on_socket 'exec "$SSE_SERVER" >answer 2>errors'
    until_true grep -qsxF "$HINT" errors
}

@test "-i, a super-server's socket, and bytes within the second need no such hint" {
    export SSE_SERVER
    silent -i -t 3
    until_true grep -qs '^HTTP/1.1 408 ' answer
    refute_file_has errors 'standard input'
    SENT=G silent -t 3
    until_true grep -qs '^HTTP/1.1 408 ' answer
    refute_file_has errors 'standard input'
    on_socket 'exec "$SSE_SERVER" -t 3 2>errors'
    until_true grep -qs ' 408 ' errors
    refute_file_has errors 'standard input'
}

@test "PORT makes it listen, even with a pipe on standard input, and says so" {
    PORT=0 in_background log "$SSE_SERVER" < <(:)
    server_is_ready log
    assert_file_has log -E "^Starting sse-server at :$PORT_USED \.\.\.$"
    assert_equal "$(curl -s "$URL/status")" "{}"
}

@test "an empty PORT is no PORT" {
    printf 'GET /status HTTP/1.0\r\n\r\n' | PORT='' "$SSE_SERVER" 2>log | assert_file_has - '^HTTP/1.0'
}

@test "without anything on standard input it listens at :8080" {
    in_background log "$SSE_SERVER" </dev/null
    until_true test -s log
    # or says that it could not: somebody may have that port here
    assert_matches_regex "$(head -n 1 log)" '^(Starting sse-server at :8080 \.\.\.|Cannot listen at :8080: Address.*in use; .*)$'
}

@test "it listens on IPv6 and IPv4 alike, and shows IPv4 clients as such" {
    in_background log "$SSE_SERVER" -l :0
    server_is_ready log
    PORT=$PORT_USED "$SSE_SERVER" -c
    curl -sN "http://127.0.0.1:$PORT_USED/stream?count=0" | assert_file_has - '^data: Hello, 127\.0\.0\.1:[0-9]*!$'
    curl -sN "http://[::1]:$PORT_USED/stream?count=0" | assert_file_has - '^data: Hello, \[::1\]:[0-9]*!$'
}

@test "-l takes an address, and the line at the start shows it with the port in use" {
    in_background log "$SSE_SERVER" -l '[::1]:0'
    server_is_ready log
    assert_file_has log -E '^Starting sse-server at \[::1\]:[1-9][0-9]* \.\.\.$'
    assert_equal "$(curl -s "http://[::1]:$PORT_USED/status")" "{}"
}

@test "a port that is taken ends it with 111 and one line" {
    start_server
    run -111 "$SSE_SERVER" -l "127.0.0.1:$PORT_USED"
    assert_matches "$output" "Cannot listen at 127.0.0.1:$PORT_USED: Address*in use; name another port with -l or PORT, 0 for any free one"
}

@test "a status file that cannot be used is named as one, with what is lost and what to do" {
    in_background log "$SSE_SERVER" -l 127.0.0.1:0 -f nowhere/status
    server_is_ready log
    assert_file_has log -x 'status file nowhere/status: cannot be opened: No such file or directory; serving without it: /status, /log and keys answer 503; name a usable file with -f, or none'
    run -1 "$SSE_SERVER" -c -l "127.0.0.1:$PORT_USED"
    assert_equal "$output" "Unhealthy: 127.0.0.1:$PORT_USED answers with status 503; GET /status there says why"
    curl -s "$URL/log" | assert_file_has - -x 'status file nowhere/status: cannot be opened: No such file or directory'
    run -100 "$SSE_SERVER" -l 70000
    assert_ends_with "$output" 'in numbers, PORT from 0 to 65535'
}

@test "a port that only root may use, and an address of another machine, get advice" {
    unprivileged
    port_is_guarded() { [ "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" -gt 81 ]; }
    port_is_guarded || skip "everybody may use port 81 here"
    run -111 "${AS_USER[@]}" ./program -l 127.0.0.1:81
    assert_equal "$output" "Cannot listen at 127.0.0.1:81: Permission denied; ports below 1024 need root or CAP_NET_BIND_SERVICE; use -l 8080"
    run -111 "$SSE_SERVER" -l 192.0.2.1:0
    assert_matches "$output" "Cannot listen at 192.0.2.1:0: *; use an address of this machine, or -l PORT for all of them"
}

@test "a limit per address that looks like a port gets a hint, unless the operator named a port, and holds all the same" {
    local hint='-p limits the connections per address; to listen on port 8081 use -l 8081'
    in_background log "$SSE_SERVER" -p 8081 -e 1 </dev/null
    until_true grep -qE '^(Starting sse-server|Cannot listen) at :8080' log # another program may have that port
    assert_equal "$(head -n 1 log)" "$hint"
    in_background low "$SSE_SERVER" -p 1023 -e 1 </dev/null
    until_true grep -qE '^(Starting sse-server|Cannot listen) at :8080' low
    assert_equal "$(wc -l <low)" 1
    start_server -p 8081
    assert_equal "$(curl -s "$URL/status")" "{}"
    PORT=0 in_background port.log "$SSE_SERVER" -p 8081
    server_is_ready port.log
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | "$SSE_SERVER" -p 8081 2>pipe.log | assert_file_has - '^data: Hello'
    refute_file_has server.log '^-p limits'
    refute_file_has port.log '^-p limits'
    refute_file_has pipe.log '^-p limits'
    run -100 "$SSE_SERVER" -p 50000 </dev/null
    assert_equal "$output" "sse-server: not a number of connections: 50000; use 1 to 32768; to listen on port 50000 use -l 50000"
    run -100 "$SSE_SERVER" -p 65536 </dev/null
    assert_equal "$output" "sse-server: not a number of connections: 65536; use 1 to 32768"
}

@test "each usage error is one line on standard error and exit 100" {
    local arguments
    for arguments in "-x" "-l" "-l localhost:80" "-l 70000" "-t 0" "-t 1.5" "-t x" "-k -1" "-w 86401" "-n 0" "-p 32769" "-f" "-i -l 0" "extra" \
        "-- -i" "--listen" "--stdin=yes" "--idle-timeout=0"; do
        # shellcheck disable=SC2086
        run -100 --separate-stderr "$SSE_SERVER" $arguments </dev/null
        # shellcheck disable=SC2154
        [ -z "$output" ] && [ "${#stderr_lines[@]}" = 1 ] || { echo "$arguments: $output $stderr"; return 1; }
        assert_starts_with "$stderr" "sse-server: "
    done
    while IFS=: read -r arguments output; do
        # shellcheck disable=SC2086
        diff <(echo "sse-server: $output; see sse-server --help") <("$SSE_SERVER" $arguments 2>&1 </dev/null)
    done <<'END'
-qx:unknown option: -x
-q --nothing=7:unknown option: --nothing=7
--port:unknown option: --port
--per:option needs an argument: -p
--stdin=yes:option takes no argument: --stdin=yes
--stdin -l:option needs an argument: -l
-i -- -l:unexpected argument: -l
localhost:unexpected argument: localhost
--listen 0 --stdin:-i and -l exclude each other
END
    while IFS=: read -r arguments output; do
        # shellcheck disable=SC2086
        diff <(echo "sse-server: $output") <("$SSE_SERVER" $arguments 2>&1 </dev/null)
    done <<'END'
--lsten=0:unknown option: --lsten=0; did you mean --listen?
-q --Quiet:unknown option: --Quiet; did you mean --quiet?
--paramters:unknown option: --paramters; did you mean --parameters?
-q 8081:unexpected argument: 8081; to listen there use -l 8081
END
    PORT=http run -100 "$SSE_SERVER" </dev/null
    assert_equal "$output" "sse-server: PORT is not a port: http; use a number, 0 to 65535"
}

@test "-V and -h print to standard output and exit 0" {
    run -0 --separate-stderr "$SSE_SERVER" -V
    assert_matches_regex "$output" '^sse-server [0-9]+\.[0-9]+\.[0-9]+$'
    assert_empty "$stderr"
    assert_equal "$("$SSE_SERVER" --version)" "$output"
    run -0 --separate-stderr "$SSE_SERVER" -h
    assert_starts_with "$output" "usage: sse-server [options]"
    assert_empty "$stderr"
    assert_equal "$("$SSE_SERVER" --help)" "$output"
}

@test "-H prints the parameters of /stream, word for word as GET /help does behind its list of paths" {
    run -0 --separate-stderr "$SSE_SERVER" -H
    assert_empty "$stderr"
    assert_starts_with "$output" "GET /stream?NAME=VALUE"
    "$SSE_SERVER" -H >printed
    diff printed <(get /help 'Connection: close' | pipe_request | body_of | sed '1,/^$/d')
}

@test "-- ends the options" {
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | "$SSE_SERVER" -i -- 2>log | assert_file_has - '^data: Hello'
}

@test "a descriptor that LISTEN_FDS promises and that is not there is no reason not to serve" {
    printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' >request
    bash -c 'exec 3<&-; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" <request >answer 2>log' "$SSE_SERVER"
    assert_equal "$(status_of <answer)" 200
}

@test "with standard streams closed it still serves what it was told to" {
    free_port
    URL=http://127.0.0.1:$FREE_PORT
    in_background log bash -c 'exec "$0" -l "127.0.0.1:$1" <&- >&- 2>&-' "$SSE_SERVER" "$FREE_PORT"
    until_true curl -s "$URL/status"
    curl -sN "$URL/stream?count=0" | assert_file_has - '^data: Hello'
}

@test "with standard input alone closed it listens, wherever its log goes" {
    in_background out bash -c '"$0" -q -e 1 <&- 2> >(cat >errors)' "$SSE_SERVER"
    until_true test -s out -o -s errors
    assert_matches_regex "$(cat out errors)" '^(Starting sse-server at :8080|Cannot listen at :8080)'
}

@test "a client that breaks its pipe ends the process, quietly and with exit 0" {
    printf 'GET /stream HTTP/1.0\r\n\r\n' >request
    ("$SSE_SERVER" -i <request 2>log; echo "exit $?" >code) | head -n 1 >first
    until_true test -s code
    assert_equal "$(cat code)" "exit 0"
    assert_file_has log 'closed connection'
}

@test "-q leaves clients out of the log, but not the start" {
    start_server -q
    curl -sN "$URL/stream?count=0" >/dev/null
    curl -s "$URL/status" >/dev/null
    assert_equal "$(wc -l <server.log)" 1
}

@test "what a client sends after its request does not cost it the end of the answer" {
    start_server
    exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    printf 'GET /stream?count=1 HTTP/1.0\r\n\r\n' >&9
    until [ "$line" = 'id: hello' ]; do read -r line <&9; done
    printf 'more\r\n' >&9
    cat <&9 >rest # fails if the connection is reset
    assert_file_has rest '^data: }'
}

@test "a usage error is never sent to the client" {
    in_background inetd socat TCP-LISTEN:0,bind=127.0.0.1 EXEC:"$SSE_SERVER -x",nofork,stderr
    port() { PORT_USED=$(ss -Hltnp 2>/dev/null | sed -n "s/.* 127.0.0.1:\([0-9]*\) .*pid=$LAST,.*/\1/p") && [ -n "$PORT_USED" ]; }
    until_true port
    run raw "$PORT_USED" <<<''
    assert_empty "$output"
}

@test "a connection that was reset before the program began is not taken for a reason to listen" {
    cat >wrapper <<'END'
#!/bin/sh
until [ -e go ]; do read -r _ <gate; done
PORT=0 exec "$SSE_SERVER" 2>log
END
    chmod +x wrapper
    mkfifo gate
    export SSE_SERVER
    in_background inetd socat TCP-LISTEN:0,bind=127.0.0.1 EXEC:./wrapper,nofork
    INETD=$LAST
    port() { PORT_USED=$(ss -Hltnp | sed -n "s/.* 127.0.0.1:\([0-9]*\) .*pid=$INETD,.*/\1/p") && [ -n "$PORT_USED" ]; }
    until_true port
    socat -u OPEN:/dev/null "TCP:127.0.0.1:$PORT_USED,linger=0"
    touch go
    in_background opener bash -c 'exec 9<>gate; echo >&9; exec tail -f /dev/null'
    wait "$INETD"
    refute_file_has log Starting
}

@test "with -l the log goes to standard output, whatever is on standard input" {
    in_background log socat "EXEC:$SSE_SERVER -l 127.0.0.1\:0" STDIO,ignoreeof
    server_is_ready log
    assert_equal "$(curl -s "$URL/status")" "{}"
    kill "$(children "$LAST")"
}

@test "the peer that a super-server names is shown in the canonical form" {
    local want
    while read -r variable host port want; do
        printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' | env "${variable%,*}=$host" "${variable#*,}=$port" "$SSE_SERVER" -i 2>log >answer
        grep -qF "Hello, ${want}" answer || { echo "$variable $host $port: $(grep Hello answer)"; return 1; }
    done <<'END'
REMOTE_ADDR,REMOTE_PORT 192.0.2.1 80 192.0.2.1:80
REMOTE_ADDR,REMOTE_PORT ::ffff:192.0.2.1 80 192.0.2.1:80
TCPREMOTEIP,TCPREMOTEPORT 2001:DB8:0:0::1 65535 [2001:db8::1]:65535
SOCAT_PEERADDR,SOCAT_PEERPORT [0000:0000:0000:0000:0000:0000:0000:0001] 1 [::1]:1
NCAT_REMOTE_ADDR,NCAT_REMOTE_PORT fe80::1%eth0 5 [fe80::1]:5
REMOTE_ADDR,REMOTE_PORT "} 80 pid-
REMOTE_ADDR,REMOTE_PORT 192.0.2.1 65536 pid-
END
}
