#!/usr/bin/env bats
# Parameters let a caller choose much of an answer. None of it becomes a line of a head or of the log that was not asked for, and none
# of it makes a page that can do harm; and no string of parameters, however odd, is more than a 400 or the stream that it asks for.
load helper
load head
load bystander

# each_byte BEFORE BEHIND: a target for each byte, in its encoded form, between them; asked for over one connection.
each_byte() {
    printf '%02x\n' {0..255} |
        awk -v before="$1" -v behind="$2" '{ printf "GET /stream?count=0&%s%%%s%s HTTP/1.1\r\nHost: x\r\n\r\n", before, $0, behind }' >requests
    get /missing 'Connection: close' >>requests
    timeout 10 "$SSE_SERVER" -i <requests >answer 2>log
}

# answers_are BYTES STATUS: the file answer has a 400 for each of these bytes, STATUS for all others, and 404 for what came last.
answers_are() {
    local wanted
    wanted=$(printf '%d\n' {0..255} | awk -v bytes="$1" -v other="$2" '{ printf "%s ", index(bytes, " " $0 " ") ? 400 : other }')
    [ "$(statuses <answer)" = "${wanted}404" ] || { statuses <answer && return 1; }
}

CONTROLS=" $(echo {0..8} {10..31} 127) "

# is_unsplit: each line of a head and of the log is the server's own, or one that the caller asked for under the name of X-Mine.
is_unsplit() {
    refute_file_has <(cat answer log | tr '\r' '\n') -ai '^X-Evil'
    refute_file_has <(sed 's/\xc2\xb5s/us/' log) -avE '^(<- |Starting stream for )pid-[0-9]+[:,][ -~]*$'
    assert_equal "$(grep -ac '^<- ' log)" 257
}

@test "no byte in a value for the head ends a line of it: control characters are refused, all others are sent" {
    local name
    for name in reason type lastEventId header=X-Mine: 'status=302&location' preflight=allow\&2.reason; do
        [[ $name = header=* ]] || name+='='
        each_byte "${name}a" 'X-Evil:1'
        answers_are "$CONTROLS" "$([[ $name = *302* ]] && echo 302 || echo 200)"
        is_unsplit
    done
}

@test "an origin is one, or a word for one; a misspelt word is refused" {
    local value
    for value in '*' echo none null http://a https://a.example:8443 app://x; do
        get "/stream?count=0&cors=$value" | pipe_request >answer
        assert_equal "$(status_of <answer)" 200
    done
    for value in ehco a.example http:a http:// http://a%20b http://a%0D%0AX-Evil:1 http://a%00 %7f://a ''; do
        get "/stream?count=0&cors=$value" | refuses 400 'parameter "cors" takes *, echo, none, null or an origin'
    done
}

@test "no byte in what is required ends a line of the head or of the log" {
    local value
    for value in bearer:a basic:b:c cookie:a=b; do
        each_byte "require=$value" 'X-Evil:1'
        answers_are "$CONTROLS" 401
        is_unsplit
    done
}

@test "no byte in an event or a retry ends a line of the stream" {
    each_byte 'retry=a' 'X-Evil'
    answers_are ' 10 13 ' 200
    assert_equal "$(grep -ac '^retry: a.*X-Evil$' answer)" 254
    is_unsplit
    each_byte 'interval=0&2.count=1&lastEventId=1&event=a' 'X-Evil'
    answers_are ' 10 13 ' 200
    assert_equal "$(grep -ac '^event: a.*X-Evil$' answer)" 254
    is_unsplit
}

@test "no byte of a form ends a line of the head either" {
    local i byte form
    for ((i = 0; i < 256; i++)); do
        printf -v byte '\\%03o' "$i"
        form="count=0&header=X-Mine:a@X-Evil:1&reason=b@X-Evil:1"
        printf 'POST /stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n' ${#form}
        # shellcheck disable=SC2059 # the byte is an escape
        printf "${form//@/$byte}"
    done >requests
    get /missing 'Connection: close' >>requests
    timeout 10 "$SSE_SERVER" -i <requests >answer 2>log
    answers_are "$CONTROLS 37 38 " 200
    is_unsplit
}

@test "an answer whose type, fields or body the caller chose cannot become a page that acts" {
    local query
    for query in type=text/html 'type=' 'header=A:b' raw=x 'raw=%3Cscript%3E&type=text/html' '2.type=text/html&lastEventId=1' \
        'status=404&type=text/html' 'status=302&location=/&type=text/html' 'type=image/svg%2Bxml&encoding=gzip'; do
        ask "$query$([[ $query = *raw* ]] || echo '&count=0')"
        is X-Content-Type-Options nosniff
        is Content-Security-Policy sandbox
    done
    { request 'POST /stream HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 8' && printf '<script>'; } |
        timeout 5 "$SSE_SERVER" -i >answer 2>log
    assert_equal "$(body_of <answer | sed -n 2p | tr -d '\r')" '<script>'
    is X-Content-Type-Options nosniff
    is Content-Security-Policy sandbox
    ask 'count=0&raw=x'
    is X-Content-Type-Options nosniff
}

@test "a page in a browser is not redirected, and a client of streams is" {
    local query
    start_server
    for query in 'status=302&location=http://b.example/' 'location=/&status=307' '1.status=308&1.location=/'; do
        get "/stream?$query" 'Sec-Fetch-Mode: navigate' | refuses 400 'parameter "location" is for clients of streams, not for pages'
        assert_not_empty "$(curl -sS -m 5 -o body -w '%{redirect_url}' "$URL/stream?$query")"
        assert_not_empty "$(curl -sS -m 5 -o body -w '%{redirect_url}' -H 'Sec-Fetch-Mode: cors' "$URL/stream?$query")"
    done
    answered 304 'status=304&header=ETag:x' 'Sec-Fetch-Mode: navigate'
}

@test "a parameter that is refused is named in a line of plain text that no browser takes for anything else" {
    get /help 'Connection: close' | pipe_request | sed -n 's/^\([a-z][a-zA-Z]*\)  *[a-zA-Z].*/\1/p' | grep -vx raw >names
    assert_at_least "$(wc -l <names)" 31
    for value in '%0d%0a' '<script>%00</script>%0a' "$(printf 'x%.0s' {1..5000})%0a"; do
        sed "s|.*|GET /stream?&=$value HTTP/1.1\r\nHost: x\r\n\r|" names >requests
        get /stream?x 'Connection: close' >>requests
        timeout 10 "$SSE_SERVER" -i <requests >answer 2>log
        diff -u <(cat names && echo x) <(grep -ao '^parameter "[^"]*" \(takes\|is unknown;\) ' answer | cut -d '"' -f 2)
        "$TOOLS/read_answers" <answer
        assert_equal "$(grep -c $'^Content-Type: text/plain; charset=utf-8\r$' answer)" "$(($(wc -l <names) + 1))"
        assert_equal "$(grep -c $'^X-Content-Type-Options: nosniff\r$' answer)" "$(($(wc -l <names) + 1))"
        refute_file_has <(tr -d '\r\n' <answer) '[^ -~]\|<script>'
    done
    get '/stream?<script>alert(1)</script>%ff%00%0a%22=1' | refuses 400 'parameter "<script>alert(1)</script>???"" is unknown'
    is X-Content-Type-Options nosniff
}

# takes_no_time COMMAND...: less than two seconds, on a machine that has other things to do; without the care that is taken, minutes.
takes_no_time() {
    local began=${EPOCHREALTIME/./}
    "$@"
    ((${EPOCHREALTIME/./} - began < 2000000)) || { echo "took $((${EPOCHREALTIME/./} - began)) us: ${*:1:3}" | cut -c -200 && return 1; }
}

@test "256 parameters are served at once, each compared with all others, and 257 are refused" {
    local many
    many=$(printf '&header=A:%s' {1..255})
    takes_no_time ask "count=0$many"
    assert_equal "$(field A)" "$(echo {1..255} | tr ' ' '|')"
    many=$(printf '&%s.status=503' {1..255})
    takes_no_time answered 503 "count=0$many" 'Last-Event-ID: 254'
    many=$(printf "&$(printf '0%.0s' {1..52})%03d.status=503" {1..255})
    takes_no_time answered 503 "count=0$many" 'Last-Event-ID: 7'
    takes_no_time answered 503 "$(printf '&%.0s' {1..15000})count=0$many"
    get "/stream?count=0$many&time=1" | refuses 400 'too many parameters; the maximum is 256'
    { request 'POST /stream?count=0&time=1 HTTP/1.1' 'Host: x' 'Content-Type: application/x-www-form-urlencoded' \
        "Content-Length: ${#many}" && printf '%s' "$many"; } | refuses 400 'too many parameters; the maximum is 256'
}

@test "a target of 32 KiB is served whole, and one byte more is refused" {
    local bytes
    bytes=$(printf 'y%.0s' {1..32756})
    ask "raw=$bytes"
    assert_equal "$(body_of <answer | sed -n 2p | tr -d '\r')" "$bytes"
    get "/stream?raw=x$bytes" | refuses 414 'the request target is too long; maximum bytes: 32768; send the parameters as the form body of a POST'
}

@test "the longest body that is told beforehand is reckoned at once" {
    takes_no_time eval "request 'HEAD /stream?count=100000&framing=length HTTP/1.0' | pipe_request >answer"
    assert_at_least "$(field Content-Length)" 9000001
    takes_no_time eval "request 'HEAD /stream?framing=length&size=64M&time=7&count=100000 HTTP/1.0' | pipe_request >answer"
    assert_at_least "$(field Content-Length)" 6710000000001
    takes_no_time eval "request 'HEAD /stream?framing=length&raw=abc&loop=1000000000&bom=1 HTTP/1.0' | pipe_request >answer"
    is Content-Length 3000000003
}

@test "what a client makes of loops of empty pieces is told, or refused, at once" {
    local many
    many=$(printf '&raw=%.0s' {1..254})
    takes_no_time eval 'get "/expect?loop=1000000000&raw=x$many" | refuses 400 "the stream is longer than"'
    takes_no_time eval 'get "/expect?loop=forever&raw=x$many" | refuses 400 "the stream is longer than"'
    many=$(printf '&header=A:%.0s' {1..250})
    takes_no_time eval 'get "/expect?loop=1000000&raw=%0a$many" | refuses 400 "the stream is longer than"'
    takes_no_time eval 'get "/expect?loop=16000&raw=%0a$many" | pipe_request >answer'
    assert_equal "$(body_of <answer | jq -c '[.events, .discarded]')" '[[],null]'
    get '/expect?loop=forever&raw=a&raw=&cut=5' | pipe_request >answer
    assert_equal "$(body_of <answer | jq -c '[.events, .discarded]')" '[[],"aaaaa"]'
}
