# The servers that the bench compares: the program, the floor, and the peers, which people would use otherwise. How each is built and
# started, and which of them can run here.
# shellcheck shell=bash

PEER_NAMES=(epoll go node python nginx)
PEERS=() # those that can run here

# lacks PEER WHY: that peer is left out, and the tables say so.
lacks() {
    local peer left=()
    for peer in "${PEERS[@]}"; do
        [ "$peer" = "$1" ] || left+=("$peer")
    done
    PEERS=("${left[@]}")
    note remark "$1: left out, because $2."
    progress "$1: left out, because $2"
}

can() { # PEER
    [[ " ${PEERS[*]} " == *" $1 "* ]]
}

build_go() {
    command -v go >/dev/null || { lacks go "Go is not installed (Debian: golang-go)"; return; }
    note about go "$(go version | cut -d' ' -f3)"
    local program
    for program in stream executed; do
        GOFLAGS=-mod=mod GO111MODULE=off GOCACHE=${GOCACHE:-$BENCH/go-cache} \
            go build -o "$BENCH/go-$program" "tests/bench/peers/$program.go" || { lacks go "it does not build"; return; }
    done
}

find_node() {
    command -v node >/dev/null || { lacks node "Node is not installed (Debian: nodejs)"; return; }
    note about node "$(node --version)"
}

# A wrapper that chooses between versions would be measured too.
find_python() {
    PYTHON=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null) || { lacks python "Python is not installed (Debian: python3)"; return; }
    note about python "$("$PYTHON" -c 'import platform; print(platform.python_version())')"
}

find_nginx() {
    command -v nginx >/dev/null || { lacks nginx "nginx is not installed (Debian: nginx-light)"; return; }
    note about nginx "$(nginx -v 2>&1 | sed 's/.*nginx.//')"
}

find_peers() {
    PEERS=("${PEER_NAMES[@]}")
    build_go
    find_node
    find_python
    find_nginx
}

# nginx answers by itself, one worker a core, with its log on as ours has it.
write_nginx_conf() {
    mkdir -p "$WORK/nginx"
    cat >"$WORK/nginx/conf" <<CONF
daemon off;
worker_processes auto;
user root;
pid pid;
events { worker_connections 1024; }
http {
    access_log access;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    default_type text/event-stream;
    server {
        listen 127.0.0.1:$PORT backlog=65535;
        location / { return 200 "id: hello\ndata: Hello, \$remote_addr:\$remote_port!\n\n"; }
    }
}
CONF
}

# start_server NAME MODE [ENTRIES]: MODE and ENTRIES are for the floor. Without ours or the floor nothing can be compared.
start_server() {
    local name=$1
    shift
    next_port
    case $name in
    ours) start "${PROGRAM:?}" -l "127.0.0.1:$PORT" || fail "the program does not start" ;;
    floor) start "$BENCH/floor" "$PORT" "$@" || fail "the floor does not start" ;;
    epoll) start "$BENCH/epoll" "$PORT" ;;
    go) start "$BENCH/go-stream" "$PORT" ;;
    node) start node tests/bench/peers/stream.mjs "$PORT" ;;
    python) start "$PYTHON" tests/bench/peers/stream.py "$PORT" ;;
    nginx)
        write_nginx_conf
        start nginx -p "$WORK/nginx" -e error -c conf
        ;;
    esac || { lacks "$name" "it does not start"; return 1; }
}

# executed_command NAME: sets COMMAND to the program of it that a super-server executes for a connection. Fails if there is none.
# shellcheck disable=SC2034
executed_command() {
    case $1 in
    ours) COMMAND=("$PROGRAM" -q) ;;
    floor) COMMAND=("$BENCH/least") ;;
    go) COMMAND=("$BENCH/go-executed") ;;
    node) COMMAND=(node tests/bench/peers/executed.mjs) ;;
    python) COMMAND=("$PYTHON" tests/bench/peers/executed.py) ;;
    *) return 1 ;;
    esac
}
