#!/usr/bin/env bats
# The container image, built by podman from the Dockerfile without any registry, and run as the README does. The images of make image,
# from the programs of make dist; that of arm64 runs in an emulator.
load ../helper
load rootfs
load podman

setup_file() {
    export BATS_NO_PARALLELIZE_WITHIN_FILE=true # there is one container for all
    make_rootfs
    configure_podman
    open_pod
    import_base
    in_pod podman build --pull=never --network=none -q -t sse-server "$ROOT"
}

teardown_file() {
    close_pod
}

# run_image NAME [PODMAN-ARGUMENT...]: as locked up as can be; its first line says that it is there.
run_image() {
    local name=$1
    shift
    in_pod podman run -d --name "$name" --read-only --read-only-tmpfs=false --cap-drop=all --security-opt=no-new-privileges "$@" \
        sse-server
    started() { in_pod podman logs "$name" 2>/dev/null | grep -q '^Starting sse-server at '; }
    until_true started
}

@test "the image is smaller than 350 kB, and its user is a number" {
    assert_at_most "$(in_pod podman image inspect sse-server --format '{{.Size}}')" 349999
    assert_matches_regex "$(in_pod podman image inspect sse-server --format '{{.Config.User}}')" '^[1-9][0-9]*:[1-9][0-9]*$'
}

@test "the manual's docker run is what is tested here" {
    manual_block 'docker run' | assert_file_has - -x 'docker run -p 8080:8080 --read-only --cap-drop=all sse-server'
}

@test "docker run -p 8080:8080 serves streams and status, read-only, without capabilities" {
    run_image mapped -p 127.0.0.1:18080:8080
    in_pod curl -sN 'http://127.0.0.1:18080/stream?count=1' | assert_file_has - '^data:   "random": "spheIGLpzXpFGMIH"$'
    assert_equal "$(in_pod curl -s 'http://127.0.0.1:18080/status')" "{}"
    in_pod podman logs mapped | assert_file_has - 'GET /stream?count=1 200'
}

@test "PORT chooses the port in the container" {
    run_image other -e PORT=8081 -p 127.0.0.1:18081:8081
    in_pod podman logs other | assert_file_has - -x 'Starting sse-server at :8081 \.\.\.'
    assert_equal "$(in_pod curl -s 'http://127.0.0.1:18081/status')" "{}"
    in_pod podman healthcheck run other
}

@test "the image's HEALTHCHECK tells the living from the dead, though the image has no other program" {
    run_image healthy
    in_pod podman healthcheck run healthy
    run -1 in_pod podman exec -e PORT=9 healthy /sse-server -c
}

@test "on SIGTERM the container stops within a second, and a stream ends properly" {
    run_image stopping -p 127.0.0.1:18082:8080
    mapped() { in_pod curl -s -o /dev/null http://127.0.0.1:18082/status; }
    until_true mapped
    in_background stream.err nsenter -t "$POD" -m -n -- curl -sN -o "$PWD/stream" 'http://127.0.0.1:18082/stream'
    CLIENT=$LAST
    until_true grep -qs '^data: Hello' stream
    in_pod podman kill --signal TERM stopping
    BEGAN=${EPOCHREALTIME/./}
    wait "$CLIENT"
    ((${EPOCHREALTIME/./} - BEGAN < 1000000))
    assert_equal "$(in_pod podman wait stopping)" 0
}

# inspect FORMAT ARCHITECTURE: of an image that make image built.
inspect() {
    in_pod podman image inspect --format "$1" "sse-server:$VERSION-$2"
}

@test "make image builds an image for each architecture from the programs of make dist, with labels and a health check" {
    local architecture
    VERSION=$("$SSE_SERVER" -V | cut -d ' ' -f 2)
    run -0 in_pod make -s -C "$ROOT" image DOCKER=podman
    for architecture in amd64 arm64; do
        assert_contains "$output" "sse-server:$VERSION-$architecture"
        assert_equal "$(inspect '{{.Os}}/{{.Architecture}}' $architecture)" "linux/$architecture"
        assert_equal "$(inspect '{{index .Labels "org.opencontainers.image.version"}}' $architecture)" "$VERSION"
        assert_equal "$(inspect '{{index .Labels "org.opencontainers.image.title"}}' $architecture)" sse-server
        assert_not_empty "$(inspect '{{index .Labels "org.opencontainers.image.description"}}' $architecture)"
        assert_equal "$(inspect '{{.HealthCheck.Test}}' $architecture)" '[CMD /sse-server -c]'
        in_pod podman create --name "of-$architecture" "sse-server:$VERSION-$architecture"
        in_pod podman cp "of-$architecture:/sse-server" "$PWD/program"
        cmp program "$ROOT/build/dist/sse-server-$VERSION-linux-$architecture"
    done
}

@test "the arm64 image serves a stream as the user it names" {
    VERSION=$("$SSE_SERVER" -V | cut -d ' ' -f 2)
    in_pod podman run -d --name emulated --read-only --read-only-tmpfs=false --cap-drop=all -p 127.0.0.1:18083:8080 \
        -v "$(command -v qemu-aarch64-static):/qemu:ro" --entrypoint '["/qemu", "/sse-server"]' "sse-server:$VERSION-arm64"
    mapped() { in_pod curl -sN 'http://127.0.0.1:18083/stream?count=1' >stream; }
    until_true mapped
    assert_file_has stream '^id: message-1$'
    # Only the first process: the one that served the stream may be a zombie, which has no user.
    assert_equal "$(in_pod podman top emulated pid huser | awk '$1 == 1 { print $2 }')" 65532
}
