#!/usr/bin/env bats
# The token: where it comes from, what it guards, and that it fails closed.
load helper

SECRET='s3cret-With+Signs=='

# code [CURL OPTION...] PATH: the status that the server at $URL answers with.
code() {
    curl -sS -o /dev/null -w '%{http_code}' "${@:1:$#-1}" "$URL${*: -1}"
}

# with_token TOKEN: the status of /status for a client that has this token.
with_token() {
    code -H "Authorization: Bearer $1" /status
}

# authorized VALUE: over pipes, the status for this Authorization field.
authorized() {
    get '/stream?count=0' "Authorization: $1" | AUTH_TOKEN=$SECRET pipe_request | status_of
}

@test "a request with the token is served, on every path and again on the same connection" {
    { get '/stream?count=0' "Authorization: Bearer $SECRET" && get /nothing "authorization: bearer $SECRET" &&
        get '/stream?count=0' "Authorization:  Bearer  $SECRET " && get '/stream?count=0'; } >question
    AUTH_TOKEN=$SECRET pipe_request <question >answer
    assert_equal "$(statuses <answer)" '200 404 200 401'
}

@test "a request without the token gets 401 with the CORS fields and no body" {
    get /stream | AUTH_TOKEN=$SECRET pipe_request -f status >answer
    answer_is answer <<'EXPECTED'
HTTP/1.1 401 Unauthorized\r
Access-Control-Allow-Headers: *\r
Access-Control-Allow-Methods: GET\r
Access-Control-Allow-Origin: *\r
WWW-Authenticate: Bearer\r
Date: DATE\r
Content-Length: 0\r
\r
EXPECTED
}

@test "the token guards every path and method, and what there is cannot be told without it" {
    local line
    for line in 'GET /stream' 'GET /status' 'GET /' 'GET /nothing' 'GET /%zz' 'POST /stream' 'DELETE /stream' 'PUT /nothing' \
        'HEAD /status' 'GET /stream?count=abc' 'GET http://x/status'; do
        request "$line HTTP/1.1" 'Host: x' | AUTH_TOKEN=$SECRET pipe_request -f status >answer
        masked <answer >"answer.${line//\//_}"
        cmp 'answer.GET _stream' "answer.${line//\//_}" || { echo "for $line" && return 1; }
        assert_equal "$(status_of <answer)" 401
    done
}

@test "a wrong, short, long or differently sent token is refused" {
    local value
    assert_equal "$(authorized "Bearer $SECRET")" 200
    for value in '' Bearer 'Bearer ' "Bearer ${SECRET%?}" "Bearer ${SECRET}x" "Bearer $SECRET$SECRET" "Bearer x${SECRET#?}" \
        "Bearer ${SECRET%?}x" "Bearer ${SECRET,,}" "Digest $SECRET" "$SECRET" "Bearer$SECRET" "Bearer $SECRET, Bearer $SECRET" \
        "Bearer $SECRET $SECRET" "Bearer $(printf '%*s' 9000 '' | tr ' ' s)"; do
        [ "$(authorized "$value")" = 401 ] || { echo "for Authorization: $value" && return 1; }
    done
    get "/stream?count=0&token=$SECRET" | AUTH_TOKEN=$SECRET pipe_request | status_of >code
    assert_equal "$(cat code)" 401
}

@test "the token is also accepted as an API key, in the fields that Anthropic and Google use" {
    local field
    for field in X-Api-Key x-goog-api-key; do
        { get '/stream?count=0' "$field: $SECRET" && get /nothing "$field:$SECRET " "Authorization: Bearer other" &&
            get /status "$field: ${SECRET}x" && get /status "$field: ${SECRET%?}" && get /status "$field:" &&
            get /status "$field: Bearer $SECRET" && get /status "$field: x" "$field: $SECRET" &&
            get "/status?key=$SECRET" "Api-Key: $SECRET"; } | AUTH_TOKEN=$SECRET pipe_request >answer
        assert_equal "$(statuses <answer)" '200 404 401 401 401 401 401 401'
    done
    get '/stream?count=0' "X-Api-Key: " | AUTH_TOKEN_FILE=missing refuses 503 'cannot read its token'
}

@test "a stream that requires another token gets it in Authorization, and the server's as an API key" {
    { get '/stream?count=0&require=bearer:T' "X-Api-Key: $SECRET" 'Authorization: Bearer T' &&
        get '/stream?count=0&require=bearer:T' "Authorization: Bearer $SECRET" 'Connection: close'; } |
        AUTH_TOKEN=$SECRET pipe_request >answer
    assert_equal "$(statuses <answer)" '200 401'
    refute_file_has answer "$SECRET"
}

@test "a preflight passes without the token" {
    local target
    for target in /stream /status /nothing '*'; do
        request "OPTIONS $target HTTP/1.1" 'Host: x' | AUTH_TOKEN=$SECRET pipe_request -f status >answer
        assert_equal "$(status_of <answer)" 204
        assert_file_has answer -x $'Access-Control-Allow-Headers: .*Authorization.*\r'
    done
}

@test "AUTH_TOKEN_FILE comes before AUTH_TOKEN, and white space around its content means nothing" {
    printf ' \r\n\t%s\v\f\r\n\n' "$SECRET" >token
    { get '/stream?count=0' "Authorization: Bearer $SECRET" && get '/stream?count=0' 'Authorization: Bearer other'; } >question
    AUTH_TOKEN=other AUTH_TOKEN_FILE=token pipe_request <question >answer
    assert_equal "$(statuses <answer)" '200 401'
}

@test "white space around AUTH_TOKEN means nothing" {
    { get '/stream?count=0' "Authorization: Bearer $SECRET" && get '/stream?count=0' 'Authorization: Bearer other'; } >question
    AUTH_TOKEN=$' \t'$SECRET$'\r\n' pipe_request <question >answer
    assert_equal "$(statuses <answer)" '200 401'
}

@test "a token that no request can carry lets nobody in, and keeps the listener from starting" {
    local token what='it is empty, or not one line of text; set AUTH_TOKEN_FILE to a readable file with the token, or set AUTH_TOKEN'
    for token in ' ' $'\n' "$SECRET"$'\nsecond' "$SECRET"$'\1' "$SECRET"$'\177'; do
        get /stream "Authorization: Bearer $SECRET" | AUTH_TOKEN=$token refuses 503 'cannot read its token'
        assert_file_has log -x "Cannot read a token from AUTH_TOKEN: $what"
        AUTH_TOKEN=$token run -100 "$SSE_SERVER" -l 127.0.0.1:0 -e 1
        assert_equal "$output" "Cannot read a token from AUTH_TOKEN: $what"
        printf '%s' "$token" >token
        AUTH_TOKEN_FILE=token run -100 "$SSE_SERVER" -l 127.0.0.1:0 -e 1
        assert_equal "$output" "Cannot read a token from token: $what"
    done
}

@test "AUTH_TOKEN serves when the file is missing, is a directory, is empty, is too long or has two lines" {
    local file
    printf 'one\ntwo\n' >lines
    : >empty
    printf ' \n\n' >blank
    head -c 5000 /dev/zero | tr '\0' a >long
    for file in missing . empty blank long lines; do
        { get '/stream?count=0' "Authorization: Bearer $SECRET" && get '/stream?count=0'; } |
            AUTH_TOKEN=$SECRET AUTH_TOKEN_FILE=$file pipe_request >answer
        [ "$(statuses <answer)" = '200 401' ] || { echo "for $file" && return 1; }
    done
}

@test "a credential named token is the token's file, and guards everything if it is not plain that there is none" {
    mkdir credentials
    { get '/stream?count=0' "Authorization: Bearer $SECRET" && get '/stream?count=0'; } >question
    CREDENTIALS_DIRECTORY=credentials pipe_request <question >answer
    assert_equal "$(statuses <answer)" '200 200'
    echo "$SECRET" >credentials/token
    CREDENTIALS_DIRECTORY=credentials pipe_request <question >answer
    assert_equal "$(statuses <answer)" '200 401'
    CREDENTIALS_DIRECTORY=credentials/token pipe_request <question >answer # no directory at all
    assert_equal "$(statuses <answer)" '503 503'
}

@test "a listener with credentials of which none is named token says once that it needs no token" {
    local line='CREDENTIALS_DIRECTORY has no file named token, so clients need no token; to require one, name the credential token'
    mkdir credentials
    echo "$SECRET" >credentials/sse-token
    CREDENTIALS_DIRECTORY=credentials start_server
    assert_equal "$(code /status) $(code /status)" '200 200'
    assert_equal "$(grep -cxF "$line" server.log)" 1
    AUTH_TOKEN=$SECRET CREDENTIALS_DIRECTORY=credentials start_server
    assert_equal "$(with_token "$SECRET")" 200
    refute_file_has server.log CREDENTIALS_DIRECTORY
    get '/stream?count=0' | CREDENTIALS_DIRECTORY=credentials pipe_request >answer # a process for each connection would repeat it
    refute_file_has log CREDENTIALS_DIRECTORY
}

@test "variables that are set to nothing are as those that are not set" {
    get '/stream?count=0' | AUTH_TOKEN='' AUTH_TOKEN_FILE='' pipe_request >answer
    assert_equal "$(status_of <answer)" 200
}

@test "without a token that can be read nobody is served, and the log says why" {
    local target
    for target in /stream /status /nothing; do
        get "$target" 'Authorization: Bearer ' | AUTH_TOKEN_FILE=missing pipe_request >answer
        is_refusal answer 503 'cannot read its token'
        assert_file_has log -x 'Cannot read a token from missing: No such file or directory; set AUTH_TOKEN_FILE to a readable file with the token, or set AUTH_TOKEN'
    done
    : >empty
    get /stream | AUTH_TOKEN_FILE=empty refuses 503 'cannot read its token'
    assert_file_has log -x 'Cannot read a token from empty: it is empty, or not one line of text; set AUTH_TOKEN_FILE to a readable file with the token, or set AUTH_TOKEN'
    printf '%5000s' x | tr ' ' s >long
    get /stream | AUTH_TOKEN_FILE=long refuses 503 'cannot read its token'
    assert_file_has log -x 'Cannot read a token from long: it is longer than 4096 bytes; .*'
    refute_file_has log sss
    mkdir -p credentials/token
    get /stream | CREDENTIALS_DIRECTORY=credentials refuses 503 'cannot read its token'
    assert_file_has log -x 'Cannot read a token from credentials/token: [A-Z].*; set AUTH_TOKEN_FILE to .*'
    get /stream | AUTH_TOKEN_FILE=$(printf '%3000s' x | tr ' ' y)$'\n' refuses 503 'cannot read its token'
    assert_file_has log -x 'Cannot read a token from y*\.\.\.: File.*; set AUTH_TOKEN_FILE to .*, or set AUTH_TOKEN'
}

@test "the listener refuses to start without a token that can be read" {
    AUTH_TOKEN_FILE=missing run -100 "$SSE_SERVER" -l 127.0.0.1:0
    assert_equal "${#lines[@]}" 1
    assert_starts_with "$output" 'Cannot read a token from missing: No such file or directory; set AUTH_TOKEN_FILE to '
}

@test "the token in the file can be changed while the server runs" {
    printf 'first\n' >token
    AUTH_TOKEN_FILE=token start_server
    assert_equal "$(with_token first)" 200
    printf 'second\n' >token
    assert_equal "$(with_token first)" 401
    assert_equal "$(with_token second)" 200
    printf 'third' >new && mv new token
    assert_equal "$(with_token second)" 401
    assert_equal "$(with_token third)" 200
}

@test "when the file goes while the server runs nobody is served, or AUTH_TOKEN serves" {
    printf 'first\n' >token
    AUTH_TOKEN_FILE=token start_server
    rm token
    assert_equal "$(with_token first)" 503
    assert_equal "$(code -X OPTIONS /stream)" 204
    until_true grep -q '^Cannot read a token from token: No such file or directory; ' server.log
    printf 'again\n' >token
    assert_equal "$(with_token again)" 200
    AUTH_TOKEN=other AUTH_TOKEN_FILE=token start_server
    assert_equal "$(with_token other)" 401
    rm token
    assert_equal "$(with_token other)" 200
}

@test "a running stream and curl's own way to send a token go together" {
    AUTH_TOKEN=$SECRET start_server
    curl -sS --oauth2-bearer "$SECRET" "$URL/stream?count=0" >stream
    assert_file_has stream -x 'id: hello'
    assert_equal "$(code '/stream?count=0')" 401
}

@test "the secret stands in no answer, no log and no command line" {
    AUTH_TOKEN=$SECRET start_server
    {
        curl -sS -i -H "Authorization: Bearer $SECRET" "$URL/stream?count=0" "$URL/status" "$URL/nothing"
        curl -sS -i -H "Authorization: Bearer x$SECRET" "$URL/status"
        curl -sS -i -H "X-Api-Key: $SECRET" "$URL/stream?count=0&echo=1&key=a" "$URL/log"
        curl -sS -i -H "X-Goog-Api-Key: $SECRET" "$URL/stream?count=0&echo=1&key=a" "$URL/log"
        curl -sS -i -H "Authorization: Bearer $SECRET" -H "Authorization: Bearer $SECRET" "$URL/status"
        printf 'GET /status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\x01\r\n\r\n' "$SECRET" | raw "$PORT_USED"
    } >answers
    tr '\0' ' ' <"/proc/$SERVER/cmdline" >cmdline
    assert_equal "$(statuses <answers)" '200 200 404 401 200 200 200 200 400 400'
    until_true grep -q '/status 400 ' server.log
    local file
    for file in answers server.log cmdline; do refute_file_has "$file" -aF "$SECRET"; done
}

@test "a token too long to be kept is refused at the start, and nobody is let in" {
    AUTH_TOKEN=$(head -c 4097 /dev/zero | tr '\0' x) run -100 "$SSE_SERVER" -l 127.0.0.1:0
    assert_equal "$output" "AUTH_TOKEN_FILE or AUTH_TOKEN is longer than 4096 bytes; use a shorter path or token"
}

# challenged QUERY [FIELD...]: the head of the answer to a request that does not carry what the query requires.
challenged() {
    get "/stream?$1" "${@:2}" 'Connection: close' | pipe_request | tee answer | status_of | assert_file_has - -x 401
}

@test "a 401 that require= asks for names the scheme, however it was written, and obeys cors= and credentials=" {
    challenged 'require=bearer:x'
    assert_file_has answer -x $'WWW-Authenticate: Bearer\r'
    assert_file_has answer -x $'Access-Control-Allow-Origin: \*\r'
    challenged 'require=%62asic:x:y&cors=echo&credentials=true' 'Origin: http://a.example'
    assert_file_has answer -x $'WWW-Authenticate: Basic realm="sse-server"\r'
    assert_file_has answer -x $'Access-Control-Allow-Origin: http://a.example\r'
    assert_file_has answer -x $'Access-Control-Allow-Credentials: true\r'
    challenged 'require=cookie:a=b&cors=none' 'Origin: http://a.example'
    refute_file_has answer -E '^(WWW-Auth|Access-Control)'
}

@test "a 401 that require= asks for says what is missing, to the client and in the log, and never its value" {
    local query
    for query in bearer:SECRET basic:SECRET:SECRET cookie:jam=SECRET header:X-Jam=SECRET header:X-Jam; do
        get "/stream?count=0&require=$query" 'Connection: close' | refuses 401 'the request does not carry what parameter "require" asks for: '
        refute_file_has answer SECRET
        assert_ends_with "$(<log)" "$(body_of <answer)"
        body_of <answer >>reasons
    done
    sed 's/.* asks for: //' reasons | diff - <(printf '%s\n' 'Authorization with the right bearer token' \
        'Authorization with the right basic credentials' 'cookie "jam" with the right value' \
        'header "X-Jam" with the right value' 'header "X-Jam"')
    get '/with/require=bearer:SECRET/v1/messages' 'Connection: close' | pipe_request | body_of >answer
    assert_equal "$(jq -r .error.message answer)" "the $(sed -n '1s/^the //p' reasons)"
}

@test "a 401 that require= asks for counts as an attempt" {
    challenged 'by=cookie&1.require=bearer:x&count=0'
    get '/stream?by=cookie&1.require=bearer:x&count=0' "$(sed -n 's/^Set-\(Cookie: [^;]*\);.*/\1/p' answer)" 'Connection: close' |
        pipe_request | status_of | assert_file_has - -x 200
}
