#!/usr/bin/env bats
# The paths for clients that take a base URL: /with/EXPERIMENT/ANY/PATH, and those of LLM APIs.
load helper
load experiments
export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=5

# answers_to FILE BEFORE BEHIND <SEGMENTS: writes the answers to GET BEFORE SEGMENT BEHIND to the file, as they came, without what
# differs from run to run. Each series has a shared file of its own, so that it counts the same attempts.
answers_to() {
    rm -f status
    sed "s|^|$2|; s|\$|$3|" | timeout 200 "$TOOLS/ask_each" "$SSE_SERVER" -q -f "$PWD/status" >"$1.raw"
    sed -E 's/^Date: .*GMT\r$/Date: DATE\r/; s/^(X-Seed: )[0-9]*\r$/\1N\r/' "$1.raw" >"$1"
}

# same_everywhere <QUERIES: each is answered alike by /stream?QUERY and by /with/QUERY, in three encodings.
same_everywhere() {
    local encoding
    cat >queries
    answers_to stream /stream? '' <queries
    assert_equal "$(grep -ac '^-- [0-9]*$' stream)" "$(wc -l <queries)"
    for encoding in minimal complete path_escaped; do
        "$encoding" <queries | answers_to "$encoding" /with/ '/v1/x?count=9\&raw=y'
        cmp stream "$encoding" || { diff -a stream "$encoding" | head -n 20; return 1; }
    done
}

@test "/with/CASE sends the bytes of /stream?CASE, for every case and however it is encoded" {
    get /cases 'Connection: close' 'Accept: application/json' | pipe_request | body_of >list
    # A fixed time if there are messages. Cases with long waits are left out.
    jq -r --arg long "$LONG_QUERY" '.[] | select(.query | test($long) | not)
        | "case=" + .name + (if .query | test("raw=|format=") then "" else "&time=0" end), .query' list >cases
    assert_at_least "$(grep -c '^case=' cases)" 180
    same_everywhere <cases
    assert_at_least "$(grep -ac '^HTTP/1.1 200' stream)" 300
}

@test "/with/EXPERIMENT sends the bytes of /stream?EXPERIMENT, for random experiments and however they are encoded" {
    # The time and the seed are fixed, an echo would show the target, and comments come or not by chance.
    random_queries | sed -E 's/=random/=5,9/; s/heartbeat=[^&]*/heartbeat=1m/; s/echo=1/echo=0/; /^count/{/&time=/!s/$/\&time=1/}' | same_everywhere
    echo "seed $SEED"
    assert_at_least "$(grep -ac '^HTTP/1.1 [23]' stream)" 500
    assert_at_least "$(grep -ac '^HTTP/1.1 400' stream)" 100
}

# ask TARGET [CURL-OPTION...]: the body of the answer; its head is in the file head.txt.
ask() {
    curl -sS -g -m 20 -D head.txt "${@:2}" "$URL$1"
}

@test "an experiment is one segment, decoded once: a plus stays, and the rest of the path is the client's" {
    start_server
    assert_equal "$(ask '/with/raw=a+b%252Bc%2Bd')" 'a b+c d'
    assert_equal "$(ask '/with/raw%3Da%252Fb%2526c%2F%3F%23')" 'a/b&c/?#'
    assert_equal "$(ask /with/raw=x/)" x
    assert_equal "$(ask '/with/raw=x//a/../%00/%2e?raw=y&&nothing&count=z' --path-as-is)" x
    assert_equal "$(ask /%77ith/raw=x)" x
    assert_equal "$(ask '/with/raw=a%0D%0Ab%00c' | od -An -c | tr -d ' \n')" 'a\r\nb\0c'
    printf 'GET http://any.example/with/raw=x/y?z HTTP/1.0\r\n\r\n' | raw "$PORT_USED" | body_of >answer
    assert_equal "$(<answer)" x
}

@test "an experiment that is missing or malformed is refused, and the form is shown" {
    local path
    for path in /with /with/ /with// '/with/?count=1' /with//count=1; do
        get "$path" | refuses 400 'the path has no experiment; write /with/EXPERIMENT/ANY/PATH, where EXPERIMENT is the query of /stream'
    done
    get /with/count=%2501/%zz | refuses 400 'a "%" in the path is not followed by two hexadecimal digits; write /with/EXPERIMENT'
    get /with/count=1%2x | refuses 400 'a "%" in the path is not followed by two hexadecimal digits; write /with/EXPERIMENT'
    get /with/raw=%25zz | refuses 400 'a "%" in the experiment is not followed by two hexadecimal digits; write /with/EXPERIMENT'
    get /with/cuont=1/count=1 | refuses 400 'parameter "cuont" is unknown; did you mean "count"?'
    get /with/count=1%26count=2 | refuses 400 'parameter "count" is given twice'
    get /without/count=1 | refuses 404 'there is nothing at this path'
}

@test "bytes that no target may have do no harm in an experiment: they become no line of a head or a log" {
    local part payload
    start_server
    for payload in '%0d%0aX-Evil:1' '%0aX-Evil:1' '%0D%0A%0D%0AHTTP/1.1' '%00' '%00X-Evil:1' '%1b[2J' '%7f%ff'; do
        for part in "$payload" "count=$payload" "count=0&header=A:$payload" "count=0&reason=$payload" "count=0&type=$payload" \
            "count=0&key=$payload" "count=0&by=cookie&lastEventId=$payload" "status=302&location=$payload" "count=0&cors=$payload" \
            "count=0&require=bearer:$payload" "count=0&case=$payload" "2$payload.count=0"; do
            part=${part//\//%2F}
            ask "/with/$part" >>bodies || :
            cat head.txt >>heads
        done
    done
    refute_file_has heads -a '^X-Evil'
    refute_file_has heads -avE $'^(HTTP/1\\.1 400 [ -~]*\r|[A-Za-z-]+: [ -~]*\r|\r)$'
    refute_file_has server.log -aE '^(X-Evil|HTTP)'
    assert_equal "$(ask '/with/raw=x')" x
}

@test "an SDK may POST JSON with a query of its own, and is told of the whole target" {
    local target='/with/raw=data:{{id}}%250A%250A&sub=1&echo=1&key=sdk/v1/chat/completions?api-version=1&count=x'
    start_server
    ask "$target" -H 'Content-Type: application/json' -d '{"id":"é","model":"m","stream":true}' >answer
    assert_file_has answer -x 'data:"é"'
    sed -n 's/^data: //p' answer >echo.json
    assert_equal "$(jq -r '.target' echo.json)" "$target"
    assert_equal "$(jq -r '.body.text' echo.json)" '{"id":"é","model":"m","stream":true}'
    assert_equal "$(curl -sS -m 5 "$URL/log?key=sdk" | jq -r '.[0] | .target + " " + .method')" "$target POST"
    # Neither a form nor an event stream is read.
    assert_equal "$(ask /with/raw=x -d 'count=1&raw=y')" x
    assert_equal "$(ask /with/raw=x -H 'Content-Type: text/event-stream' -d 'data: y')" x
}

@test "the cookie of by=cookie depends on the experiment alone" {
    local path
    start_server
    for path in '/with/by=cookie&raw=a,{{attempt}}&sub=1/x?y=1' '/with/by%3Dcookie%26raw%3Da,{{attempt}}%26sub%3D1/z' \
        '/stream?by=cookie&raw=a,{{attempt}}&sub=1'; do
        ask "$path" -b jar -c jar >>counted
        echo >>counted
    done
    assert_equal "$(paste -sd ' ' counted)" 'a,1 a,2 a,3'
    ask '/with/by=cookie&raw=a,{{attempt}}&sub=1&loop=1' -b jar -c jar >other
    assert_equal "$(<other)" a,1
}

@test "the token is required under /with/ and at the paths of providers, except for OPTIONS" {
    local path
    AUTH_TOKEN=secret start_server
    for path in /with/count=0/v1 /with /v1/messages; do
        assert_equal "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$URL$path")" 401
        assert_equal "$(curl -s -m 5 -o /dev/null -w '%{http_code}' -X OPTIONS "$URL$path")" 204
    done
    assert_equal "$(curl -s -m 5 -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer secret' "$URL/with/count=0/v1")" 200
}

@test "HEAD, challenges and the preflight of the plan are those of /stream" {
    local part=
    start_server
    ask /with/count=3/v1 -I >answer
    assert_file_has head.txt -x $'X-Expected-Events: 3\r'
    assert_equal "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$URL/with/require=bearer:T%26count=0/v1")" 401
    assert_file_has <(curl -si -m 5 "$URL/with/require=bearer:T%26count=0/v1") -x $'WWW-Authenticate: Bearer\r'
    ask /with/preflight=deny/v1 -X OPTIONS -H 'Access-Control-Request-Method: POST' >answer
    assert_equal "$(status_of <head.txt)" 403
    ask '/with/cors=http:%2F%2Fa.example/v1' -X OPTIONS -H 'Access-Control-Request-Method: PATCH' >answer
    assert_file_has head.txt -x $'Access-Control-Allow-Origin: http://a.example\r'
    assert_file_has head.txt -x $'Access-Control-Allow-Methods: GET, HEAD, POST, DELETE, PATCH\r'
    ask /with/nothing -X OPTIONS >answer
    assert_equal "$(status_of <head.txt)" 204
}

@test "the paths of providers are streams in their formats without parameters, whatever the client adds" {
    local path format
    start_server
    while read -r format path; do
        curl -sSN -m 20 "$URL$path?alt=sse&count=x" -H 'Content-Type: application/json' -d '{"stream":true}' 2>errors | head -c 60 >answer
        curl -sS "$URL/stream?format=$format&count=1&interval=0&finish=no" | head -c 60 >wanted
        assert_equal "$(<answer)" "$(<wanted)"
        ask "$path" -X OPTIONS -H 'Access-Control-Request-Method: POST' >answer
        assert_equal "$(status_of <head.txt)" 204
    done <<'END'
openai-chat /v1/chat/completions
openai-chat /chat/completions
openai-responses /v1/responses
openai-responses /v1/responses/resp_1
openai-responses /responses
anthropic /v1/messages
ui-message /api/chat
gemini /v1beta/models/gemini-2.5-pro:streamGenerateContent
END
    for path in /v1 /v1/models /v1/messages/ /v1beta/models/x:countTokens /x/chat/completions; do
        assert_equal "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$URL$path")" 404
    done
}

@test "a client that calls generateContent is told, in the shape of its API, to stream" {
    local path
    start_server
    for path in /v1beta/models/g:generateContent /with/count=1/v1beta/models/g:generateContent; do
        assert_equal "$(curl -s -m 5 -d '{}' "$URL$path" | jq -r '"\(.error.code) \(.error.message)"')" \
            '400 sse-server only streams: call streamGenerateContent'
    done
    assert_equal "$(curl -s -m 5 "$URL/with/event=x/v1/messages")" \
        'parameter "event" cannot be combined with the format of this path, which format=messages turns off: the format decides which fields its events have'
}

@test "streams accept every method except CONNECT and TRACE, with a body in any framing" {
    local path method framing
    start_server
    for path in '/stream?count=0' /with/count=0/v1 '/stream?count=0&echo=1'; do
        for method in GET POST PUT PATCH DELETE QUERY PURGE M-SEARCH get; do
            for framing in 'X: y' 'Transfer-Encoding: chunked'; do
                ask "$path" -X "$method" -H "$framing" -H 'Content-Type: text/plain' --data-binary 'count=1' >answer
                assert_file_has answer '^id: hello$'
                assert_file_has head.txt -x $'X-Expected-Events: 0\r'
            done
            assert_equal "$(sed -n 's/^data: {"method":"\([^"]*\)".*/\1/p' answer)" "$(sed -n 's/^data: {.*/'"$method/p" answer)"
        done
        ask "$path" -X TRACE >answer
        assert_equal "$(<answer)" "this method is not allowed here; allowed: GET, HEAD, POST, OPTIONS, DELETE and every other one except CONNECT and TRACE"
        assert_file_has head.txt -x $'Allow: GET, HEAD, POST, OPTIONS, DELETE\r'
    done
    ask '/stream?count=0' -X PUT -d 'count=5' >answer # a form of a PUT is not read
    assert_file_has head.txt -x $'X-Expected-Events: 0\r'
    request 'CONNECT /with/count=0 HTTP/1.1' 'Host: x' | refuses 501 CONNECT
    pipe_request <<<$'POST /expect HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nraw=a' >answer
    assert_equal "$(status_of <answer)" 200
}

@test "a preflight of a stream allows the method that it asks for, and only a method" {
    local row asked allowed
    for row in 'QUERY|GET, HEAD, POST, DELETE, QUERY' 'PUT|GET, HEAD, POST, DELETE, PUT' 'DELETE|GET, HEAD, POST, DELETE' \
        'GET|GET, HEAD, POST, DELETE' 'OPTIONS|GET, HEAD, POST, DELETE, OPTIONS' 'TRACE|GET, HEAD, POST, DELETE' \
        'CONNECT|GET, HEAD, POST, DELETE' 'PUT, X|GET, HEAD, POST, DELETE' '|GET, HEAD, POST, DELETE' 'a"b|GET, HEAD, POST, DELETE'; do
        IFS='|' read -r asked allowed <<<"$row"
        for path in /stream /with/count=1/v1 /v1/messages '/stream?cors=echo&credentials=true'; do
            request "OPTIONS $path HTTP/1.1" 'Host: x' "Access-Control-Request-Method: $asked" 'Connection: close' | pipe_request >answer
            assert_equal "$(sed -n 's/^Access-Control-Allow-Methods: \(.*\)\r$/\1/p' answer)" "$allowed"
        done
    done
    request "OPTIONS /log HTTP/1.1" 'Host: x' "Access-Control-Request-Method: PUT" 'Connection: close' | pipe_request >answer
    refute_file_has answer PUT
}
