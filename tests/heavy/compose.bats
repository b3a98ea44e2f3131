#!/usr/bin/env bats
# What README.md does with Docker, run by a real dockerd with the image that README.md builds: docker run, the compose file, the CI service.
#
# No registry can be asked. Debian's base image is the Debian of rootfs.bash, and the image that you push to a registry is tagged instead.
load ../helper
load rootfs
load docker

setup_file() {
    "$ROOT/tests/tools/need" debootstrap:debootstrap /usr/sbin/dockerd:docker.io docker:docker.io docker-compose:docker-compose \
        /usr/lib/python3/dist-packages/yaml/__init__.py:python3-yaml
    export BATS_NO_PARALLELIZE_WITHIN_FILE=true # there is one dockerd for all
    make_rootfs
    open_docker
    # Its apt has no source, so it asks nobody.
    tar -C "$ROOTFS" --numeric-owner --exclude=./etc/apt/sources.list --exclude=./var/{cache,lib}/apt --exclude=./usr/share/{doc,locale,man} -c . |
        in_docker docker import -c 'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin' - debian:bookworm-slim
    in_checkout "$(readme_block 'docker build' | grep -o 'docker build [^&]*')"
    build_your_tests
}

# build_your_tests: the image of README.md's compose file that the reader has: a test that gets a stream from $SSE_URL.
build_your_tests() {
    mkdir "$BATS_FILE_TMPDIR/tests"
    cat >"$BATS_FILE_TMPDIR/tests/test" <<'END'
address=${SSE_URL#http://}
exec 3<>"/dev/tcp/${address/://}"
printf 'GET /stream?count=1 HTTP/1.0\r\n\r\n' >&3
cat <&3
END
    printf '%s\n' 'FROM debian:bookworm-slim' 'COPY test /' 'CMD ["bash", "/test"]' >"$BATS_FILE_TMPDIR/tests/Dockerfile"
    in_docker docker build -q -t your-tests "$BATS_FILE_TMPDIR/tests"
}

teardown_file() {
    close_docker
}

teardown() {
    kill -KILL "${STARTED[@]}" 2>/dev/null
    in_docker bash -c 'docker ps -aq | xargs -r docker rm -f; docker network prune -f'
}

# in_checkout COMMAND: what a reader types in the directory of the sources.
in_checkout() {
    in_docker bash -ec "cd \"\$0\"; $1" "$ROOT"
}

@test "README.md's docker run serves a stream while make run holds its port" {
    local command port
    command=$(readme_block 'docker run' | grep -o 'docker run .*')
    assert_matches_regex "$command" '-p ([0-9]+):8080'
    port=${BASH_REMATCH[1]}
    # This is what make run runs, on the machine whose ports docker publishes.
    in_background server.log nsenter -t "$DOCKERD" -n -- "$SSE_SERVER" -l :8080
    server_is_ready server.log
    in_checkout "${command/run /run -d }"
    serves() { in_docker curl -sN "localhost:$port/stream?count=1" >answer; }
    until_true serves
    assert_file_has answer -x 'id: message-1'
}

# as_json TEXT: README.md's block of YAML with this text, as JSON.
as_json() {
    readme_block "$1" | python3 -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))'
}

# starts_and_health BEGAN: the containers that started since then, and their changes of health, a line each: IMAGE EVENT.
starts_and_health() {
    in_docker docker events --since "$1" --until "$EPOCHREALTIME" --filter type=container \
        --format '{{.Actor.Attributes.image}} {{.Status}}' | grep -E ' (start|health_status: .*)$'
}

# compose ARGUMENT...: docker-compose with README.md's compose file, in a directory of its own.
compose() {
    mkdir -p project
    readme_block 'depends_on:' >project/compose.yaml
    in_docker docker-compose --project-directory "$PWD/project" -f "$PWD/project/compose.yaml" "$@"
}

@test "README.md's compose file starts the tests when the server is healthy, and they get a stream from it" {
    local began=$EPOCHREALTIME
    run -0 compose up --no-color --exit-code-from tests
    compose logs --no-color tests | assert_file_has - ' id: message-1$'
    assert_equal "$(starts_and_health "$began")" $'sse-server start\nsse-server health_status: healthy\nyour-tests start'
}

@test "README.md's compose file starts no tests when the server is not healthy" {
    local began=$EPOCHREALTIME
    echo 'services: {sse-server: {environment: {PORT: 8081}, healthcheck: {test: [CMD, /sse-server, -c, -l, ":8080"], interval: 1s}}}' >sick.yaml
    run -1 compose -f "$PWD/sick.yaml" up --no-color --exit-code-from tests
    assert_contains "$output" 'is unhealthy'
    assert_equal "$(starts_and_health "$began")" $'sse-server start\nsse-server health_status: unhealthy'
}

# run_job FILE: what GitHub's runner does with a job: it creates a network for its services, pulls their images, starts them with their
# ports on the machine, and waits while their health is "starting". If one is not healthy then, the job fails. Otherwise each step is
# a script for bash -e on the machine itself. Not done here: a docker pull, and the options, credentials and variables of services, of
# which README.md has none. The machine is the network of in_docker.
run_job() {
    local job=.jobs.test name service ports
    in_docker docker network create github_network
    for name in $(jq -r "$job.services | keys[]" "$1"); do
        mapfile -t ports < <(jq -r --arg name "$name" "$job.services[\$name].ports[] | \"-p\", ." "$1")
        service=$(in_docker docker create --network github_network --network-alias "$name" "${ports[@]}" \
            "$(jq -r --arg name "$name" "$job.services[\$name].image" "$1")")
        in_docker docker start "$service"
        health() { in_docker docker inspect --format '{{.State.Health.Status}}' "$service"; }
        is_decided() { assert_not_equal "$(health)" starting; }
        PATIENCE=120 until_true is_decided
        assert_equal "$(health)" healthy
    done
    jq -r "$job.steps[].run" "$1" >"$PWD/step.sh"
    in_docker bash -e "$PWD/step.sh" >answer
}

@test "the step of README.md's CI service gets a stream from the image in a registry, when the service is healthy" {
    as_json 'runs-on:' >job.json
    in_checkout "$(grep -o 'docker tag [^`]*' "$ROOT/README.md")"
    run_job job.json
    assert_file_has answer -x 'id: message-1'
}
