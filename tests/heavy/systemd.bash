# A real systemd: process 1 of a container of our own, in a throw-away copy of a Debian that is made once.
#
# It has its own network, which is loopback alone. Needs root. inside COMMAND runs there; network COMMAND runs this machine's command
# in its network.

load rootfs

boot() {
    export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 SYSTEMD_NSPAWN_LOCK=0
    systemd-nspawn -q -D "$ROOTFS" --volatile=overlay --boot --register=no --keep-unit --private-network --link-journal=no \
        --console=pipe -M "sse$$" --hostname=testbed --rlimit=RLIMIT_NOFILE=16384 --capability=CAP_NET_ADMIN,CAP_BPF,CAP_PERFMON \
        --system-call-filter="landlock_create_ruleset landlock_add_rule landlock_restrict_self" \
        systemd.firstboot=no systemd.unit=multi-user.target systemd.mask=systemd-networkd.service \
        systemd.mask=systemd-resolved.service </dev/null >"$BATS_FILE_TMPDIR/console" 2>&1 3>&- &
    export NSPAWN=$!
    is_up() {
        LEADER=$(pgrep -P "$NSPAWN" | head -n 1)
        [ -n "$LEADER" ] && inside systemctl is-system-running 2>/dev/null | grep -Eq '^(running|degraded)$'
    }
    until_true is_up || { tail -n 20 "$BATS_FILE_TMPDIR/console" >&2; return 1; }
    export LEADER
}

inside() {
    nsenter -t "$LEADER" -m -u -i -n -p -C -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_PAGER= SYSTEMD_COLORS=0 "$@"
}

network() {
    nsenter -t "$LEADER" -n -- "$@"
}

# What make install makes, put in place there.
install_inside() {
    local stage=$BATS_FILE_TMPDIR/stage
    make -s -C "$ROOT" install DESTDIR="$stage" PREFIX=/usr PROGRAM="$SSE_SERVER"
    tar -C "$stage" -c . | inside tar -C / --no-same-owner -x
    manual_block systemd-sysusers | inside sh -e
}

# run_block TEXT: the lines of the manual's block with TEXT, one after the other, there. make is this machine's.
run_block() {
    local lines line
    mapfile -t lines < <(manual_block "$1")
    for line in "${lines[@]}"; do
        case $line in
        make\ *) make -s -C "$ROOT" "${line#make }" DESTDIR="/proc/$LEADER/root" PREFIX=/usr PROGRAM="$SSE_SERVER" || return 1 ;;
        *) inside sh -c "$line" || return 1 ;;
        esac
    done
}

# drop_in UNIT NAME <TEXT
drop_in() {
    inside mkdir -p "/etc/systemd/system/$1.d"
    inside tee "/etc/systemd/system/$1.d/$2.conf" >/dev/null
    inside systemctl daemon-reload
}

no_drop_ins() {
    inside sh -c 'rm -rf /etc/systemd/system/sse-server*.d'
    inside systemctl daemon-reload
}

power_off() {
    [ -n "${NSPAWN:-}" ] || return 0
    kill -s RTMIN+4 "$LEADER" 2>/dev/null
    is_off() { ! kill -0 "$NSPAWN" 2>/dev/null; }
    until_true is_off || { kill -KILL "$LEADER" "$NSPAWN"; return 0; }
}
