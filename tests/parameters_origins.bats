#!/usr/bin/env bats
# Whom a stream lets read it, as its parameters have it: other origins and their preflights, and clients that carry what it requires.
load helper
load head

@test "other origins are told what was asked for: all, the one that asks, none, or a given one" {
    ask 'count=0' 'Origin: http://a.example'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: *'
    ask 'count=0&cors=*' 'Origin: http://a.example'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: *'
    ask 'count=0&cors=echo' 'Origin: http://a.example:81'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: http://a.example:81|Vary: Origin'
    ask 'count=0&cors=echo' 'origin: null'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: null|Vary: Origin'
    ask 'count=0&cors=echo'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: *|Vary: Origin'
    ask 'count=0&cors=none' 'Origin: http://a.example'
    assert_empty "$(cors)"
    ask 'count=0&cors=http://b.example' 'Origin: http://a.example'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: http://b.example'
}

@test "credentials are allowed where that is asked for, with any origin but none" {
    ask 'count=0&credentials=true&cors=echo' 'Origin: http://a.example'
    assert_equal "$(cors)" 'Credentials: true|Headers: *|Methods: GET|Origin: http://a.example|Vary: Origin'
    ask 'count=0&credentials=true&cors=http%3a%2f%2fb.example'
    assert_equal "$(cors)" 'Credentials: true|Headers: *|Methods: GET|Origin: http://b.example'
    ask 'count=0&credentials=true'
    assert_equal "$(cors)" 'Credentials: true|Headers: *|Methods: GET|Origin: *'
    ask 'count=0&credentials=false'
    assert_equal "$(cors)" 'Headers: *|Methods: GET|Origin: *'
    ask 'count=0&credentials=true&cors=none'
    assert_empty "$(cors)"
    get '/stream?credentials=yes' | refuses 400 'parameter "credentials" takes true or false'
}

# exposed QUERY NAMES [FIELD...]: the response to another origin lists these names, and the same request without an Origin lists none.
exposed() {
    ask "$1" 'Origin: http://a.example' "${@:3}"
    assert_equal "$(field Access-Control-Expose-Headers)" "$2"
    head_of answer | sed '/^Access-Control-Expose-Headers: /d; s/^\(Date\|X-Seed\): .*/\1/' >other
    ask "$1" "${@:3}"
    assert_equal "$(field Access-Control-Expose-Headers)" ''
    [[ $1 = *cors=echo* ]] || diff other <(head_of answer | sed 's/^\(Date\|X-Seed\): .*/\1/')
}

@test "another origin may read X-Seed, X-Expected-Events and the caller's own fields" {
    exposed 'status=204' ''
    exposed 'count=0' X-Expected-Events
    exposed 'count=0&credentials=true' X-Expected-Events
    exposed 'raw=x&jitter=0.1' X-Seed
    exposed 'raw=x&jitter=0.1&seed=7' ''
    exposed 'raw=x&split=random' X-Seed
    exposed 'count=1&interval=0&jitter=1&header=X-A:1&header=x%2Db:2' 'X-Seed, X-A, x-b, X-Expected-Events'
    exposed 'raw=x&header=X-A:1&2.header=X-B:2' X-A
    exposed 'raw=x&header=X-A:1&2.header=X-B:2' X-B 'Last-Event-ID: 1'
    exposed 'raw=x&header=Set-Cookie:a%3Db;Max-Age%3D1' ''
    exposed 'raw=x&header=set-cookie:a%3Db;Max-Age%3D1&header=X-A:1&header=X-A:2' 'X-A, X-A'
    exposed 'raw=x&header=X-A:1&cors=echo&credentials=true&echo=1' X-A
    exposed 'raw=x&header=X-A:1&cors=http://b.example' X-A
    exposed 'raw=x&header=X-A:1&cors=none' ''
    exposed 'count=0&cors=none' ''
    exposed 'require=bearer:x&header=X-A:1' ''
    exposed 'status=503&count=0&header=Retry-After:1' 'Retry-After, X-Expected-Events'
}

@test "the longest names are exposed whole" {
    local i name query='count=0&cors=echo' form='header=last:1' names=''
    name=$(printf 'n%.0s' {1..4000})
    for ((i = 0; i < 22; i++)); do
        ((i < 7)) && query+="&header=$name$i:" || form+="&header=$name$i:"
        names+="$name$i, "
        ((i == 6)) && names+='last, '
    done
    { request "POST /stream?$query HTTP/1.1" 'Host: x' 'Content-Type: application/x-www-form-urlencoded' "Content-Length: ${#form}" \
        'Connection: close' "Origin: $(printf 'o%.0s' {1..30000})" && printf '%s' "$form"; } | pipe_request >answer
    assert_equal "$(body_of <answer | sed -n 2p)" $'id: hello'
    [ "$(field Access-Control-Expose-Headers)" = "${names}X-Expected-Events" ] || { head_of answer | cut -c 1-200 && return 1; }
    assert_equal "$(field Access-Control-Allow-Origin | wc -c)" 30001
}

@test "a stream with nothing to expose has no Access-Control-Expose-Headers, and nor has a preflight" {
    request 'HEAD /stream HTTP/1.1' 'Host: x' 'Origin: http://a.example' 'Connection: close' | pipe_request >answer
    assert_equal "$(statuses <answer)" 200
    assert_equal "$(field Access-Control-Expose-Headers)" ''
    preflight 'count=0&header=X-A:1'
    assert_equal "$(field Access-Control-Expose-Headers)" ''
}

@test "a preflight is allowed, with all that it asks for named, unless it is to be denied" {
    preflight 'count=0'
    assert_equal "$(statuses <answer)" 204
    preflight 'cors=echo&credentials=true' 'Access-Control-Request-Headers: x-a, last-event-id' 'Access-Control-Request-Method: GET'
    assert_equal "$(statuses <answer)" 204
    assert_equal "$(cors)" 'Credentials: true|Headers: x-a, last-event-id|Methods: GET, HEAD, POST, DELETE|Origin: http://a.example|Vary: Origin'
    preflight 'cors=http://b.example&preflight=allow'
    assert_equal "$(cors)" 'Headers: *|Methods: GET, HEAD, POST, DELETE|Origin: http://b.example'
    preflight 'cors=none'
    assert_equal "$(statuses <answer)" 204
    assert_empty "$(cors)"
    preflight 'preflight=deny&cors=*'
    assert_equal "$("$TOOLS/read_answers" <answer)" 403
    assert_empty "$(cors)"
    answered 200 'preflight=deny&count=0'
    preflight "cors=*" "Access-Control-Request-Headers: $(printf 'x%.0s' {1..60000})"
    assert_equal "$("$TOOLS/read_answers" <answer)" 204
    assert_equal "$(field Access-Control-Allow-Headers | wc -c)" 60001
}

@test "a preflight is not held up by what the request itself will be told" {
    preflight 'require=bearer:T&status=503&delay=9'
    assert_equal "$(statuses <answer)" 204
    preflight 'nonsense=1&preflight=deny'
    assert_equal "$(statuses <answer)" 204
    assert_contains "$(cors)" 'Origin: *'
}

@test "what a stream requires is asked for with 401 and a challenge, and then it is served" {
    answered 401 'count=0&require=bearer:s3cret'
    is WWW-Authenticate Bearer
    answered 401 'count=0&require=%62earer%3As3cret' 'Authorization: Bearer other'
    is WWW-Authenticate Bearer
    answered 200 'count=0&require=bearer:s3cret' 'authorization: bearer  s3cret '
    answered 401 'count=0&require=basic:me:pass:word' 'Authorization: Bearer bWU6cGFzczp3b3Jk'
    is WWW-Authenticate 'Basic realm="sse-server"'
    answered 200 'count=0&require=basic:me:pass:word' 'Authorization: Basic bWU6cGFzczp3b3Jk'
    answered 401 'count=0&require=basic:me:' 'Authorization: Basic bWU='
    answered 200 'count=0&require=basic:me:' 'Authorization: Basic bWU6'
    answered 401 'count=0&require=cookie:a=b%3Dc' 'Cookie: a=b'
    is WWW-Authenticate ''
    answered 200 'count=0&require=cookie:a=b%3Dc' 'Cookie: x=y; a=b=c'
    answered 200 'count=0&require=cookie:a=' 'Cookie: a='
    for require in '' bearer bearer: basic:me cookie:a digest:x Bearer:x 'bearer:%0a' ':' header header: header:=x 'header:a%20b' 'header:a:b' 'header:a=%0d' Header:a; do
        get "/stream?require=$require" | refuses 400 'parameter "require" takes bearer:TOKEN, basic:USER:PASSWORD, cookie:NAME=VALUE, header:NAME or header:NAME=VALUE'
    done
}

@test "a field that a stream requires is asked for with 401, which names it and shows no value" {
    answered 401 'count=0&require=header:X-API-Key%3Ds3cret'
    is WWW-Authenticate 'Header name="X-API-Key"'
    answered 401 'count=0&require=header:X-API-Key%3Ds3cret' 'X-API-Key: s3crets' 'X-API-Key2: s3cret'
    refute_file_has answer s3cret
    answered 401 'count=0&require=header:x-api-key%3Ds3cret' 'X-API-Key: S3cret'
    answered 200 'count=0&require=header:x-api-key%3Ds3cret' 'X-API-Key: other' 'X-API-KEY:  s3cret '
    answered 401 'count=0&require=header:X-A%3D' 'X-A: b'
    answered 200 'count=0&require=header:X-A%3D' 'X-A: '
    answered 200 'count=0&require=header:X-A%3Da%3Db+c' 'X-A: a=b c'
    answered 401 'count=0&require=header:X-A'
    is WWW-Authenticate 'Header name="X-A"'
    answered 200 'count=0&require=header:X-A' 'x-a:'
    answered 401 'count=0&1.require=header:X-A' 'X-B: 1'
    answered 200 'count=0&1.require=header:X-A' 'Last-Event-ID: 1'
}

@test "a request with a forbidden field gets 400 that names the field and shows no value; others get the stream" {
    local name
    answered 200 'count=0&forbid=Authorization'
    answered 200 'count=0&forbid=Authorization' 'Authorizations: x'
    get '/stream?count=0&forbid=Authorization' 'authorization: Bearer s3cret' |
        refuses 400 'the request has the field "Authorization", which parameter "forbid" forbids'
    refute_file_has <(cat answer log) s3cret
    get '/stream?count=0&forbid=cookie' 'Cookie: a=s3cret' | refuses 400 'the request has the field "cookie"'
    refute_file_has <(cat answer log) s3cret
    get '/stream?count=0&forbid=X-A&require=bearer:x' 'X-A: 1' | refuses 400 'the request has the field "X-A"'
    answered 401 'count=0&forbid=X-A&require=bearer:x'
    answered 200 'count=0&1.forbid=X-A' 'X-A: 1' 'Last-Event-ID: 1'
    for name in '' 'a+b' a: 'a%0d' a%00 a%3Db; do
        get "/stream?count=0&forbid=$name" | refuses 400 'parameter "forbid" takes the name of a header field'
    done
    assert_equal "$(request 'HEAD /stream?forbid=X-A HTTP/1.1' 'Host: x' 'X-A: 1' 'Connection: close' | pipe_request | status_of)" 400
}

@test "/log shows that a request with a forbidden field was refused" {
    start_server
    curl -sS -m 5 -o refused -H 'X-A: s3cret' "$URL/stream?key=a&count=0&forbid=X-A"
    curl -sS -m 5 -o served "$URL/stream?key=a&count=0&forbid=X-A"
    curl -sS -m 5 "$URL/log?key=a" >log.json
    assert_equal "$(jq -c 'map([.attempt, .status])' log.json)" '[[1,400],[2,200]]'
    refute_file_has <(cat log.json server.log refused) s3cret
}

@test "a 401 tells other origins, and counts the attempt, as the stream itself would" {
    answered 401 'require=cookie:a=b&cors=echo&credentials=true' 'Origin: http://a.example'
    assert_equal "$(cors)" 'Credentials: true|Headers: *|Methods: GET|Origin: http://a.example|Vary: Origin'
    answered 401 'require=cookie:a=b&cors=none'
    assert_empty "$(cors)"
    answered 401 '1.require=bearer:x&by=cookie&count=0'
    answered 200 '1.require=bearer:x&by=cookie&count=0' "Cookie: $(field Set-Cookie | cut -d ';' -f 1)"
}

@test "where the server has a token, that one comes first, and what the stream requires second" {
    local -x AUTH_TOKEN=secret
    answered 401 'count=0&require=bearer:other'
    is WWW-Authenticate Bearer
    answered 401 'count=0&require=basic:a:b' 'Authorization: Basic YTpi'
    is WWW-Authenticate Bearer
    answered 401 'count=0&require=basic:a:b' 'Authorization: Bearer secret'
    is WWW-Authenticate 'Basic realm="sse-server"'
    answered 401 'count=0&require=bearer:other' 'Authorization: Bearer secret'
    answered 200 'count=0&require=bearer:secret' 'Authorization: Bearer secret'
    answered 200 'count=0&require=cookie:a=b' 'Authorization: Bearer secret' 'Cookie: a=b'
}
