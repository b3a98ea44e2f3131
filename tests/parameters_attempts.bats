#!/usr/bin/env bats
# Attempts: what a stream is the first time its client asks for it, and what it is the next times, told apart by an id or a cookie.
load helper
load head


# attempts QUERY: the statuses of the attempts 1 to 6.
attempts() {
    local attempt
    for attempt in {1..6}; do
        get "/stream?count=0&$1" "Last-Event-ID: $((attempt - 1))"
    done >requests
    get /missing 'Connection: close' >>requests
    timeout 10 "$SSE_SERVER" -i <requests 2>log | statuses
}

# attempts_are STATUSES QUERY
attempts_are() {
    local got
    got=$(attempts "$2")
    [ "$got" = "$1 404" ] || { echo "$2: $got, not $1" && return 1; }
}

# sent QUERY [ID]: the body of the attempt behind this id.
sent() {
    ask "framing=close&$1" "Last-Event-ID: ${2:-}"
    body_of <answer
}

# names: those of all parameters that the server at $URL has.
names() {
    curl -sS -m 5 "$URL/help" | sed -n 's/^\([a-z][a-zA-Z]*\)  *[a-zA-Z].*/\1/p'
}

# value_for NAME: one that this parameter takes.
value_for() {
    case $1 in
    status) echo 503 ;;
    interval | delay | pause | gap | heartbeat) echo 1ms ;;
    jitter | echo | sub) echo 0 ;;
    size) echo 200 ;;
    eol) echo crlf ;;
    format) echo gemini ;;
    finish) echo no ;;
    resume) echo next ;;
    framing | end) echo close ;;
    encoding) echo gzip ;;
    credentials) echo true ;;
    preflight) echo deny ;;
    require) echo bearer:x ;;
    header) echo A:b ;;
    cors) echo null ;;
    *) echo 7 ;;
    esac
}

@test "a parameter may be for one attempt, for some, or for all from one on" {
    attempts_are '200 503 200 200 200 200' '2.status=503'
    attempts_are '503 503 503 200 200 200' '1-3.status=503'
    attempts_are '200 200 200 503 503 503' '4-.status=503'
    attempts_are '503 503 503 503 503 503' '1-.status=503'
    attempts_are '200 200 503 200 200 200' '3-3.status=503'
    attempts_are '200 200 200 200 200 200' '7-.status=503'
    attempts_are '500 502 502 200 504 504' '1.status=500&2-3.status=502&5-.status=504'
    attempts_are '200 503 200 200 200 200' '%32%2Estatus=503'
}

@test "what is for some attempts goes before what is for all, whichever came first" {
    attempts_are '500 503 503 500 500 500' '2-3.status=503&status=500'
    attempts_are '500 503 503 500 500 500' 'status=500&2-3.status=503'
    attempts_are '503 201 202 202 202 202' '3-.status=202&status=503&2.status=201'
    attempts_are '503 200 200 200 200 200' '2-.status=200&status=503'
}

@test "every parameter but those that tell the attempt may be for some attempts" {
    local name value prefix
    start_server
    names >table
    assert_at_least "$(wc -l <table)" 31
    while read -r name; do
        [[ $name != @(lastEventId|by|key|attempt|case|log) ]] || continue
        value=$(value_for "$name")
        for prefix in 2. PUT. GET.2.; do
            curl -sS -m 5 -G --data-urlencode "$prefix$name=$value" -d 'count=0' "$URL/stream" >answer
            grep -q '^data: Hello' answer || { echo "$prefix$name=$value:" && cat answer && return 1; }
        done
    done <table
    for name in lastEventId=5 by=id by=cookie key=k case=bom log=x; do
        for prefix in 2. 1-. GET. PUT.2.; do
            get "/stream?count=0&$prefix$name" | refuses 400 "parameter \"$prefix${name%=*}\" is the same for all attempts and methods; remove"
        done
    done
}

@test "raw pieces and fields may be given several times for some attempts, and then take the place of all others" {
    local query='raw=a&2.raw=x&raw=b&1-2.raw=1&2-.raw=y&header=H:a&header=H:b&2.header=H:x&2.header=H:y'
    assert_equal "$(sent "$query")" 1
    is H 'a|b'
    assert_equal "$(sent "$query" 1)" x1y
    is H 'x|y'
    assert_equal "$(sent "$query" 2)" y
    is H 'a|b'
    assert_equal "$(sent 'raw=a&2.raw=x&raw=b')" ab
    assert_equal "$(sent 'raw=a&2.raw=x&raw=b' 1)" x
    assert_empty "$(sent 'raw=a&2.raw=' 1)"
    assert_contains "$(sent '2.raw=x&1.count=0')" 'data: Hello'
    assert_equal "$(sent '2.raw=x&1.count=0' 1)" x
}

@test "by id, the attempt is one more than the number that the id ends in, and 2 for any other id" {
    local id query='1.status=501&2.status=502&3.status=503&8.status=508&9223372036854775808.status=599'
    for id in '' 0; do
        ask "count=0&$query" "Last-Event-ID: $id"
        assert_equal "$(status_of <answer)" 501
    done
    for id in 1 message-1 hello x message-0 message- message-x Message-7 -7 +7 7.0 'message-7 x' 'x message-7' 0x7 9223372036854775808 \
        99999999999999999999 message-9223372036854775808 $'\xe2\x98\x83'; do
        answered 502 "count=0&$query" "Last-Event-ID: $id"
    done
    for id in 7 007 message-7; do
        answered 508 "count=0&by=id&$query" "Last-Event-ID: $id"
    done
    answered 599 "count=0&$query" 'Last-Event-ID: 9223372036854775807'
    answered 501 "count=0&$query"
}

@test "by id, a parameter stands in for the header, which wins" {
    local query='count=0&2.status=502&3.status=503&4.status=504'
    answered 503 "$query&lastEventId=2"
    answered 503 "$query&lastEventId=message%2D2"
    answered 502 "lastEventId=no+number&$query"
    answered 504 "$query&lastEventId=2" 'Last-Event-ID: message-3'
    answered 503 "$query&lastEventId=2" 'Last-Event-ID: '
}

@test "by cookie, a client is failed once and then served, and its count goes on" {
    local query='1.status=503&2.status=502&4-.status=204&count=0&by=cookie' n
    start_server
    for n in 503 502 200 204 204; do
        assert_equal "$(curl -sS -m 5 -o body -w '%{http_code}' -b jar -c jar "$URL/stream?$query")" "$n"
    done
    assert_file_has jar -E $'^127\.0\.0\.1\tFALSE\t/\tFALSE\t[0-9]+\tattempt-[0-9a-f]{8}\t5$'
    assert_equal "$(curl -sS -m 5 -o body -w '%{http_code}' "$URL/stream?$query")" 503
    assert_equal "$(curl -sS -m 5 -o body -w '%{http_code}' -H 'Last-Event-ID: 3' "$URL/stream?$query")" 503
}

@test "by cookie, each URL has a count of its own" {
    start_server
    code() { curl -sS -m 5 -o body -w '%{http_code}' -b jar -c jar "$URL/stream?$1"; }
    assert_equal "$(code 'by=cookie&1.status=503&count=0') $(code 'by=cookie&count=0&1.status=503') $(code 'by=cookie&1.status=503&count=0')" '503 503 200'
    assert_equal "$(code 'by=cookie&count=0&1.status=503')" 200
    assert_equal "$(grep -c 'attempt-' jar)" 2
}

@test "a cookie that does not count is taken for none, and only by=cookie sets one" {
    local name value
    answered 501 'count=0&by=cookie&1.status=501&2.status=502&8.status=508'
    name=$(field Set-Cookie | cut -d = -f 1)
    is Set-Cookie "$name=1; Max-Age=3600; Path=/"
    for value in '' x -1 1x 9223372036854775808 99999999999999999999999 '"7"' '1 2'; do
        answered 501 'count=0&by=cookie&1.status=501&2.status=502&8.status=508' "Cookie: $name=$value"
    done
    answered 508 'count=0&by=cookie&1.status=501&2.status=502&8.status=508' "Cookie: a=b; $name=7; c=d"
    is Set-Cookie "$name=8; Max-Age=3600; Path=/"
    answered 200 'count=0&by=cookie&1.status=501&2.status=502&8.status=508' "Cookie: $name=9223372036854775807"
    answered 503 'count=0&by=id&1.status=503' "Cookie: $name=7"
    is Set-Cookie ''
}

@test "an attempt that is named is that one, whatever the id or the cookie says" {
    local by
    for by in id cookie; do
        answered 503 "count=0&3.status=503&attempt=3&by=$by" 'Last-Event-ID: 8'
        answered 200 "count=0&3.status=503&attempt=9223372036854775807&by=$by" 'Last-Event-ID: 2'
    done
    get '/stream?attempt=0' | refuses 400 'parameter "attempt" takes a number, 1 to 9223372036854775807'
    get '/stream?2.attempt=1' | refuses 400 'parameter "2.attempt" is the same for all attempts'
}

@test "two values for one attempt are refused, and two for different attempts are not" {
    local query
    for query in '2.status=503&2.status=500' '1-3.status=503&3-5.status=500' '4-.status=500&1-4.status=503' '1-.status=503&7.status=503' \
        '2.status=503&002.status=503' '9-.status=500&18446744073709551615.status=503' 'status=503&2.status=500&status=200'; do
        get "/stream?count=0&$query" | refuses 400 'parameter "status" is given twice; it takes one value: a number, 200 to 599'
    done
    attempts_are '503 503 500 500 200 200' '1-2.status=503&3-4.status=500'
    get '/stream?by=id&by=cookie' | refuses 400 'parameter "by" is given twice'
}

@test "what is for another attempt or method is checked at once, and a prefix that is none is refused" {
    local name
    get '/stream?count=0&9.status=abc' | refuses 400 'parameter "status" takes a number, 200 to 599'
    get '/stream?count=0&9.cont=1' | refuses 400 'parameter "9.cont" is unknown; did you mean "count"? accepted: count, interval'
    get '/stream?count=0&PUT.status=abc' | refuses 400 'parameter "status" takes a number, 200 to 599'
    get '/stream?count=0&PUT.9.cont=1' | refuses 400 'parameter "PUT.9.cont" is unknown; did you mean "count"? accepted: count, interval'
    for name in .status 0.status 0-.status 0-1.status -2.status 3-2.status 2..status 2.2.status 2-3-4.status 2,3.status '2 .status' \
        '+2.status' 2.5.status 18446744073709551616.status 1-18446744073709551616.status 2.GET.status GET.PUT.status GET.x.status \
        'G T.status' G/T.status "$(printf 'M%.0s' {1..24}).status"; do
        get "/stream?count=0&${name//[ +]/%20}=503" |
            refuses 400 "parameter \"${name//[+]/ }\" has an unknown prefix; accepted: METHOD.NAME, ATTEMPTS.NAME and METHOD.ATTEMPTS.NAME"
    done
    for name in 2.Status 2.status. status.2 2-. GET.Status GET. GET.2. get.nothing; do
        get "/stream?count=0&$name=503" | refuses 400 "parameter \"$name\" is unknown; "
    done
}

@test "a method in small letters is refused with the name in capitals" {
    get '/stream?count=0&get.status=405' | refuses 400 'parameter "get.status" has an unknown prefix; write the method in capitals, "GET.status"; '
    get '/stream?count=0&Post.1-2.end=reset' | refuses 400 'parameter "Post.1-2.end" has an unknown prefix; write the method in capitals, "POST.1-2.end"; '
}

# by_method METHOD QUERY [FIELD...]: prints the status of a request with this method.
by_method() {
    request "$1 /stream?$2 HTTP/1.1" 'Host: x' 'Connection: close' "${@:3}" | pipe_request | status_of
}

@test "a parameter can be for one method, and for some attempts with it" {
    local query='count=0&GET.status=405&POST.2.status=202&DELETE.status=204&%48EAD%2Estatus=503'
    assert_equal "$(by_method GET "$query") $(by_method POST "$query") $(by_method HEAD "$query")" '405 200 503'
    assert_equal "$(by_method GET "$query" 'Last-Event-ID: 1') $(by_method POST "$query" 'Last-Event-ID: 1')" '405 202'
    assert_equal "$(by_method POST 'count=0&M-SEARCH.status=503')" 200
}

@test "method and attempts override attempts, these the method, this the name alone, and that the case, in any order" {
    local i order query
    local all=(POST.2.status=501 2.status=502 POST.status=503 status=504)
    for order in '0 1 2 3' '3 2 1 0' '2 0 3 1'; do
        query=case=status-500
        for i in $order; do
            query+="&${all[i]}"
        done
        assert_equal "$(by_method POST "$query" 'Last-Event-ID: 1') $(by_method GET "$query" 'Last-Event-ID: 1')" '501 502'
        assert_equal "$(by_method POST "$query") $(by_method GET "$query")" '503 504'
    done
    assert_equal "$(by_method GET case=status-500) $(by_method POST 'case=status-500&POST.status=503')" '500 503'
}

@test "raw pieces for a method take the place of all others" {
    request 'POST /stream?raw=a&POST.raw=x&raw=b&POST.raw=y&framing=close HTTP/1.1' 'Host: x' | pipe_request | body_of >sent
    assert_equal "$(<sent)" xy
    assert_equal "$(sent 'raw=a&POST.raw=x&raw=b&POST.raw=y')" ab
}

@test "two values for one method are refused, whatever the method of the request; a conflict counts only for its method" {
    local method
    for method in GET POST; do
        assert_equal "$(by_method "$method" 'count=0&GET.status=503&GET.status=500')" 400
        assert_equal "$(by_method "$method" 'count=0&POST.1-3.status=503&POST.3.status=500')" 400
        assert_equal "$(by_method "$method" 'count=0&POST.1-3.status=503&GET.3.status=500&POST.status=501&status=200')" "$([ "$method" = GET ] && echo 200 || echo 503)"
    done
    assert_equal "$(by_method POST 'count=0&GET.raw=x') $(by_method GET 'count=0&GET.raw=x')" '200 400'
}

@test "a preflight is answered like the request that it announces" {
    local query='PUT.preflight=deny&GET.cors=http://a.example'
    request "OPTIONS /stream?$query HTTP/1.1" 'Host: x' 'Connection: close' 'Access-Control-Request-Method: PUT' | pipe_request >answer
    assert_equal "$(status_of <answer)" 403
    request "OPTIONS /stream?$query HTTP/1.1" 'Host: x' 'Connection: close' 'Access-Control-Request-Method: GET' | pipe_request >answer
    assert_equal "$(status_of <answer)" 204
    assert_file_has answer -x $'Access-Control-Allow-Origin: http://a.example\r'
}

@test "a name that is too long to be kept is unknown, whatever it begins with" {
    local zeros
    zeros=$(printf '0%.0s' {1..53})
    get "/stream?count=0&lastEventId=1&$zeros"'002.status=503' | pipe_request | status_of >code
    assert_equal "$(cat code)" 503
    get "/stream?count=0&lastEventId=1&$zeros"'0002.statusx=503' | refuses 400 'is unknown'
}
