#!/usr/bin/env bats
# What a stream holds and when: where it starts and ends, its clock, and what /status says about it.
load helper

LAST_NUMBER=9223372036854775807

# events FILE: the ids of an answer's events, in one line.
events() {
    sed -n 's/^id: //p' "$1" | paste -sd ' '
}

# resumed ID: a stream of one message, resumed at ID; the answer goes to the file ID.
resumed() {
    get '/stream?count=1' "Last-Event-ID: $1" | "$SSE_SERVER" -i >"$1" 2>/dev/null
}

# streams_as ADDR PORT [FIELD...]: a client of that name gets a stream into stream.PORT, listed in the file status.
streams_as() {
    get /stream "${@:3}" >"request.$2"
    # shellcheck disable=SC2016 # the inner shell expands these
    in_background "stream.$2" env REMOTE_ADDR="$1" REMOTE_PORT="$2" \
        sh -c 'exec "$0" -i -f status <"$1"' "$SSE_SERVER" "request.$2"
    until_true grep -qs '^data: Hello, ' "stream.$2"
}

# ask_status: /status, from the file status, into the file answer.
ask_status() {
    get /status | pipe_request -f status >answer
}

mid_second() {
    assert_matches "${EPOCHREALTIME#*[.,]}" '[2-5]*'
}

clock_is_past() {
    assert_at_least "${EPOCHREALTIME/[.,]/}" "$1"
}

@test "a stream starts at the message that Last-Event-ID names, and at 1 for any other id" {
    local id number
    local -A starts=([message-4]=4 [message-9]=9 [message-10]=10 [message-2147483648]=2147483648
        [message-$LAST_NUMBER]=$LAST_NUMBER [hello]=1 [init]=1 [message-]=1 [message-0]=1 [message-x]=1 [message-4x]=1
        [message--4]=1 [message-+4]=1 [Message-4]=1 [4]=1 ['message-4 message-5']=1
        [message-9223372036854775808]=1 [message-18446744073709551617]=1 [message-99999999999999999999999999]=1)
    for id in "${!starts[@]}"; do
        resumed "$id" &
    done
    wait
    for id in "${!starts[@]}"; do
        number=${starts[$id]}
        [ "$(events "$id")" = "hello message-$number" ] || { echo "wrong for Last-Event-ID: $id" && cat "$id" && return 1; }
    done
}

@test "an empty Last-Event-ID, and space around one, mean nothing" {
    get '/stream?count=0' 'Last-Event-ID:' | pipe_request >answer
    assert_file_has log ', 1 -> 1 \.\.\.$'
    get '/stream?count=0' $'Last-Event-ID: \t message-7 \t ' | pipe_request >answer
    assert_file_has log ', 7 -> 7 \.\.\.$'
}

@test "a message's random string is the same on every stream, as the original printed it" {
    local number expected
    local -A strings=([4]=IdyFCHZMVcGYbsTr [1000]=POvyxFCdFNyuFPuR [2147483646]=SkWaiDGvkVMoqFbF
        [2147483647]=bqzcRlJahlbbBZHS [2147483648]=spheIGLpzXpFGMIH [9007199254740993]=EAoNWnTNSRJriaUb
        [1000000000000000000]=FqkvsrGHqGbbGPae [9223372036854775806]=bqzcRlJahlbbBZHS)
    for number in "${!strings[@]}"; do
        resumed "message-$number" &
    done
    wait
    for number in "${!strings[@]}"; do
        expected='data:   "random": "'${strings[$number]}'"'
        grep -qx "$expected" "message-$number" || { echo "wrong for $number" && cat "message-$number" && return 1; }
    done
}

@test "one event is one chunk of its exact size, however many digits its number has" {
    resumed message-9 &
    resumed message-10 &
    resumed message-$LAST_NUMBER &
    wait
    grep -A 1 -x $'60\r' message-9 | assert_file_has - -x 'id: message-9'
    grep -A 1 -x $'61\r' message-10 | assert_file_has - -x 'id: message-10'
    grep -A 1 -x $'72\r' message-$LAST_NUMBER | assert_file_has - -x "id: message-$LAST_NUMBER"
}

@test "one event is one write: head and hello leave together, then each message alone, the last with the end" {
    # A socket that keeps records apart shows how the server wrote; socat tells the length of each.
    in_background door.log socat UNIX-LISTEN:door,socktype=5 EXEC:"$SSE_SERVER -i",nofork
    until_true test -S door
    get '/stream?count=2&interval=0.01' 'Connection: close' | socat -t 20 -v - UNIX-CONNECT:door,socktype=5 >answer 2>records
    sed -n 's/^< .* length=\([0-9]*\) .*/\1/p' records >lengths
    assert_equal "$(paste -sd ' ' lengths)" "$(($(wc -c <answer) - 102 - 107)) 102 107"
}

@test "after message 2^63-1 the stream ends, and X-Expected-Events knows" {
    get /stream "Last-Event-ID: message-$LAST_NUMBER" | pipe_request >answer
    assert_equal "$(events answer)" "hello message-$LAST_NUMBER"
    assert_equal "$(tail -n 2 answer)" $'0\r\n\r'
    request 'HEAD /stream?count=5 HTTP/1.1' 'Host: x' "Last-Event-ID: message-${LAST_NUMBER%7}6" | pipe_request >answer
    assert_file_has answer -x $'X-Expected-Events: 2\r'
}

@test "count says how many messages come, in the query or in a form body, encoded or not" {
    local query form='Content-Type: application/x-www-form-urlencoded' n=$LAST_NUMBER
    for query in "count=$n" "co%75nt=%39${n#9}" "&&count=$n&"; do
        request "HEAD /stream?$query HTTP/1.1" 'Host: x' | pipe_request >answer
        grep -qx "X-Expected-Events: $n"$'\r' answer || { echo "wrong for $query" && return 1; }
    done
    { request 'POST /stream HTTP/1.1' 'Host: x' "$form" 'Content-Length: 7' && printf 'count=0' &&
        request 'POST /stream HTTP/1.1' 'Host: x' "$form; charset=utf-8" 'Transfer-Encoding: chunked' &&
        printf '4\r\ncoun\r\n5\r\nt=%%30\r\n0\r\n\r\n'; } | pipe_request >answer
    assert_equal "$(grep -cx $'X-Expected-Events: 0\r' answer)" 2
    assert_equal "$(events answer)" 'hello hello'
}

@test "a body that is no form is no parameter" {
    { request 'POST /stream?count=0 HTTP/1.1' 'Host: x' 'Content-Type: text/plain' 'Content-Length: 7' &&
        printf 'count=5' && get '/status'; } | pipe_request -f status >answer
    assert_file_has answer -x $'X-Expected-Events: 0\r'
    assert_equal "$(statuses <answer)" '200 200'
}

@test "a count that is no number of messages is refused, and the answer names it and what it takes" {
    local count
    for count in 1abc abc -1 '' 1.5 0x10 +1 %201 1%00 9223372036854775808 18446744073709551616 99999999999999999999999; do
        get "/stream?count=$count" | refuses 400 'parameter "count" takes a whole number of messages, 0 to 9223372036854775807' ||
            { echo "for count=$count" && return 1; }
    done
    get '/stream?count' | refuses 400 'parameter "count" takes'
    request 'HEAD /stream?count=abc HTTP/1.1' 'Host: x' | pipe_request >answer
    assert_equal "$(status_of <answer)" 400
    assert_empty "$(body_of <answer)"
}

@test "a parameter that is given twice or is not known is refused by its name" {
    get '/stream?count=0&count=0' | refuses 400 'parameter "count" is given twice'
    { request 'POST /stream?count=0 HTTP/1.1' 'Host: x' 'Content-Type: application/x-www-form-urlencoded' \
        'Content-Length: 7' && printf 'count=0'; } | refuses 400 'parameter "count" is given twice'
    get '/stream?cuont=1' | refuses 400 'parameter "cuont" is unknown; did you mean "count"? accepted: count, interval'
    get '/stream?Count=1' | refuses 400 'parameter "Count" is unknown'
    get '/stream?count=0&%0a%ff' | refuses 400 'parameter "??" is unknown'
    get '/stream?count=%3' | refuses 400 'a "%" in the parameters'
}

@test "messages come a second apart, the first a second after the hello" {
    until_true mid_second
    get '/stream?count=3' | pipe_request >answer
    sed -n 's/^data:   "time": \([0-9]*\),$/\1/p' answer >seconds
    assert_equal "$(wc -l <seconds)" 3
    seq "$(head -n 1 seconds)" "$(($(head -n 1 seconds) + 2))" | diff - seconds
    assert_file_has log -E ' 200 \(3\.[0-4][0-9]*s\)$'
}

@test "a message that is late does not make the next one late" {
    local began=${EPOCHREALTIME/[.,]/}
    streams_as 192.0.2.1 1
    kill -STOP "$LAST"
    until_true clock_is_past $((began + 1200000))
    kill -CONT "$LAST"
    until_true grep -qx 'id: message-2' stream.1
    ((${EPOCHREALTIME/[.,]/} - began < 2800000))
}

@test "/status without clients is an empty object, with the CORS fields" {
    ask_status
    echo >>answer # a line end for the comparison; the answer has none
    answer_is answer <<'EXPECTED'
HTTP/1.1 200 OK\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
Content-Type: application/json\r
Date: DATE\r
Content-Length: 2\r
\r
{}
EXPECTED
}

@test "/status lists the clients, sorted, in one line without spaces" {
    local time='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{0,8}[1-9])?Z'
    streams_as 192.168.65.1 35305 'Last-Event-ID: message-5' && kill -STOP "$LAST"
    streams_as 192.168.65.1 35299 'Last-Event-ID: message-15' && kill -STOP "$LAST"
    streams_as 2001:db8::1 80 && kill -STOP "$LAST"
    ask_status
    body_of <answer >json
    assert_file_has answer -x $'Content-Length: '"$(wc -c <json)"$'\r'
    assert_matches_regex "$(cat json)" '^[^ ]+$'
    sed -E "s/\"$time\"/\"TIME\"/g" json >masked.json
    printf '%s' '{"192.168.65.1:35299":{"remote":"192.168.65.1:35299","connectedAt":"TIME","lastEventId":15},' \
        '"192.168.65.1:35305":{"remote":"192.168.65.1:35305","connectedAt":"TIME","lastEventId":5},' \
        '"[2001:db8::1]:80":{"remote":"[2001:db8::1]:80","connectedAt":"TIME","lastEventId":1}}' >expected
    diff expected masked.json
}

@test "connectedAt is when the client came, in UTC" {
    local before=$EPOCHSECONDS at
    streams_as 192.0.2.1 1
    ask_status
    at=$(body_of <answer | jq -r '.[].connectedAt | sub("\\.[0-9]+"; "") | fromdate')
    ((before <= at && at <= EPOCHSECONDS))
}

@test "lastEventId is the number that comes next, and a client that left is not listed" {
    streams_as 192.0.2.1 1 'Last-Event-ID: message-41'
    until_true grep -qx 'id: message-41' stream.1
    kill -STOP "$LAST"
    ask_status
    assert_equal "$(body_of <answer | jq '.[].lastEventId')" "$((40 + $(grep -c '^id: message-' stream.1) + 1))"
    kill -CONT "$LAST"
    kill -TERM "$LAST"
    until_true grep -q $'^0\r$' stream.1
    ask_status
    assert_equal "$(body_of <answer)" '{}'
}

@test "curl gets the stream over the network, and /status names it as the hello did" {
    start_server
    in_background stream curl -sSN -H 'Last-Event-ID: message-4' "$URL/stream"
    until_true grep -q '^id: message-4$' stream
    curl -sS "$URL/status" >json
    assert_equal "Hello, $(jq -r 'keys[0]' json)!" "$(sed -n 's/^data: \(Hello.*\)/\1/p' stream)"
    assert_equal "$(jq length json)" 1
    assert_file_has server.log -xE 'Starting stream for 127\.0\.0\.1:[0-9]+, 4 -> \.\.\.'
}

@test "a client that ended its sending side still gets its stream, to the end" {
    start_server
    get '/stream?count=1' | raw "$PORT_USED" >answer
    assert_equal "$(events answer)" 'hello message-1'
    assert_equal "$(tail -n 2 answer)" $'0\r\n\r'
}

@test "the log says when a client left its stream" {
    start_server
    in_background stream curl -sSN "$URL/stream"
    until_true grep -q '^id: hello$' stream
    kill "$LAST"
    until_true grep -qE '^Client 127\.0\.0\.1:[0-9]+ closed connection\.$' server.log
    until_true grep -qE '^<- 127\.0\.0\.1:[0-9]+: GET /stream 200 \([0-9.]+(µs|ms|s)\)$' server.log
}
