# dockerd on a machine where none runs. It has processes, mounts, /run, /etc and a network of its own, so they end with it. Its data are
# in build/docker while it runs. It asks no registry.
#
# in_docker COMMAND runs there, at /, and docker finds dockerd at its usual socket. Needs root, and rootfs.bash.

DOCKER=$ROOT/build/docker
unset DOCKER_HOST DOCKER_CONTEXT # they would name another dockerd

# dockerd is process 1 there: the kernel ends everything with it.
open_docker() {
    export DOCKER_CONFIG=$DOCKER/config DOCKER_CGROUP=sse-docker-$$ DOCKERD
    rm -rf "$DOCKER"
    mkdir -p "$DOCKER"
    unshare --mount --net --pid --fork --kill-child --mount-proc --propagation private bash -ec '
        mount -t tmpfs none /run
        mkdir /run/etc /run/work
        mount -t overlay -o lowerdir=/etc,upperdir=/run/etc,workdir=/run/work none /etc
        ip link set lo up
        exec dockerd --data-root="$0/data" --cgroup-parent="$1"' "$DOCKER" "$DOCKER_CGROUP" >"$DOCKER/log" 2>&1 3>&- &
    UNSHARED=$!
    is_open() {
        DOCKERD=$(children "$UNSHARED")
        in_docker docker info
    }
    until_true is_open || { tail -n 20 "$DOCKER/log" >&2; return 1; }
}

# close_docker: dockerd stops its containers first, so that their cgroups go, too.
close_docker() {
    [ -n "${DOCKERD:-}" ] || return 0
    kill "$DOCKERD"
    is_closed() { ! kill -0 "$DOCKERD" 2>/dev/null; }
    until_true is_closed || kill -KILL "$DOCKERD"
    find /sys/fs/cgroup -depth -type d -path "*/$DOCKER_CGROUP*" -exec rmdir {} + 2>/dev/null || :
    rm -rf "$DOCKER"
}

in_docker() {
    nsenter -t "$DOCKERD" -m -n -p -- "$@"
}
