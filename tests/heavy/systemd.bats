#!/usr/bin/env bats
# Under a real systemd, both ways: a process a connection (Accept=yes) and one listener (Accept=no).
load ../helper
load systemd

setup_file() {
    export BATS_NO_PARALLELIZE_WITHIN_FILE=true # there is one container for all
    make_rootfs
    boot
    install_inside
}

teardown_file() {
    power_off
}

URL=http://127.0.0.1:8080

# by WAY: that way is on, the other off, and nothing is left of what was before.
by() {
    inside systemctl disable --now --quiet sse-server.socket sse-serverd.socket
    inside systemctl stop 'sse-server*.service'
    inside systemctl reset-failed
    no_drop_ins
    inside systemctl enable --now --quiet "$1"
    assert_equal "$(inside systemctl is-active "$1")" active
}

get() {
    network curl -sN "$@"
}

stream_into() {
    in_background "$1.err" nsenter -t "$LEADER" -n -- curl -sN -o "$1" "$URL/stream$2"
    until_true grep -qs '^data: Hello, 127\.0\.0\.1:' "$1"
}

listed() {
    assert_equal "$(get "$URL/status" | jq length)" "$1"
}

no_failed_unit() {
    assert_empty "$(inside systemctl list-units --failed --no-legend --plain 'sse-server*')"
}

no_instance() {
    assert_empty "$(inside systemctl list-units --no-legend --plain 'sse-server@*')"
}

streams_and_status() {
    by "$1"
    stream_into one
    ONE=$LAST
    stream_into two '?count=3'
    TWO=$LAST
    listed 2
    kill "$ONE"
    until_true listed 1 # the end of one does not take the other along
    assert_equal "$(get "$URL/status" | jq -r 'keys[0]')" "$(sed -n 's/^data: Hello, \(.*\)!$/\1/p' two)"
    wait "$TWO"
    assert_equal "$(grep -c '^id: message' two)" 3
    until_true listed 0
}

@test "Accept=yes: concurrent instances stream and see each other in /status" {
    streams_and_status sse-server.socket
    until_true no_instance
    no_failed_unit
}

@test "Accept=no: the listener streams, and its children see each other in /status" {
    streams_and_status sse-serverd.socket
    no_failed_unit
}

token_by_credential() {
    by "$1"
    inside mkdir -p /etc/sse-server
    echo 'very secret' | inside tee /etc/sse-server/token >/dev/null
    inside chmod 600 /etc/sse-server/token
    manual_block LoadCredential= | drop_in "$2" token
    assert_equal "$(get -o /dev/null -w '%{http_code}' "$URL/status")" 401
    assert_equal "$(get -H 'Authorization: Bearer very secret' "$URL/status")" "{}"
    refute_file_has <(inside journalctl -t sse-server -o cat) 'very secret'
}

@test "Accept=yes: the token comes by LoadCredential=, with the manual's drop-in" {
    token_by_credential sse-server.socket sse-server@.service
}

@test "Accept=no: the token comes by LoadCredential=, with the manual's drop-in" {
    token_by_credential sse-serverd.socket sse-serverd.service
}

burst() {
    by "$1"
    network bash -c 'for i in {1..300}; do exec {fd}<>/dev/tcp/127.0.0.1/8080 || :; done; read -rt 1 <&$fd || :' 2>/dev/null
    assert_equal "$(inside systemctl is-active "$1")" active
    serves() { [ "$(get "$URL/status")" = "{}" ]; }
    until_true serves
    no_failed_unit
}

@test "Accept=yes: 300 connections at once leave the socket unit alive" {
    burst sse-server.socket
    SECONDS=0
    until_true no_instance || until_true no_instance || until_true no_instance
}

@test "Accept=no: 300 connections at once leave the socket unit alive" {
    burst sse-serverd.socket
}

journal() {
    by "$1"
    local since
    since=$(inside date '+%Y-%m-%d %H:%M:%S.%6N')
    get -i "$URL/stream?count=0" | tr -d '\r' >answer
    assert_equal "$(sed '1,/^$/d' answer | head -c 23)" $'id: hello\ndata: Hello, '
    assert_equal "$(sed '1,/^$/d' answer | wc -l)" 3
    logged() { inside journalctl -t sse-server --since "$since" -o json | jq -s -e "$2" >"$1"; }
    until_true logged info 'any(.PRIORITY == "6" and (.MESSAGE | test("^<- 127.0.0.1:[0-9]+: GET /stream\\?count=0 200 \\(.*s\\)$")))'
    echo 'Environment=AUTH_TOKEN_FILE=/nonexistent' | sed '1i[Service]' | drop_in "$2" broken
    inside systemctl stop "$2" || :
    get --max-time 2 "$URL/status" >/dev/null || :
    until_true logged error 'any(.PRIORITY == "3" and (.MESSAGE | test("^Cannot read a token from /nonexistent: No such file")))'
}

@test "Accept=yes: the journal has our lines with their priority, and the client has none of them" {
    journal sse-server.socket sse-server@.service
}

@test "Accept=no: the journal has our lines with their priority, and the client has none of them" {
    journal sse-serverd.socket sse-serverd.service
}

stop_and_restart() {
    by "$1"
    local i clients=()
    for i in 1 2 3 4 5; do
        stream_into "stream-$i"
        clients+=("$LAST")
    done
    inside systemctl stop "$2"
    for i in "${clients[@]}"; do
        wait "$i" # curl fails if a stream does not end properly
    done
    until_true listed 0
    inside systemctl restart "$1"
    stream_into again
    listed 1
    no_failed_unit
}

@test "Accept=yes: stopped under load every stream ends properly, and the socket serves on" {
    stop_and_restart sse-server.socket 'sse-server@*.service'
}

@test "Accept=no: stopped under load every stream ends properly, and the socket serves on" {
    stop_and_restart sse-serverd.socket sse-serverd.service
}

# The process of a stream, as this machine numbers it.
process_of_stream() {
    pgrep --ns "$LEADER" --nslist pid -x sse-server | tail -n 1
}

sandboxed() {
    by "$1"
    stream_into answer
    local process
    process=$(process_of_stream)
    assert_file_has "/proc/$process/status" '^NoNewPrivs:.*1$'
    assert_file_has "/proc/$process/status" '^Seccomp:.*2$'
    refute_file_has <(inside journalctl -t sse-server -b -o cat) 'The kernel refuses'
    assert_file_has "/proc/$process/status" '^CapBnd:.*0000000000000000$'
    refute_file_has "/proc/$process/status" -E '^Uid:\s0\s'
    inside touch /root/private /usr/bin/written
    run ! touch "/proc/$process/root/usr/bin/written"
    assert_ends_with "$output" "Read-only file system"
    assert_empty "$(ls -A "/proc/$process/root/root")"
    assert_equal "$(nsenter -t "$process" -n ip -o link | wc -l)" 1
    assert_equal "$(awk '/Max core file size/ { print $5 }' "/proc/$process/limits")" 0
}

@test "Accept=yes: the sandbox is enforced on the process that serves" {
    sandboxed sse-server.socket
}

@test "Accept=no: the sandbox is enforced on the process that serves" {
    sandboxed sse-serverd.socket
}

@test "Accept=no: started by the first client, gone after an idle time, and no connection is lost in between" {
    by sse-serverd.socket
    printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=\nExecStart=/usr/bin/sse-server -e 1\n' | drop_in sse-serverd.service idle
    inactive() { [ "$(inside systemctl is-active sse-serverd.service)" = inactive ]; }
    inactive
    local i
    for i in 1 2 3; do
        assert_equal "$(get "$URL/status")" "{}"
        assert_equal "$(inside systemctl is-active sse-serverd.service)" active
        until_true inactive
    done
    # and about the moment of going: each request as near to a second after the one before as can be
    for i in 980 985 990 995 1000 1005 1010; do
        assert_equal "$(get "$URL/status")" "{}"
        read -rt "$((i / 1000)).$(printf %03d $((i % 1000)))" <> <(:) || :
    done
    no_failed_unit
}

@test "both ways are as hardened as systemd can tell: exposure at most 1.0" {
    local unit
    for unit in sse-server@.service sse-serverd.service; do
        inside systemd-analyze security --offline=true --threshold=10 "/usr/lib/systemd/system/$unit" >"$unit.report" ||
            { tail -n 3 "$unit.report"; return 1; }
    done
}

@test "Accept=yes: the manual's drop-in works, and gives up no more than the file system" {
    by sse-server.socket
    manual_block ProtectSystem=no | drop_in sse-server@.service fast
    stream_into answer '?count=1'
    listed 1
    wait "$LAST"
    assert_file_has answer '^id: message-1$'
    no_failed_unit
    assert_at_most "$(inside systemd-analyze security sse-server@x.service | sed -n '$s/.*: \([0-9]*\)\.\([0-9]*\) .*/\1\2/p')" 26
}

@test "the manual's drop-ins choose another port and another limit" {
    by sse-serverd.socket
    assert_equal "$(get "$URL/status")" "{}" # the service runs
    manual_block ListenStream= | drop_in sse-serverd.socket port
    manual_block TasksMax= | drop_in sse-serverd.service limit
    run_block 'systemctl restart sse-serverd.socket'
    assert_equal "$(get http://127.0.0.1:8081/status)" "{}"
    run -7 network curl -s -o /dev/null "$URL/status"
    inside sse-server -c -l 127.0.0.1:8081
    assert_equal "$(inside systemctl show -P TasksMax sse-serverd.service)" 2000
}

@test "the manual's two commands enable the two ways" {
    local way
    for way in sse-server.socket sse-serverd.socket; do
        by "$way"
        inside systemctl disable --now --quiet "$way"
        manual_block '# either this' | grep "$way" | inside sh -e
        assert_equal "$(get "$URL/status")" "{}"
    done
}

# in_journal PATTERN OPTION...: what journalctl selects has such a line.
in_journal() {
    assert_file_has <(inside journalctl "${@:2}" -b -o cat) "$1"
}

code() {
    get -o /dev/null -w '%{http_code}' "$URL/status"
}

@test "a credential with another name than token protects nothing, and the listener says so" {
    by sse-serverd.socket
    printf '[Service]\nSetCredential=sse-token:x\n' | drop_in sse-serverd.service token
    assert_equal "$(code)" 200
    until_true in_journal '^CREDENTIALS_DIRECTORY has no file named token, ' -t sse-server
}

token_file_is_missing() {
    by "$1"
    inside mkdir -p /etc/sse-server
    inside rm -f /etc/sse-server/token
    manual_block LoadCredential= | drop_in "$2" token
    assert_equal "$(code)" 000
    until_true in_journal 'status=243/CREDENTIALS' -u 'sse-server*'
    echo x | inside tee /etc/sse-server/token >/dev/null
}

@test "Accept=yes: without the file of the token nobody is served, until it is there" {
    token_file_is_missing sse-server.socket sse-server@.service
    assert_equal "$(code)" 401
}

@test "Accept=no: without the file of the token the socket fails, and the manual's commands start it again" {
    token_file_is_missing sse-serverd.socket sse-serverd.service
    run -3 inside systemctl is-active sse-serverd.socket
    assert_equal "$output" failed
    run_block reset-failed
    assert_equal "$(code)" 401
}

# The manual's commands for a change to sse-server.socket. Those for the other direction have the names exchanged.
@test "the manual's commands change to the other way, in both directions" {
    by sse-serverd.socket
    stream_into first
    run_block 'disable --now sse-serverd.socket'
    wait "$LAST" # curl fails if a stream does not end properly
    run -1 inside systemctl is-enabled sse-serverd.socket
    stream_into second
    listed 1
    manual_block 'disable --now sse-serverd.socket' | sed 's/serverd/other/; s/server\./serverd./; s/other/server/' | inside sh -e
    run -1 inside systemctl is-enabled sse-server.socket
    stream_into third
    listed 2 # the second one continues
    assert_equal "$(inside systemctl is-active sse-serverd.service)" active
    no_failed_unit
}

@test "enabled without the manual's first command the other way fails, nothing listens, and both commands help" {
    by sse-serverd.socket
    run -1 inside systemctl enable --now --quiet sse-server.socket
    run -7 network curl -s -o /dev/null "$URL/status"
    run_block 'disable --now sse-serverd.socket'
    assert_equal "$(get "$URL/status")" "{}"
    assert_equal "$(inside systemctl is-active sse-server.socket)" active
}

is_new_version() { [ "/proc/$(process_of_stream)/exe" -ef "/proc/$LEADER/root/usr/bin/sse-server" ]; }

@test "Accept=no: after the manual's upgrade the new version serves, and not before its last command" {
    by sse-serverd.socket
    stream_into old
    is_new_version
    make -s -C "$ROOT" install DESTDIR="/proc/$LEADER/root" PREFIX=/usr PROGRAM="$SSE_SERVER"
    run ! is_new_version
    run_block try-restart
    wait "$LAST"
    stream_into new
    is_new_version
    run -3 inside systemctl is-active sse-server.socket
}

@test "Accept=yes: after the manual's upgrade the new version serves, and the old streams continue" {
    by sse-server.socket
    stream_into old
    run_block try-restart
    run ! is_new_version
    stream_into new
    until_true eval 'pgrep --ns "$LEADER" --nslist pid -x sse-server | wc -l | grep -qx 2'
    is_new_version
    listed 2
    run -3 inside systemctl is-active sse-serverd.socket
}

@test "the manual's user and directory for other super-servers are enough" {
    by sse-serverd.socket
    inside systemctl stop sse-serverd.socket
    inside userdel sse-server
    inside rm -r /run/sse-server
    run_block useradd
    inside systemctl start sse-serverd.socket
    stream_into stream
    listed 1
    assert_equal "$(inside stat -c '%U %a' /run/sse-server/status)" 'sse-server 600'
}

@test "systemd-analyze verify prints nothing about any unit" {
    run -0 inside systemd-analyze verify --man=no sse-server.socket sse-server@x.service sse-serverd.socket sse-serverd.service
    assert_empty "$output"
}

# What is left of us: files by name and by owner, the units that systemd knows, and the user.
left() {
    inside find / /run /tmp /var/tmp -xdev -ignore_readdir_race \( -name '*sse-server*' -o -name '*sse-replay*' -o -nouser -o -nogroup \)
    inside systemctl list-units --all --no-legend --plain 'sse-server*'
    inside systemctl list-unit-files --no-legend 'sse-server*' || : # fails if there is none
    inside getent passwd sse-server | cut -d : -f 1
}

@test "after the manual's uninstall only the user, the status file, the token and drop-ins are left, and then nothing" {
    local way
    for way in sse-server.socket sse-serverd.socket; do
        by "$way"
        manual_block TasksMax= | drop_in sse-serverd.service limit
        inside mkdir -p /etc/sse-server
        stream_into "$way.stream"
        run_block 'make uninstall'
        wait "$LAST"
        run -7 network curl -s -o /dev/null "$URL/status"
        left >found
        diff <(sort found) - <<'END'
/etc/sse-server
/etc/systemd/system/sse-serverd.service.d
/run/sse-server
sse-server
END
        run_block userdel
        assert_empty "$(left)"
        install_inside
    done
}
