#!/usr/bin/env bats
# Whatever a client writes comes back, if at all, as text that cannot become anything else: no line of a head, no line of the log.
load helper
load bystander

END='Host: x\r\nConnection: close\r\n\r\n'

# What is tried everywhere: bytes that end lines, that paint terminals, that end strings, raw and encoded.
PAYLOADS=(
    '\r\nX-Evil: 1'
    '\nX-Evil: 1'
    '\rX-Evil: 1'
    '\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
    '\n<- 6.6.6.6:6: GET /stream 200 (1.0s)'
    '\r\n<- 6.6.6.6:6: GET /stream 200 (1.0s)'
    '%0d%0aX-Evil:%201'
    '%0D%0A%0D%0AHTTP/1.1%20200'
    '%250d%250aX-Evil:1'
    '%0aStarting%20stream%20for%206.6.6.6:6,%201%20->%20...'
    '%00%1b[2J%7f%80%ff'
    '%E5%98%8A%E5%98%8DX-Evil:1'
    '\xe5\x98\x8a\xe5\x98\x8dX-Evil:1'
    '\xe2\x80\xa8\xc2\x85X-Evil:1'
    '\x1b[2J\x1b]0;evil\x07'
    '\x00X-Evil: 1'
    '\x7f\x80\xff'
    '"X-Evil\\"'
    '%22%5c%n%s'
)

begin() {
    start_with_bystander
    ASKED=0
    : >answers
}

# ask REQUEST: as printf's %b takes it, on a connection of its own; the answer goes to the file answers.
ask() {
    printf '%b' "$1" >asked
    "$TOOLS/rude" "$PORT_USED" 1 wait <asked >>answers
    ASKED=$((ASKED + 1))
}

# inject BEFORE BEHIND: a request with each payload between them.
inject() {
    local payload
    for payload in "${PAYLOADS[@]}"; do
        ask "$1$payload$2"
    done
}

# heads FILE: the heads of the answers in it, each in one line, without what differs from answer to answer.
heads() {
    masked <"$1" | sed 's/^Content-Length: [0-9]*\r$/Content-Length: N\r/' |
        awk '/^HTTP\/1\.[01] / { on = 1; head = "" }
            on && !/^Connection: (close|keep-alive)\r$/ { head = head $0 "|" }
            on && /^\r$/ { print head; on = 0 }' | tr -d '\r' | sort -u
}

# What the server sends with each status that may come here, and nothing else.
EXPECTED_HEADS=$(
    fields='Access-Control-Allow-Headers: *|Access-Control-Allow-Methods: GET|Access-Control-Allow-Origin: *|'
    refusal='Content-Type: text/plain; charset=utf-8|X-Content-Type-Options: nosniff|Date: DATE|Content-Length: N||'
    echo "HTTP/1.1 200 OK|${fields}Cache-Control: no-cache|Content-Type: text/event-stream|X-Expected-Events: 0|Date: DATE|Transfer-Encoding: chunked||"
    echo "HTTP/1.1 200 OK|${fields}Access-Control-Expose-Headers: X-Expected-Events|Cache-Control: no-cache|Content-Type: text/event-stream|X-Expected-Events: 0|Date: DATE|Transfer-Encoding: chunked||"
    echo "HTTP/1.1 200 OK|${fields}Content-Type: text/plain; charset=utf-8|Vary: Accept|X-Content-Type-Options: nosniff|Date: DATE|Content-Length: N||"
    echo "HTTP/1.1 400 Bad Request|$fields$refusal"
    echo "HTTP/1.1 404 Not Found|$fields$refusal"
    echo "HTTP/1.1 405 Method Not Allowed|${fields}Allow: GET, HEAD, POST, OPTIONS|$refusal"
)

# all_answered_plainly: each request had one answer, its head the server's own to the letter, and no control byte in its body; the log
# has one line for each, and all of its lines are the server's own. The next client is served, and all is well.
all_answered_plainly() {
    assert_equal "$("$TOOLS/read_answers" many <answers | wc -w)" "$ASKED"
    refute_file_has <(heads answers) -vxF "$EXPECTED_HEADS"
    refute_file_has <(tr -d '\r\n' <answers) '[^ -~]'
    all_logged() { [ "$(grep -ac '^<- ' server.log)" = "$ASKED" ]; }
    until_true all_logged
    refute_file_has server.log -aE '^(X-Evil|HTTP|<- 6\.6\.6\.6|Starting stream for 6)'
    served
    all_is_well
}

@test "a target may begin with any byte, and have any byte in its path and its parameters" {
    local target
    begin
    for target in '@stream?count=0' '/stre@m?count=0' '/@' '/stream?co@unt=0' '/stream?count=x@' '/stream?count=0&@'; do
        printf '%b' "GET $target HTTP/1.1\\r\\n$END" | "$TOOLS/rude" "$PORT_USED" 256 bytes @ >>answers
        ASKED=$((ASKED + 256))
    done
    all_answered_plainly
}

@test "a path and a parameter may hold any byte in its encoded form" {
    local i byte target
    begin
    for target in '/stre@m?count=0' '/@' '/stream?co@unt=0' '/stream?count=x@' '/stream?count=0&@'; do
        for ((i = 0; i < 256; i++)); do
            printf -v byte '%%%02x' "$i"
            printf 'GET %s HTTP/1.1\r\nHost: x\r\n\r\n' "${target/@/$byte}"
        done
    done >requests
    { cat requests && get '/stream?count=0' 'Connection: close'; } | "$TOOLS/rude" "$PORT_USED" 1 wait >answers
    ASKED=$((5 * 256 + 1))
    all_answered_plainly
}

@test "no target, method or version that a client writes becomes a line of an answer or of the log" {
    begin
    inject 'GET /' " HTTP/1.1\\r\\n$END"
    inject 'GET /stream?count=0' " HTTP/1.1\\r\\n$END"
    inject 'GET http://x' "/stream?count=0 HTTP/1.1\\r\\n$END"
    inject 'BREW' " /expect HTTP/1.1\\r\\n$END"
    inject 'GET /stream?count=0 HTTP/1.1' "\\r\\n$END"
    all_answered_plainly
}

@test "no parameter that a client writes becomes a line of an answer or of the log" {
    begin
    inject 'GET /stream?x' "=1 HTTP/1.1\\r\\n$END"
    inject 'GET /stream?count=' " HTTP/1.1\\r\\n$END"
    inject 'GET /stream?count=0&' "&x HTTP/1.1\\r\\n$END"
    all_answered_plainly
}

@test "no form that a client sends becomes a line of an answer or of the log" {
    local payload type='Content-Type: application/x-www-form-urlencoded'
    begin
    for payload in "${PAYLOADS[@]}"; do
        printf '%b=1&count=%b' "$payload" "$payload" >form
        ask "POST /stream HTTP/1.1\\r\\n$type\\r\\nContent-Length: $(wc -c <form)\\r\\n$END$payload=1&count=$payload"
    done
    all_answered_plainly
    assert_equal "$(heads answers | cut -c 1-12)" "HTTP/1.1 400"
}

@test "no header that a client writes becomes a line of an answer or of the log" {
    begin
    inject 'GET /stream?count=0 HTTP/1.1\r\nLast-Event-ID: message-1' "\\r\\n$END"
    inject 'GET /stream?count=0 HTTP/1.1\r\nLast-Event-ID: ' "\\r\\n$END"
    inject 'GET /stream?count=0 HTTP/1.1\r\nOrigin: ' "\\r\\n$END"
    inject 'GET /stream?count=0 HTTP/1.1\r\nX' ": y\\r\\n$END"
    inject 'GET /stream?count=0 HTTP/1.1\r\nConnection: close\r\nHost: x' '\r\n\r\n'
    all_answered_plainly
}

@test "no address that the environment gives becomes a line of an answer or of the log" {
    local payload address
    for payload in "${PAYLOADS[@]}"; do
        address=$(printf '6.6.6.6%b' "${payload//\\x00/}")
        get '/stream?count=0' 'Connection: close' | REMOTE_ADDR=$address REMOTE_HOST=$address TCPREMOTEIP=$address \
            REMOTE_PORT=$address SOCAT_PEERADDR=$address NCAT_REMOTE_ADDR=$address pipe_request -f status >>answers
        cat log >>logs
    done
    assert_equal "$("$TOOLS/read_answers" many <answers | wc -w)" "${#PAYLOADS[@]}"
    refute_file_has <(heads answers) -vxF "$EXPECTED_HEADS"
    assert_equal "$(grep -acE '^data: Hello, (pid-[0-9]+|6\.6\.6\.6:[0-9]+)!$' answers)" "${#PAYLOADS[@]}"
    refute_file_has <(sed 's/\xc2\xb5s/us/' logs) -avE '^(<- |Starting stream for )(pid-[0-9]+|6\.6\.6\.6:[0-9]+)[,:][ -~]*$'
}
