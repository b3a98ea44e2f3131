#!/usr/bin/env bats
# sub=1: names in raw and header, and what stands in their place.
load helper

# ask QUERY [CURL-OPTION...]: the body of the answer; its head is in the file head.
ask() {
    curl -sS -g -m 20 -D head "${@:2}" "$URL/stream?$1"
}

# posted BODY QUERY [CURL-OPTION...]: the body of the answer to a POST of that JSON.
posted() {
    ask "$2" -H 'Content-Type: application/json; charset=utf-8' --data-raw "$1" "${@:3}"
}

@test "id is the top-level id of a JSON body as written there, or null; model is its model" {
    start_server
    assert_equal "$(posted '{"jsonrpc":"2.0","id":7,"params":{"id":8}}' 'raw={"id":{{id}}}&sub=1')" '{"id":7}'
    assert_equal "$(posted '{"id":"a\"é\n"}' 'raw={{id}}&sub=1')" '"a\"é\n"'
    assert_equal "$(posted '{"id":-1.50e3,"model":"m/1"}' 'raw={{id}},{{model}}.&sub=1')" -1.50e3,m/1.
    assert_equal "$(posted '{"id":[1]}' 'raw={{id}},{{model}}.&sub=1')" null,.
    assert_equal "$(posted '[{"id":1}]' 'raw={{id}}&sub=1')" null
    assert_equal "$(posted '{"id":1' 'raw={{id}}&sub=1')" null
    assert_equal "$(posted "{\"id\":\"$(printf '%0300d' 0)\"}" 'raw={{id}}&sub=1')" null
    assert_equal "$(ask 'raw={{id}}&sub=1')" null
    assert_equal "$(ask 'raw={{id}}&sub=1' -X PUT -H 'Content-Type: application/vnd.x+JSON' --data-raw '{"id":1}')" 1
    assert_equal "$(ask 'raw={{id}}&sub=1' -H 'Content-Type: text/plain' --data-raw '{"id":1}')" null
    # The next request of the connection has no body.
    { request 'POST /stream?raw={{id}}{{id}}&sub=1 HTTP/1.1' 'Host: x' 'Content-Type: application/json' 'Content-Length: 8' && printf '{"id":1}'
        get '/stream?raw={{id}}&sub=1' 'Connection: close'; } | pipe_request >answer
    assert_equal "$(grep -acx $'null\r' answer) $(grep -acx $'11\r' answer)" '1 1'
}

@test "attempt, n, last-event-id and fields of the request stand in the place of their names" {
    start_server
    assert_equal "$(ask 'raw={{n}}/{{attempt}};&loop=3&sub=1' -H 'Last-Event-ID: 4')" '1/5;2/5;3/5;'
    assert_equal "$(ask 'raw={{last-event-id}},{{header:x-a}}{{header:X-B}}.&sub=1' -H 'Last-Event-ID: é' -H 'X-A: b c')" 'é,b c.'
    assert_equal "$(ask 'raw=%7B%7Battempt%7D%7D&sub=1&lastEventId=message-8')" 9
    assert_equal "$(ask '2.raw={{attempt}}&2.sub=1&raw={{attempt}}')" '{{attempt}}'
    ask 'header=Mcp-Session-Id:s-{{header:Mcp-Session-Id}}-{{attempt}}-{{n}}&count=0&sub=1' -H 'Mcp-Session-Id: 77' >answer
    assert_file_has head -x $'Mcp-Session-Id:s-77-1-1\r'
    for i in 1 2 3; do ask 'raw={{attempt}}&sub=1&by=key&key=a'; done >counted
    assert_equal "$(<counted)" 123
}

@test "without sub, and where no name is complete, braces stand for themselves" {
    local text
    start_server
    assert_equal "$(ask 'raw={{id}}{{nothing}}')" '{{id}}{{nothing}}'
    assert_equal "$(ask 'raw={{id}}&sub=0')" '{{id}}'
    for text in '{{' '{{id' '{{id}' '{{id} }' '{id}' '}}' '{ {id}}' '{{a{b}}' '{"a":{"b":{}}}' '{'; do
        assert_equal "$(ask 'sub=1' -G --data-urlencode "raw=$text")" "$text"
    done
    assert_equal "$(ask 'raw={{{id}}}&sub=1')" '{null}'
    assert_equal "$(ask 'raw={{n&raw=}}&sub=1')" '{{n}}' # pieces are separate
}

@test "an unknown name is refused with the known ones, and a field with a secret by its name" {
    local name
    for name in foo '' ID 'id ' header header: 'header:a b' header:%C3%A9 attempts; do
        name=${name// /%20}
        get "/stream?raw={{$name}}&sub=1" | refuses 400 'is unknown; accepted: {{id}}, {{model}}, {{attempt}}, {{n}}, {{last-event-id}} and {{header:NAME}}'
        get "/stream?header=A:{{$name}}&sub=1" | refuses 400 'is unknown; accepted: {{id}}'
    done
    for name in Authorization cookie PROXY-AUTHORIZATION X-Api-Key x-auth-token; do
        get "/stream?raw={{header:$name}}&sub=1" "$name: hush" | refuses 400 'this field carries a secret'
        get "/with/header=A:{{header:$name}}%26sub=1/v1" "$name: hush" | refuses 400 "{{header:$name}} is not available"
        refute_file_has answer hush
    done
    get '/stream?raw={{foo}}' 'Connection: close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
}

@test "a substituted value ends no line of a piece and no field of a head, and adds nothing to a cookie" {
    local target='/stream?sub=1&raw=data:{{header:A}}%0A%0A&header=X:{{header:A}}.'
    # A request cannot have CR, LF or NUL in a field; a tab it can.
    { get "$target" $'A: b\tc\xff' 'Connection: close'; } | pipe_request >answer
    assert_file_has answer -ax $'X:bc\xff.\r'
    assert_file_has answer -ax $'data:b\tc\xff'
    get '/stream?sub=1&raw=x&header=Set-Cookie:a={{header:A}};Max-Age=9' 'A: b; Domain=evil.example' |
        refuses 400 'parameter "sub" cannot be combined with "header" for Set-Cookie'
    get '/stream?sub=1&raw=x&header=set-cookie:a=b;Max-Age=9' 'Connection: close' | pipe_request >answer
    assert_file_has answer -x $'set-cookie:a=b;Max-Age=9\r'
    get '/stream?sub=1&raw=x&header=A{{n}}:b' | refuses 400 'parameter "header" takes'
}

@test "the length that is announced is right, whatever is substituted" {
    local loop query
    start_server
    for loop in 1 2 9 10 11 99 100 101 1234; do
        for query in "raw={{n}}%0A&loop=$loop" "raw={{n}}-{{attempt}}{{n}}&raw=x{{header:A}}{{id}}&retry=1&bom=2&loop=$loop" "raw=x&fill=9&loop=$loop"; do
            ask "$query&sub=1&framing=length" -H 'A: bcd' >answer
            assert_equal "$query: $(sed -n 's/^Content-Length: \([0-9]*\)\r$/\1/p' head)" "$query: $(wc -c <answer)"
            assert_equal "$(curl -sS -g -m 9 "$URL/stream?$query&sub=1" -H 'A: bcd' | cksum)" "$(cksum <answer)"
        done
    done
    ask 'raw={{n}}%0A&loop=1000000000&sub=1&framing=length' -I >answer
    assert_file_has head -x $'Content-Length: 9888888899\r'
}

@test "/expect tells what a client makes of the substituted stream, for the request that it gets" {
    local query='raw=id:{{n}}%0Adata:{{id}},{{header:A}}%0A%0A&loop=12&sub=1'
    start_server
    curl -sS -g -m 9 "$URL/expect?$query" -H 'A: b' -H 'Content-Type: application/json' --data-raw '{"id":5}' >told
    assert_equal "$(jq -c '[.events[0].data, .events[11].lastEventId, (.events | length)]' told)" '["5,b","12",12]'
    assert_equal "$(curl -sS -g -m 9 "$URL/expect?raw=data:a%0A%0A&header=Content-Type:{{header:A}}&sub=1" -H 'A: text/plain' | jq '.events | length')" 0
}

@test "values and pieces are bounded: a long value is cut, and a piece that becomes too long is refused" {
    local long
    long=$(printf '%02000d' 0)
    start_server
    assert_equal "$(ask 'raw={{header:A}}&sub=1' -H "A: $long" | wc -c)" 1024
    { printf 'sub=1&raw=' && yes '{{header:A}}' | head -n 500 | tr -d '\n'; } >form
    assert_equal "$(ask '' -H "A: $long" --data-binary @form | wc -c)" 512000
    { printf 'sub=1&raw=' && yes '{{header:A}}' | head -n 600 | tr -d '\n'; } >form
    assert_matches "$(ask '' -H "A: $long" --data-binary @form)" 'parameter "sub" makes "raw" too long; the maximum is * bytes'
    { printf 'sub=1&count=0&header=B:' && yes '{{header:A}}' | head -n 80 | tr -d '\n'; } >form
    assert_matches "$(ask '' -H "A: $long" --data-binary @form)" 'parameter "sub" makes "header" too long; the maximum is 65536 bytes'
}

@test "what sub reads is bounded, however short the result is" {
    start_server
    seq -f 'H%g: x' 5000 >head-fields
    { printf 'sub=1&raw=a' && yes '{{header:A}}' | head -n 100 | tr -d '\n'; } >form
    assert_equal "$(ask '' -H @head-fields --data-binary @form)" a
    { printf 'sub=1&raw=a' && yes '{{header:A}}' | head -n 1000 | tr -d '\n'; } >form
    assert_equal "$(ask '' --data-binary @form)" a
    assert_matches "$(ask '' -H @head-fields --data-binary @form)" 'parameter "sub" would search the head too often; use fewer {{header:NAME}}, or send a shorter head'
    # /expect makes all pieces at once.
    { printf 'sub=1&raw=:' && yes '{{header:A}}' | head -n 1000 | tr -d '\n'; } >form
    assert_equal "$(curl -sS -m 20 "$URL/expect" --data-binary @form | jq -c .events)" '[]'
    assert_matches "$(curl -sS -m 20 "$URL/expect?loop=16000" --data-binary @form)" 'parameter "sub" would search the head too often; use fewer loops, or cut'
    assert_equal "$(curl -sS -m 20 "$URL/expect?loop=16000&cut=9" --data-binary @form | jq -r .discarded)" :::::::::
}

@test "loop needs bytes to repeat, also after the substitution; a byte-order mark in a value is found" {
    start_server
    assert_matches "$(ask 'raw={{model}}&loop=forever&sub=1')" 'parameter "loop" needs "raw": *'
    assert_equal "$(posted '{"model":"x"}' 'raw={{model}}&loop=4&sub=1')" xxxx
    assert_equal "$(ask 'raw={{header:A}}data:x&retry=9&sub=1' -H $'A: \xef\xbb\xbf' | od -An -c | tr -d ' \n')" '357273277retry:9\ndata:x'
}
