#!/usr/bin/env bats
# What clients did: attempts counted by a key, and /log, which tells of them.
#
# Where nothing is about sockets each request is a connection of its own over pipes, and they share the file status.
load helper

# exchange [OPTION...] <REQUEST: over pipes; the answer goes to the file answer.
exchange() {
    timeout 10 "$SSE_SERVER" -i -q -f status "$@" >answer 2>log
}

# attempt QUERY [FIELD...]: one attempt; its status is printed.
attempt() {
    get "/stream?$1" 'Connection: close' "${@:2}" | exchange
    status_of <answer
}

# attempts COUNT QUERY: as many, one after the other; their statuses are printed, in one line.
attempts() {
    local i
    for ((i = 0; i < $1; i++)); do
        attempt "$2"
    done | paste -sd ' '
}

# told [QUERY]: the JSON of /log. The request is HTTP/1.0, so that the answer has no chunks.
told() {
    request "GET /log${1:+?$1} HTTP/1.0" | exchange
    assert_equal "$(status_of <answer)" 200
    body_of <answer
}

# is_told FILTER WANTED [QUERY]: what jq makes of what /log says.
is_told() {
    local made
    made=$(told "${3:-}" | jq -c "$1")
    [ "$made" = "$2" ] || { echo "$1 is not $2 but $made"; return 1; }
}

# The same, of the server at $URL. An attempt is told to be over a moment after its client knows.
is_told_at_url() {
    curl -sS -m 10 "$URL/log" | jq -c "$1" >made
    assert_file_has made -Fx "$2"
}

# forget KEY: prints the status.
forget() {
    request "DELETE /log?key=$1 HTTP/1.1" 'Host: x' 'Connection: close' | exchange
    status_of <answer
}

# crc32 FILE: as gzip reckons it.
crc32() {
    gzip -c "$1" | tail -c 8 | head -c 4 | od -An -tx4 --endian=little | tr -d ' '
}

# stream_to FILE QUERY [OPTION...]: a curl of its own, once the hello is there.
stream_to() {
    : >"$1"
    in_background "$1.err" curl -sSN -m 20 -o "$1" "${@:3}" "$URL/stream?$2"
    until_true grep -q '^data: Hello' "$1"
}

@test "by=key counts: the first two attempts under a key get a 503, the third the stream, whoever makes them" {
    assert_equal "$(attempts 4 'by=key&key=a&count=0&1-2.status=503')" '503 503 200 200'
    assert_equal "$(attempt 'by=key&key=b&count=0&1-2.status=503' 'Last-Event-ID: message-7')" 503
    is_told 'map([.key, .attempt, .status])' '[["a",1,503],["a",2,503],["a",3,200],["a",4,200],["b",1,503]]'
}

@test "a key without by=key is for the journal alone: the id, or the cookie, still tells which attempt it is" {
    assert_equal "$(attempts 2 'key=a&count=0&2.status=503')" '200 200'
    assert_equal "$(attempt 'key=a&count=0&8.status=503' 'Last-Event-ID: message-7')" 503
    assert_equal "$(attempts 2 'key=a&by=cookie&count=0&2-.status=503')" '200 200'
    is_told 'map([.attempt, .status])' '[[1,200],[2,200],[3,503],[4,200],[5,200]]'
}

@test "attempt=N is that attempt, and is counted all the same" {
    assert_equal "$(attempts 2 'by=key&key=a&count=0&attempt=3&1-2.status=503')" '200 200'
    assert_equal "$(attempt 'by=key&key=a&count=0&1-2.status=503&3.status=204')" 204
}

@test "a stream without a key leaves nothing in the journal, and nor does what is refused or what is no stream" {
    assert_equal "$(attempt count=0)" 200
    assert_equal "$(attempt 'key=a&count=no')" 400
    get '/expect?key=a&count=0' 'Connection: close' | exchange
    is_told . '[]'
    assert_equal "$(told)" '[]'
}

@test "/log tells all of an attempt: what came, what was answered, and how it went" {
    printf 'data: \303\244\n\n' >body
    request 'POST /stream?key=The_key-1.x HTTP/1.1' 'Host: x' 'Connection: close' 'Accept: text/event-stream' \
        'Cache-Control: no-cache' "Last-Event-ID: 7\"\\" 'Origin: http://a.example' 'Content-Type: text/event-stream' \
        'User-Agent: mine/1.0' 'Authorization: Bearer secret' 'Cookie: a=b' "Content-Length: $(wc -c <body)" >asked
    cat body >>asked
    BEFORE=$EPOCHSECONDS
    exchange <asked
    assert_equal "$(status_of <answer)" 200
    told >entries
    jq -e 'length == 1' entries
    jq -S '.[0] | del(.arrivedAt, .durationMs)' entries >entry
    diff entry - <<END
{
  "attempt": 1,
  "body": {
    "beginning": "data: ä\\n\\n",
    "crc32": "$(crc32 body)",
    "size": $(wc -c <body)
  },
  "bytes": $(wc -c <body),
  "closedAfterMs": null,
  "end": "served",
  "events": 1,
  "fields": {},
  "headers": {
    "accept": "text/event-stream",
    "authorization": "Bearer",
    "cacheControl": "no-cache",
    "contentType": "text/event-stream",
    "lastEventId": "7\"\\\\",
    "origin": "http://a.example",
    "userAgent": "mine/1.0"
  },
  "key": "The_key-1.x",
  "method": "POST",
  "sinceLastMs": null,
  "status": 200,
  "target": "/stream?key=The_key-1.x"
}
END
    jq -e '.[0].durationMs >= 0 and .[0].durationMs < 10000' entries
    jq -re '.[0].arrivedAt' entries >arrived
    assert_file_has arrived -Ex '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z'
    AT=$(date -d "$(<arrived)" +%s)
    assert_at_least "$AT" "$BEFORE"
    assert_at_most "$AT" "$EPOCHSECONDS"
}

@test "the time since the attempt before is told, and the time that each took" {
    assert_equal "$(attempts 2 'key=a&count=0&delay=60ms')" '200 200'
    attempt 'key=b&count=0'
    is_told 'map(.key, .sinceLastMs == null)' '["a",true,"a",false,"b",true]'
    is_told '.[1].sinceLastMs >= 60 and .[1].sinceLastMs < 10000 and (map(.durationMs >= 60) == [true, true, false])' true
}

@test "an attempt that came without any field, and one whose fields are empty, are told apart" {
    attempt 'key=a&count=0'
    attempt 'key=a&count=0' 'Last-Event-ID:' 'User-Agent: '
    is_told 'map(.headers)' '[{},{"lastEventId":"","userAgent":""}]'
}

@test "of Authorization the scheme is kept, and nothing where there is none; the secret is neither told nor in the file" {
    local value
    for value in 'Bearer topsecret' 'Basic dG9wc2VjcmV0' 'topsecret' 'Digest username="topsecret", nonce="1"' \
        $'Bearer\ttopsecret x' 'topsecret, Bearer x'; do
        attempt 'key=a&count=0' "Authorization: $value"
    done
    is_told 'map(.headers.authorization)' '["Bearer","Basic","","Digest","",""]'
    assert_equal "$(grep -acE 'topsecret|dG9wc2VjcmV0' status)" 0
}

@test "what is too long is cut, and what is no UTF-8 replaced: it is JSON in any case" {
    get "/stream?key=a&raw=$(printf '%*s' 30000 '' | tr ' ' x)" 'Connection: close' \
        "User-Agent: $(printf '\303\244%.0s' {1..200})" "Origin: x$(printf '\303\244%.0s' {1..200})" $'Accept: \377\300' | exchange
    told >entries
    iconv -f UTF-8 -t UTF-8 entries >/dev/null
    jq -e '.[0].target | endswith("xxx\u2026") and startswith("/stream?key=a&raw=xxx") and length > 9000' entries
    jq -e '.[0].headers | (.userAgent | test("^\u00e4+\u2026$")) and (.origin | test("^x\u00e4+\u2026$")) and .accept == "\ufffd\ufffd"' entries
}

@test "an attempt is kept however it is answered: as its plan says, with a challenge, with a refusal, or not at all" {
    assert_equal "$(attempt 'key=a&count=0&status=302&location=/')" 302
    assert_equal "$(attempt 'key=a&count=0&require=bearer:x')" 401
    assert_equal "$(attempt 'key=a&by=key&4.raw=x&count=0')" 200
    assert_equal "$(attempt 'key=a&by=key&4.raw=x&count=0')" 400
    attempt 'key=a&cut=head'
    assert_file_empty answer
    is_told 'map([.attempt, .status, .bytes > 0, .end])' \
        '[[1,302,true,"served"],[2,401,false,"served"],[3,200,true,"served"],[4,400,false,"served"],[5,null,false,"served"]]'
}

@test "bytes are those of the body, without its chunks, coding and cuts; events are those sent, or raw pieces" {
    local query
    export TCPREMOTEIP=192.0.2.1 TCPREMOTEPORT=7 # the hello names the peer, and a process number is not always as long
    for query in 'count=2' 'count=2&split=3&chunk=7' 'count=2&framing=length' 'count=2&encoding=gzip' 'count=2&framing=close&end=reset'; do
        attempt "key=a&interval=0&time=0&$query"
    done
    get '/stream?count=2&interval=0&time=0&framing=close' | exchange
    body_of <answer >body
    is_told 'map([.bytes, .events]) | unique' "[[$(wc -c <body),3]]"
    forget a
    attempt 'key=a&raw=data:1%0A%0A&raw=data:2%0A%0A&loop=3'
    attempt 'key=a&count=9&interval=0&cut=100'
    is_told 'map(.bytes)' '[48,100]'
    is_told '.[0].events' 6
    forget a
    attempt 'key=a&count=5000&interval=0&time=0'
    get '/stream?count=5000&interval=0&time=0&framing=close' | exchange
    is_told 'map([.bytes, .events])' "[[$(body_of <answer | wc -c),5001]]"
}

@test "/log without a key tells of all, oldest first; with one, of that key alone" {
    local key
    for key in b a b c; do
        attempt "key=$key&count=0"
    done
    is_told 'map(.key + "\(.attempt)")' '["b1","a1","b2","c1"]'
    is_told 'map(.key + "\(.attempt)")' '["b1","b2"]' key=b
    is_told . '[]' key=d
    is_told 'map(.attempt)' '[1,2]' '&%6bey=%62&'
    is_told '(map(.arrivedAt) | sort) == map(.arrivedAt)' true
}

@test "DELETE forgets a key and no other: its attempts are gone, and the next one is the first" {
    assert_equal "$(attempts 3 'by=key&key=a&count=0&1.status=503')" '503 200 200'
    attempt 'key=b&count=0'
    assert_equal "$(forget a)" 204
    assert_equal "$(body_of <answer | wc -c)" 0
    is_told 'map(.key)' '["b"]'
    assert_equal "$(attempts 2 'by=key&key=a&count=0&1.status=503')" '503 200'
    is_told 'map([.attempt, .sinceLastMs == null])' '[[1,true],[2,false]]' key=a
    assert_equal "$(forget nobody)" 204
}

@test "DELETE wants a key, and /expect knows no DELETE; /log knows no POST" {
    request 'DELETE /log HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    is_refusal answer 400 /log?key=NAME
    request 'DELETE /expect?key=a HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    is_refusal answer 405 'GET, HEAD, POST'
    request 'POST /log?key=a HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Length: 0' | exchange
    is_refusal answer 405 'GET, HEAD, OPTIONS, DELETE'
}

# delete_from FIELD...: a DELETE with these fields. preflight_for_delete FIELD...: the OPTIONS that a browser sends before it.
delete_from() {
    request 'DELETE /log?key=a HTTP/1.1' 'Host: x:8080' 'Connection: close' "$@" | exchange
}

preflight_for_delete() {
    request 'OPTIONS /log?key=a HTTP/1.1' 'Host: x:8080' 'Connection: close' 'Access-Control-Request-Method: DELETE' "$@" | exchange
    assert_equal "$(status_of <answer)" 204
    assert_file_has answer $'^Access-Control-Allow-Origin: \*\r$'
}

@test "without a token, a page of another origin cannot DELETE, and a page of this one can" {
    local field
    for field in 'Origin: http://a' 'Origin: http://x' 'Origin: http://x:8081' 'Origin: null' 'Origin: http://x:8080.a' 'Origin: http://x:8080@a' \
        'Origin: x:8080' 'Origin:' 'sec-fetch-site: cross-site' 'Sec-Fetch-Site: same-site'; do
        attempt 'key=a&count=0'
        delete_from "$field"
        is_refusal answer 403 'a page of another origin cannot forget a key'
        assert_file_has answer $'^Access-Control-Allow-Origin: \*\r$'
        preflight_for_delete "$field"
        assert_file_has answer -x $'Access-Control-Allow-Methods: GET, HEAD, POST\r'
    done
    delete_from 'Origin: http://x:8080' 'Sec-Fetch-Site: cross-site'
    is_refusal answer 403 'a page of another origin cannot forget a key'
    is_told 'length' 10
    for field in 'Origin: http://x:8080' 'Origin: https://x:8080' 'X: y' 'Sec-Fetch-Site: none' $'Sec-Fetch-Site: same-origin\r\nOrigin: http://behind.a.proxy'; do
        attempt 'key=a&count=0'
        delete_from "$field"
        assert_equal "$(status_of <answer)" 204
        preflight_for_delete "$field"
        assert_file_has answer -x $'Access-Control-Allow-Methods: GET, HEAD, POST, DELETE\r'
    done
    is_told 'length' 0
    request 'DELETE /log?key=a HTTP/1.0' 'Origin: http://x' | exchange
    assert_equal "$(status_of <answer)" 403
}

@test "a page of another origin that has the token can DELETE, and read the answers" {
    export AUTH_TOKEN=secret
    attempt 'key=a&count=0' 'Authorization: Bearer secret'
    preflight_for_delete 'Origin: http://a'
    assert_file_has answer -x $'Access-Control-Allow-Methods: GET, HEAD, POST, DELETE\r'
    delete_from 'Origin: http://a' 'Sec-Fetch-Site: cross-site'
    assert_equal "$(status_of <answer)" 401
    delete_from 'Origin: http://a' 'Sec-Fetch-Site: cross-site' 'Authorization: Bearer secret'
    assert_equal "$(status_of <answer)" 204
    assert_file_has answer $'^Access-Control-Allow-Origin: \*\r$'
}

@test "HEAD of /log is the head that GET has; HEAD of a stream is an attempt, of which nothing was sent" {
    attempt 'key=a&count=0'
    request 'HEAD /stream?key=a HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    is_told 'map([.attempt, .method, .status, .bytes > 0, .events])' '[[1,"GET",200,true,1],[1,"HEAD",200,false,0]]'
    request 'GET /log HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    masked <answer | sed '/^\r$/q' >wanted
    request 'HEAD /log HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    diff wanted <(masked <answer)
    assert_file_has wanted $'^Content-Type: application/json\r$'
}

@test "preflights are kept, as number 0, and not counted; one without a key is not kept" {
    local i
    for i in 1 2; do
        request 'OPTIONS /stream?by=key&key=a&count=0&1.status=503 HTTP/1.1' 'Host: x' 'Connection: close' 'Origin: http://a' \
            'Access-Control-Request-Method: GET' | exchange
        assert_equal "$(status_of <answer)" 204
        assert_equal "$(attempt 'by=key&key=a&count=0&1.status=503' 'Origin: http://a')" "$((i == 1 ? 503 : 200))"
    done
    request 'OPTIONS /stream?key=a&preflight=deny HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    request 'OPTIONS /stream?count=0 HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    is_told 'map([.attempt, .method, .status, .headers.origin])' \
        '[[0,"OPTIONS",204,"http://a"],[1,"GET",503,"http://a"],[0,"OPTIONS",204,"http://a"],[2,"GET",200,"http://a"],[0,"OPTIONS",403,null]]'
    is_told 'map(.sinceLastMs == null)' '[true,true,true,false,true]'
}

@test "a preflight is answered even where there is no journal" {
    request 'OPTIONS /stream?key=a HTTP/1.1' 'Host: x' 'Connection: close' | exchange -f missing/status
    assert_equal "$(status_of <answer)" 204
}

@test "an attempt that runs is told to run, without a status and a duration; forgotten, it does not come back when it ends" {
    start_server
    stream_to stream key=a
    CLIENT=$LAST
    is_told_at_url 'map([.attempt, .end, .status, .events, .durationMs])' '[[1,"running",null,1,null]]'
    curl -sS -m 10 -X DELETE "$URL/log?key=a"
    kill "$CLIENT"
    until_true grep -q 'closed connection' server.log
    is_told_at_url . '[]'
}

@test "clients that close and clients that reset are told apart, in a stream, in a silence and between two writes" {
    local rest
    start_server
    # The next piece comes late enough that a client that closes has read all: its kernel would send a reset otherwise.
    for rest in 'interval=3s' 'count=0&end=hang' 'raw=data:+Hello,+in+pieces&loop=99&split=11&gap=3s'; do
        curl -sS -m 10 -X DELETE "$URL/log?key=a"
        get "/stream?key=a&$rest" | "$TOOLS/rude" "$PORT_USED" 1 close 'data: Hello'
        until_true is_told_at_url 'map([.attempt, .status, .end])' '[[1,200,"client closed"]]'
        get "/stream?key=a&$rest" | "$TOOLS/rude" "$PORT_USED" 1 reset 'data: Hello'
        until_true is_told_at_url 'map([.attempt, .status, .end])' '[[1,200,"client closed"],[2,200,"client reset"]]'
    done
}

@test "a client that goes before the head is told to have done so, and that it was answered nothing" {
    start_server
    get '/stream?key=a&delay=100ms' | "$TOOLS/rude" "$PORT_USED" 1 reset
    until_true is_told_at_url 'map([.status, .end])' '[[null,"client reset"]]'
}

@test "a client that takes nothing is told to have timed out" {
    start_server -w 1
    get '/stream?key=a&interval=0&size=64M' >asked
    in_background rude.err bash -c "exec $TOOLS/rude $PORT_USED 1 stall <asked"
    until_true is_told_at_url 'map([.status, .end])' '[[200,"write timed out"]]'
}

@test "a stream that the server ended, being told to stop, is told so to the next server" {
    start_server -f status
    stream_to stream key=a
    kill -TERM "$SERVER"
    wait "$LAST"
    wait "$SERVER"
    is_told 'map([.status, .end, .bytes > 20, .events >= 1])' '[[200,"stopped",true,true]]'
}

@test "of 4,200 attempts the latest 4,096 are told, whole, and counted are all" {
    for ((i = 0; i < 4200; i++)); do
        printf 'HEAD /stream?key=many HTTP/1.1\r\nHost: x\r\n\r\n'
    done | exchange
    is_told '[length, .[0].attempt, .[-1].attempt]' '[4096,105,4200]'
    is_told 'map(.attempt) == [range(105; 4201)]' true
    attempt 'key=other&count=0'
    is_told '[length, .[0].attempt, .[-1].key]' '[4096,106,"other"]'
    request 'HEAD /stream?key=many HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    is_told '.[-1].attempt' 4201 key=many
}

# body_request METHOD QUERY FILE [FIELD...]: a request with the bytes of FILE as a text/event-stream body.
body_request() {
    request "$1 /stream?$2 HTTP/1.1" 'Host: x' 'Connection: close' 'Content-Type: text/event-stream' "Content-Length: $(stat -c %s "$3")" "${@:4}"
    cat "$3"
}

@test "the beginning of a body is told as text: 4 KiB, whatever the bytes are, and no half character at its end" {
    printf 'a\0b\377\n"' >odd
    { printf 'x%.0s' {1..4095} && printf '\303\244y'; } >long
    { printf 'x%.0s' {1..4094} && printf '\303\244'; } >fits
    for body in odd long fits; do
        body_request POST key=a "$body" | exchange
    done
    attempt 'key=a&count=0'
    told >entries
    jq -e '.[0].body | .beginning == "a\u0000b\ufffd\n\"" and .size == 6' entries
    jq -e '.[1].body | .beginning == "x" * 4095 and .size == 4098' entries
    jq -e '.[2].body | .beginning == "x" * 4094 + "\u00e4" and .size == 4096' entries
    jq -e '.[3].body.beginning == ""' entries
}

@test "log=NAME shows further fields under these names, several of one name as a list, and long ones cut" {
    local long
    long=$(printf 'v%.0s' {1..257})
    attempt 'key=a&count=0&log=X-One,mcp-session-id,X-None,X-Long,ACCEPT,X-Fits' 'x-one: 1' 'X-ONE: "2"' 'Mcp-Session-Id: s' "X-Long: $long" \
        'Accept: a/b' "X-Fits: ${long:1}"
    attempt 'key=a&count=0' 'X-One: 1'
    told >entries
    jq -e '.[0].fields | .["X-One"] == "1, \"2\"" and .["mcp-session-id"] == "s" and .ACCEPT == "a/b" and has("X-None") == false' entries
    jq -e '.[0].fields | .["X-Long"] == "v" * 253 + "\u2026" and .["X-Fits"] == "v" * 256' entries
    jq -e '.[0].headers.accept == "a/b" and .[1].fields == {}' entries
}

@test "16 fields of 256 bytes, a body of 4 KiB and a target of 400 bytes are told whole" {
    local i names='' fields=() value filler
    value=$(printf 'v%.0s' {1..256})
    for i in {1..16}; do
        names+=,X-Field-Of-Some-Length-$i
        fields+=("X-Field-Of-Some-Length-$i: $value")
    done
    printf 'b%.0s' {1..4096} >body
    filler=$((400 - ${#names} - 18))
    assert_equal "$(body_request POST "key=a&log=${names:1}" body "${fields[@]}" | exchange && status_of <answer)" 200
    told >entries
    jq -e --arg value "$value" '.[0] | (.fields | length == 16 and all(.[]; . == $value)) and .body.beginning == "b" * 4096' entries
    jq -e --arg names "${names:1}" '.[0].target == "/stream?key=a&log=" + $names' entries
    get "/stream?key=b&raw=$(printf '%*s' 4000 '' | tr ' ' x)" 'Connection: close' | exchange
    is_told '.[0].target | length' 4018 key=b
}

@test "log takes 1 to 16 names and a key; a name that can carry a secret is refused, and the refusal says why" {
    local names
    for names in Authorization x-a,cookie Proxy-Authorization,x X-Api-Key X-Auth-Request-User sec-Token; do
        assert_equal "$(attempt "key=a&log=$names")" 400
        is_refusal answer 400 'parameter "log" cannot show the field '
        assert_file_has answer 'its name says that it can carry a secret, and every caller can read /log; remove it'
    done
    for names in '' ',' 'a,' ',a' a,,b 'a%20b' 'a:b' "$(printf 'a,%.0s' {1..16})b" "$(printf 'n%.0s' {1..513})"; do
        assert_equal "$(attempt "key=a&log=$names")" 400
        is_refusal answer 400 'parameter "log" takes 1 to 16 names of header fields'
    done
    assert_equal "$(attempt "key=a&count=0&log=$(printf 'a,%.0s' {1..15})b")" 200
    assert_equal "$(attempt "key=a&count=0&log=$(printf 'n%.0s' {1..512})")" 200
    assert_equal "$(attempt 'log=a')" 400
    is_refusal answer 400 'parameter "log" needs "key"'
    assert_equal "$(attempt 'key=a&2.log=a')" 400
}

@test "a running attempt shows what it has sent so far: between messages, between writes, and while it hangs" {
    start_server
    stream_to one 'key=a&time=0&interval=0.02'
    CLIENT=$LAST
    until_true is_told_at_url 'map(.end == "running" and .events > 3 and .bytes > 200)' '[true]'
    # What a client has not read when it is killed makes its kernel send a reset.
    kill "$CLIENT"
    until_true is_told_at_url 'map(.end | test("^client (closed|reset)$"))' '[true]'
    curl -sS -m 10 -X DELETE "$URL/log?key=a"
    stream_to one 'key=a&raw=data:+Hello,+in+pieces%0A%0A&split=12,1&gap=20s'
    until_true is_told_at_url 'map([.end, .bytes, .events])' '[["running",12,1]]'
    kill "$LAST"
    curl -sS -m 10 -X DELETE "$URL/log?key=a"
    stream_to one 'key=a&raw=data:+Hello%0A%0A&raw=x&end=hang'
    until_true is_told_at_url 'map([.end, .bytes, .events])' '[["running",14,2]]'
    kill "$LAST"
}

@test "what a killed process has sent stays" {
    start_server -q
    stream_to one 'key=a&raw=data:+Hello%0A%0A&end=hang'
    until_true is_told_at_url 'map([.end, .bytes, .events])' '[["running",13,1]]'
    kill -KILL "$(children "$SERVER")"
    wait "$LAST" || true
    is_told_at_url 'map([.end, .bytes, .events])' '[["running",13,1]]'
}

@test "by=key counts each method apart: 200 clients that GET one key and 200 that POST it at the same time are 1 to 200 each" {
    local i method query='by=key&key=crowd&framing=close'
    for ((i = 1; i <= 200; i++)); do
        query+="&$i.raw=$i%0A"
    done
    start_server -q
    for method in GET POST; do
        request "$method /stream?$query HTTP/1.1" 'Host: x' 'Connection: close' >"$method.asked"
        # shellcheck disable=SC2016
        in_background "$method.err" bash -c '"$1" "$2" 200 wait <"$3.asked" >"$3.got"' - "$TOOLS/rude" "$PORT_USED" "$method"
        echo "$LAST" >>crowds
    done
    for i in $(<crowds); do
        wait "$i"
    done
    for method in GET POST; do
        diff <(grep -x '[0-9]*' "$method.got" | sort -n) <(seq 200)
    done
    is_told_at_url 'group_by(.method) | map([.[0].method, (map(.attempt) | sort == [range(1; 201)])])' '[["GET",true],["POST",true]]'
}

@test "each method of a key has its own attempts and its own time since the last one; DELETE forgets them all" {
    local method
    for method in GET POST GET HEAD POST GET; do
        request "$method /stream?by=key&key=a&count=0&2.status=503 HTTP/1.1" 'Host: x' 'Connection: close' | exchange
    done
    is_told 'map([.method, .attempt, .status, .sinceLastMs == null])' \
        '[["GET",1,200,true],["POST",1,200,true],["GET",2,503,false],["HEAD",1,200,true],["POST",2,503,false],["GET",3,200,false]]'
    assert_equal "$(forget a)" 204
    assert_equal "$(attempts 2 'key=a&by=key&count=0&1.status=503')" '503 200'
}

@test "200 clients at once under one key are 200 different attempts" {
    local i query='by=key&key=crowd'
    for ((i = 1; i <= 200; i++)); do
        query+="&$i.raw=$i%0A"
    done
    start_server -q
    get "/stream?$query&framing=close" | "$TOOLS/rude" "$PORT_USED" 200 wait | grep -x '[0-9]*' | sort -n >numbers
    diff numbers <(seq 200)
    is_told_at_url 'map(.attempt) | sort == [range(1; 201)]' true
}

@test "two listeners that share a file count together, and tell of each other's clients" {
    start_server -f "$PWD/status"
    ONE=$URL
    start_server -f "$PWD/status"
    for i in "$ONE" "$URL" "$ONE" "$URL"; do
        curl -sS -m 10 -o /dev/null -w '%{http_code}\n' "$i/stream?by=key&key=a&count=0&3.status=503"
    done >statuses
    assert_equal "$(paste -sd ' ' statuses)" '200 200 503 200'
    until_true is_told_at_url 'map([.attempt, .end])' '[[1,"served"],[2,"served"],[3,"served"],[4,"served"]]'
    assert_equal "$(curl -sS -m 10 "$ONE/log")" "$(curl -sS -m 10 "$URL/log")"
}

@test "a listener that has no file counts in its memory" {
    start_server
    for i in 1 2 3; do
        curl -sS -m 10 -o /dev/null -w '%{http_code}\n' "$URL/stream?by=key&key=a&count=0&2.status=503"
    done >statuses
    assert_equal "$(paste -sd ' ' statuses)" '200 503 200'
}

@test "without a shared file a key is a 503 that says why, and never a first attempt; nor is there a log" {
    local place target
    mkdir directory
    : >readable
    chmod 666 readable
    for place in missing/status directory readable; do
        for target in '/stream?by=key&key=a&count=0' '/stream?key=a&count=0' /log /log?key=a; do
            get "$target" 'Connection: close' | refuses 503 "$place: " -f "$place" || { echo "for $target" && return 1; }
        done
        request 'DELETE /log?key=a HTTP/1.1' 'Host: x' 'Connection: close' | refuses 503 "$place: " -f "$place"
        get '/stream?count=0' 'Connection: close' | pipe_request -f "$place" >answer
        assert_equal "$(status_of <answer)" 200
    done
}

@test "a key that is none is refused, by a stream and by /log alike" {
    local key
    for key in '' a%20b a+b a/b '%00' a%00 %C3%A4 '*' "$(printf '%65s' '' | tr ' ' k)" "$(printf '%90s' '' | tr ' ' k)"; do
        assert_equal "$(attempt "key=$key&count=0")" 400
        is_refusal answer 400 'parameter "key" takes 1 to 64 letters, digits, dots, dashes or underscores'
        get "/log?key=$key" 'Connection: close' | exchange
        is_refusal answer 400 'parameter "key" takes 1 to 64 letters, digits, dots, dashes or underscores'
        assert_equal "$(forget "$key")" 400
    done
    for key in a . _ - 0 "$(printf '%64s' '' | tr ' ' K)"; do
        assert_equal "$(attempt "key=$key&count=0")" 200
        is_told 'map(.key)' "[\"$key\"]" "key=$key"
    done
    assert_equal "$(attempt 'by=key&count=0')" 400
    is_refusal answer 400 'parameter "by" needs "key"'
}

@test "/log takes a key, once, and nothing else" {
    local query words='/log accepts only one parameter: key'
    for query in 'key=a&count=1' 'count=1' 'Key=a' '%00=a' 'keys=a' 'key%3Da'; do
        get "/log?$query" 'Connection: close' | exchange
        is_refusal answer 400 "$words"
    done
    get '/log?key=a&key=a' 'Connection: close' | exchange
    is_refusal answer 400 'parameter "key" is given twice; it takes one value'
}

@test "the token guards /log and /expect, whatever the method; OPTIONS alone passes, and a preflight is not kept" {
    local method
    export AUTH_TOKEN=secret
    for method in GET HEAD DELETE POST; do
        request "$method /log?key=a HTTP/1.1" 'Host: x' 'Connection: close' | exchange
        assert_equal "$(status_of <answer)" 401
        request "$method /expect?count=0 HTTP/1.1" 'Host: x' 'Connection: close' 'Authorization: Bearer wrong' | exchange
        assert_equal "$(status_of <answer)" 401
    done
    assert_equal "$(attempt 'key=a&count=0')" 401
    request 'OPTIONS /stream?key=a HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    assert_equal "$(attempt 'key=a&count=0' 'Authorization: Bearer secret')" 200
    request 'GET /log HTTP/1.0' 'Authorization: Bearer secret' | exchange
    body_of <answer | jq -e 'map([.attempt, .method, .status]) == [[1, "GET", 200]]'
    get '/expect?count=0' 'Connection: close' 'Authorization: Bearer secret' | exchange
    body_of <answer | jq -e '.events | length == 1'
}

@test "without the token, nobody can add to the log or push entries out of it" {
    local i
    export AUTH_TOKEN=secret
    assert_equal "$(attempt 'key=a&count=0' 'Authorization: Bearer secret')" 200
    for ((i = 0; i < 1100; i++)); do
        printf 'OPTIONS /stream?key=flood%d HTTP/1.1\r\nHost: x\r\n\r\n' "$i"
    done | exchange
    assert_equal "$(statuses <answer | tr ' ' '\n' | sort -u)" 204
    request 'OPTIONS /eventsource/resources/cors-unsafe-last-event-id.py?token=flood&fixture=safe HTTP/1.1' 'Host: x' 'Connection: close' | exchange
    request 'OPTIONS /stream?key=b HTTP/1.1' 'Host: x' 'Connection: close' 'Authorization: Bearer secret' | exchange
    request 'GET /log HTTP/1.0' 'Authorization: Bearer secret' | exchange
    assert_equal "$(body_of <answer | jq -c 'map([.key, .attempt])')" '[["a",1]]'
}

@test "while the token cannot be read, a preflight is not kept" {
    request 'OPTIONS /stream?key=a HTTP/1.1' 'Host: x' 'Connection: close' | AUTH_TOKEN_FILE=missing exchange
    assert_equal "$(status_of <answer)" 204
    is_told . '[]'
}

@test "started per connection without any place, a key is a 503 that names the place there would be" {
    [ ! -e /run/sse-server ] || skip "/run/sse-server exists here"
    get '/stream?by=key&key=a&count=0' 'Connection: close' | refuses 503 'status file /run/sse-server/status: cannot be opened'
    get /log 'Connection: close' | refuses 503 'status file /run/sse-server/status: cannot be opened'
}
