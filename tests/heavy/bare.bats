#!/usr/bin/env bats
# A machine with a C compiler and make, and nothing else. make run serves there. Compilers that come later are used.
load ../helper
load rootfs

setup_file() {
    mkdir -p "$ROOT/build"
    [ "$(id -u)" != 0 ] || make_bare_rootfs
}

# in_bare <SCRIPT: runs it with bash in a copy of the bare Debian, in /sse-server, where the sources are. Nothing of it remains.
in_bare() {
    mkdir changes root
    cat >script
    # shellcheck disable=SC2016
    unshare --mount --pid --fork --kill-child bash -euc '
        mount -t tmpfs none changes
        mkdir changes/upper changes/work
        mount -t overlay -o "lowerdir=$1,upperdir=changes/upper,workdir=changes/work" overlay root
        mount -t proc proc root/proc
        mount --rbind /dev root/dev
        cp -L /etc/resolv.conf root/etc/
        # This machine may get its packages from a mirror.
        if grep -qx VERSION_CODENAME=bookworm /etc/os-release; then mount --bind /etc/apt root/etc/apt; fi
        mkdir root/sse-server
        tar -C "$2" --exclude=./build --exclude=./sse-server --exclude=./.git -c . | tar -C root/sse-server -x
        cp script root/script
        exec chroot root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root bash -c "cd /sse-server && exec bash -eu /script"
    ' bash "$BARE_ROOTFS" "$ROOT" 3>&- </dev/null
}

# A whole make test takes minutes here, so this runs the tests that failed after make run, and those of one more file.
@test "make run needs only a C compiler and make; when musl comes, make builds again, and the tests hold of that program" {
    [ "$(id -u)" = 0 ] || skip "only root can change the root directory"
    in_bare <<'END'
trap 'echo "failed in line $LINENO: $BASH_COMMAND"' ERR
for name in musl-gcc clang curl bats socat; do
    if command -v "$name"; then exit 1; fi
done
mkfifo output
PORT=0 make run >output 2>&1 &
exec 7<output
until [[ ${line:-} = 'Starting sse-server at '* ]]; do
    read -r line <&7
    echo "$line"
done
port=${line##*:} port=${port%% *}
exec 8<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /stream?count=0 HTTP/1.0\r\n\r\n' >&8
grep '^data: Hello, ' <&8
exec 8>&-
kill $!
wait $! || :
grep '^cc' build/sse-server.compiler
tests/tools/need musl-gcc:musl-tools bats:bats parallel:parallel curl:curl socat:socat jq:jq readelf:binutils strace:strace pgrep:procps ss:iproute2
make all tools
grep '^musl-gcc' build/sse-server.compiler
bats tests/heavy/binary.bats -f 'nothing to relocate|four pages'
bats tests/heavy/calls.bats -f 'before it shuts itself in'
bats tests/limits.bats
touch before
make all
[ before -nt sse-server ] || { echo "built again for no reason" && exit 1; }
END
}
