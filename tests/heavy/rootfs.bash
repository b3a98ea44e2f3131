# Debians of our own in build, made once, without a registry. Tests change only copies of them.

ROOTFS=$ROOT/build/rootfs # what systemd boots in, and what the container image is built on
ROOTFS_PACKAGES=systemd,systemd-sysv,dbus,libnss-systemd,iproute2,procps,gcc,libc6-dev,make,musl-tools
BARE_ROOTFS=$ROOT/build/bare-rootfs # with no more than the first build needs
BARE_ROOTFS_PACKAGES=gcc,libc6-dev,make

make_rootfs() {
    bootstrap "$ROOTFS" "$ROOTFS_PACKAGES"
}

make_bare_rootfs() {
    bootstrap "$BARE_ROOTFS" "$BARE_ROOTFS_PACKAGES"
}

# bootstrap DIRECTORY PACKAGES: one at a time, because other test files may want it at the same moment.
bootstrap() {
    (
        flock 9
        [ "$(cat "$1.holds" 2>/dev/null)" != "$2" ] || exit 0
        rm -rf "$1"
        mkdir -p "$1"
        debootstrap --variant=minbase --include="$2" bookworm "$1" >"$1.log" 2>&1 || { tail "$1.log" >&2; exit 1; }
        echo "$2" >"$1.holds"
    ) 9>"$1.lock"
}
