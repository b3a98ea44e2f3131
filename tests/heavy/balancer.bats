#!/usr/bin/env bats
# Two instances behind HAProxy, with the manual's configuration.
load ../helper
STRINGS=400
load ../experiments

# The messages of an event stream, their times masked, one a line.
messages() {
    sed -E 's/("time": )[0-9]+/\1T/' | awk 'BEGIN { RS = ""; FS = "\n"; OFS = "|" } /^id: message-/ { $1 = $1; print }'
}

start_one() {
    in_background one.log "$SSE_SERVER" -l "127.0.0.1:$ONE" -f "$PWD/one.status"
    ONE_PID=$LAST
}

setup_instances() {
    free_port
    ONE=$FREE_PORT
    free_port
    TWO=$FREE_PORT
    free_port
    URL=http://127.0.0.1:$FREE_PORT
    start_one
    in_background two.log "$SSE_SERVER" -l "127.0.0.1:$TWO" -f "$PWD/two.status"
    TWO_PID=$LAST
    manual_block 'bind :8000' |
        sed "s/bind :8000/bind 127.0.0.1:$FREE_PORT/; s/8081/$ONE/; s/8082/$TWO/" >haproxy.cfg
    in_background haproxy.log haproxy -db -f haproxy.cfg
    answers() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/status")" = 200 ]; }
    until_true answers
}

# Whoever sends the one stream that there is, with all its processes, at once.
kill_its_instance() {
    local instance=$TWO_PID pid
    ! grep -q 'Starting stream for' one.log || instance=$ONE_PID
    for pid in $(children "$instance") "$instance"; do # a child whose listener is gone ends its stream properly
        kill -KILL "$pid"
    done
}

@test "a client whose instance is killed resumes at another, without a gap and with the same bytes" {
    setup_instances
    in_background first.err curl -sN -o first "$URL/stream"
    until_true grep -qs '^id: message-3$' first
    kill_its_instance
    run ! wait "$LAST" # the stream broke; it did not end
    last=$(sed -n 's/^id: \(message-[0-9]*\)$/\1/p' first | tail -n 1)
    curl -sN -H "Last-Event-ID: $last" -o second "$URL/stream?count=3"
    assert_file_has one.log 'Starting stream for'
    assert_file_has two.log 'Starting stream for'
    # what the client has now, the message that it named counted once, is what one undisturbed stream would have been
    cat first second | messages | awk '!seen[$0]++' >got
    "$SSE_SERVER" -l 127.0.0.1:0 >three.log 2>&1 3>&- &
    STARTED+=($!)
    server_is_ready three.log
    curl -sN "$URL/stream?count=$(wc -l <got)" | messages >wanted
    diff got wanted
    assert_at_least "$(wc -l <got)" 5
}

@test "every request is served while one instance is down and comes back" {
    setup_instances
    kill -KILL "$ONE_PID"
    for ((i = 0; i < 50; i++)); do
        answers
    done
    start_one
    for ((i = 0; i < 50; i++)); do
        answers
    done
}

# both_were_asked WORDS: each instance has logged requests with them.
both_were_asked() {
    [ "$(grep -lF "$1" one.log two.log | wc -l)" = 2 ] || { echo "only one was asked for $1" && return 1; }
}

# answers_to TARGET: head and body, without what differs: the date, and the peer in the hello.
answers_to() {
    curl -siN -m 10 --compressed "$URL$1" | sed -E 's/^(date: ).*/\1DATE/I; s/(Hello, )[^!]*/\1PEER/'
}

@test "one URL is one experiment: with time and seed it is answered alike by every instance, in every run" {
    local query i run
    setup_instances
    for query in 'count=9&time=1000&interval=1ms' 'count=3&time=1000&interval=7ms&seed=5&split=random&gap=1ms&jitter=0.5' \
        'count=5&time=0&interval=1ms&size=5k&event=e&eol=crlf&bom=1' 'raw=data:%FF%00a%0A%0A&raw=id:7%0A&loop=20&split=random&seed=9' \
        'count=4&time=60&interval=1ms&encoding=gzip' 'count=2&time=5&interval=0&framing=length&status=404&reason=Gone+away&header=X-A:b' \
        'raw=x&loop=1000&cut=77'; do
        for i in {1..6}; do
            answers_to "/stream?$query" >"answer.$i"
            cmp answer.1 "answer.$i"
        done
        assert_matches "$(status_of <answer.1)" '[24]0[04]'
        both_were_asked "/stream?$query"
        run=$URL
        start_server
        answers_to "/stream?$query" | body_of | cmp - <(body_of <answer.1)
        URL=$run
    done
}

@test "attempts are told by an id or a cookie whichever instance they come to" {
    local stages='1.raw=id:1%0Adata:a%0A%0A&2.status=503&3.raw=data:c%0A%0A&4-.status=204' client
    setup_instances
    for client in 1 2 3; do
        curl -s -m 10 "$URL/stream?by=id&$stages" | assert_file_has - -x data:a
        assert_equal "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Last-Event-ID: 1' "$URL/stream?by=id&$stages")" 503
        curl -s -m 10 -H 'Last-Event-ID: 2' "$URL/stream?by=id&$stages" | assert_file_has - -x data:c
        assert_equal "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Last-Event-ID: 3' "$URL/stream?by=id&$stages")" 204
        for i in 1 2 3 4 5; do
            curl -s -m 10 -b "jar.$client" -c "jar.$client" -o /dev/null -w '%{http_code}\n' "$URL/stream?by=cookie&$stages"
        done >statuses
        assert_equal "$(paste -sd ' ' statuses)" '200 503 200 204 204'
    done
    both_were_asked 'by=id&'
    both_were_asked 'by=cookie&'
}

# each_of COUNT TARGET: requests the target for each of the keys k1. to kCOUNT., in place of KEY, in random order: a balancer that takes
# turns must not give each key the same instance again. Prints each body, and each status code on a line of its own.
each_of() {
    local i
    for i in $(shuf -i "1-$1"); do
        printf 'url = "%s"\n' "$URL${2//KEY/k$i.}"
    done >urls
    curl -s -w '%{http_code}\n' -K urls
}

@test "all requests of one key are answered by the same instance: 200 keys, three attempts each, and /log" {
    local stages='1.status=404&2.status=410&3.status=503&by=key'
    setup_instances
    each_of 200 "/stream?key=KEY&$stages" >first
    each_of 200 "/stream?key=KEY&$stages&event=a%26key%3Db" >second
    each_of 200 "/stream?$stages&event=a%26key%3Db&key=KEY&jitter=0" >third
    each_of 200 '/log?key=KEY' >log
    assert_equal "$(grep -cx 404 first)" 200
    assert_equal "$(grep -cx 410 second)" 200
    assert_equal "$(grep -cx 503 third)" 200
    assert_equal "$(grep -vx 200 log | jq -c 'map(.attempt)' | sort | uniq -c | tr -s ' ')" ' 200 [1,2,3]'
}

# keys_of LOG: the keys that an instance was asked for.
keys_of() {
    grep -o 'k[0-9][0-9]*\.' "$1" | sort -u
}

@test "the key is found in the query and in a /with/ segment, encoded or not, and both instances get keys" {
    local target
    setup_instances
    for target in '/stream?by=key&key=KEY&count=0' '/log?key=KEY' '/with/count=0&by=key&key=KEY/v1/messages?key=other' \
        '/with/key=KEY&count=0/v1/messages' '/with/by%3Dkey%26key%3DKEY%26count%3D0/any/path'; do
        each_of 40 "$target"
    done >codes
    assert_equal "$(grep -c '[24]0[04]$' codes)" 200
    keys_of one.log >one.keys
    keys_of two.log >two.keys
    assert_empty "$(comm -12 one.keys two.keys)"
    assert_at_least "$(wc -l <one.keys)" 5
    assert_at_least "$(wc -l <two.keys)" 5
    assert_equal "$(cat one.keys two.keys | wc -l)" 40
}

# bodies_of BEFORE BEHIND <SEGMENTS: the status and the body of each answer.
bodies_of() {
    sed "s|.*|url = \"$1&$2\"|" >urls
    timeout 100 curl -sg --path-as-is -m 10 -w '\n-- %{http_code}\n' -K urls
}

@test "an experiment under /with/ comes through the balancer unchanged, in three encodings" {
    local encoding
    setup_instances
    random_queries | grep '^raw=' | grep -vE '(=random|echo=|by=|key=|end=|cut=|location=|encoding=)' | grep -v '"' >queries
    assert_at_least "$(wc -l <queries)" 50
    bodies_of "http://127.0.0.1:$ONE/stream?" '' <queries >wanted
    assert_at_least "$(grep -ac '^-- 200$' wanted)" 30
    for encoding in minimal complete path_escaped; do
        "$encoding" <queries | bodies_of "$URL/with/" '/v1/x?raw=y\&a' >got
        cmp wanted got
    done
}

@test "when its instance dies, a key moves to another and starts again; it moves back with its count" {
    local target key attempts
    setup_instances
    each_of 20 '/stream?by=key&key=KEY&count=0' >codes
    key=$(keys_of one.log | head -n 1)
    target="$URL/stream?by=key&key=$key&2.status=404&3.status=410&count=0"
    attempt() { curl -s -o /dev/null -w '%{http_code}' "$target"; }
    attempts_are() { [ "$(curl -s "$URL/log?key=$key" | jq length)" = "$1" ]; }
    assert_equal "$(attempt)" 404
    kill -KILL "$ONE_PID"
    assert_equal "$(attempt)" 200
    attempts_are 1
    start_one
    until_true attempts_are 2
    assert_equal "$(attempt)" 410
}

@test "a client that leaves during a long silence is not kept by the balancer" {
    local port
    setup_instances
    run -28 curl -sN -m 1 -o /dev/null "$URL/stream?interval=30m"
    port=$(sed -n 's/^Starting stream for 127\.0\.0\.1:\([0-9]*\), .*/\1/p' one.log two.log)
    assert_not_empty "$port"
    let_go() { [ -z "$(ss -Htn state established "sport = :$port")" ]; }
    until_true let_go # HAProxy's own limit is a minute
}
