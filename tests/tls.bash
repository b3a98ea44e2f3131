# TLS in front of the program: the certificate and the configurations of sse-server(8), made to run here.

# make_certificate: tls.pem, with the manual's command. curl trusts it from here on.
make_certificate() {
    bash -ec "$(manual_block 'openssl req')" 2>openssl.log
    export CURL_CA_BUNDLE=$PWD/tls.pem
}

# start_stunnel PORT: in the foreground, as this user. Its log is in stunnel.log.
start_stunnel() {
    {
        printf 'foreground = yes\npid =\n'
        manual_block execArgs | sed "/^set[ug]id/d; s|/usr/local/bin/sse-server|$SSE_SERVER|; s|8443|127.0.0.1:$1|; s|/etc/sse-server/|$PWD/|"
    } >stunnel.conf
    in_background stunnel.log stunnel stunnel.conf
}

# start_tls_socat PORT: its log is in socat.log.
start_tls_socat() {
    manual_block OPENSSL-LISTEN | sed "s|8443|$1,bind=127.0.0.1|; s|EXEC:sse-server|EXEC:$SSE_SERVER|; s|^socat|exec &|" >socat.sh
    in_background socat.log bash socat.sh
}

# start_haproxy NAME TEXT BIND SERVER...: the manual's configuration that contains TEXT, bound to BIND. SERVER is the port of a server in
# it and the port of that server here: 8081=PORT. The log is in NAME.log.
start_haproxy() {
    local server program
    program="s|bind :[0-9]*|bind $3|; s|/etc/sse-server/|$PWD/|"
    for server in "${@:4}"; do
        program+="; s|127.0.0.1:${server%=*}\b|127.0.0.1:${server#*=}|"
    done
    manual_block "$2" | sed "$program" >"$1.cfg"
    in_background "$1.log" haproxy -db -f "$1.cfg"
}
