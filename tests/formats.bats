#!/usr/bin/env bats
# Formats: messages in the shape that an API of a language model has. tests/heavy/sdks.bats has the providers' own SDKs read them.
load helper
load writes

FORMATS=(openai-chat openai-responses anthropic gemini ui-message)

# body QUERY [FIELD...]: of a GET of /stream, which ends with the connection. It goes to the file body.
body() {
    get "/stream?framing=close&interval=0&$1" "${@:2}" | pipe_request >answer
    body_of <answer >body
}

# data FORMAT-QUERY: the data of each event, a line each. What is not JSON is left out: [DONE].
data() {
    body "$@"
    tr -d '\r' <body | sed -n 's/^data: \([^[]\)/\1/p'
}

# text: that of the deltas on standard input, whatever the format.
text() {
    jq -rj '(.choices[0]?.delta?.content? // empty), (select(.type == "response.output_text.delta" or .type == "text-delta") | .delta),
        (.delta.text? // empty), (.candidates[0]?.content?.parts[0].text? // empty)'
}

# wanted FIRST LAST: the text of these messages.
wanted() {
    awk -F '\t' -v first="$1" -v last="$2" '$1 >= first && $1 <= last { printf "%s ", $2 }' "$ROOT/tests/data/random-strings.tsv"
}

@test "format=messages is the stream without a format, byte for byte" {
    # A second may pass between the two.
    without_times() { sed 's/^[0-9]* //; s/Date: [^\\]*//' writes; }
    capture 'count=2&interval=0&time=7&framing=close'
    without_times >plain
    capture 'count=2&interval=0&time=7&framing=close&format=messages'
    diff plain <(without_times)
    capture 'raw=a&framing=close&format=messages'
    wrote a
}

@test "each format has the events of its provider, in their order" {
    data 'format=openai-chat&count=2' | jq -c '[.object, .choices[0].delta, .choices[0].finish_reason, .usage.total_tokens]' | diff - <(cat <<'END'
["chat.completion.chunk",{"role":"assistant","content":"","refusal":null},null,null]
["chat.completion.chunk",{"content":"spheIGLpzXpFGMIH "},null,null]
["chat.completion.chunk",{"content":"ViOGllEPvVfdraRk "},null,null]
["chat.completion.chunk",{},"stop",null]
["chat.completion.chunk",null,null,12]
END
)
    assert_equal "$(tail -n 2 body)" 'data: [DONE]'
    data 'format=openai-responses&count=2' | jq -r '"\(.sequence_number) \(.type)"' >types
    diff types - <<'END'
0 response.created
1 response.in_progress
2 response.output_item.added
3 response.content_part.added
4 response.output_text.delta
5 response.output_text.delta
6 response.output_text.done
7 response.content_part.done
8 response.output_item.done
9 response.completed
END
    diff <(cut -d ' ' -f 2 types) <(sed -n 's/^event: //p' body)
    data 'format=anthropic&count=2' | jq -r .type >types
    diff types - <<'END'
message_start
content_block_start
ping
content_block_delta
content_block_delta
content_block_stop
message_delta
message_stop
END
    diff types <(sed -n 's/^event: //p' body)
    data 'format=gemini&count=2' | jq -c '[.candidates[0].content.parts[0].text, .candidates[0].finishReason, .usageMetadata.totalTokenCount]' | diff - <(cat <<'END'
["spheIGLpzXpFGMIH ",null,null]
["ViOGllEPvVfdraRk ",null,null]
["","STOP",12]
END
)
    data 'format=ui-message&count=1' | jq -c '[.type, .id, .delta, .finishReason]' | diff - <(cat <<'END'
["start",null,null,null]
["start-step",null,null,null]
["text-start","text-sse-server",null,null]
["text-delta","text-sse-server","spheIGLpzXpFGMIH ",null]
["text-end","text-sse-server",null,null]
["finish-step",null,null,null]
["finish",null,null,"stop"]
END
)
    assert_equal "$(tail -n 2 body)" 'data: [DONE]'
    assert_file_has answer -x $'x-vercel-ai-ui-message-stream: v1\r'
}

@test "the text of message n is its random string and a space, for 16 messages unless there is a count" {
    local format
    for format in "${FORMATS[@]}"; do
        assert_equal "$(data "format=$format" | text)" "$(wanted 1 16)"
        refute_file_has answer X-Expected-Events
        assert_equal "$(data "format=$format&count=300" | text)" "$(wanted 1 300)"
        assert_file_has answer -x $'X-Expected-Events: 300\r'
        assert_empty "$(data "format=$format&count=0" | text)"
        assert_equal "$(data "format=$format&count=3" 'Last-Event-ID: message-4' | text)" "$(wanted 4 6)"
        assert_equal "$(data "format=$format&count=3&resume=next" 'Last-Event-ID: message-4' | text)" "$(wanted 5 7)"
        refute_file_has body '^id:'
    done
}

@test "size is the length of each text, also where the text is repeated" {
    local format padding
    padding=$(printf '%183s' '' | tr ' ' x)
    for format in "${FORMATS[@]}"; do
        assert_equal "$(data "format=$format&count=2&size=200" | text)" "spheIGLpzXpFGMIH$padding ViOGllEPvVfdraRk$padding "
    done
    assert_equal "$(data 'format=openai-responses&count=2&size=200' | jq -r 'select(.type == "response.completed").response.output[0].content[0].text')" \
        "spheIGLpzXpFGMIH$padding ViOGllEPvVfdraRk$padding "
    assert_equal "$(data 'format=openai-chat&count=1&size=3M' | text | wc -c)" 3145728
}

@test "the last events of openai-responses repeat the whole text and count its tokens" {
    data 'format=openai-responses&count=100' >told
    assert_equal "$(jq -r 'select(.type == "response.output_text.done").text' told)" "$(wanted 1 100)"
    assert_equal "$(jq -r 'select(.type == "response.content_part.done").part.text' told)" "$(wanted 1 100)"
    assert_equal "$(jq -r 'select(.type == "response.output_item.done").item.content[0].text' told)" "$(wanted 1 100)"
    jq -c 'select(.type == "response.completed").response | [.status, .output[0].id, .usage.output_tokens, .created_at == .completed_at]' told >completed
    assert_equal "$(<completed)" '["completed","msg_sse_server",100,true]'
}

@test "finish=no leaves out the final events, and finish=yes does not" {
    local format
    for format in "${FORMATS[@]}"; do
        body "format=$format&count=3"
        cp body whole
        body "format=$format&count=3&finish=yes"
        diff whole body
        data "format=$format&count=3&finish=no" >told
        assert_equal "$(text <told)" "$(wanted 1 3)"
        assert_equal "$(head -c "$(wc -c <body)" whole | cmp - body 2>&1)" ''
        refute_file_has body -E 'DONE|"stop"|STOP|_stop|\.done|completed"|finish-'
        assert_at_least $(($(wc -c <whole) - $(wc -c <body))) 100
    done
}

@test "errorAfter sends the error of the provider after that many messages, and nothing more" {
    data 'format=openai-chat&errorAfter=2' >told
    assert_equal "$(text <told)" "$(wanted 1 2)"
    assert_equal "$(tail -n 1 told | jq -r .error.type)" server_error
    data 'format=openai-responses&errorAfter=2' >told
    assert_equal "$(text <told)" "$(wanted 1 2)"
    assert_equal "$(tail -n 2 told | jq -c '[.type, .sequence_number, .error.code, .response.error.code]' | paste -sd ' ')" \
        '["error",6,"server_error",null] ["response.failed",7,null,"server_error"]'
    data 'format=anthropic&errorAfter=2' >told
    assert_equal "$(text <told)" "$(wanted 1 2)"
    assert_equal "$(tail -n 1 told | jq -c '[.type, .error.type]')" '["error","overloaded_error"]'
    assert_equal "$(sed -n 's/^event: //p' body | tail -n 1)" error
    data 'format=gemini&errorAfter=2' >told
    assert_equal "$(text <told)" "$(wanted 1 2)"
    assert_equal "$(tail -n 1 told | jq -c '[.error.code, .error.status]')" '[503,"UNAVAILABLE"]'
    data 'format=ui-message&errorAfter=2' >told
    assert_equal "$(text <told)" "$(wanted 1 2)"
    assert_equal "$(tail -n 1 told | jq -c .)" '{"type":"error","errorText":"An error occurred."}'
    assert_empty "$(data 'format=gemini&errorAfter=0' | text)"
    data 'format=gemini&errorAfter=3&count=3' | assert_file_has - UNAVAILABLE
}

@test "a status of 400 or more has the error of the provider as its body, as JSON" {
    local format
    for format in "${FORMATS[@]}"; do
        body "format=$format&status=429&bom=2&echo=1&count=3"
        assert_file_has answer -x $'HTTP/1.1 429 Too Many Requests\r'
        assert_file_has answer -x $'Content-Type: application/json\r'
        assert_file_has answer -x $'X-Content-Type-Options: nosniff\r'
        jq -e '.error != null' body
    done
    assert_equal "$(jq -r .error body)" 'sse-server answers with status 429 as requested'
    body 'format=anthropic&status=529'
    assert_equal "$(jq -r .error.type body)" overloaded_error
    body 'format=openai-chat&status=401'
    assert_equal "$(jq -r .error.code body)" invalid_api_key
    body 'format=gemini&status=503'
    assert_equal "$(jq -c '[.error.code, .error.status]' body)" '[503,"UNAVAILABLE"]'
    body 'format=gemini&status=503&type=text/x'
    assert_file_has answer -x $'Content-Type: text/x\r'
    data 'format=openai-chat&status=299&count=1' | text | assert_file_has - sphe
}

@test "a required credential that is missing gives the provider's error with 401" {
    get '/stream?format=anthropic&require=bearer:x' | pipe_request >answer
    assert_equal "$(status_of <answer)" 401
    assert_equal "$(body_of <answer | jq -r .error.type)" authentication_error
    assert_file_has answer -x "Content-Length: $(body_of <answer | wc -c)"$'\r'
    request 'HEAD /stream?format=anthropic&require=bearer:x HTTP/1.1' 'Host: x' | pipe_request >answer
    assert_empty "$(body_of <answer)"
    body 'format=anthropic&count=1&require=bearer:x' 'Authorization: Bearer x'
    assert_file_has body text_delta
}

@test "attempts can differ in their format, error and status" {
    local query='format=gemini&by=id&1.errorAfter=1&2.status=503&3.format=anthropic&count=2'
    data "$query" | assert_file_has - '"code":503'
    assert_equal "$(status_of <answer)" 200
    body "$query" 'Last-Event-ID: 1'
    assert_equal "$(status_of <answer)" 503
    data "$query" 'Last-Event-ID: 2' | assert_file_has - message_stop
    data "$query" 'Last-Event-ID: 3' | assert_file_has - STOP
}

@test "a stream with a format is the same each time, and time is when it was created" {
    local format
    for format in "${FORMATS[@]}"; do
        body "format=$format"
        cp body before
        body "format=$format"
        cmp before body
    done
    assert_equal "$(data 'format=openai-chat&time=5' | jq -s 'map(.created) | unique == [5]')" true
    assert_equal "$(data 'format=openai-responses&time=5' | jq -r '.response.created_at? // empty' | sort -u)" 5
}

@test "eol and bom are those of the parameters, or else the provider's" {
    local format
    for format in "${FORMATS[@]}"; do
        body "format=$format&count=2&eol=lf"
        refute_file_has body $'\r'
        cp body lf
        body "format=$format&count=2&eol=crlf&bom=1"
        diff <(printf '\xef\xbb\xbf'; sed 's/$/\r/' lf) body
        body "format=$format&count=2&eol=cr"
        diff <(tr '\n' '\r' <lf) body
        body "format=$format&count=2"
        [ "$format" != gemini ] || sed -i 's/$/\r/' lf
        diff lf body
    done
}

@test "framing, splitting, coding and cutting leave the bytes as they are" {
    local format how
    start_server -q
    for format in "${FORMATS[@]}"; do
        curl -sS "$URL/stream?format=$format&count=9&interval=0" >whole
        for how in interval={0,1ms} interval=0\&{framing=length,framing=close,split=1,split=random,chunk=5,encoding=gzip,delay=1ms,pause=1ms}; do
            curl -sS --compressed "$URL/stream?format=$format&count=9&$how" >got
            cmp whole got || { echo "$format $how" && return 1; }
        done
        curl -sS "$URL/stream?format=$format&count=9&interval=0&cut=700" | cmp - <(head -c 700 whole)
        run -18 curl -sS -o /dev/null "$URL/stream?format=$format&count=9&interval=0&end=truncate"
    done
}

@test "the opening events are sent at once, then a message after each interval, then the final events" {
    local at
    capture 'format=anthropic&count=2&interval=60ms&framing=close'
    assert_equal "$(body_writes | sed 's/\\n.*//' | paste -sd ' ' | sed 's/event: //g')" \
        'message_start content_block_start ping content_block_delta content_block_delta content_block_stop message_delta message_stop'
    read -ra at <<<"$(times)"
    assert_at_least "${at[3]}" 59
    assert_at_least "${at[4]}" 119
    assert_at_least "${at[5]}" 179
    capture 'format=gemini&count=1&interval=1s&heartbeat=100ms&framing=close'
    assert_equal "$(body_writes | cut -c 1-4 | uniq | paste -sd ' ')" 'data :\r\ data'
}

@test "interval=0 sends many events in a write, and an endless count begins at once" {
    capture 'format=openai-chat&count=3000&interval=0&framing=close'
    assert_equal "$(body_writes | unescaped | grep -c '^data: ')" 3004
    assert_at_most "$(grep -c '^[0-9]' writes)" 40
    start_server
    curl -sS -m 10 "$URL/stream?format=gemini&count=9223372036854775807&interval=0" 2>errors | head -c 100000 | assert_file_has - candidates
}

@test "/expect gives the events of a format" {
    local format
    for format in "${FORMATS[@]}"; do
        data "format=$format&count=3" >told
        get "/expect?format=$format&count=3" | pipe_request | body_of >expected
        diff <(jq -r '.events[] | select(.data != "[DONE]").data' expected) told
        assert_equal "$(jq -r .lastEventId expected)" ''
        diff <(jq -r '.events[].type' expected) <(tr -d '\r' <body | awk '/^event: / { type = $2 } /^$/ { print type ? type : "message"; type = "" }')
    done
    get "/expect?format=openai-chat&status=503" | pipe_request | body_of | jq -e '.events == []'
}

@test "/log counts the events of a format, and /status follows its messages" {
    start_server -q -f status
    curl -sS "$URL/stream?format=anthropic&count=2&interval=0&key=a" >body
    assert_equal "$(curl -sS "$URL/log?key=a" | jq -c '.[0] | [.events, .bytes, .end]')" "[8,$(wc -c <body),\"served\"]"
    in_background told curl -sSN "$URL/stream?format=anthropic&count=1000&interval=50ms"
    follows() { assert_at_least "$(curl -sS "$URL/status" | jq '.[].lastEventId')" 4; }
    until_true follows
}

# post PATH JSON [CURL-OPTION...]: the answer to a POST; its head is in the file head.
post() {
    curl -sS -m 10 -D head -H 'Content-Type: application/json' -d "$2" "${@:3}" "$URL$1"
}

@test "the end of a path selects the format, unless the experiment has format or raw" {
    local format path
    start_server
    while read -r format path; do
        post "/with/count=2&interval=0$path" '{"stream":true}' >answer
        curl -sS "$URL/stream?format=$format&count=2&interval=0" | cmp - answer
        post "/with/count=2&interval=0&format=messages$path" '{}' | assert_file_has - '^id: message-2'
        assert_equal "$(post "/with/raw=x$path" '{}')" x
        post "/with/count=1&interval=0&format=ui-message$path" '{}' | assert_file_has - text-sse-server
    done <<'END'
openai-chat /v1/chat/completions
openai-chat /openai/deployments/x/chat/completions
openai-responses /v1/responses
anthropic /any/v1/messages
gemini /v1beta/models/x%2Fy:streamGenerateContent
ui-message /api/chat
END
    post '/with/count=2&interval=0/v1/other' '{}' | assert_file_has - '^id: message-2'
    assert_equal "$(post '/with/status=503/v1/messages' '{"stream":true}' | jq -r .error.type)" api_error
}

@test "the model is the one in the request" {
    start_server
    assert_equal "$(post '/with/count=1&interval=0/v1/chat/completions' '{"model":"a\"\u00e4<text>","stream":true}' |
        sed -n 's/^data: \([^[]\)/\1/p' | jq -r .model | sort -u)" 'a"ä<text>'
    assert_equal "$(post '/with/count=1&interval=0/v1/messages' '{"model":"m","stream":true}' | sed -n 's/^data: //p' | jq -r '.message.model? // empty')" m
    assert_equal "$(post '/with/count=1&interval=0/v1beta/models/gemini-9.5_x:streamGenerateContent?alt=sse' '{"contents":[]}' |
        sed -n 's/^data: //p' | jq -r .modelVersion | sort -u)" gemini-9.5_x
    assert_equal "$(post '/with/count=1&interval=0/v1beta/models/a"b:streamGenerateContent' '{}' | sed -n 's/^data: //p' | jq -r .modelVersion | sort -u)" \
        sse-server-test
    # Elsewhere a colon in the path says nothing of a model.
    curl -sS "$URL/with/count=1&interval=0/v1/responses/resp:1" | sed -n 's/^data: //p' | jq -r '.response.model? // empty' | sort -u >models
    assert_equal "$(<models)" sse-server-test
    post '/stream?format=openai-chat&count=1&interval=0' '{"model":"m","stream":true}' | assert_file_has - '"model":"m"'
}

@test "a request in JSON that asks for no stream is refused in the provider's shape" {
    local json
    start_server
    for json in '{}' '{"stream":false}' '{"stream":null}' '{"stream":true,"stream":{}}' '[]' 1; do
        assert_equal "$(post /v1/chat/completions "$json" | jq -c '[.error.type, .error.message]')" \
            '["invalid_request_error","sse-server only streams: send \"stream\": true in the request"]'
        assert_file_has head -x $'HTTP/1.1 400 Bad Request\r'
        assert_file_has head -x $'Content-Type: application/json\r'
    done
    post /v1/responses '{}' | jq -e '.error.type == "invalid_request_error"'
    post /v1/messages '{}' | jq -e '.type == "error" and .error.type == "invalid_request_error"'
    post '/with/count=0&interval=0/api/chat' '{}' | assert_file_has - finish-step
    post '/with/count=0&interval=0/v1/messages' '{"stream":false' | assert_file_has - message_stop
    curl -sS -H 'Content-Type: text/plain' -d '{}' "$URL/with/count=0&interval=0/v1/messages" | assert_file_has - message_stop
    post '/with/status=429/v1/messages' '{}' | jq -e '.error.type == "rate_limit_error"'
    post '/with/cors=none/v1/messages' '{}' >answer
    refute_file_has head Access-Control
    assert_empty "$(post /v1/messages '{}' -I -X HEAD | body_of)"
    post '/with/key=a/v1/messages' '{}' >answer
    assert_equal "$(curl -sS "$URL/log?key=a" | jq -c 'map(.status)')" '[400]'
}

@test "responses are resumed after the event of starting_after" {
    local after
    start_server
    curl -sS "$URL/with/count=3&interval=0/v1/responses/resp_1?stream=true" >whole
    for after in {0..10}; do
        curl -sS "$URL/with/count=3&interval=0/v1/responses/resp_1?stream=true&starting_after=$after" >rest
        sed -n "/\"sequence_number\":$((after + 1)),/,\$p" whole | sed 1d >wanted
        sed 1,2d rest | diff wanted -
        [ "$after" = 10 ] || assert_file_has rest -m 1 "\"sequence_number\":$((after + 1)),"
    done
    assert_empty "$(curl -sS "$URL/with/count=3&interval=0/v1/responses/resp_1?starting_after=9223372036854775807")"
    curl -sS "$URL/with/count=3&interval=0/v1/responses/resp_1?starting_after=x" | cmp - whole
    run -0 curl -sS "$URL/with/errorAfter=2&interval=0/v1/responses/resp_1?starting_after=5"
    assert_contains "$output" 'event: error'
    curl -sS "$URL/with/count=1&interval=0/v1/messages?starting_after=3" | assert_file_has - message_start
}

# refused WORDS QUERY
refused() {
    get "/stream?$2" | refuses 400 "$1" || { echo "for $2" && return 1; }
}

@test "what does not go with a format is refused, by the names of both" {
    refused 'parameter "raw" cannot be combined with "format": it replaces the messages' 'raw=x&format=gemini'
    refused 'parameter "raw" of the case cannot be combined with "format": ' 'case=bom&format=gemini'
    refused 'parameter "event" cannot be combined with "format": the format decides which fields its events have' 'event=x&format=gemini'
    refused 'parameter "retry" cannot be combined with "format": the format decides' 'retry=1&format=anthropic'
    refused 'parameter "finish" needs "format": only a format has final events' 'finish=no'
    refused 'parameter "finish" needs "format": ' 'finish=yes&format=messages'
    refused 'parameter "errorAfter" needs "format": only a format has an error' 'errorAfter=1'
    refused 'parameter "errorAfter" cannot be combined with "finish": the stream ends with the error' 'format=gemini&finish=no&errorAfter=1'
    refused 'parameter "errorAfter" cannot be combined with "count": the stream ends before the error' 'format=gemini&errorAfter=3&count=2'
    refused 'parameter "format" takes messages, openai-chat, openai-responses, anthropic, gemini or ui-message' 'format=x'
    request 'POST /stream?format=gemini HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 1' | cat - <(printf x) | pipe_request >answer
    is_refusal answer 400 'a text/event-stream body cannot be combined with "format": '
}

@test "a text that is too long to be repeated is refused, and one that is as long as the limit is not" {
    refused 'parameter "count" cannot be combined with "format": this format repeats the whole text at its end; use finish=no, or a text of at most 491520 bytes' \
        'format=openai-responses&count=28913'
    refused 'parameter "size" cannot be combined with "format": ' 'format=openai-responses&count=2&size=245761'
    refused 'parameter "count" cannot be combined with "format": ' 'format=openai-responses&count=9223372036854775807'
    assert_equal "$(data 'format=openai-responses&count=28912' | jq -r 'select(.type == "response.completed").response.output[0].content[0].text' | wc -c)" 491505
    assert_equal "$(data 'format=openai-responses&count=2&size=240k' | jq -r 'select(.type == "response.output_text.done").text' | wc -c)" 491521
    data 'format=openai-responses&count=2&size=1M&finish=no' | text | wc -c | assert_file_has - -x 2097152
    body 'format=openai-responses&count=2&size=1M&errorAfter=1'
    assert_equal "$(status_of <answer)" 200
}
