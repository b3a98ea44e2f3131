# podman on a machine where nothing is set up for it: its storage in build/podman, no registry, mounts, /run and a network of its own.
#
# in_pod COMMAND runs there. crun refuses a mix of cgroup versions, so the second one is taken out of its sight.

PODMAN=$ROOT/build/podman

configure_podman() {
    mkdir -p "$PODMAN"
    export CONTAINERS_STORAGE_CONF=$PODMAN/storage.conf CONTAINERS_CONF=$PODMAN/containers.conf REGISTRIES_CONFIG_PATH=$PODMAN/registries.conf
    export BUILDAH_FORMAT=docker
    printf '[storage]\ndriver = "%s"\nrunroot = "%s/run"\ngraphroot = "%s/storage"\n' overlay "$PODMAN" "$PODMAN" >"$CONTAINERS_STORAGE_CONF"
    printf '%s\n' '[containers]' 'default_ulimits = ["nofile=1024:4096", "nproc=1024:4096"]' 'log_driver = "k8s-file"' '[engine]' \
        'cgroup_manager = "cgroupfs"' 'events_logger = "file"' 'runtime = "crun"' '[network]' 'network_backend = "netavark"' \
        >"$CONTAINERS_CONF"
    : >"$REGISTRIES_CONFIG_PATH"
}

open_pod() {
    unshare -m -n --propagation private tail -f /dev/null 3>&- &
    export POD=$!
    has_namespace() { [ "$(readlink "/proc/$POD/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }
    until_true has_namespace
    in_pod mount -t tmpfs none /run
    in_pod ip link set lo up
    if in_pod mountpoint -q /sys/fs/cgroup/unified; then
        in_pod umount /sys/fs/cgroup/unified
    fi
}

close_pod() {
    [ -n "${POD:-}" ] || return 0
    in_pod podman rm --all --force --time 0 >/dev/null 2>&1
    kill "$POD"
    find /sys/fs/cgroup -depth -type d -path '*/libpod_parent*' -exec rmdir {} + 2>/dev/null || :
}

in_pod() {
    nsenter -t "$POD" -m -n -- "$@"
}

# The name that the Dockerfile builds on, for a Debian that has all packages already: its apt has no source, so it asks nobody.
import_base() {
    if ! cmp -s "$ROOTFS.holds" "$PODMAN/base.holds"; then
        tar -C "$ROOTFS" --numeric-owner --exclude=./var/cache/apt/archives/'*.deb' --exclude=./etc/apt/sources.list -c . |
            in_pod podman import -q -c 'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin' - docker.io/library/debian:bookworm-slim
        cp "$ROOTFS.holds" "$PODMAN/base.holds"
    fi
}
