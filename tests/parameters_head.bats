#!/usr/bin/env bats
# The head of a stream, as its parameters have it: status, reason, type, fields of the caller's, redirects.
load helper
load head

@test "every status from 200 to 599 is answered with just that status, and then the next request" {
    local status
    for status in {200..599}; do
        get "/stream?count=0&status=$status"
    done >requests
    get /missing 'Connection: close' >>requests
    timeout 20 "$SSE_SERVER" -i <requests >answer 2>log
    assert_equal "$(statuses <answer)" "$(echo {200..599} 404)"
    assert_equal "$(grep -ac '^data: Hello' answer)" 397
    for status in 199 600 0 99 100 1000 20 2e2 -200 +200 200.0 OK ''; do
        get "/stream?count=0&status=$status" | refuses 400 'parameter "status" takes a number, 200 to 599'
    done
}

@test "a status without a body has none, whatever else was asked for, and the next answer follows" {
    local code
    for code in 204 205 304; do
        { get "/stream?status=$code&raw=x" && get "/stream?status=$code&framing=length&count=1&type=" &&
            get "/stream?status=$code&raw=x&loop=forever&encoding=gzip" && get '/stream?count=0' 'Connection: close'; } >requests
        timeout 5 "$SSE_SERVER" -i <requests >answer 2>log
        assert_equal "$("$TOOLS/read_answers" <answer)" "$code $code $code 200"
        assert_equal "$(grep -ac '^Content-Length: 0' answer)" $((code == 205 ? 3 : 0))
    done
}

@test "a client waits for no body behind a status without one" {
    local code
    start_server
    for code in 204 205 304; do
        assert_equal "$(curl -sS -m 5 -w '%{http_code} ' "$URL/stream?status=$code" "$URL/stream?raw=x")" "$code x200 "
    done
}

@test "HEAD gets the head that GET gets, with any status, and no body" {
    local query
    export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 # else the hello has a process number, which may have a digit more the next time
    for query in 'count=0' 'status=503&count=0' 'status=204' 'status=205' 'status=302&location=/stream' 'type=&raw=x' 'count=2&framing=length&interval=1ms' \
        'reason=Odd&cors=none&header=A:b&count=0'; do
        get "/stream?$query" 'Connection: close' | timeout 5 "$SSE_SERVER" -i 2>log | masked | sed '/^\r$/q' >wanted
        request "HEAD /stream?$query HTTP/1.1" 'Host: x' 'Connection: close' | timeout 5 "$SSE_SERVER" -i 2>log | masked >got
        diff -u wanted got
    done
}

@test "a reason is sent as it is: none, spaces, a tab, or bytes that are no ASCII" {
    local reason
    starts $'HTTP/1.1 200 Computer says no!\r' 'count=0&reason=Computer+says+no%21'
    starts $'HTTP/1.1 418 I\'m a teapot\r' 'count=0&status=418&reason=I%27m+a+teapot'
    starts $'HTTP/1.1 404 \r' 'count=0&status=404&reason='
    starts $'HTTP/1.1 404 \r' 'count=0&status=404&reason'
    starts $'HTTP/1.1 299 \r' 'count=0&status=299'
    starts $'HTTP/1.1 200   a\tb  \r' 'count=0&reason=++a%09b++'
    starts $'HTTP/1.1 200 \xe2\x98\x83\xff\x80\r' 'count=0&reason=%e2%98%83%ff%80'
    reason=$(printf 'x%.0s' {1..4096})
    starts "HTTP/1.1 200 $reason"$'\r' "count=0&reason=$reason"
    get "/stream?reason=x$reason" | refuses 400 'parameter "reason" takes '
}

@test "a type is sent as it is, and an empty one is none" {
    ask 'count=0'
    is Content-Type text/event-stream
    ask 'count=0&type=text/event-stream;charset=utf-16'
    is Content-Type 'text/event-stream;charset=utf-16'
    ask 'count=0&type=TEXT/Event-Stream+;+x%3D%22%ff%22'
    is Content-Type $'TEXT/Event-Stream ; x="\xff"'
    ask 'count=0&type=no+type'
    is Content-Type 'no type'
    ask 'count=0&type='
    is Content-Type ''
    ask 'count=0&type'
    is Content-Type ''
    ask 'count=0&type=&header=content-type:a/b&header=Content-Type:c/d'
    is Content-Type c/d
    is content-type a/b
}

@test "fields of the caller's are sent in their order, as they are, and as often as they are given" {
    ask 'count=0&header=X-A:1&header=X-B:+two+words&header=X-A:1&header=x-c:&header=Set-Cookie:a%3Db;Max-Age%3D9&header=X-D:%ff%09%26:'
    assert_equal "$(head_of answer | grep -iE '^(X-[A-D]|Set-Cookie):' | paste -sd '|')" $'X-A:1|X-B: two words|X-A:1|x-c:|Set-Cookie:a=b;Max-Age=9|X-D:\xff\t&:'
    ask 'count=0&header=Cache-Control:max-age%3D60&header=Retry-After:1'
    is Cache-Control 'no-cache|max-age=60'
    is Retry-After 1
}

@test "a field that frames the answer, or keeps a page harmless, cannot be given, however it is spelt" {
    local name
    for name in Content-Length Transfer-Encoding Connection Keep-Alive Trailer Upgrade Content-Encoding TE Date X-Content-Type-Options \
        Location Refresh Content-Security-Policy content-length CONNECTION tRANSFER-eNCODING Content%2DLength %54E; do
        get "/stream?count=0&header=$name:1" | refuses 400 'parameter "header" cannot set '
        get "/stream?count=0&header=X-A:1&3-.header=$name:" | refuses 400 'parameter "header" cannot set '
    done
    for name in '' : :x X 'X+:y' '+X:y' 'X%20Y:z' 'X%09:y' 'X%00:y' 'X%ff:y' 'X(:y' 'X%0d%0aY:z' 'X:y%0d%0aY:z' 'X:y%0aZ' 'X:%00' 'X:%7f' 'X:%1b'; do
        get "/stream?count=0&header=$name" | refuses 400 'parameter "header" takes Name:value'
    done
}

@test "header refuses fields that command a proxy or that a browser remembers" {
    local name
    for name in X-Accel-Redirect x-accel-buffering X-Accel- X-Sendfile X-Sendfile2 X-SENDFILE-TEMPORARY X-LIGHTTPD-send-file x-lighttpd-kbytes-per-second \
        X-Reproxy-URL Surrogate-Control Edge-Control \
        Strict-Transport-Security Alt-Svc NEL Report-To Reporting-Endpoints Clear-Site-Data \
        Accept-CH Accept-CH-Lifetime Critical-CH Use-As-Dictionary Service-Worker-Allowed Set-Cookie2 Origin-Agent-Cluster Set-Login Expect-CT \
        Public-Key-Pins Public-Key-Pins-Report-Only Sec-Session-Registration Secure-Session-Registration Attribution-Reporting-Register-Source \
        Shared-Storage-Write Observe-Browsing-Topics Onion-Location; do
        get "/stream?count=0&header=$name:1" |
            refuses 400 "parameter \"header\" cannot set \"$name\": "
    done
    for name in X-Accel X-Send X-LIGHTTPD Accept Accept-C Report Session Set-Cook Speculation-Rules Permissions-Policy ETag X-A-X-Accel-B; do
        answered 200 "count=0&header=$name:1"
        is "$name" 1
    done
}

@test "header= names the field that it cannot set, and what to use instead" {
    get '/stream?count=0&header=cOntent-Length:4' | refuses 400 'parameter "header" cannot set "cOntent-Length": use framing=length'
    get '/stream?count=0&header=Transfer-Encoding:x' | refuses 400 'cannot set "Transfer-Encoding": use framing'
    get '/stream?count=0&header=Content-Encoding:x' | refuses 400 'cannot set "Content-Encoding": use encoding=gzip'
    get '/stream?count=0&header=Location:x' | refuses 400 'cannot set "Location": use location'
    get '/stream?count=0&header=Date:x' | refuses 400 'cannot set "Date": only the server sets it'
    get '/stream?count=0&header=X-Accel-Redirect:x' | refuses 400 'cannot set "X-Accel-Redirect": it commands a proxy'
    get '/stream?count=0&header=X-A' | refuses 400 'parameter "header" takes Name:value; the value has no colon'
    get '/stream?count=0&header=X+A:b' | refuses 400 'parameter "header" takes Name:value; "X A" is not the name of a field'
    get '/stream?count=0&header=:b' | refuses 400 'parameter "header" takes Name:value; "" is not the name of a field'
}

@test "header=Set-Cookie needs a Max-Age of an hour or less, or a past Expires, and no Domain" {
    local cookie wanted='; Set-Cookie needs a Max-Age of at most 3600 or an Expires before 2020, and no Domain'
    for cookie in 'a%3Db;Max-Age%3D3600' 'a%3D;+max-age+%3D+0+;+Path%3D/;+Secure' 'a%3Db;Max-Age%3D-1;HttpOnly' \
        'a%3Db;Expires%3DSun,+01+Jul+2001+00:00:00+GMT' 'a%3Db;Max-Age%3D60;Expires%3DFri,+01+Jan+2100+00:00:00+GMT'; do
        answered 200 "count=0&header=Set-Cookie:$cookie"
        assert_not_empty "$(field Set-Cookie)"
        answered 200 "count=0&header=sET%2Dcookie:$cookie"
    done
    for cookie in '' 'a%3Db' 'a%3Db;Path%3D/' 'a%3Db;Max-Age%3D3601' 'a%3Db;Max-Age' 'a%3Db;Max-Age%3Dx' 'Max-Age%3D1' \
        'a%3Db;Max-Age%3D1;Domain%3Db.example' 'a%3Db;%09dOMAIN+;Max-Age%3D1' 'a%3Db;Max-Age%3D1;Max-Age%3D9999' \
        'a%3Db;Expires%3DWed,+01+Jan+2020+00:00:00+GMT' 'a%3Db;Expires%3Dyesterday'; do
        get "/stream?count=0&header=Set-Cookie:$cookie" | refuses 400 "$wanted"
        get "/stream?count=0&2.header=%53et-cookie:$cookie" | refuses 400 "$wanted"
    done
    get "/stream?count=0&header=Set-Cookies:" | pipe_request >answer
    is Set-Cookies ''
    get '/stream?count=0&header=X:%00' | pipe_request | refute_file_has - Set-Cookie
}

@test "a head of a hundred kilobytes is sent whole" {
    local i value query='' form=''
    value=$(printf 'v%.0s' {1..4000})
    for ((i = 0; i < 7; i++)); do
        query+="&header=Q$i:$value"
    done
    for ((i = 0; i < 15; i++)); do
        form+="&header=F$i:$value"
    done
    { request "POST /stream?count=0$query HTTP/1.1" 'Host: x' 'Content-Type: application/x-www-form-urlencoded' "Content-Length: ${#form}" &&
        printf '%s' "$form" && get /missing 'Connection: close'; } >requests
    timeout 10 "$SSE_SERVER" -i <requests >answer 2>log
    assert_equal "$(head_of answer | grep -cxE "[QF][0-9]+:$value")" 22
    is Transfer-Encoding chunked
    assert_equal "$(statuses <answer)" '200 404'
}

@test "a redirect has the location that was given, an empty one too, and goes with 200, 201, 202 and 3xx alone" {
    local status query
    for status in 300 301 302 303 307 308 399; do
        answered "$status" "status=$status&location=/stream?count%3D0%26x%3Dy%2B+z"
        is Location '/stream?count=0&x=y+ z'
    done
    for query in 'status=302&location=' 'location&status=302'; do
        answered 302 "$query"
        assert_equal "$(head_of answer | grep -c '^Location: $')" 1
    done
    answered 302 'status=302'
    is Location ''
    answered 301 'location=//other.example/%ff&status=301'
    is Location $'//other.example/\xff'
    for status in 203 204 299 400 503; do
        get "/stream?status=$status&location=/" |
            refuses 400 'parameter "location" cannot be combined with "status": Location is sent only with a status of 200, 201, 202 or 3xx'
    done
    for status in 200 201 202; do
        answered "$status" "status=$status&location=/made/1&count=0"
        is Location /made/1
        assert_file_has answer '^id: hello'
    done
    get '/stream?location=/' | refuses 400 'parameter "location" needs "status"'
    start_server
    run -0 curl -sSL -m 5 "$URL/stream?status=307&location=/stream%3Fraw%3Dthere"
    assert_equal "$output" there
}
