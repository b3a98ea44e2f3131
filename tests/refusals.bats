#!/usr/bin/env bats
# What is refused: with which status, in one line that says what was wrong.
load helper

# filler COUNT: as many letters.
filler() {
    printf '%*s' "$1" '' | tr ' ' a
}

# at_once STATUS WORDS <BYTES: refused though the client has neither ended nor waited.
at_once() {
    held >answer
    is_refusal answer "$1" "$2"
}

# each_row: rows of STATUS|WORDS|REQUEST, the request as printf's %b takes it. Each is refused so, and what follows it not served.
each_row() {
    local status words request
    while IFS='|' read -r status words request; do
        if ! { printf '%bGET /status HTTP/1.1\r\nHost: x\r\n\r\n' "$request" | refuses "$status" "$words" &&
            assert_equal "$(statuses <answer)" "$status"; }; then
            echo "in the row: $request" && return 1
        fi
    done
}

@test "a request line that is none is refused with 400" {
    each_row <<'ROWS'
400|does not begin with a method|<html>\r\n\r\n
400|does not begin with a method|GET:/ x\r\n\r\n
400|does not begin with a method| GET / HTTP/1.1\r\n\r\n
400|a method, a target and a version|GET\r\n\r\n
400|a method, a target and a version|GET /status\r\n\r\n
400|a method, a target and a version|GET  /status HTTP/1.1\r\nHost: x\r\n\r\n
400|does not begin with a method|GET\t/status\tHTTP/1.1\r\nHost: x\r\n\r\n
400|does not end with a version|GET /status  HTTP/1.1\r\nHost: x\r\n\r\n
400|does not end with a version|GET /status HTTP/1.1 \r\nHost: x\r\n\r\n
400|does not end with a version|GET /status http/1.1\r\nHost: x\r\n\r\n
400|does not end with a version|GET /status HTTP/1\r\nHost: x\r\n\r\n
400|does not end with a version|GET /status HTTP/1.10\r\nHost: x\r\n\r\n
400|does not end with a version|GET /sta tus HTTP/1.1\r\nHost: x\r\n\r\n
400|must begin with|GET status HTTP/1.1\r\nHost: x\r\n\r\n
400|must begin with|GET ftp://x/status HTTP/1.1\r\nHost: x\r\n\r\n
400|is for OPTIONS only|GET * HTTP/1.1\r\nHost: x\r\n\r\n
400|"#"|GET /status#top HTTP/1.1\r\nHost: x\r\n\r\n
400|control character|GET /sta\x01tus HTTP/1.1\r\nHost: x\r\n\r\n
400|NUL|GET /sta\0tus HTTP/1.1\r\nHost: x\r\n\r\n
ROWS
}

@test "a header that two parties could read differently is refused with 400" {
    each_row <<'ROWS'
400|continues on a second line|GET /status HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n
400|continues on a second line|GET /status HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n
400|continues on a second line|GET /status HTTP/1.1\r\n Host: x\r\n\r\n
400|carriage return|GET /status HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n
400|carriage return|GET /status HTTP/1.1\r\r\nHost: x\r\n\r\n
400|carriage return|GET /status HTTP/1.1\rHost: x\r\n\r\n
400|NUL|GET /status HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n
400|control character|GET /status HTTP/1.1\r\nHost: x\r\nA: b\x07\r\n\r\n
400|control character|GET /status HTTP/1.1\r\nHost: x\r\nA: \x7f\r\n\r\n
400|without a space before the colon|GET /status HTTP/1.1\r\nHost : x\r\n\r\n
400|without a space before the colon|GET /status HTTP/1.1\r\nHost: x\r\nA\t: b\r\n\r\n
400|a name, a colon and a value|GET /status HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n
400|a name, a colon and a value|GET /status HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n
400|a name, a colon and a value|GET /status HTTP/1.1\r\nHost: x\r\nA(b): c\r\n\r\n
400|Content-Length is given twice|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n
400|Content-Length is given twice|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\ncontent-length: 1\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 0\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n
400|Content-Length must be|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551616\r\n\r\n
400|are both given|GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n
400|are both given|GET /status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n
400|Transfer-Encoding is given twice|GET /status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n
400|HTTP/1.0 has no Transfer-Encoding|GET /status HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n
400|Last-Event-ID is given twice|GET /stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: message-1\r\nLast-Event-ID: message-2\r\n\r\n
400|Authorization is given twice|GET /status HTTP/1.1\r\nHost: x\r\nAuthorization:\r\nAuthorization: Bearer a\r\n\r\n
ROWS
}

@test "a missing, a second or an impossible Host is refused with 400" {
    each_row <<'ROWS'
400|requires a Host|GET /status HTTP/1.1\r\n\r\n
400|requires a Host|GET http://x/status HTTP/1.1\r\n\r\n
400|requires a Host|GET /status HTTP/1.2\r\nA: b\r\n\r\n
400|Host is given twice|GET /status HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n
400|Host is given twice|GET /status HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: x y\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: x/y\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: user@x\r\n\r\n
400|Host must be|GET /status HTTP/1.0\r\nHost: x?y\r\n\r\n
ROWS
}

@test "a Host that is no host and port, and an absolute target without a host, are refused with 400" {
    each_row <<'ROWS'
400|Host must be|GET /status HTTP/1.1\r\nHost: x:port\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: x:1:2\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: x#y\r\n\r\n
400|Host must be|GET /status HTTP/1.1\r\nHost: [::1\r\n\r\n
400||GET http:///status HTTP/1.1\r\nHost: x\r\n\r\n
ROWS
}

@test "a body whose framing is broken is refused with 400" {
    local head='POST /stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
    each_row <<ROWS
400|malformed|${head}x\r\n
400|malformed|${head}-1\r\n
400|malformed|${head};a\r\n
400|malformed|${head}1 1\r\na\r\n
400|malformed|${head}1;a\x01b\r\na\r\n
400|malformed|${head}1\na\r\n
400|has no size|${head}\r\n\r\n
400|does not end in CR LF|${head}1\ra\r\n
400|too long|${head}1;$(filler 300)\r\na\r\n
400|not as long as its size|${head}1\r\nab\r\n
400|not as long as its size|${head}1\r\na\n
400|trailer line|${head}0\r\nA: b\rc\r\n\r\n
413|too large|${head}fffffffffffffffff\r\n
ROWS
    { get /status 'Content-Length: 5' && printf 'abcd'; } | refuses 400 'ends before its body'
    { get /status 'Transfer-Encoding: chunked' && printf '5\r\nabcde\r\n'; } | refuses 400 'ends before its body'
    printf 'GET /status HTTP/1.1\r\nHost: x\r\n' | refuses 400 'ends before its head'
}

@test "what the server cannot do is refused by name: 417, 501, 505" {
    each_row <<'ROWS'
417|accepted: 100-continue|GET /status HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n
501|CONNECT|CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n
501|accepted: chunked|POST /stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n
501|accepted: chunked|POST /stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n
505|is not supported; accepted: HTTP/1.1 and HTTP/1.0|GET /status HTTP/2.0\r\nHost: x\r\n\r\n
505|is not supported; accepted: HTTP/1.1 and HTTP/1.0|GET /status HTTP/0.9\r\n\r\n
505|is not supported; accepted: HTTP/1.1 and HTTP/1.0|PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n
ROWS
}

@test "a refusal is, byte for byte, a head that other pages may read and one line" {
    printf 'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n' | refuses 404 'nothing at this path'
    answer_is answer <<'EXPECTED'
HTTP/1.1 404 Not Found\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
Content-Type: text/plain; charset=utf-8\r
X-Content-Type-Options: nosniff\r
Date: DATE\r
Content-Length: 57\r
\r
there is nothing at this path; GET /help lists the paths
EXPECTED
}

@test "a path with a percent sign that encodes nothing is refused with 400" {
    local path
    for path in /% /%7 /%zz/status /status%; do
        get "$path" | refuses 400 'in the path' || { echo "for $path" && return 1; }
    done
}

@test "a method that a path does not have is refused with 405, and Allow names those it has" {
    local row method path allow
    for row in 'DELETE /expect GET, HEAD, POST, OPTIONS' 'PUT /expect?count=0 GET, HEAD, POST, OPTIONS' \
        'get /expect GET, HEAD, POST, OPTIONS' 'TRACE /stream GET, HEAD, POST, OPTIONS, DELETE' 'TRACE /status GET, HEAD, OPTIONS' 'POST /status GET, HEAD, OPTIONS' \
        'BREW /status GET, HEAD, OPTIONS'; do
        read -r method path allow <<<"$row"
        request "$method $path HTTP/1.1" 'Host: x' | refuses 405 "$allow"
        grep -qx "Allow: $allow"$'\r' answer || { echo "no Allow: $allow for $method $path" && return 1; }
    done
    request 'DELETE /nothing HTTP/1.1' 'Host: x' | refuses 404 'nothing at this path'
}

@test "a target of 32 KiB is read, a longer one refused with 414, before its end if need be" {
    get "/status?$(filler $((32 * 1024 - 8)))" | pipe_request -f status >answer
    assert_equal "$(status_of <answer)" 200
    get "/status?$(filler $((32 * 1024 - 7)))" | refuses 414 32768
    printf 'GET /%s' "$(filler 40000)" | at_once 414 32768
}

@test "a head of 64 KiB is read, a longer one refused with 431, before its end if need be" {
    local field=A: rest
    rest=$((64 * 1024 - $(get /status "$field" | wc -c)))
    get /status "$field$(filler "$rest")" | pipe_request -f status >answer
    assert_equal "$(status_of <answer)" 200
    get /status "$field$(filler $((rest + 1)))" | refuses 431 65536
    { get /status && get /status "$field$(filler 100000)"; } | pipe_request -f status >answer
    assert_equal "$(statuses <answer)" '200 431'
    printf 'GET /status HTTP/1.1\r\n%s: b\r\n' "$(filler 65000)" >start
    { cat start && filler $((64 * 1024 - $(wc -c <start))); } | at_once 431 65536
}

@test "a body that is too large is refused with 413, and a form sooner" {
    local form='Content-Type: application/x-www-form-urlencoded'
    get /status "Content-Length: $((1024 * 1024 + 1))" | at_once 413 1048576
    get /status "Content-Length: 9223372036854775807" | at_once 413 1048576
    { get /status 'Transfer-Encoding: chunked' && printf '100001\r\n'; } | at_once 413 1048576
    request 'POST /stream HTTP/1.1' 'Host: x' "$form" 'Content-Length: 65537' | at_once 413 65536
    { request 'POST /stream HTTP/1.1' 'Host: x' "$form" 'Transfer-Encoding: chunked' && printf '10000\r\n' &&
        filler 65536 && printf '\r\n1\r\na\r\n0\r\n\r\n'; } | refuses 413 65536
    { get /status 'Transfer-Encoding: chunked' && printf '0\r\nA: %s\r\n' "$(filler 9000)"; } | refuses 431 trailers
}

@test "a client whose upload is refused can send on, and still reads why it was refused" {
    start_server
    filler 7000000 >body
    exec 9<>"/dev/tcp/127.0.0.1/$PORT_USED"
    request 'POST /expect HTTP/1.1' 'Host: x' 'Content-Type: text/plain' 'Content-Length: 7000000' >&9
    until_true grep -q ' 413 ' server.log
    cat body >&9 # fails if the server let the connection be reset
    cat <&9 >answer
    exec 9>&-
    is_refusal answer 413 'the maximum here is 1048576 bytes'
}

@test "clients that send all of a large body before they read get the 413" {
    local seen
    start_server
    filler 7000000 >body
    { request 'POST /expect HTTP/1.1' 'Host: x' 'Content-Type: text/plain' 'Content-Length: 7000000' && cat body; } | raw "$PORT_USED" >answer
    is_refusal answer 413 'the maximum here is 1048576 bytes'
    seen=$(curl -sS -m 20 -o answer -w '%{http_code}' -H 'Expect:' -H 'Content-Type: text/plain' --data-binary @body "$URL/expect")
    assert_equal "$seen" 413
    command -v python3 >/dev/null || return 0
    cat >post.py <<'PYTHON'
import sys, urllib.error, urllib.request
request = urllib.request.Request(sys.argv[1], data=open("body", "rb").read(), headers={"Content-Type": "text/plain"})
try:
    urllib.request.urlopen(request, timeout=20)
except urllib.error.HTTPError as error:
    print(error.code)
PYTHON
    assert_equal "$(python3 post.py "$URL/expect")" 413
}

@test "what cannot become a request is refused at once: TLS, another protocol, nonsense" {
    printf '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' | at_once 400 'TLS handshake'
    printf '\x16' | at_once 400 'TLS handshake'
    printf '{"json":1}' | at_once 400 'does not begin with a method'
    printf '\0' | at_once 400 'does not begin with a method'
    printf '\r\n\r\n(' | at_once 400 'does not begin with a method'
    { get '/stream?count=0' && printf '\xff'; } | held >answer
    assert_equal "$(statuses <answer)" '200 400'
}

@test "a head or a body that does not come in time is refused with 408" {
    printf '' | held -t 1 >nothing &
    printf 'GET /status HTTP/1.1\r\nHost' | held -t 1 >head.cut &
    { get '/stream?count=0' && printf 'GET'; } | held -t 1 >second.cut &
    { get '/stream?count=0' 'Content-Length: 2' && printf 'a'; } | held -t 1 >body.cut &
    wait
    is_refusal nothing 408 'head did not arrive in time'
    is_refusal head.cut 408 'head did not arrive in time'
    is_refusal body.cut 408 'body did not arrive in time'
    assert_equal "$(statuses <second.cut)" '200 408'
}
