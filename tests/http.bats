#!/usr/bin/env bats
# HTTP/1.1 as RFC 9112 has it: connections that persist, pipelines, bodies, methods, targets.
load helper

FORM='Content-Type: application/x-www-form-urlencoded'

# ask <REQUESTS: one connection over pipes; what came back is in the file answer.
ask() {
    pipe_request -f status >answer
}

@test "requests sent in one go are answered in order, on one connection, until one says close" {
    { get /status && get '/stream?count=0' && get /nothing && request 'OPTIONS /stream HTTP/1.1' 'Host: x' &&
        get '/stream?count=abc' && get '/stream?count=1' 'Last-Event-ID: message-4' &&
        get /status 'Connection: close' && get /status; } | ask
    assert_equal "$(statuses <answer)" '200 200 404 204 400 200 200'
    assert_equal "$(grep -c $'^Connection: close\r$' answer)" 1
    assert_file_has answer -x 'id: message-4'
}

@test "a client uses one connection for a stream, a refusal and a status" {
    start_server
    curl -sS -w '%{http_code} %{num_connects}\n' -o stream "$URL/stream?count=0" -o refusal "$URL/nothing" -o status "$URL/status" >out
    assert_equal "$(paste -sd , out)" '200 1,404 0,200 0'
    assert_equal "$(cat status)" '{}'
}

@test "Connection: close is honoured in any case and in any list, by a stream too" {
    local field
    for field in 'Connection: close' 'connection: Close' 'Connection: te , CLOSE' $'Connection: te\r\nConnection: close'; do
        { get /status "$field" && get /status; } | ask
        [ "$(statuses <answer)" = 200 ] || { echo "not closed for $field" && return 1; }
        assert_file_has answer -x $'Connection: close\r'
    done
    { get '/stream?count=0' 'Connection: close' && get /status; } | ask
    assert_equal "$(statuses <answer)" 200
    assert_file_has answer -x $'Connection: close\r'
    assert_equal "$(grep -c keep-alive answer)" 0
}

@test "HTTP/1.0 closes after a response, and keeps the connection when asked to" {
    { request 'GET /status HTTP/1.0' && request 'GET /status HTTP/1.0'; } | ask
    assert_equal "$(statuses <answer)" 200
    assert_equal "$(grep -c '^Connection:' answer)" 0
    { request 'GET /status HTTP/1.0' 'Connection: keep-alive' && request 'GET /status HTTP/1.0'; } | ask
    assert_equal "$(statuses <answer)" '200 200'
    assert_equal "$(grep -c $'^Connection: keep-alive\r$' answer)" 1
    { request 'GET /stream?count=0 HTTP/1.0' 'Connection: keep-alive' && request 'GET /status HTTP/1.0'; } | ask
    assert_equal "$(statuses <answer)" 200
    assert_equal "$(grep -c '^Connection:' answer)" 0
}

@test "HTTP/1.1 needs no Connection field to persist, and a later 1.x is served as 1.1" {
    { get /status && request 'GET /status HTTP/1.2' 'Host: x' && request 'GET /status HTTP/1.9' 'Host: x'; } | ask
    assert_equal "$(grep -aoc 'HTTP/1.1 200 OK' answer)" 3
    assert_equal "$(grep -c '^Connection:' answer)" 0
}

@test "a connection that stays idle is closed without a word" {
    get /status | held -k 1 -f status >answer
    assert_equal "$(statuses <answer)" 200
    assert_equal "$(wc -l <log)" 1
}

@test "a client that sends nothing and leaves gets nothing, and no log line" {
    : | ask
    assert_file_empty answer
    assert_file_empty log
}

@test "a request may arrive byte by byte, after empty lines, and with bare line feeds" {
    local byte
    { printf '\r\n\n\r\n' && get '/stream?count=0'; } | while IFS= read -rd '' -n 1 byte; do
        printf '%s' "$byte"
    done | ask
    assert_equal "$(statuses <answer)" 200
    printf 'GET /stream?count=0 HTTP/1.1\nHost: x\n\n\nGET /status HTTP/1.0\n\n' | ask
    assert_equal "$(statuses <answer)" '200 200'
}

@test "the body of a request that needs none is read and thrown away, and the next request served" {
    local chunks='3;a=b\r\nGET\r\n1;c;d="e f"\r\n \r\n000a\r\n/ HTTP/1.1\r\n0;last\r\nTrailer: field\r\nAnother: one\r\n\r\n'
    {
        get /status 'Content-Length: 14' && printf 'GET / HTTP/1.1'
        get '/stream?count=0' 'Content-Length: 0'
        get /status 'transfer-encoding: Chunked' && printf '%b' "$chunks"
        get /nothing 'Content-Length: 14' && printf 'GET / HTTP/1.1'
        request 'DELETE /status HTTP/1.1' 'Host: x' 'Transfer-Encoding: chunked' && printf '%b' "$chunks"
        request 'OPTIONS * HTTP/1.1' 'Host: x' 'Transfer-Encoding: chunked' && printf '0\r\n\r\n'
        request 'POST /stream?count=0 HTTP/1.1' 'Host: x' "Content-Length: $((300 * 1024))" && head -c 300K /dev/zero
        request 'HEAD /status HTTP/1.0' 'Content-Length: 2' && printf '{}'
    } | ask
    assert_equal "$(statuses <answer)" '200 200 200 404 405 204 200 200'
}

@test "a form body is read whole, however it is framed and whatever is behind it" {
    {
        request 'POST /stream HTTP/1.1' 'Host: x' "$FORM" 'Content-Length: 7' && printf 'count=0'
        request 'POST /stream HTTP/1.1' 'Host: x' "$FORM" 'Transfer-Encoding: chunked'
        printf '1;x=y\r\nc\r\n6\r\nount=0\r\n0\r\nA: b\r\n\r\n'
        request 'POST /stream HTTP/1.1' 'Host: x' "$FORM" "Content-Length: $((64 * 1024))" &&
            printf 'count=0&%*s' $((64 * 1024 - 8)) '' | tr ' ' '&'
        get /status
    } | ask
    assert_equal "$(statuses <answer)" '200 200 200 200'
    assert_equal "$(grep -cx $'X-Expected-Events: 0\r' answer)" 3
}

@test "a client that expects 100-continue is invited before it sends its body" {
    request 'POST /stream HTTP/1.1' 'Host: x' "$FORM" 'Content-Length: 7' 'Expect: 100-Continue' | held -t 1 >answer
    assert_equal "$(head -c 25 answer)" $'HTTP/1.1 100 Continue\r\n\r'
    assert_equal "$(statuses <answer)" '100 408'
    start_server
    curl -sS -m 8 --expect100-timeout 60 -H 'Expect: 100-continue' -d 'count=0' "$URL/stream" >stream
    assert_equal "$(sed -n 's/^id: //p' stream)" hello
}

@test "no invitation is sent for a body that is refused, is here already, is empty, or comes in HTTP/1.0" {
    local field='Expect: 100-continue'
    request 'POST /nothing HTTP/1.1' 'Host: x' 'Content-Length: 7' "$field" | held >answer
    assert_equal "$(statuses <answer)" 404
    request 'POST /status HTTP/1.1' 'Host: x' 'Transfer-Encoding: chunked' "$field" | held >answer
    assert_equal "$(statuses <answer)" 405
    request 'POST /stream HTTP/1.1' 'Host: x' 'Content-Length: 99999999' "$field" | held >answer
    assert_equal "$(statuses <answer)" 413
    { request 'POST /stream HTTP/1.1' 'Host: x' "$FORM" 'Content-Length: 7' "$field" && printf 'count=0'; } >question
    ask <question
    assert_equal "$(statuses <answer)" 200
    { get /status "$field" && get /status "$field" 'Content-Length: 0' && request 'GET /status HTTP/1.0' "$field"; } | ask
    assert_equal "$(statuses <answer)" '200 200 200'
    request 'POST /stream HTTP/1.0' "$FORM" 'Content-Length: 7' "$field" | held -t 1 >answer
    assert_equal "$(statuses <answer)" 408
}

@test "HEAD is answered with GET's head and no body" {
    local path fields='s/^(Date): .*/\1/; /^\r$/q'
    for path in /status '/stream?count=0'; do
        request "HEAD $path HTTP/1.1" 'Host: x' 'Connection: close' | ask
        mv answer alone
        assert_empty "$(body_of <alone)"
        get "$path" 'Connection: close' | ask
        diff <(sed -E "$fields" alone) <(sed -E "$fields" answer)
    done
    request 'HEAD /nothing HTTP/1.1' 'Host: x' | ask
    assert_equal "$(status_of <answer)" 404
    assert_empty "$(body_of <answer)"
}

@test "OPTIONS is answered for every path and for the server itself, as a browser's preflight needs" {
    local row target allow
    for row in '/stream GET, HEAD, POST, OPTIONS, DELETE' '/status GET, HEAD, OPTIONS' '* GET, HEAD, POST, OPTIONS, DELETE' \
        '/nothing GET, HEAD, POST, OPTIONS, DELETE' 'http://x/status GET, HEAD, OPTIONS'; do
        target=${row%% *} allow=${row#* }
        request "OPTIONS $target HTTP/1.1" 'Host: x' 'Origin: http://page.example' 'Access-Control-Request-Method: GET' \
            'Access-Control-Request-Headers: authorization,last-event-id' | ask
        echo "for $target:"
        answer_is answer <<EXPECTED
HTTP/1.1 204 No Content\\r
Access-Control-Allow-Headers: *, Authorization, Last-Event-ID\\r
Access-Control-Allow-Methods: GET, HEAD, POST, DELETE\\r
Access-Control-Allow-Origin: *\\r
Allow: $allow\\r
Date: DATE\\r
\\r
EXPECTED
    done
}

@test "a path may be percent-encoded, a target may have scheme and host, and a query may be empty" {
    local target
    for target in /status '/status?' /%73tatus /%73%74%61%74%75%73 /statu%73?a=b http://x/status http://x:80/status?q \
        HTTP://X/status https://x/%73tatus '/stream?count=0' '/%73tream?count=0' 'http://[::1]:8080/stream?count=0'; do
        get "$target" | ask
        [ "$(statuses <answer)" = 200 ] || { echo "not served: $target" && return 1; }
    done
}

@test "what is not one of the paths, however it is written, is not found" {
    local target
    for target in // /. /stream/ //stream /Stream /streams /stat /status/.. /./stream /stream%2f /stream%00 /%2573tream \
        http://x// 'http://x/nothing?count=0' '/%2f?count=0' /stream\;a; do
        get "$target" | refuses 404 'GET /help lists the paths' || { echo "for $target" && return 1; }
    done
}

@test "Host is required in HTTP/1.1 alone, and may be empty, a name or an address with a port" {
    local host
    for host in '' x localhost:8080 127.0.0.1:80 '[::1]:8080' '[::1]' a.example. x: '%61'; do
        request 'GET /status HTTP/1.1' "Host: $host" | ask
        [ "$(statuses <answer)" = 200 ] || { echo "not served: Host: $host" && return 1; }
    done
    request 'GET /status HTTP/1.0' | ask
    assert_equal "$(statuses <answer)" 200
}
