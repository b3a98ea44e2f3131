#!/usr/bin/env bats
# What the parameters have a stream send: every byte of it, whoever asks and whenever.
load helper
load writes

# message NUMBER [TIME]: a message as it stands in a capture; the random strings are those of the original.
message() {
    local strings=(- spheIGLpzXpFGMIH)
    printf '%s' "id: message-$1\\ndata: {\\ndata:   \"time\": ${2:-1000},\\ndata:   \"random\": \"${strings[$1]}\"\\ndata: }\\n\\n"
}

# ids: of the events in the capture, in one line.
ids() {
    body_writes | unescaped | sed -n 's/^id: //p' | paste -sd ' '
}

# data_of ID <STREAM: the data of that event as a client joins it.
data_of() {
    awk -v id="id: $1" '/^id: / { on = $0 == id } on && sub(/^data: /, "") { printf "%s%s", end, $0; end = "\n" }'
}

@test "count says how many messages come, and interval how long after each other" {
    local at
    capture 'count=3&interval=30ms&framing=close'
    assert_equal "$(ids)" 'hello message-1 message-2 message-3'
    assert_equal "$(body_writes | wc -l)" 4
    read -ra at <<<"$(times)"
    ((at[1] >= 29 && at[2] >= 59 && at[3] >= 89))
    head_of | assert_file_has - -x 'X-Expected-Events: 3'
    capture 'raw=a&raw=b&raw=c&interval=0.04&framing=close'
    wrote a b c
    read -ra at <<<"$(times)"
    ((at[2] >= 39 && at[3] >= 79))
}

@test "with interval=0 messages come as fast as the client reads, many in a write" {
    capture 'count=3000&interval=0&framing=close'
    assert_equal "$(ids)" "hello $(seq -f message-%.0f 3000 | paste -sd ' ')"
    assert_at_most "$(grep -c '^[0-9]' writes)" 9
}

@test "at full speed the bytes of the messages are those of slower ones, through every length of number" {
    local query
    export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7
    for query in '' '&framing=close' '&eol=crlf&event=a-1%22' '&event=%22&eol=cr&resume=next'; do
        # cut takes the way that builds each message.
        get "/stream?count=12000&interval=0&time=1000$query" | pipe_request | body_of >fast
        get "/stream?count=12000&interval=0&time=1000&cut=9M$query" | pipe_request | body_of >built
        cmp fast built
        get "/stream?count=3000&interval=0&time=1000$query" 'Last-Event-ID: message-9223372036854773900' | pipe_request | body_of >fast
        get "/stream?count=3000&interval=0&time=1000&cut=9M$query" 'Last-Event-ID: message-9223372036854773900' | pipe_request | body_of >built
        cmp fast built
        assert_file_has fast -a '^id: message-9223372036854775807'
    done
}

@test "at full speed /status is not behind what a client has read" {
    local read
    start_server
    exec 5<>"/dev/tcp/127.0.0.1/$PORT_USED"
    get '/stream?interval=0' >&5
    for read in 100 70000 300000; do # bytes, more than one write in the end
        head -c "$read" <&5 >>body
        curl -sS -m 9 "$URL/status" | jq '.[].lastEventId' >position
        assert_at_least "$(<position)" "$(($(sed -n 's/^id: message-\([0-9]*\)\r*$/\1/p' body | sed '$d' | tail -n 1) + 1))"
    done
    assert_at_least "$(<position)" 3000
    exec 5>&-
}

@test "size is the length of a message's data as a client joins it, to the byte" {
    local size eol
    local -A bytes=([64k]=65536 [5M]=5242880)
    for size in 128 129 200 511 4096 64k 5M; do
        get "/stream?count=1&interval=0&framing=close&size=$size" | pipe_request | body_of | data_of message-1 >data
        [ "$(wc -c <data)" -eq "${bytes[$size]:-$size}" ] || { echo "$(wc -c <data) bytes for size=$size" && return 1; }
        jq -e '.padding | test("^x+$")' data >/dev/null
    done
    for eol in lf crlf; do
        get "/stream?count=1&interval=0&size=300&time=7&event=x&eol=$eol" | pipe_request | tr -d '\r' | data_of message-1 >data
        [ "$(wc -c <data)" -eq 300 ] || { echo "$(wc -c <data) bytes with eol=$eol" && return 1; }
    done
}

@test "a message of 64 MiB is sent, in the chunk that it says" {
    get '/stream?count=1&interval=0&size=64M' | REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 pipe_request | body_of >body
    # 64 MiB, five times "data: ", the id and an empty line are one chunk, framed by 11 bytes; the hello is one, and there is the last.
    assert_equal "$(wc -c <body)" $((HELLO_LENGTH + 6 + 67108864 + 5 * 6 + 14 + 2 + 11 + 5))
    assert_file_has body -ax $'400002e\r'
}

@test "event and retry stand in each message and in the hello, as they were given" {
    capture 'count=1&interval=0&time=1000&framing=close&event=a%2Bb+c&retry=+3s%00'
    wrote "retry:  3s\\x00\\n$HELLO$(message 1 | sed 's/data: {/event: a+b c\\n&/')"
    capture 'count=1&interval=0&time=1000&framing=close&event=&retry='
    wrote "retry: \\n$HELLO$(message 1 | sed 's/data: {/event: \\n&/')"
}

@test "eol is the end of every line, byte for byte" {
    local eol
    local -A ends=([lf]='\\n' [cr]='\\r' [crlf]='\\r\\n')
    cat >template <<'EXPECTED'
\xef\xbb\xbfevent: requestEOLdata: JSONEOLEOL
retry: 1EOLid: helloEOLdata: Hello, 192.0.2.1:7!EOLEOL
:EOL
id: message-1EOLevent: eEOLdata: {EOLdata:   "time": 1000,EOLdata:   "random": "spheIGLpzXpFGMIH"EOLdata: }EOLEOL
EXPECTED
    for eol in lf cr crlf; do
        capture "count=1&interval=50ms&heartbeat=30ms&time=1000&framing=close&event=e&retry=1&bom=1&echo=1&eol=$eol"
        body_writes | sed 's/{"method.*}}/JSON/' | diff <(sed "s/EOL/${ends[$eol]}/g" template) -
    done
}

@test "bom is so many byte-order marks in front of the first byte, and nowhere else" {
    local mark='\xef\xbb\xbf'
    capture 'count=1&interval=0&time=1000&framing=close&bom=1'
    wrote "$mark$HELLO$(message 1)"
    capture 'raw=a&raw=b&loop=2&framing=close&bom=2'
    wrote "$mark${mark}a" b a b
    capture 'raw=&raw=b&framing=close&bom=1'
    wrote "$mark" b
    capture 'raw=x&echo=1&framing=close&bom=16'
    body_writes | unescaped | head -c 48 | cmp - <(printf '\xef\xbb\xbf%.0s' {1..16})
    assert_equal "$(body_writes | tail -n 1)" x
}

@test "resume says whether a stream goes on with the message that the client has, or with the next" {
    local last=message-9223372036854775807
    capture 'count=2&interval=0&resume=same' 'Last-Event-ID: message-7'
    assert_equal "$(ids)" 'hello message-7 message-8'
    capture 'count=2&interval=0&resume=next' 'Last-Event-ID: message-7'
    assert_equal "$(ids)" 'hello message-8 message-9'
    capture 'count=1&interval=0&resume=next' 'Last-Event-ID: other'
    assert_equal "$(ids)" 'hello message-1'
    capture 'count=1&interval=0&resume=next' "Last-Event-ID: $last"
    assert_equal "$(ids)" hello
    head_of | assert_file_has - -x 'X-Expected-Events: 0'
}

@test "lastEventId stands in for the header, which wins" {
    capture 'count=1&interval=0&lastEventId=message-%34'
    assert_equal "$(ids)" 'hello message-4'
    capture 'count=1&interval=0&lastEventId=message-4&resume=next'
    assert_equal "$(ids)" 'hello message-5'
    capture 'count=1&interval=0&lastEventId=message-4' 'Last-Event-ID: message-6'
    assert_equal "$(ids)" 'hello message-6'
    capture 'count=1&interval=0&lastEventId=message-4' 'Last-Event-ID: other'
    assert_equal "$(ids)" 'hello message-1'
    capture 'count=1&interval=0&lastEventId=message-4' 'Last-Event-ID:'
    assert_equal "$(ids)" 'hello message-4'
}

@test "time is that of message 1, and the intervals are added to it" {
    capture 'count=1&interval=0.3&time=1000&lastEventId=message-11'
    body_writes | assert_file_has - -F '"time": 1003,'
    capture 'count=1&interval=0.01&time=0&lastEventId=message-9223372036854775807'
    assert_equal "$(ids)" 'hello message-9223372036854775807'
    capture 'count=4&interval=0&time=253402300799'
    assert_equal "$(body_writes | grep -oF '"time": 253402300799,' | wc -l)" 4
}

@test "each raw piece is one write and one chunk, with nothing added" {
    capture 'raw=data:+a%0A&raw=%0a&raw=%c3&raw=%a4%2B%25%26%3d&raw=&raw=end'
    wrote '8\r\ndata: a\n\r\n' '1\r\n\n\r\n' '1\r\n\xc3\r\n' '5\r\n\xa4+%&=\r\n' '3\r\nend\r\n' '0\r\n\r\n'
}

@test "a raw piece is any bytes, verbatim" {
    local escapes query
    escapes=$(printf '\\x%02x' {0..255})
    query=${escapes//\\x/%}
    printf '%b' "$escapes" >bytes
    capture "raw=$query&framing=close"
    assert_equal "$(body_writes | wc -l)" 1
    body_writes | unescaped | cmp - bytes
    start_server
    curl -sS -m 10 "$URL/stream?raw=$query&raw=$query" | cmp - <(cat bytes bytes)
}

@test "raw pieces may come in a form, where more fits" {
    local piece
    piece=$(head -c 60000 /dev/zero | tr '\0' x)
    { request 'POST /stream?framing=close HTTP/1.1' 'Host: x' 'Content-Type: application/x-www-form-urlencoded' \
        'Content-Length: 60010' && printf 'raw=%s&raw=y' "$piece"; } | capture_request
    wrote "$piece" y
}

@test "a body of text/event-stream is sent back as it came, each event as one piece" {
    printf 'data: \x00\xff\r\r\n\n%%41+' >body
    { request 'POST /stream?framing=close HTTP/1.1' 'Host: x' 'Content-Type: Text/Event-Stream; charset=utf-8' \
        "Content-Length: $(wc -c <body)" && cat body; } | capture_request
    wrote 'data: \x00\xff\r\r\n\n' %41+
    { request 'POST /stream?split=4&loop=2 HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Transfer-Encoding: chunked' &&
        printf '3\r\nABC\r\n3\r\nDEF\r\n0\r\n\r\n'; } | capture_request
    wrote '4\r\nABCD\r\n' '2\r\nEF\r\n' '4\r\nABCD\r\n' '2\r\nEF\r\n' '0\r\n\r\n'
    { request 'POST /stream HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 0'; } | capture_request
    wrote '0\r\n\r\n'
}

@test "a body of text/event-stream may have 1 MiB, and is whole" {
    start_server
    head -c 786432 /dev/urandom | base64 -w 0 >body
    curl -sS -m 10 -H 'Content-Type: text/event-stream' --data-binary @body "$URL/stream" | cmp - body
    printf x >>body
    assert_equal "$(curl -sS -m 10 -o /dev/null -w '%{http_code}' -H 'Content-Type: text/event-stream' --data-binary @body "$URL/stream")" 413
}

@test "loop sends the raw pieces again, forever if it says so" {
    capture 'raw=a&raw=b&loop=3&framing=close'
    wrote a b a b a b
    capture 'raw=ab&raw=c&loop=forever&cut=7&framing=close'
    wrote ab c ab c a
    capture 'raw=&raw=c&loop=forever&cut=2&framing=close'
    wrote c c
    get '/stream?raw=abc&loop=forever' | pipe_request | head -c 1000000 | wc -c >size
    assert_equal "$(cat size)" 1000000
}

# capture_body BODY QUERY: of a POST of /stream with that body, a format of printf, as an event stream.
capture_body() {
    # shellcheck disable=SC2059
    printf "$1" >body
    { request "POST /stream?$2 HTTP/1.1" 'Host: x' 'Content-Type: text/event-stream' "Content-Length: $(wc -c <body)" && cat body; } |
        capture_request
}

@test "with raw pieces or a body, retry is a line of its own before the first byte, once" {
    capture 'raw=data:x%0A%0A&raw=y&retry=2%30&framing=close'
    wrote 'retry: 20\ndata:x\n\n' y
    capture 'raw=a&raw=b&loop=2&retry=+3s%00&framing=length'
    wrote 'retry:  3s\x00\na' b a b
    head_of | assert_file_has - -x 'Content-Length: 16'
    capture 'raw=&retry=&framing=length'
    wrote 'retry: \n'
    head_of | assert_file_has - -x 'Content-Length: 8'
    capture 'raw=ab&fill=3&raw=c&loop=3&retry=1&framing=length'
    wrote 'retry: 1\nabxxx' c abxxx c abxxx c
    head_of | assert_file_has - -x 'Content-Length: 27'
    capture 'raw=ab&retry=1&split=4&framing=close'
    wrote retr 'y: 1' '\nab'
    capture 'raw=ab&2.retry=1&framing=close'
    wrote ab
    capture_body 'data: x\n\n' 'retry=7&loop=2&framing=length'
    wrote 'retry: 7\ndata: x\n\n' 'data: x\n\n'
    head_of | assert_file_has - -x 'Content-Length: 27'
    capture_body '' 'retry=7&framing=close'
    wrote 'retry: 7\n'
    get '/stream?raw=&retry=1&loop=2' | refuses 400 'parameter "loop" needs "raw": loop needs something to repeat'
}

@test "a byte-order mark at the very start stays there, in however many pieces, and retry follows it" {
    local mark='\xef\xbb\xbf' encoded=%EF%BB%BF
    capture "raw=${encoded}data:x&retry=7&framing=close"
    wrote "${mark}retry: 7\\ndata:x"
    capture 'raw=%EF&raw=&raw=%BB&raw=%BFdata:x&raw=y&loop=2&retry=7&framing=length'
    wrote '\xef' '\xbb' '\xbfretry: 7\ndata:x' y '\xef' '\xbb' '\xbfdata:x' y
    head_of | assert_file_has - -x "Content-Length: $((2 * 10 + 9))"
    capture "raw=$encoded${encoded}a&retry=7&framing=close"
    wrote "${mark}retry: 7\\n${mark}a"
    capture "raw=${encoded}a&bom=1&retry=7&framing=close"
    wrote "${mark}retry: 7\\n${mark}a"
    capture 'raw=a&bom=2&retry=7&loop=2&framing=length'
    wrote "${mark}retry: 7\\n${mark}a" a
    head_of | assert_file_has - -x "Content-Length: $((6 + 9 + 2))"
    capture "raw=a$encoded&retry=7&framing=close"
    wrote "retry: 7\\na$mark"
    capture 'raw=%EF&raw=%BB&retry=7&framing=close'
    wrote 'retry: 7\n\xef' '\xbb'
    capture 'raw=%EF&raw=%BB%BF&fill=1&retry=7&framing=close'
    wrote 'retry: 7\n\xefx' '\xbb\xbf'
    capture "raw=$encoded&fill=1&retry=7&framing=close"
    wrote "${mark}retry: 7\\nx"
    capture_body '\xef\xbb\xbfdata: x\n\n' 'retry=7&loop=2&framing=length'
    wrote "${mark}retry: 7\\ndata: x\\n\\n" "${mark}data: x\\n\\n"
    head_of | assert_file_has - -x "Content-Length: $((2 * 12 + 9))"
    # After an echo the mark is no longer at the start.
    capture "raw=${encoded}a&echo=1&retry=7&framing=close"
    assert_equal "$(body_writes | tail -n 1)" "retry: 7\\n${mark}a"
}

@test "pieces that are all empty cannot be sent again, and the refusal says so" {
    get '/stream?raw=&loop=forever' | refuses 400 'parameter "loop" needs "raw": loop needs something to repeat, and the raw pieces are empty'
    get '/stream?raw=&raw=&loop=2' | refuses 400 'parameter "loop" needs "raw": loop needs something to repeat'
    { request 'POST /stream?loop=2 HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 0'; } |
        refuses 400 'parameter "loop" needs "raw": loop needs something to repeat'
}

@test "/expect knows what a loop brings behind an empty piece" {
    get '/expect?raw=&raw=data:x%0a%0a&loop=forever&cut=20' | pipe_request | body_of >json
    assert_equal "$(jq -c '[.events[].data]' json)" '["x","x"]'
}

@test "echo tells first what arrived: method, target, every header in its order, and the body" {
    printf 'any \x00 body' >body
    { request 'POST /stream?echo=1&raw=x&framing=close HTTP/1.1' 'Host: x' 'X-Twice: 1' 'x-a: "\	' 'X-Twice: 2' 'Cookie: c=d' \
        'Content-Type: text/plain' "Content-Length: $(wc -c <body)" && cat body; } | capture_request
    assert_equal "$(body_writes | wc -l)" 2
    assert_equal "$(body_writes | tail -n 1)" x
    body_writes | head -n 1 | unescaped >event
    assert_equal "$(head -n 1 event)" 'event: request'
    sed -n 's/^data: //p' event >json
    jq -cS . json >got
    gzip -c body | tail -c 8 | od -An -tx4 -N 4 | tr -d ' ' >crc
    jq -cS . <<EXPECTED | diff - got
{"method":"POST","target":"/stream?echo=1&raw=x&framing=close","headers":[["Host","x"],["X-Twice","1"],["x-a","\"\\\\"],
["X-Twice","2"],["Cookie","c"],["Content-Type","text/plain"],["Content-Length","10"]],"body":{"size":10,"crc32":"$(cat crc)","text":"any \u0000 body"}}
EXPECTED
}

@test "echo comes before the hello, and tells of a request without a body" {
    capture 'echo=1&count=0&framing=close'
    assert_equal "$(body_writes | grep -c '^event: request\\ndata: {.*"body":{"size":0,"crc32":"00000000"}}\\n\\n$')" 1
    assert_equal "$(ids)" hello
    capture 'echo=0&count=0&framing=close'
    wrote "$HELLO"
}

@test "echo shows only the scheme of Authorization and Proxy-Authorization" {
    local value name
    for name in Authorization proxy-authorization; do
        for value in 'Bearer secret' 'Basic c2VjcmV0OnNlY3JldA==' secret $'Bearer\tsecret' $'Bearer\tsecret x' 'secret, Basic x' \
            'Digest a="secret", b="secret"'; do
            capture 'echo=1&count=0' "$name: $value"
            assert_file_has <(body_writes) "\\[\"$name\",\"[A-Z]*[a-z]*\"\\]"
            refute_file_has writes -E 'secret|c2Vj'
        done
    done
}

@test "echo shows only the names of cookies" {
    local cookies
    while IFS='|' read -r cookies names; do
        capture 'echo=1&count=0&cors=echo&credentials=true' 'Origin: http://a.example' "cookie: $cookies"
        assert_file_has <(body_writes) -F "[\"cookie\",\"$names\"]"
        refute_file_has writes secret
    done <<'END'
a=secret; b=secret|a; b
a=secret;b="secret secret"; |a; b
 a = secret=secret;;c=|a; c
secret|
=secret; d=x; secret|d
|
END
    capture 'echo=1&count=0' 'Cookie: a=secret' 'Cookie: b=secret; c=secret'
    assert_file_has <(body_writes) -F '["Cookie","a"],["Cookie","b; c"]'
    refute_file_has writes secret
}

@test "echo omits the value of a field whose name says that it carries a secret" {
    local name
    for name in X-API-Key api-key x-goog-api-key x_api_key apikey X-Auth-Token X-Auth-Request-Email X-Amz-Security-Token X-CSRF-Token \
        Client-Secret password X-Forwarded-Access-Token Cf-Access-Jwt-Assertion x-amzn-oidc-data X-Credentials Cookie2; do
        capture 'echo=1&count=0' "$name: hidden"
        assert_file_has <(body_writes) -F "[\"$name\",\"\"]"
        refute_file_has writes hidden
    done
    for name in Accept Last-Event-ID Origin Mcp-Session-Id Idempotency-Key Referer; do
        capture 'echo=1&count=0' "$name: shown"
        assert_file_has <(body_writes) -F "[\"$name\",\"shown\"]"
    done
}

@test "the same URL gives the same bytes in the same writes, in any run and from any instance" {
    local query='count=4&interval=10ms&jitter=0.5&split=random&seed=42&time=1000&event=e&heartbeat=7&encoding=gzip&chunk=11'
    capture "$query"
    body_writes >first
    capture "$query"
    body_writes | cmp - first
    query='raw=abcdefghijklmnopqrstuvwxyz&loop=5&split=random&seed=1&encoding=gzip&chunk=11'
    start_server
    curl -sS -m 10 --raw "$URL/stream?$query" >one
    start_server
    curl -sS -m 10 --raw "$URL/stream?$query" | cmp - one
}
