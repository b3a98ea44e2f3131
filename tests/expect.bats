#!/usr/bin/env bats
# /expect: what a conforming client makes of the stream that has these parameters.
#
# Over pipes, and with a peer that is given, so that the hello is the same each time.
load helper
export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=5

# ask_at PATH?QUERY [FIELD...]: The answer goes to the file answer.
ask_at() {
    request "GET $1 HTTP/${VERSION:-1.1}" "Host: x" "Connection: close" "${@:2}" | timeout 10 "$SSE_SERVER" -i >answer 2>log
}

# expected QUERY [FIELD...]: what /expect says, which the answer then is.
expected() {
    ask_at "/expect?$1" "${@:2}"
    [ "$(status_of <answer)" = 200 ] || { echo "for $1:" && cat answer && return 1; }
    body_of <answer
}

# is_expected QUERY FILTER WANTED [FIELD...]: what jq makes of it.
is_expected() {
    local made
    made=$(expected "$1" "${@:4}" | jq -c "$2")
    [ "$made" = "$3" ] || { echo "$2 of $1 is not $3 but $made"; return 1; }
}

# dispatched QUERY: the same up to what is discarded, without what the client does next.
dispatched() {
    expected "$1" | sed 's/,"reconnects":.*$//'
}

NOTHING='{"events":[],"reconnectionTime":null,"lastEventId":"","discarded":null,'

# data LENGTH: a value of raw whose event has as much data, and 7 bytes more.
data() {
    printf 'data:%*s%%0A%%0A' "$1" '' | tr ' ' x
}

@test "pieces that are empty do not end a stream, not even one that loops for ever" {
    is_expected 'raw=&raw=data:1%0A%0A&loop=forever&cut=21' '.events | map(.data)' '["1","1"]'
    is_expected 'raw=data:1%0A%0A&raw=&loop=3' '.events | length' 3
}

@test "a stream of very many pieces is refused at once, however little is in them" {
    local empty
    empty=$(printf '9.raw=&%.0s' {1..250})
    ask_at "/expect?${empty}raw=x&loop=forever&cut=1M"
    is_refusal answer 400 'longer than 16384 pieces'
    ask_at '/expect?raw=&raw=x&loop=16384'
    is_refusal answer 400 'longer than 16384 pieces'
    is_expected 'raw=%0A&raw=data:x%0A%0A&loop=8192' '.events | length' 8192
}

@test "a type that comes as a field counts as one that comes as the type, and the last one counts" {
    expected 'raw=data:x%0A%0A&header=content-TYPE:text/html' | assert_file_has - -F "$NOTHING"
    is_expected 'raw=data:x%0A%0A&type=&header=Content-Type:+text/event-stream;charset=x' '.events | length' 1
    is_expected 'raw=data:x%0A%0A&type=text/html&header=X:text/html&header=Content-Type:text/event-stream' '.events | length' 1
}

@test "of several types in one field the last one that is a media type counts" {
    local type
    for type in text/html,text/event-stream 'text/html%3Ba=%22%2C%22,+text/event-stream' 'text/event-stream,' text/event-stream,x 'text/event-stream,*/*'; do
        is_expected "raw=data:x%0A%0A&type=$type" '.events | length' 1
        is_expected "raw=data:x%0A%0A&type=&header=Content-Type:$type" '.events | length' 1
    done
    for type in text/event-stream,text/html 'text/html%3Ba=%22,text/event-stream,%22' 'x,text/%20event-stream'; do
        is_expected "raw=data:x%0A%0A&type=$type" '.events | length' 0
    done
}

@test "the hello and the messages are told as a client dispatches them" {
    assert_equal "$(expected 'count=1&time=0&event=tick&retry=3000')" '{"events":[{"type":"message","data":"Hello, 192.0.2.1:5!","lastEventId":"hello"},'`
        `'{"type":"tick","data":"{\n  \"time\": 0,\n  \"random\": \"spheIGLpzXpFGMIH\"\n}","lastEventId":"message-1"}],'`
        `'"reconnectionTime":3000,"lastEventId":"message-1","discarded":null,"reconnects":true,"reconnectsWith":"message-1","disputed":null}'
    assert_file_has answer $'^Content-Type: application/json\r$'
    is_expected 'count=3&time=60&interval=30' '.events[1:] | map(.data | fromjson | .time)' '[60,90,120]'
    is_expected 'count=5&time=60&interval=9,7,3%2C0.5' '.events[1:] | map(.data | fromjson | .time)' '[60,67,70,70,71]'
    is_expected 'count=3&time=60&interval=9,7,3%2C0.5&lastEventId=message-3' '.events[1:] | map(.data | fromjson | .time)' '[70,70,71]'
    is_expected 'count=2' '.events | map(.lastEventId)' '["hello","message-4","message-5"]' 'Last-Event-ID: message-4'
    is_expected 'count=1&resume=next&lastEventId=message-4' '.events[1].lastEventId' '"message-5"'
    is_expected 'count=1&size=5k' '.events[1].data | length' 5120
    is_expected 'count=0' '.reconnectionTime' null
}

@test "line ends and byte-order marks change nothing, but for a second mark" {
    local eol
    dispatched 'count=2&time=0' >wanted
    for eol in lf cr crlf; do
        dispatched "count=2&time=0&eol=$eol" | diff wanted -
        dispatched "count=2&time=0&bom=1&eol=$eol" | diff wanted -
    done
    is_expected 'count=2&bom=2' '.events | map(.lastEventId)' '["","message-1","message-2"]'
    is_expected 'raw=data:1%0Ddata:2%0D%0Adata:3%0A%0D%0D%0A%0A' '.events | map(.data)' '["1\n2\n3"]'
}

@test "raw pieces are one stream, wherever they are cut; split and gap and all that is about waiting change nothing" {
    local query
    is_expected 'raw=id:7%0Aevent:e%0Adata:%C3%A4%0D%0A%0D%0A&loop=2' '.events | unique' '[{"type":"e","data":"ä","lastEventId":"7"}]'
    dispatched 'raw=id:7%0Aevent:e%0Adata:%C3%A4%0D%0A%0D%0A&loop=2' >wanted
    for query in 'raw=id:7%0Aevent:e%0Adata:%C3&raw=%A4%0D&raw=%0A%0D%0A&loop=2' \
        'raw=id:7%0Aevent:e%0Adata:%C3%A4%0D%0A%0D%0A&loop=2&split=1&gap=1s&delay=60m&pause=60m&interval=60m&jitter=1&seed=1' \
        'raw=id:7%0Aevent:e%0Adata:%C3%A4%0D%0A%0D%0A&loop=2&framing=length&end=hang' \
        'raw=id:7%0Aevent:e%0Adata:%C3%A4%0D%0A%0D%0A&loop=2&encoding=gzip&chunk=1&end=badchunk'; do
        dispatched "$query" | diff wanted - || { echo "for $query" && return 1; }
    done
}

@test "a body of text/event-stream that is posted is what is interpreted; a form says the parameters" {
    printf 'data: \303\244\r\rretry: 7\r' >body
    request 'POST /expect HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Type: text/event-stream' "Content-Length: $(wc -c <body)" >asked
    timeout 10 "$SSE_SERVER" -i >answer 2>log < <(cat asked body)
    assert_equal "$(body_of <answer)" '{"events":[{"type":"message","data":"ä","lastEventId":""}],"reconnectionTime":7,"lastEventId":"","discarded":"retry: 7\r",'`
        `'"reconnects":true,"reconnectsWith":null,"disputed":{"what":"In the standard, CR ends a line even if nothing follows. Some libraries wait for the next byte and lose the event.",'`
        `'"link":"https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation"}}'
    printf 'raw=data:form%%0A%%0A' >body
    request 'POST /expect?loop=2 HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Type: application/x-www-form-urlencoded' \
        "Content-Length: $(wc -c <body)" >asked
    timeout 10 "$SSE_SERVER" -i >answer 2>log < <(cat asked body)
    assert_equal "$(body_of <answer | jq -c '.events | map(.data)')" '["form","form"]'
}

@test "a body of text/event-stream may have many small events, and is interpreted to its end" {
    for ((i = 0; i < 20000; i++)); do echo 'data' && echo; done >body
    request 'POST /expect?interval=1m&heartbeat=1s&buffer=all HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Type: text/event-stream' \
        "Content-Length: $(wc -c <body)" >asked
    timeout 20 "$SSE_SERVER" -i >answer 2>log < <(cat asked body)
    assert_equal "$(body_of <answer | jq -c '[(.events | length), .discarded]')" '[20000,null]'
}

@test "an id with NUL is no id, an empty one takes the id away, and one of an event without data counts" {
    is_expected 'raw=id:1%0Adata:a%0A%0Aid:2%002%0Adata:b%0A%0A' '[.events[].lastEventId, .lastEventId]' '["1","1","1"]'
    is_expected 'raw=id:1%0Adata:a%0A%0Aid%0Adata:b%0A%0A' '[.events[].lastEventId, .lastEventId]' '["1","",""]'
    is_expected 'raw=id:1%0Adata:a%0A%0Aid:2%0A%0A' '[.events[].lastEventId, .lastEventId]' '["1","2"]'
    is_expected 'raw=id:1%0Adata:a%0A%0Aid:2%0Adata:b%0A' '[.events[].lastEventId, .lastEventId, .discarded]' '["1","1","id:2\ndata:b\n"]'
}

@test "the reconnection time is the last that is digits alone, and null if there was none" {
    is_expected 'raw=retry:1%0Aretry:%0Aretry:2x%0Aretry:-3%0Aretry:%2B4%0Aretry:++5%0A' .reconnectionTime 1
    is_expected 'raw=retry:1x%0A' .reconnectionTime null
    is_expected 'raw=retry:%2B5%0A' .reconnectionTime null
    is_expected 'raw=retry:5' .reconnectionTime null
    is_expected 'count=0&retry=soon' .reconnectionTime null
    is_expected 'raw=retry:0007%0A' .reconnectionTime 7
}

@test "a stream that is cut dispatches what is whole, and tells what is discarded" {
    local cut whole
    whole=$'id: hello\ndata: Hello, 192.0.2.1:5!\n\n'
    for cut in 0 1 9 10 20 "$((${#whole} - 1))"; do
        expected "count=1&cut=$cut" | jq -e --arg cut "${whole:0:cut}" '.events == [] and (.discarded // "") == $cut'
    done
    is_expected "count=1&cut=${#whole}" '[(.events | length), .discarded]' '[1,null]'
    is_expected "count=1&cut=$((${#whole} + 14))" '[(.events | length), .discarded]' '[1,"id: message-1\n"]'
    is_expected "cut=${#whole}&end=reset" '.events | length' 1
    is_expected 'raw=%EF%BB%BFdata:x%0A%0A&cut=9' .discarded '"data:x"'
    expected cut=head | assert_file_has - -F "$NOTHING"
}

@test "what is no 200, or no event stream, dispatches nothing" {
    local query
    for query in status=201 status=204 status=301\&location=/stream status=404 status=503 type= type=text/html type=text/event-streams \
        type=text/plain type=application/json type=text type=text/event-stream,text/html; do
        expected "$query" | grep -Fq "$NOTHING" || { echo "for $query" && return 1; }
        expected "$query&raw=data:x%0A%0A" | grep -Fq "$NOTHING" || { echo "for $query" && return 1; }
    done
    for query in type=TEXT/Event-Stream 'type=text/event-stream;charset=utf-16' 'type=+text/event-stream+;+x=y' status=200; do
        is_expected "$query&raw=data:x%0A%0A" '.events | length' 1
    done
}

@test "an EventSource reconnects after every stream that it read, however it ends, unless nothing ends it" {
    local query
    for query in count=1 raw= count=1\&end=reset count=1\&end=truncate count=1\&end=badchunk count=9\&cut=50 cut=head cut=head\&status=404; do
        is_expected "$query" .reconnects true
    done
    is_expected 'count=1&end=hang' .reconnects null
    is_expected 'cut=head&end=hang' .reconnects null
}

@test "an EventSource gives up if the status is not 200 or the type is wrong, even if the body never ends" {
    local query
    for query in status=201 status=204 status=304 status=404 status=503 type= type=text/html header=Content-Type:text/html status=500\&end=hang; do
        is_expected "$query&raw=id:1%0A%0A" '[.reconnects, .reconnectsWith]' '[false,null]'
    done
}

@test "after a redirect the next response decides; a redirect to nowhere is a wrong status" {
    local status
    for status in 301 302 303 307 308; do
        is_expected "status=$status&location=/stream" '[.reconnects, .events, .disputed]' '[null,[],null]'
        is_expected "status=$status" .reconnects false
    done
    is_expected 'status=300&location=/stream' .reconnects false
}

@test "the ID of the next request is the event source's, in the form of a header field" {
    is_expected 'raw=id:1%0Adata:x%0A%0A' .reconnectsWith '"1"'
    is_expected 'raw=id:1%0Adata:x%0A%0Aid:2%0Adata:y' .reconnectsWith '"1"'
    is_expected 'raw=id:1%0A%0A' .reconnectsWith '"1"'
    is_expected 'raw=id:1%0Adata:x%0A%0Aid%0Adata:y%0A%0A' .reconnectsWith null
    is_expected 'raw=data:x%0A%0A' .reconnectsWith null
    is_expected 'raw=id:++a+b%09%0A%0A' '[.lastEventId, .reconnectsWith]' '[" a b\t","a b"]'
    is_expected 'raw=id:++%0A%0A' '[.lastEventId, .reconnectsWith]' '[" ",""]'
    is_expected 'raw=id:%E2%82%AC%0A%0A' .reconnectsWith '"€"'
    is_expected 'raw=id:1%0A%0A&end=hang' .reconnectsWith '"1"'
}

@test "the ID that a client came with holds until a blank line, and then the stream's" {
    is_expected cut=head .reconnectsWith '"7"' 'Last-Event-ID: 7'
    is_expected 'raw=id:8%0Adata:x%0A' '[.lastEventId, .reconnectsWith]' '["","7"]' 'Last-Event-ID: 7'
    is_expected 'raw=id:8%0Adata:x%0A%0A' .reconnectsWith '"8"' 'Last-Event-ID: 7'
    is_expected 'raw=data:x%0A%0A' '[.reconnectsWith, (.disputed.what | test("Browsers keep it"))]' '[null,true]' 'Last-Event-ID: 7'
    is_expected 'raw=data:x%0A%0A&lastEventId=7' '.disputed.what | test("Browsers keep it")' true
    is_expected 'raw=id:8%0Adata:x%0A%0Adata:y%0A%0A' .disputed null 'Last-Event-ID: 7'
}

@test "reconnects and its ID are those of the attempt" {
    is_expected 'raw=id:1%0A%0A&2.status=503&3.end=hang' .reconnects true
    is_expected 'raw=id:1%0A%0A&2.status=503&3.end=hang&attempt=2' .reconnects false
    is_expected 'raw=id:1%0A%0A&2.status=503&3.end=hang&attempt=3' .reconnects null
}

# Each line is a query and a word from what is said of it.
disputes() {
    cat <<'END'
cut=head network error
status=500 5xx
status=204 204
status=404 other than 200
type=text/html text/event-stream
count=0&type=text/event-stream;charset%3Dlatin1 charset
raw=data:x%0A%0A&lastEventId=7 previous stream
raw=data:x%0A discards
raw=data:x dispatch it
raw=dat%0Adata discards
raw=data:x%0A%0D lose the event
raw=data:x%0A%0A%EF%BB%BFdata:y%0A%0A byte-order mark
raw=%EF%BB%BF%EF%BB%BFdata:y%0A%0A byte-order mark
raw=id:%00%0Adata:x%0A%0A NUL
raw=id:1%0A%0A no data
raw=id:%C3%A4%0Adata:x%0A%0A Latin-1
raw=id:%7F%0Adata:x%0A%0A Latin-1
raw=retry:2147483648%0A no maximum
status=404&raw=data:x other than 200
END
}

@test "where clients disagree, one line says how, and a link where that is written" {
    local query word
    disputes >queries
    while read -r query word; do
        expected "$query" >said
        assert_contains "$(jq -r .disputed.what said)" "$word"
        assert_matches_regex "$(jq -r .disputed.link said)" '^https://(html\.spec\.whatwg\.org/multipage/server-sent-events\.html#|github\.com/)[^ ]+$'
        jq -r .disputed.what said >>lines
    done <queries
    assert_equal "$(sort -u lines | wc -l)" "$(grep -c '^    \[DISPUTE_' "$ROOT/src/expect/dispute.c")"
}

@test "what all clients do alike is not disputed" {
    local query
    for query in count=3 count=0 'count=2&bom=1' 'count=2&eol=crlf' 'raw=data:x%0D%0Ddata:y%0A%0A' 'raw=data:x%0A%0A:comment' 'raw=data:x%0A%0Aid:1' \
        'raw=retry:2147483647%0A' 'raw=id:~%0Adata:x%0A%0A' 'raw=id:1%0Adata:%00%0A%0A' 'raw=data:%EF%BB%BFx%0A%0A' 'count=1&end=reset' \
        'count=0&type=text/event-stream;charset%3DUTF-8' 'count=0&type=text/event-stream;+charset%3D%22utf-8%22' 'count=0&type=text/event-stream;a%3Db'; do
        is_expected "$query" .disputed null
    done
}

@test "attempts are told one by one: by attempt=N or by the id; nothing is counted" {
    local stages='1.raw=data:a%0A%0A&2-3.raw=data:b%0A%0A&4-.status=204'
    is_expected "$stages" '.events[0].data' '"a"'
    is_expected "$stages&attempt=3" '.events[0].data' '"b"'
    is_expected "$stages&attempt=4" .events '[]'
    is_expected "$stages" '.events[0].data' '"b"' 'Last-Event-ID: 1'
    is_expected "$stages" .events '[]' 'Last-Event-ID: message-3'
    is_expected "by=cookie&$stages" '.events[0].data' '"a"' 'Last-Event-ID: 1'
    is_expected "by=key&key=a&$stages&attempt=2" '.events[0].data' '"b"'
}

@test "/expect counts no attempts, and needs no shared file for a key" {
    is_expected 'by=key&key=a&count=0&2-.status=503' '.events | length' 1
    is_expected 'by=key&key=a&count=0&2-.status=503' '.events | length' 1
}

@test "what is echoed is told as an event" {
    is_expected 'count=0&echo=1' '.events[0] | [.type, (.data | fromjson | .target)]' '["request","/expect?count=0&echo=1"]'
}

@test "no JSON can be broken out of, whatever bytes there are" {
    local bytes='' byte
    for ((byte = 0; byte < 256; byte++)); do
        [ "$byte" = 10 ] || [ "$byte" = 13 ] || bytes+=$(printf '%%%02x' "$byte")
    done
    expected "raw=data:$bytes%0Aevent:$bytes%0Aid:$bytes%0A%0Adata:$bytes" >said
    iconv -f UTF-8 -t UTF-8 said >/dev/null
    jq -e '.events[0] | .data == .type and (.data | length) > 200' said
    jq -e '.lastEventId == "" and .discarded == "data:" + .events[0].data' said
}

@test "a stream without an end within 1 MiB is refused, and one of just 1 MiB is not" {
    local query
    for query in '' bom=1 count=1\&size=2M count=100000 'raw=x&loop=forever&interval=1' cut=1048577; do
        ask_at "/expect?$query"
        is_refusal answer 400 'the stream is longer than' || { echo "for $query" && return 1; }
    done
    is_expected "raw=$(data 1017)&loop=1024" '[(.events | length), .discarded]' '[1024,null]'
    ask_at "/expect?raw=$(data 1017)&raw=x&loop=1024"
    is_refusal answer 400 'longer than 1048576 bytes'
    ask_at '/expect?raw=x&fill=1M'
    is_refusal answer 400 'or shorter messages or raw pieces'
    is_expected 'cut=1M' '.events | length > 10000' true
    is_expected 'count=1&size=1M&cut=1M' '.discarded | length > 1040000' true
    is_expected 'raw=x&loop=16383&cut=9' .discarded '"xxxxxxxxx"'
}

@test "parameters are checked as those of a stream" {
    ask_at '/expect?count=no'
    cp answer refused
    ask_at '/stream?count=no'
    diff <(masked <refused) <(masked <answer)
    ask_at '/expect?raw=x&count=1'
    is_refusal answer 400 'parameter "raw" cannot be combined with "count"'
    ask_at '/expect?by=key'
    is_refusal answer 400 'parameter "by" needs "key"'
}

@test "the length is told and is right, HEAD has the same head, and a connection may go on behind it" {
    {
        get '/expect?count=3&time=0'
        get '/expect?raw=x'
        get '/expect?cut=head'
        get '/expect?status=404'
        get '/expect'
        get '/help' 'Connection: close'
    } | timeout 10 "$SSE_SERVER" -i 2>log >many
    assert_equal "$("$TOOLS/read_answers" <many)" '200 200 200 200 400 200'
    ask_at '/expect?count=3&time=0'
    masked <answer | sed '/^\r$/q' >wanted
    request 'HEAD /expect?count=3&time=0 HTTP/1.1' 'Host: x' 'Connection: close' | timeout 10 "$SSE_SERVER" -i 2>log | masked | diff wanted -
    request 'HEAD /expect HTTP/1.1' 'Host: x' 'Connection: close' | timeout 10 "$SSE_SERVER" -i 2>log >answer
    assert_equal "$(status_of <answer)" 400
}

# compare QUERY [FIELD...]: remembers what /expect says of a query, and the bytes that /stream sends for it.
compare() {
    local decode=cat
    [[ $1 != *gzip* ]] || decode='gzip -dc'
    VERSION=1.0 ask_at "/stream?$1" "${@:2}"
    [ "$(status_of <answer)" = 200 ] || { echo "for $1:" && cat answer && return 1; }
    body_of <answer | $decode | sed 's|"/stream?|"/expect?|' >body # an echo tells of the request itself
    { wc -c <body && cat body; } >>bodies
    expected "$@" >>said
}

@test "what /expect says is what the interpreter makes of the bytes that /stream sends" {
    local cut query marks=%EF%BB%BF
    for query in count=0 count=1 count=20 'count=3&eol=cr' 'count=3&eol=crlf' 'count=3&bom=1' 'count=3&bom=2' 'count=3&bom=16&eol=cr' \
        'count=2&event=a:b' 'count=2&event=' 'count=2&event=%00' 'count=1&retry=5' 'count=1&retry=x' 'count=1&retry=' \
        'count=2&size=128' 'count=2&size=100k' 'count=2&echo=1' 'count=0&echo=1&bom=1&eol=crlf' 'count=2&size=3k&event=e&eol=cr' \
        'count=3&split=1' 'count=3&split=3,5,7' 'count=3&split=random&seed=4' 'count=3&framing=length' 'count=3&encoding=gzip' \
        'count=3&framing=length&end=truncate' 'count=2&lastEventId=message-7' 'count=2&lastEventId=message-7&resume=next' \
        'count=5&1.count=2&2.count=3&attempt=2' 'count=9&1.cut=77'; do
        compare "$query&time=1000000&interval=1ms"
    done
    for query in raw= raw=data raw=data%0A%0A raw=%0A raw=data:1%0D%0A%0D%0A 'raw=data:1%0D&raw=%0A%0D&raw=%0A' "raw=${marks}data:1%0A%0A" \
        "raw=${marks}${marks}data:1%0A%0A" "raw=%EF&raw=%BB&raw=%BFdata:1%0A%0A" "raw=${marks}data:1%0A%0A&bom=1" \
        'raw=id:%00%0Adata:%00%0A%0A' 'raw=id:1%0Adata:1%0A%0Aid:2%0A' 'raw=:c%0Adata+:x%0Adata:++y%0A%0A' 'raw=retry:10%0A&loop=3' \
        'raw=data:1%0A%0A&raw=&raw=data:2%0A%0A&loop=4' 'raw=data:%FF%C3%0A%0A&raw=data:%ED%A0%80%0A%0A' 'raw=event:e%0A%0Adata:x%0A%0A' \
        'raw=data:1%0A%0A&loop=forever&cut=41' 'raw=data:%E2%80%A8%C2%85%0B%0C%0A%0A' 'raw=DATA:1%0A%0Adata:1%0A+data:2%0A%0A' \
        'raw=data:x%0A%0A&split=1&end=reset' 'raw=id%0Aid:+%0Aid:++a%0Adata%0A%0A' 'raw=retry:18446744073709551616%0A' 'raw=data:1%0A%0A&retry=5' 'raw=data:1%0A%0A&retry=5&loop=3&framing=length' \
        "raw=${marks}data:1%0A%0A&retry=5" "raw=${marks}data:1%0A%0A&retry=5&bom=1" 'raw=data:1%0A%0A&retry=5&bom=2' 'raw=a&retry=5&echo=1' \
        "raw=%EF&raw=%BB&raw=%BFdata:1%0A%0A&retry=5&loop=2" 'raw=data:1%0A%0A&retry=5&cut=14' 'case=end-cut&retry=5'; do
        compare "$query"
    done
    for cut in {0..24}; do
        compare "raw=id:1%0D%0Adata:%E2%82%AC%0D%0A%0D%0Ax&bom=1&cut=$cut"
    done
    compare count=2\&time=0\&interval=1ms 'Last-Event-ID: message-9'
    "$TOOLS/interpret" <bodies | sed 's/"discarded":""}$/"discarded":null}/' >wanted
    sed 's/,"reconnects":[a-z]*,"reconnectsWith":.*}$/}/' said | cmp wanted -
    assert_at_least "$(wc -l <said)" 70
}

@test "of a request that asks a format for no stream, no events are expected" {
    local query='format=openai-chat&count=1&interval=0'
    start_server
    for end in "$query" "$query&cut=head" "$query&end=hang"; do
        assert_equal "$(curl -s "$URL/expect?$end" -H 'Content-Type: application/json' -d '{}' | jq -c '[.events, .reconnects, .disputed.what]')" \
            "$(curl -s "$URL/expect?$query&status=400" | jq -c '[.events, .reconnects, .disputed.what]')"
    done
    assert_equal "$(curl -s "$URL/expect?$query" -H 'Content-Type: application/json' -d '{"stream":true}' | jq '.events | length > 0')" true
}

@test "what buffer never sends, because the stream hangs, is not expected" {
    local body='raw=data:1%0A%0A&raw=data:22%0A%0A&buffer=9'
    start_server
    assert_equal "$(curl -s "$URL/expect?$body&end=hang" | jq -c '[[.events[].data], .discarded]')" '[["1"],"d"]'
    assert_equal "$(curl -s "$URL/expect?$body&end=hang&cut=8" | jq -c '[[.events[].data], .discarded]')" '[[],null]'
    assert_equal "$(curl -s "$URL/expect?$body" | jq -c '[[.events[].data], .discarded]')" '[["1","22"],null]'
    # A format keeps its place in memory that the look ahead uses, too.
    body='format=ui-message&count=2&interval=0&end=hang'
    assert_equal "$(curl -s "$URL/expect?$body&buffer=1")" "$(curl -s "$URL/expect?$body")"
}
