# A Debian of our own in build/rootfs, made once: what systemd boots in, and what the container image is built on, without a registry.

ROOTFS=$ROOT/build/rootfs
ROOTFS_PACKAGES=systemd,systemd-sysv,dbus,libnss-systemd,iproute2,procps,gcc,libc6-dev,make,musl-tools

# One at a time: other test files may want it at the same moment.
make_rootfs() {
    (
        flock 9
        [ "$(cat "$ROOTFS.holds" 2>/dev/null)" != "$ROOTFS_PACKAGES" ] || exit 0
        rm -rf "$ROOTFS"
        mkdir -p "$ROOTFS"
        debootstrap --variant=minbase --include="$ROOTFS_PACKAGES" bookworm "$ROOTFS" >"$ROOT/build/debootstrap.log" 2>&1 ||
            { tail "$ROOT/build/debootstrap.log" >&2; exit 1; }
        echo "$ROOTFS_PACKAGES" >"$ROOTFS.holds"
    ) 9>"$ROOTFS.lock"
}
