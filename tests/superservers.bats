#!/usr/bin/env bats
# Every program that starts us, the real one each time, and one body of checks for all.
#
# Configurations are those of the manual, with this machine's port, path and user put in.
load helper
load tls

setup_file() {
    export INETDS=$BATS_FILE_TMPDIR
    "$BATS_TEST_DIRNAME/tools/unpack" openbsd-inetd "$INETDS/openbsd"
    "$BATS_TEST_DIRNAME/tools/unpack" inetutils-inetd "$INETDS/inetutils"
}

# What every front gets: the shared file by its environment, and a port of its own.
prepare() {
    free_port
    export STATUS_FILE=$PWD/status PORT_USED=$FREE_PORT
    URL=http://127.0.0.1:$PORT_USED
    USER_NAME=$(id -un)
}

# The manual's block with TEXT, made to run here.
configured() {
    manual_block "$1" | sed -e "s|/usr/local/bin/sse-server|$SSE_SERVER|; s|\b8080\b|$PORT_USED|; s|EXEC:sse-server|EXEC:$SSE_SERVER|" \
        -e "s|^\(tcpserver .*\) sse-server\$|\1 $SSE_SERVER|"
}

answers() {
    assert_equal "$(curl -s -o /dev/null -w '%{http_code}' -X OPTIONS "$URL/status")" 204
}

# The body of a stream is the hello, to the address that curl knows of itself, and the messages, and not one byte more.
check_stream() {
    local known
    known=$(curl -sN -o "$1" -w '%{local_ip}:%{local_port}' "$URL/stream?count=2")
    [[ $known != *:*:* ]] || known="[${known%:*}]:${known##*:}"
    sed -E -e 's/("time": )[0-9]{10}/\1T/' "$1" >"$1.masked"
    cat >"$1.wanted" <<END
id: hello
data: Hello, $known!

id: message-1
data: {
data:   "time": T,
data:   "random": "spheIGLpzXpFGMIH"
data: }

id: message-2
data: {
data:   "time": T,
data:   "random": "ViOGllEPvVfdraRk"
data: }

END
    diff "$1.wanted" "$1.masked"
}

# Three streams at once, and /status between them.
serves_well() {
    local i pids=()
    until_true answers
    for i in 1 2 3; do
        check_stream "stream-$i" &
        pids+=($!)
    done
    listed() { curl -s "$URL/status" >listed && jq -e 'length == 3 and all(.remote != "")' listed; }
    until_true listed
    for i in "${pids[@]}"; do
        wait "$i"
    done
    gone() { [ "$(curl -s "$URL/status")" = "{}" ]; }
    until_true gone
}

@test "xinetd, with the manual's configuration" {
    prepare
    configured 'service sse-server' | sed "s|user  .*|user = $USER_NAME|; /port /a\\bind = 127.0.0.1\nenv = STATUS_FILE=$STATUS_FILE" >xinetd.conf
    in_background log xinetd -dontfork -f "$PWD/xinetd.conf" -pidfile "$PWD/pid" -filelog "$PWD/xinetd.log"
    serves_well
}

@test "openbsd-inetd nowait, with the manual's configuration" {
    prepare
    configured nowait | grep nowait | sed "s|^|127.0.0.1:|; s|nowait\(\S*\) \S*|nowait\1 $USER_NAME|" >inetd.conf
    in_background log "$INETDS/openbsd/usr/sbin/inetd" -i "$PWD/inetd.conf"
    serves_well
}

@test "openbsd-inetd wait, with the manual's configuration" {
    prepare
    configured nowait | grep ' wait' | sed "s|^|127.0.0.1:|; s|wait \S*|wait $USER_NAME|" >inetd.conf
    in_background log "$INETDS/openbsd/usr/sbin/inetd" -i "$PWD/inetd.conf"
    serves_well
    pkill -TERM -P "$LAST"
}

@test "inetutils-inetd, which tells the peer in the environment" {
    prepare
    configured nowait | grep nowait | sed "s|^|127.0.0.1:|; s|nowait\(\S*\) \S*|nowait\1 $USER_NAME|" >inetd.conf
    in_background log "$INETDS/inetutils/usr/sbin/inetutils-inetd" -d --environment "-p$PWD/pid" "$PWD/inetd.conf"
    serves_well
}

@test "tcpserver, with the manual's command" {
    prepare
    # shellcheck disable=SC2046
    in_background log $(configured tcpserver | grep ^tcpserver | sed 's/tcpserver/tcpserver -H -R -l 0/; s/ 0 / 127.0.0.1 /')
    serves_well
    assert_file_has log '^Starting stream for 127.0.0.1:'
}

@test "tcpsvd" {
    prepare
    in_background log tcpsvd -c 1000 -l 0 127.0.0.1 "$PORT_USED" "$SSE_SERVER"
    serves_well
    assert_file_has log '^Starting stream for 127.0.0.1:'
}

@test "socat with nofork, with the manual's command" {
    prepare
    # shellcheck disable=SC2046
    in_background log $(configured tcpserver | grep ^socat)
    serves_well
    assert_file_has log '^Starting stream for 127.0.0.1:'
}

@test "socat with a pair of sockets between" {
    prepare
    in_background log socat "TCP-LISTEN:$PORT_USED,bind=127.0.0.1,fork,reuseaddr" "EXEC:$SSE_SERVER"
    serves_well
}

@test "busybox nc, which tells nobody's address but leaves the socket" {
    prepare
    in_background log busybox nc -ll -p "$PORT_USED" -e "$SSE_SERVER"
    serves_well
}

@test "ncat, over two pipes" {
    prepare
    in_background log ncat -lk 127.0.0.1 "$PORT_USED" -e "$SSE_SERVER"
    serves_well
}

# serves_tls LOG: what every super-server with TLS does. The client's own address is in the hello and in the log.
serves_tls() {
    URL=https://127.0.0.1:$PORT_USED
    serves_well
    keeps_failures
    curl -sN --interface 127.0.0.9 -o hello "$URL/stream?count=0"
    assert_file_has hello '^data: Hello, 127\.0\.0\.9:[0-9]*!$'
    assert_file_has "$1" '^Starting stream for 127\.0\.0\.9:[0-9]*, '
}

# keeps_failures: curl reports a stream that fails. 18: the end is missing; 56: the data is wrong. The front has half a second to read each
# message, because stunnel discards what it has not read when a reset arrives.
keeps_failures() {
    local end
    for end in close=0 reset=18 truncate=18 badchunk=56; do
        run -"${end#*=}" curl -sN -m 20 -o "through.${end%=*}" "$URL/stream?count=2&interval=500ms&end=${end%=*}"
        assert_file_has "through.${end%=*}" -x 'id: message-1'
    done
    assert_file_has through.close -x 'id: message-2'
    assert_file_has through.truncate -x 'id: message-2'
}

@test "stunnel, with the manual's configuration" {
    prepare
    make_certificate
    start_stunnel "$PORT_USED"
    serves_tls stunnel.log
}

@test "socat with TLS, with the manual's command" {
    prepare
    make_certificate
    start_tls_socat "$PORT_USED"
    serves_tls socat.log
}

@test "stunnel and socat pass AUTH_TOKEN_FILE on" {
    local start
    echo secret >token
    export AUTH_TOKEN_FILE=$PWD/token
    for start in start_stunnel start_tls_socat; do
        prepare
        make_certificate
        URL=https://127.0.0.1:$PORT_USED
        "$start" "$PORT_USED"
        until_true curl -sfo answer -H 'Authorization: Bearer secret' "$URL/help"
        assert_equal "$(curl -s -o answer -w '%{http_code}' "$URL/help")" 401
    done
}

@test "the environment names another peer than the socket only for a socket from 127.0.0.1, with address and port" {
    local from host port want seen
    while read -r from host port want; do
        prepare
        in_background log env "REMOTE_HOST=$host" "REMOTE_PORT=${port#-}" \
            socat "TCP-LISTEN:$PORT_USED,bind=127.0.0.1,fork" "EXEC:$SSE_SERVER,nofork"
        until_true answers
        seen=$(curl -sN --interface "$from" "$URL/stream?count=0" | sed -n 's/^data: Hello, \(.*\)!$/\1/p')
        echo "from $from, REMOTE_HOST=$host, REMOTE_PORT=$port"
        assert_matches "$seen" "$want"
    done <<'END'
127.0.0.1 192.0.2.1 7 192.0.2.1:7
127.0.0.1 ::ffff:192.0.2.1 7 192.0.2.1:7
127.0.0.1 192.0.2.1 - 127.0.0.1:*
127.0.0.1 nobody 7 127.0.0.1:*
127.0.0.2 192.0.2.1 7 127.0.0.2:*
END
}

# systemd-socket-activate gives its children a bare environment, but for what is named.
activate() {
    prepare
    in_background log systemd-socket-activate -l "127.0.0.1:$PORT_USED" -E "STATUS_FILE=$STATUS_FILE" "$@" "$SSE_SERVER"
    serves_well
}

@test "systemd-socket-activate, the listening socket as descriptor 3" {
    activate
    assert_file_has log "^Starting sse-server at 127.0.0.1:$PORT_USED \.\.\.$"
}

@test "systemd-socket-activate, a socket of the file system, whose clients have no address but a name" {
    in_background log systemd-socket-activate -l "$PWD/socket" "$SSE_SERVER"
    until_true test -S socket
    curl -sN --unix-socket socket 'http://x/stream?count=0' | assert_file_has - -E '^data: Hello, pid-[0-9]+!$'
    assert_file_has log '^Starting sse-server at an inherited socket \.\.\.$'
}

# refuses_sockets WORDS COMMAND...: in place of the program, under systemd-socket-activate with the sockets $SOCKETS; the first client
# has it end with 100, and these words.
refuses_sockets() {
    local code=0
    in_background log systemd-socket-activate "${SOCKETS[@]/#/--listen=}" "${@:2}"
    until_true test -S "${SOCKETS[-1]}"
    curl -s --max-time 5 --unix-socket "${SOCKETS[0]}" http://x/ || :
    wait "$LAST" || code=$?
    assert_equal "$code" 100
    assert_file_has log -x "$1"
}

@test "systemd-socket-activate, more sockets than are served, is refused" {
    SOCKETS=("$PWD"/socket-{1..17})
    refuses_sockets 'LISTEN_FDS passes more than 16 sockets; pass fewer' "$SSE_SERVER"
}

@test "a socket and another descriptor that is none are refused" {
    SOCKETS=("$PWD/socket")
    # shellcheck disable=SC2016
    refuses_sockets 'LISTEN_FDS passes more than one descriptor, but not all are listening sockets; pass only those' \
        /bin/bash -c 'exec 4</dev/null; LISTEN_FDS=2 exec "$0"' "$SSE_SERVER"
}

@test "systemd-socket-activate --inetd, the listening socket as standard input" {
    activate --inetd
}

@test "systemd-socket-activate --accept, the connection as descriptor 3" {
    activate --accept
}

@test "systemd-socket-activate --accept --inetd, the connection as standard input and output" {
    activate --accept --inetd
}
