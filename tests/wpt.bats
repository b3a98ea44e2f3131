#!/usr/bin/env bats
# The handlers of web-platform-tests for EventSource: what each sends, byte by byte.
#
# Each call is one connection over pipes. The shared file is called status.
load helper
load head

R=/eventsource/resources

# call TARGET [FIELD...]: writes the answer to the file answer.
call() {
    request "${METHOD:-GET} $1 HTTP/1.1" 'Host: x' 'Connection: close' "${@:2}" | timeout 10 "$SSE_SERVER" -i -q -f status >answer 2>log
}

# sends STATUS_LINE TYPE BODY: compares the answer. BODY is a format for printf. An empty TYPE means no Content-Type.
sends() {
    # shellcheck disable=SC2059
    printf "$3" >wanted
    body_of <answer >body
    { assert_equal "$(head_of answer | head -n 1)" "HTTP/1.1 $1" && assert_equal "$(field Content-Type)" "$2" && cmp body wanted; } && return
    echo "not $1, $2, $3 but:" && cat -v answer
    return 1
}

# streams BODY: the answer is a 200 with an event stream and Content-Length.
streams() {
    sends '200 OK' text/event-stream "$1"
    is Content-Length "$(wc -c <wanted)"
}

# refused STATUS WORDS TARGET [FIELD...]: the call is refused, and the reason contains WORDS.
refused() {
    call "${@:3}"
    is_refusal answer "$1" "$2"
}

@test "message.py sends its parameter, and 13 bytes by default" {
    call $R/message.py
    streams 'data: data\n\n\n'
    call "$R/message.py?message=data:+a%2Bb%26&x=1&&newline=other"
    streams 'data: a+b&\n\n\n'
    call "$R/message.py?message=&message=twice&newline=none"
    streams '\n'
    call "$R/message.php?message=id:+1%0Adata:x%0A&newline=none"
    streams 'id: 1\ndata:x\n\n'
    call "$R/message.py?mime=text/event-stream;charset=windows-1252&message"
    sends '200 OK' 'text/event-stream;charset=windows-1252' '\n\n\n'
    call "$R/message.py?mime="
    sends '200 OK' '' 'data: data\n\n\n'
}

@test "every byte of a message comes back unchanged, encoded or not" {
    local byte
    for ((byte = 0; byte < 256; byte++)); do
        printf '%%%02x' "$byte"
    done >escaped
    # shellcheck disable=SC2059
    printf "$(sed 's/%/\\x/g' escaped)" >wanted
    assert_equal "$(wc -c <wanted)" 256
    call "$R/message.py?newline=none&message=$(<escaped)"
    cmp <(tail -c 257 answer) <(cat wanted && echo)
    call "$R/message.py?newline=none&message="$'!"$\'()*,-./:;<=>?@[\\]^_`{|}~\377\303\244'
    cmp <(tail -n 1 answer) <(printf '%s\n' $'!"$\'()*,-./:;<=>?@[\\]^_`{|}~\377\303\244')
}

@test "a message of 32,000 bytes comes back whole" {
    local long
    long=$(printf 'a%.0s' {1..32000})
    call "$R/message.py?newline=none&message=$long"
    assert_equal "$(body_of <answer)" "$long"
}

@test "message.py waits before it answers" {
    local before=${EPOCHREALTIME/./}
    call "$R/message.py?sleep=300"
    ((${EPOCHREALTIME/./} - before >= 300000))
    streams 'data: data\n\n\n'
}

@test "message2.py repeats its lines every two seconds, and starts at once" {
    printf 'data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n' >once
    start_server -q
    in_background none curl -sSN -m 20 -o body -D head "$URL$R/message2.py"
    until_true cmp -s once body
    local before=${EPOCHREALTIME/./}
    cat once once >twice
    until_true cmp -s twice body
    ((${EPOCHREALTIME/./} - before >= 1500000))
    assert_file_has head -x $'Content-Type: text/event-stream\r'
    assert_file_has head -x $'Cache-Control: no-cache\r'
}

@test "the template files insert the header field only with pipe=sub" {
    call "$R/accept.event_stream?pipe=sub" 'Accept: text/event-stream, a&b=+%'
    streams 'data: text/event-stream, a&b=+%%\n\n'
    call "$R/accept.event_stream?pipe=sub"
    streams 'data: \n\n'
    call "$R/accept.event_stream" 'Accept: a'
    streams 'data: {{headers[accept]}}\n\n'
    call "$R/cache-control.event_stream?x&pipe=sub" 'cache-control: no-store'
    streams 'data: no-store\n\n'
    call "$R/cache-control.event_stream?pipe=none" 'cache-control: no-store'
    streams 'data: {{headers[cache-control]}}\n\n'
    call $R/accept.php 'Accept: a'
    streams 'data: a\n\n'
}

@test "last-event-id.py sends an id, and then reports the id that comes back" {
    call $R/last-event-id.py
    streams 'id: \342\200\246\nretry: 200\ndata: hello\n\n'
    call "$R/last-event-id.py?idvalue=%00+%2b"
    streams 'id: \0 +\nretry: 200\ndata: hello\n\n'
    call "$R/last-event-id.php?idvalue=a" $'Last-Event-ID: \342\200\246 %&+=#'
    streams 'data: \342\200\246 %%&+=#\n\n'
    call "$R/last-event-id.py" 'Last-Event-ID: message-4'
    streams 'data: message-4\n\n'
    call "$R/last-event-id.py" 'Last-Event-ID:'
    streams 'id: \342\200\246\nretry: 200\ndata: hello\n\n'
}

@test "last-event-id2.py has three streams, and a fourth for every other type" {
    call $R/last-event-id2.py
    streams 'id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n'
    call "$R/last-event-id2.py?type=1"
    streams 'id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n'
    call "$R/last-event-id2.py?type=%32"
    streams 'id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n'
    call "$R/last-event-id2.py?type=3"
    streams 'id: 1\ndata: 1\n\nid\ndata:2\n\ndata:3\n\n'
    call "$R/last-event-id2.py?type=4"
    streams 'data: invalid_test\n\n'
}

@test "last-event-id2.py reads its type as Python's int() does, and takes 1 for what is none" {
    local type
    for type in '' x 1x 0x1 1.0 01 +1 %31 '+1' '%201%09' %2B1 0_0_1 1__0 _2 2_ %002 '%EF%BC%92' -- "$(printf '9%.0s' {1..5000})"; do
        call "$R/last-event-id2.py?type=$type"
        streams 'id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n'
    done
    call "$R/last-event-id2.py?type"
    streams 'id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n'
    call "$R/last-event-id2.py?type=+02+"
    streams 'id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n'
    for type in -1 1_0 0 4 99999999999999999999; do
        call "$R/last-event-id2.py?type=$type"
        streams 'data: invalid_test\n\n'
    done
}

@test "reconnect-fail.py opens, reconnects and closes, one step per cookie" {
    start_server -q
    local url="$URL$R/reconnect-fail.py?id=a.1"
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '200 OPEN' text/event-stream 'retry: 2\ndata: opened\n\n'
    is Set-Cookie 'recon_fail_a.1=opened; Max-Age=3600; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$URL$R/reconnect-fail.py?id=other" >answer
    sends '200 OPEN' text/event-stream 'retry: 2\ndata: opened\n\n'
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '200 RECONNECT' text/event-stream 'data: reconnected\n\n'
    is Set-Cookie 'recon_fail_a.1=reconnected; Max-Age=3600; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '204 NO CONTENT (CLOSE)' text/event-stream ''
    is Set-Cookie 'recon_fail_a.1=; Max-Age=0; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '200 OPEN' text/event-stream 'retry: 2\ndata: opened\n\n'
}

@test "status-error.py sends its status, 404 by default, and a body unless it is 204 or 205" {
    call $R/status-error.py
    sends '404 HAHAHAHA' text/event-stream 'data: data\n\n'
    call "$R/status-error.php?status=503"
    sends '503 HAHAHAHA' text/event-stream 'data: data\n\n'
    call "$R/status-error.py?status=204"
    sends '204 HAHAHAHA' text/event-stream ''
    call "$R/status-error.py?status=205"
    sends '205 HAHAHAHA' text/event-stream ''
    is Content-Length 0
    call "$R/status-error.py?status=299"
    sends '299 HAHAHAHA' text/event-stream 'data: data\n\n'
}

@test "status-reconnect.py sends its status once, and then the event" {
    start_server -q
    local url="$URL$R/status-reconnect.py?status=503"
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '503 TEST' text/event-stream 'retry: 2\n'
    is Set-Cookie 'request503=503; Max-Age=3600; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$url&id=a" >answer
    sends '503 TEST' text/event-stream 'retry: 2\n'
    is Set-Cookie 'requesta=503; Max-Age=3600; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$url" >answer
    sends '200 OK' text/event-stream 'data: data\n\n'
    is Set-Cookie 'request503=; Max-Age=0; Path=/'
    curl -sS -m 10 -i -b jar -c jar "$url&ok_first" >answer
    sends '503 TEST' text/event-stream 'retry: 2\ndata: ok\n\n'
    curl -sS -m 10 -i -b jar -c jar "$url&id=a" >answer
    sends '200 OK' text/event-stream 'data: data\n\n'
    call $R/status-reconnect.py
    sends '204 TEST' text/event-stream ''
    call "$R/status-reconnect.py?status=200&ok_first" 'Cookie: request200=204'
    sends '200 TEST' text/event-stream 'retry: 2\ndata: ok\n\n'
}

@test "cors.py runs another handler and allows the origin that asks or the one in its parameter" {
    call "$R/cors.py?run=message" 'Origin: http://a.example:8000'
    streams 'data: data\n\n\n'
    assert_equal "$(cors)" 'Credentials: true|Origin: http://a.example:8000'
    call "$R/cors.py?run=message&message=a&origin=http://b.example&credentials=false" 'Origin: http://a.example'
    streams 'a\n\n\n'
    assert_equal "$(cors)" 'Credentials: false|Origin: http://b.example'
    call "$R/cors.py?run=message&origin=*" 'Origin: http://a.example'
    assert_equal "$(cors)" 'Credentials: true|Origin: *'
    call "$R/cors.py?run=message&origin=" 'Origin: http://a.example'
    assert_equal "$(cors)" 'Credentials: true|Origin: '
    call "$R/cors.py?run=message"
    assert_equal "$(cors)" 'Credentials: true'
    call "$R/cors.py?run=status-reconnect&status=503&ok_first" 'Origin: null'
    sends '503 TEST' text/event-stream 'retry: 2\ndata: ok\n\n'
    assert_equal "$(cors)" 'Credentials: true|Origin: null'
    is Set-Cookie 'request503=503; Max-Age=3600; Path=/'
    call "$R/cors.py?run=cache-control" 'Origin: null' 'Cache-Control: no-store'
    streams 'data: no-store\n\n'
    call "$R/cors.py?run=other" 'Origin: null'
    sends '200 OK' '' ''
    assert_equal "$(cors)" 'Credentials: true|Origin: null'
}

@test "redirect.py sends Location, and CORS fields only with enable-cors" {
    call "/common/redirect.py?location=$R/message.py"
    sends '302 Found' '' ''
    is Location $R/message.py
    call '/common/redirect.py?location=http://b.example/%3Fa%26b&status=307' 'Origin: http://a.example'
    sends '307 Temporary Redirect' '' ''
    is Location 'http://b.example/?a&b'
    assert_empty "$(cors)"
    call '/common/redirect.py?location=x&enable-cors' 'Origin: http://a.example'
    sends '302 Found' text/plain ''
    assert_equal "$(cors)" 'Credentials: true|Origin: http://a.example'
    call '/common/redirect.py?location=x&enable-cors'
    sends '302 Found' '' ''
    call "$R/cors.py?run=redirect&status=301&location=x&origin=http://b.example" 'Origin: http://a.example'
    sends '301 Moved Permanently' '' ''
    assert_equal "$(cors)" 'Credentials: true|Origin: http://b.example'
    call "$R/cors.py?run=redirect&location=x&origin=http://b.example&enable-cors=" 'Origin: http://a.example'
    sends '302 Found' text/plain ''
    assert_equal "$(cors)" 'Credentials: true|Origin: http://a.example'
}

@test "redirect.py reads its status as Python's int() does, and takes 302 for what is none" {
    local status
    for status in '' x 30x 302.0 3__02 +302 0302; do
        call "/common/redirect.py?location=x&status=$status"
        sends '302 Found' '' ''
        call "$R/cors.py?run=redirect&location=x&status=$status" 'Origin: http://a.example'
        sends '302 Found' '' ''
    done
    call '/common/redirect.py?location=x&status'
    sends '302 Found' '' ''
    call '/common/redirect.py?location=x&status=%2B3_07%0A'
    sends '307 Temporary Redirect' '' ''
    call '/common/redirect.py?location=x&status=200'
    sends '200 OK' '' ''
    for status in 0 99 -302 203 99999999999999999999; do
        refused 400 'parameter "' "/common/redirect.py?location=x&status=$status"
    done
}

@test "message.py and status-error.py read their numbers as Python's int() does" {
    call "$R/message.py?sleep=+0_1%0D"
    streams 'data: data\n\n\n'
    call "$R/message.py?sleep=$(printf '0%.0s' {1..100})"
    streams 'data: data\n\n\n'
    call "$R/status-error.py?status=+0503"
    sends '503 HAHAHAHA' text/event-stream 'data: data\n\n'
}

@test "a client that follows a redirect keeps its cookies" {
    start_server -q
    curl -sS -m 10 -L -H 'Origin: http://a' "$URL$R/cors.py?run=redirect&location=$R/cors.py?run=message" >body
    assert_equal "$(wc -c <body)" 13
    curl -sS -m 10 -L -b 'request503=503' "$URL/common/redirect.py?location=$R/status-reconnect.py%3Fstatus=503" >body
    assert_equal "$(<body)" 'data: data'
}

@test "a navigation in a browser is not redirected" {
    refused 400 'parameter "location" is for clients of streams' '/common/redirect.py?location=http://b.example' 'Sec-Fetch-Mode: navigate'
    refused 400 'parameter "location" is for clients of streams' "$R/cors.py?run=redirect&location=x" 'Sec-Fetch-Mode: navigate'
}

@test "cors-cookie.py reports in three requests whether the cookie came" {
    start_server -q
    local url="$URL$R/cors-cookie.py?ident=t-1"
    curl -sS -m 10 -i -b jar -c jar -H 'Origin: http://a.example' "$url" >answer
    sends '200 OK' text/event-stream 'id: 1\nretry: 200\ndata: first NO_COOKIE\n\n'
    is Set-Cookie 't-1=COOKIE; Max-Age=3600'
    assert_equal "$(cors)" 'Credentials: true|Origin: http://a.example'
    curl -sS -m 10 -i -b jar -c jar -H 'Last-Event-ID: 1' "$url&origin=none&credentials=none" >answer
    sends '200 OK' text/event-stream 'id: 2\ndata: second COOKIE\n\n'
    is Set-Cookie 't-1=COOKIE; Expires=Sun, 01 Jul 2001 00:00:00 GMT'
    assert_empty "$(cors)"
    curl -sS -m 10 -i -b jar -c jar -H 'Last-Event-ID: 2' -H 'Origin: http://a.example' "$url&credentials=false" >answer
    sends '200 OK' stop 'data: 2NO_COOKIE\n\n'
    is Set-Cookie ''
    assert_equal "$(cors)" 'Credentials: false|Origin: http://a.example'
    call $R/cors-cookie.py 'Cookie: test=' 'Last-Event-ID: 0'
    sends '200 OK' stop 'data: 0COOKIE\n\n'
}

@test "handlers without CORS send no CORS fields, and none to a preflight" {
    local name
    for name in message.py last-event-id.py last-event-id2.py status-error.py 'reconnect-fail.py?id=1' status-reconnect.py accept.event_stream; do
        call "$R/$name" 'Origin: http://a.example'
        assert_empty "$(cors)"
        METHOD=OPTIONS call "$R/$name" 'Origin: http://a.example' 'Access-Control-Request-Headers: last-event-id'
        assert_equal "$("$TOOLS/read_answers" <answer)" 204
        assert_empty "$(cors)"
    done
}

@test "handlers with CORS allow a preflight everything that it asks for" {
    METHOD=OPTIONS call "$R/cors.py?run=message" 'Origin: http://a.example' 'Access-Control-Request-Headers: last-event-id'
    assert_equal "$("$TOOLS/read_answers" <answer)" 204
    assert_equal "$(cors)" 'Credentials: true|Headers: last-event-id|Methods: GET, HEAD, POST, DELETE|Origin: http://a.example'
    METHOD=OPTIONS call "$R/cors-cookie.py?origin=http://b.example&credentials=none" 'Origin: http://a.example'
    assert_equal "$(cors)" 'Headers: *|Methods: GET, HEAD, POST, DELETE|Origin: http://b.example'
    METHOD=OPTIONS call "$R/cors-cookie.py?origin=none" 'Origin: http://a.example'
    assert_empty "$(cors)"
    METHOD=OPTIONS call "$R/cors.py?run=message&origin=" 'Origin: http://a.example'
    assert_empty "$(cors)"
}

# unsafe FIXTURE TOKEN [FIELD...]: sends a GET.
unsafe() {
    call "$R/cors-unsafe-last-event-id.py?fixture=$1&token=$2" 'Origin: http://a.example' "${@:3}"
}

# preflight FIXTURE TOKEN NAMES: sends a preflight for it, which must be allowed.
preflight() {
    METHOD=OPTIONS call "$R/cors-unsafe-last-event-id.py?fixture=$1&token=$2" 'Origin: http://a.example' "Access-Control-Request-Headers: $3"
    assert_equal "$("$TOOLS/read_answers" <answer)" 204
    is Access-Control-Allow-Headers "$3"
    is Access-Control-Allow-Origin http://a.example
}

@test "cors-unsafe-last-event-id.py succeeds if the id comes back, with a preflight if it is unsafe" {
    local long
    long=$(printf 'a%.0s' {1..255})
    unsafe safe t1
    streams 'id: abc\nretry: 200\ndata: safe\n\n'
    is Access-Control-Allow-Origin http://a.example
    assert_equal "$(field Cache-Control)" 'no-cache|no-store'
    unsafe safe t1 'Last-Event-ID: abc'
    streams 'event: success\ndata: got abc, expected abc\n\n'
    unsafe unsafe t2
    streams 'id: e5p3n<3k0k0s\nretry: 200\ndata: unsafe\n\n'
    preflight unsafe t2 last-event-id
    unsafe unsafe t2 'Last-Event-ID: e5p3n<3k0k0s'
    streams 'event: success\ndata: got e5p3n<3k0k0s, expected e5p3n<3k0k0s\n\n'
    unsafe long t3
    streams "id: $long\nretry: 200\ndata: long\n\n"
    preflight long t3 last-event-id
    unsafe long t3 "Last-Event-ID: $long"
    streams "event: success\ndata: got $long, expected $long\n\n"
    unsafe other t4
    streams 'event: failure\ndata: unknown fixture\n\n'
}

@test "cors-unsafe-last-event-id.py fails after a wrong or missing preflight, or with another id" {
    preflight safe t1 last-event-id
    unsafe safe t1 'Last-Event-ID: abc'
    streams 'event: failure\ndata: a preflight came, and the id is a safe one\n\n'
    unsafe unsafe t2 'Last-Event-ID: e5p3n<3k0k0s'
    streams 'event: failure\ndata: no preflight came, and the id is not a safe one\n\n'
    preflight unsafe t3 'last-event-id,x-a'
    unsafe unsafe t3 'Last-Event-ID: e5p3n<3k0k0s'
    streams 'event: failure\ndata: the preflight did not name last-event-id alone\n\n'
    unsafe safe t4 'Last-Event-ID: abcd'
    streams 'event: failure\ndata: got abcd, expected abc\n\n'
    request 'GET /log?key=t3 HTTP/1.0' | "$SSE_SERVER" -i -q -f status | body_of >entries
    jq -e 'map([.method, .headers.accessControlRequestHeaders]) == [["OPTIONS", "last-event-id,x-a"], ["GET", null]]' entries
}

# counts TOKEN NUMBER: this many connections are open.
counts() {
    assert_equal "$(curl -sS -m 10 "$URL$R/bfcache-counter.py?query&token=$1")" "{\"count\": $2}"
}

@test "bfcache-counter.py counts the open connections of a token" {
    start_server -q -f status
    counts t 0
    in_background one.err curl -sSN -m 20 -o one -D head "$URL$R/bfcache-counter.py?token=t"
    local one=$LAST
    until_true test -s one
    in_background two.err curl -sSN -m 20 -o two "$URL$R/bfcache-counter.py?token=t"
    until_true test -s two
    assert_equal "$(<one)" 'data: opened'
    assert_file_has head -x $'Content-Type: text/event-stream\r'
    assert_file_has head -x $'Cache-Control: no-store\r'
    counts t 2
    counts other 0
    kill "$one"
    until_true counts t 1
    curl -sS -m 10 -i "$URL$R/bfcache-counter.py?token=t&query=" >answer
    sends '200 OK' application/json '{"count": 1}'
}

@test "a handler that needs the journal is refused without one" {
    get "$R/bfcache-counter.py?token=a&query" | refuses 503 'no/such' -f no/such/file
    get "$R/cors-unsafe-last-event-id.py?token=a&fixture=safe" | refuses 503 'no/such' -f no/such/file
}

@test "a missing or invalid parameter is refused by its name" {
    refused 400 'parameter "id" is required' $R/reconnect-fail.py
    refused 400 'parameter "id" takes 1 to 64 letters' "$R/reconnect-fail.py?id="
    refused 400 'parameter "id" takes' "$R/reconnect-fail.py?id=a;b"
    refused 400 'parameter "id" takes' "$R/status-reconnect.py?id=$(printf 'a%.0s' {1..65})"
    refused 400 'parameter "ident" takes' "$R/cors-cookie.py?ident=%0d%0aX:y"
    refused 400 'parameter "location" is required' /common/redirect.py
    refused 400 'parameter "location" takes text without control characters' '/common/redirect.py?location=%0a'
    refused 400 'parameter "location"' '/common/redirect.py?location=x&status=203'
    refused 400 'parameter "run" is required' $R/cors.py
    refused 400 'parameter "origin" takes' "$R/cors.py?run=message&origin=a%0d%0aX:y"
    refused 400 'parameter "credentials" takes' "$R/cors.py?run=message&credentials=%00"
    refused 400 'parameter "mime" takes' "$R/message.py?mime=%0a"
    refused 400 'parameter "mime" takes' "$R/message.py?mime=$(printf 'a%.0s' {1..1025})"
    refused 400 'parameter "sleep" takes whole milliseconds' "$R/message.py?sleep=1s"
    refused 400 'parameter "sleep" takes' "$R/message.py?sleep=3600001"
    refused 400 'parameter "sleep" takes' "$R/message.py?sleep=-1"
    refused 400 'parameter "sleep" takes' "$R/message.py?sleep="
    refused 400 'parameter "status" takes a number, 200 to 599' "$R/status-error.py?status=101"
    refused 400 'parameter "status" takes a number, 200 to 599' "$R/status-error.py?status=abc"
    refused 400 'parameter "status" takes a number, 200 to 599' "$R/status-reconnect.py?status=abc"
    refused 400 'parameter "status" takes a number, 200 to 599' "$R/status-reconnect.py?status=100"
    refused 400 'parameter "token" is required' "$R/bfcache-counter.py?query"
    refused 400 'parameter "token" takes 1 to 64 letters' "$R/bfcache-counter.py?token=a/b"
    refused 400 'parameter "token" takes' "$R/cors-unsafe-last-event-id.py?fixture=safe&token=$(printf 'a%.0s' {1..65})"
    refused 400 'parameter "fixture" is required' "$R/cors-unsafe-last-event-id.py?token=a"
    refused 400 'is not followed by two hexadecimal digits' "$R/message.py?other=%zz"
    refused 431 'too long to be sent back' "$R/accept.event_stream?pipe=sub" "Accept: $(printf '<%.0s' {1..30000})"
    refused 431 'Origin is too long' "$R/cors.py?run=message" "Origin: $(printf 'a%.0s' {1..1025})"
    refused 431 'Origin is too long' "/common/redirect.py?location=x&enable-cors" "Origin: $(printf '<%.0s' {1..1025})"
    refused 404 'GET /help' $R/init.htm
    refused 404 'GET /help' $R/
    METHOD=POST refused 405 'allowed: GET, HEAD, OPTIONS' $R/message.py 'Content-Length: 0'
    METHOD=OPTIONS call $R/reconnect-fail.py 'Origin: http://a.example'
    assert_equal "$("$TOOLS/read_answers" <answer)" 204
}

@test "HEAD gets only the head, and paths may be percent-encoded" {
    METHOD=HEAD call $R/status-error.py
    sends '404 HAHAHAHA' text/event-stream ''
    is Content-Length 12
    call "/eventsource/%72esources/message.py"
    streams 'data: data\n\n\n'
}

@test "several calls on one connection have their own parameters" {
    { get "$R/message.py?message=one" && get '/stream?count=0' && get "$R/message.py" && get /stream?raw=x 'Connection: close'; } |
        "$SSE_SERVER" -i -q -f status >answers
    assert_equal "$("$TOOLS/read_answers" <answers | paste -sd ' ')" '200 200 200 200'
    assert_file_has answers -x one
    assert_file_has answers -x 'id: hello'
    assert_file_has answers -x 'data: data'
}

@test "the handlers need the token, as streams do" {
    AUTH_TOKEN=secret call $R/message.py
    assert_equal "$(status_of <answer)" 401
    AUTH_TOKEN=secret call $R/message.py 'Authorization: Bearer secret'
    streams 'data: data\n\n\n'
    AUTH_TOKEN=secret METHOD=OPTIONS call "$R/cors.py?run=message" 'Origin: http://a.example' 'Access-Control-Request-Headers: authorization'
    assert_equal "$("$TOOLS/read_answers" <answer)" 204
    is Access-Control-Allow-Headers authorization
}

@test "sse-server-cases(7) lists every handler and parameter" {
    local name
    sed -n '/^\.Sh WEB-PLATFORM-TESTS/,$p' "$ROOT/man/sse-server-cases.7" >section
    sed -n 's/^ *{.path = RESOURCES "\([^"]*\)".*/\1/p' "$ROOT/src/wpt/handlers.c" >names
    assert_at_least "$(wc -l <names)" 15
    while read -r name; do
        grep -F "$name" section | assert_file_has - '^\.It Pa '
    done <names
    sed -nE 's/.*call_(parameter|require|take_token|check_field)\(call, "([a-z_-]+)".*/\2/p' "$ROOT"/src/wpt/*.c | sort -u >parameters
    assert_at_least "$(wc -l <parameters)" 12
    while read -r name; do
        assert_file_has section "^\.Cm $name\b"
    done <parameters
}
