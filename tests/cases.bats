#!/usr/bin/env bats
# The named cases: /cases lists them, /stream?case=NAME sends one, and /expect?case=NAME says what a client must dispatch.
#
# The tests run over pipes, with a fixed peer. They compare the sentences of the list with the answers of /expect.
load helper
export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=5

# listed [FIELD...]: writes the answer to GET /cases to the file answer, and its body to the file list.
listed() {
    get /cases 'Connection: close' "$@" | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
    body_of <answer >list
}

# has_type TYPE: the answer has this type, the right length and "Vary: Accept".
has_type() {
    sed '/^\r$/q' answer | tr -d '\r' >fields
    assert_file_has fields -xF "Content-Type: $1"
    assert_file_has fields -xF "Content-Length: $(wc -c <list)"
    assert_file_has fields -xF 'Vary: Accept'
    assert_file_has fields -xF 'Access-Control-Allow-Origin: *'
}

# listed_of LINK-FILTER: writes the cases whose link passes to the file list. A case of the standard has none, one of an API has one.
listed_of() {
    listed 'Accept: application/json'
    jq "map(select(.link $1))" list >some
    mv some list
}

# all_expected [LINK-FILTER]: writes one line of JSON per case, of the standard or of what the filter says, to the file expected:
# {case: the entry of the list, told: the answer of /expect}.
all_expected() {
    listed_of "${1:-== null}"
    jq -r '.[].expect | "GET \(.) HTTP/1.1\r\nHost: x\r\n\r"' list | pipe_request | grep -a '^{"events":' >told
    assert_equal "$(wc -l <told)" "$(jq length list)"
    paste -d '\n' <(jq -c '.[]' list) told | jq -c -s '[range(0; length; 2) as $i | {case: .[$i], told: .[$i + 1]}] | .[]' >expected
}

# all_told: each line of stdin is a number and a jq expression for one case of the file expected. The expression must select at least
# this many cases and be true for all of them; if not, shows the names of the others. says(RE) selects the cases whose sentences match
# and said(RE) has what RE captures.
all_told() {
    local least filter tools='def says(re): select(.case.means | test(re; "i")); def said(re): .case.means | capture(re; "i");
        def data: .told.events | map(.data); def ids: .told.events | map(.lastEventId);'
    tools+=$(<"$ROOT/tests/api.jq")
    while read -r least filter; do
        jq -r -s --rawfile strings "$ROOT/tests/data/random-strings.tsv" "$tools"$'\n'"[.[] | . as \$one | ($filter) as \$right | {name: \$one.case.name, right: \$right}]
            | length, (map(select(.right | not))[] | .name)" expected >looked
        [[ $(wc -l <looked) = 1 && $(<looked) -ge $least ]] || { echo "$filter" && cat looked && return 1; }
    done
}

@test "/cases is JSON if Accept names it, and else a table" {
    local accept
    for accept in 'Accept: application/json' 'accept: text/html, Application/JSON;q=0.5, */*' $'Accept: text/html\r\nAccept: application/json'; do
        listed "$accept"
        has_type application/json
        jq -e 'length >= 200 and all(keys == ["expect","group","link","means","name","query","stream"] and all(.[] | strings; length > 0))' list
        jq -e 'all(.link == null or (.link | startswith("https://")))' list
    done
    jq -r '.[].name' list >names
    jq '{links: [.[].link | strings] | length, groups: [.[].group] | unique | length}' list >counts
    for accept in 'X: application/json' 'Accept: */*' 'Accept: text/html,application/xhtml+xml,*/*;q=0.8' 'Accept: application/jsonx'; do
        listed "$accept"
        has_type 'text/plain; charset=utf-8'
        sed -n 's/^  \([a-z0-9-]*\)$/\1/p' list | diff names -
        assert_equal "$(grep -c '^    /stream?' list)" "$(wc -l <names)"
        assert_equal "$(grep -c '^    https://' list)" "$(jq .links counts)"
        assert_equal "$(grep -cx '[a-z0-9-]*[a-z0-9]' list)" "$(jq .groups counts)"
    done
}

@test "/cases answers HEAD and OPTIONS, refuses other methods, and needs the token" {
    listed
    request 'HEAD /cases HTTP/1.1' 'Host: x' 'Connection: close' | pipe_request | tr -d '\r' >answer
    assert_file_has answer -x "Content-Length: $(wc -c <list)"
    assert_empty "$(tail -n 1 answer)"
    request 'OPTIONS /cases HTTP/1.1' 'Host: x' 'Connection: close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 204
    assert_file_has answer -x $'Allow: GET, HEAD, OPTIONS\r'
    request 'POST /cases HTTP/1.1' 'Host: x' 'Content-Length: 0' | refuses 405 'allowed: GET, HEAD, OPTIONS'
    get /cases | AUTH_TOKEN=secret pipe_request >answer
    assert_equal "$(status_of <answer)" 401
}

@test "/cases refuses a query, which would select nothing" {
    get '/cases?group=mcp' | refuses 400 '/cases accepts no parameters; it lists all cases, and the stream of one is /stream?case=NAME'
}

@test "a case sends the same bytes as its parameters" {
    local name query
    listed 'Accept: application/json'
    jq -r --arg long "$LONG_QUERY" '.[] | select(.query | test($long) | not) | "\(.name)\t\(.query)"' list >short
    assert_at_least "$(wc -l <short)" 300
    while IFS=$'\t' read -r name query; do
        get "/stream?case=$name" 'Connection: close' | pipe_request | masked >named
        get "/stream?$query" 'Connection: close' | pipe_request | masked >plain
        cmp named plain || { echo "$name" && return 1; }
        assert_file_has named -a '^HTTP/1.1 [245]'
    done <short
}

@test "a case may be named in a form, and its name may be encoded" {
    get '/stream?case=id-twice' 'Connection: close' | pipe_request | masked >wanted
    get '/stream?c%61se=id%2dtwice' 'Connection: close' | pipe_request | masked | cmp - wanted
    { request 'POST /stream HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Type: application/x-www-form-urlencoded' 'Content-Length: 13' &&
        printf case=id-twice; } | pipe_request | masked | cmp - wanted
}

@test "an unknown name is refused, and the answer says where the names are" {
    get '/stream?case=id-thrice' | refuses 400 'parameter "case" takes the name of a case; GET /cases lists them'
    get '/stream?case=bom-twic' | refuses 400 'GET /cases lists them; did you mean "bom-twice"?'
    get '/expect?case=' | refuses 400 'parameter "case" takes the name of a case; GET /cases lists them'
    get '/stream?2.case=id' | refuses 400 'parameter "2.case" is the same for all attempts'
    get '/stream?case=id&case=bom' | refuses 400 'parameter "case" is given twice'
}

@test "explicit parameters override those of a case" {
    get '/stream?case=status-404&status=503&framing=close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 503
    assert_equal "$(body_of <answer)" 'data:x'
    get '/stream?case=line-crlf-parted&framing=close&raw=a&raw=b&interval=0' | pipe_request >answer
    assert_equal "$(body_of <answer)" ab
    get '/expect?case=end-cut&cut=7' 'Connection: close' | pipe_request | body_of | jq -e '.events == [] and .discarded == "data:1\n"'
    get '/expect?case=end-cut&retry=20&cut=17' 'Connection: close' | pipe_request | body_of | jq -e '.events == [] and .discarded == "retry: 20\ndata:1\n"'
    get '/stream?case=bom&count=1' | refuses 400 'parameter "raw" of the case cannot be combined with "count"'
}

@test "retry can be combined with every case of the standard: it comes first, after a byte-order mark, and changes nothing else" {
    local name mark=$'\xef\xbb\xbf'
    listed_of '== null'
    jq -r '.[].name' list >names
    assert_equal "$(wc -l <names)" 227
    while read -r name; do
        # Without any framing the bytes are bare. One case is about chunks alone.
        [ "$name" != way-chunk-1 ] || continue
        get "/stream?case=$name&encoding=identity&framing=close&interval=0&gap=0&delay=0&pause=0&split=65536" | pipe_request >plain
        get "/stream?case=$name&encoding=identity&framing=close&interval=0&gap=0&delay=0&pause=0&split=65536&retry=20" | pipe_request >retried
        body_of <plain >plain.body
        { [ "$(head -c 3 plain.body)" != "$mark" ] || printf %s "$mark"; } >wanted
        [ "$(status_of <plain)" = 204 ] || echo 'retry: 20' >>wanted
        if [ "$(head -c 3 plain.body)" = "$mark" ]; then tail -c +4 plain.body; else cat plain.body; fi >>wanted
        body_of <retried | cmp - wanted || { echo "$name" && return 1; }
    done <names
}

@test "with retry=20 beside a case of the standard, /expect tells the same events, and 20 ms unless the case sets another time" {
    all_expected
    mv expected without
    jq -r '.[] | "GET \(.expect)&retry=20 HTTP/1.1\r\nHost: x\r\n\r"' list | pipe_request | grep -a '^{"events":' >told
    paste -d '\n' <(jq -c '.case' without) told | jq -c -s '[range(0; length; 2) as $i | {case: .[$i], told: .[$i + 1]}] | .[]' >expected
    assert_equal "$(wc -l <expected)" 227
    # What is discarded at the end of a stream without a blank line begins with the retry line.
    jq -c '.told | .reconnectionTime = null | .discarded |= ((. // "") | sub("^(\ufeff)?retry: 20\n"; ""))' expected >told
    jq -c '.told | .reconnectionTime = null | .discarded |= ((. // "") | sub("^\ufeff"; ""))' without >wanted
    cmp told wanted
    paste -d '\n' without expected | jq -s -r '[range(0; length; 2) as $i | {name: .[$i].case.name, group: .[$i].case.group,
        before: .[$i].told, after: .[$i + 1].told.reconnectionTime}] | map(select(.after != (.before.reconnectionTime //
        if .group == "heads" and .before.events == [] then null else 20 end)).name)[]' >wrong
    assert_file_empty wrong
}

@test "/expect answers for every case of the standard, with the data that the list says" {
    all_expected
    all_told <<'END'
40 says("dispatches only '") | data == [said("dispatches only '(?<data>[^']*)'").data]
12 says("dispatches '\\w+', then '\\w+'\\.") | data == [said("dispatches '(?<one>\\w+)', then '(?<two>\\w+)'") | .one, .two]
13 says("dispatches '.* of type '\\w+'") | said("of type '(?<type>\\w+)'").type as $type | any(.told.events[]; .type == $type)
7 says("the data is '[^']*'[.,]") | data == [said("the data is '(?<data>[^']*)'[.,]").data]
12 says("the data is the lines") | data == [said("the data is the lines (?<lines>.*)").lines | [scan("'(\\w+)'")[]] | join("\n")]
3 says("empty data") | data == [""]
18 says("dispatches nothing") | .told.events == []
200 select(.case.means | test("dispatches nothing") | not) | .told.events != []
END
}

@test "/expect answers for every case of the standard, with the type, the ID and the reconnection time that the list says" {
    all_expected
    all_told <<'END'
11 says("the type is '[^']*'[.,]") | .told.events[-1].type == said("the type is '(?<type>[^']*)'[.,]").type
4 says("reconnects with '") | .told.lastEventId == said("reconnects with '(?<id>[^']*)'").id
9 says("the ID is '") | ids[-1] == said("the ID is '(?<id>[^']*)'").id
3 says("both events have the ID '1'") | ids == ["1", "1"]
3 says("the ID '1', the second has none") | ids == ["1", ""]
7 says("reconnection time is 100 ms") | .told.reconnectionTime == 100
200 select(.case.means | test("reconnection time is|at once") | not) | .told.reconnectionTime == null
END
}

@test "invalid UTF-8 becomes as many U+FFFD as the list says" {
    all_expected
    all_told <<'END'
11 says("(one|two|three|four|six) U\\+FFFD") | select(.case.means | test("each"; "i") | not) | said("(?<number>one|two|three|four|six) U\\+FFFD").number as $number | [data[] | scan("\ufffd")] | length == {one: 1, two: 2, three: 3, four: 4, six: 6}[$number]
END
}

@test "/expect answers for every case of an API, with what the list says that a client reports" {
    all_expected '!= null'
    all_told <<'END'
18 says("the answer '\\w+'(?! U)") | text == said("the answer '(?<text>\\w+)'").text
10 says("the whole answer") | text == wanted
1 says("the answer 'a' U\\+2028 'b'") | text == "a\u2028b"
2 says("the answer U\\+1F600") | text == "\ud83d\ude00"
4 says("the arguments") | arguments == {e: "\ud83d\ude00"}
31 says("reports the (whole )?answer") | finishes
9 says("an incomplete answer") | finishes | not
21 says("reports the error") | .told.events == [] or any(json; is_error)
8 says("reports the error") | select(.told.events == []) | .told.reconnects == false
7 says("reports the result") | select(.case.name != "mcp-json") | any(json; .id == null and .result.protocolVersion != null)
4 select(.case.group == "mcp") | says("reports an error") | all(json; .result.protocolVersion == null)
END
}

@test "with a key, each client gets a case once, and then a 204, which stops an EventSource" {
    local query='case=retry-huge&by=key&key=mine&2-.status=204'
    start_server
    curl -sS -m 10 "$URL/stream?case=retry-huge" >wanted
    curl -sS -m 10 "$URL/stream?$query" | cmp - wanted
    assert_equal "$(curl -sS -m 10 -o /dev/null -w '%{http_code}' "$URL/stream?$query")" 204
    assert_equal "$(curl -sS -m 10 -o /dev/null -w '%{http_code}' "$URL/stream?$query")" 204
    curl -sS -m 10 "$URL/stream?${query/mine/other}" | cmp - wanted
    curl -sS -m 10 "$URL/log?key=mine" | jq -e 'map(.status) == [200, 204, 204]'
}

@test "fill adds this many x after the first raw piece, in every repetition, and needs a raw piece" {
    get '/stream?raw=a&raw=b&fill=3&loop=2&framing=length' | pipe_request >answer
    assert_equal "$(body_of <answer)" axxxbaxxxb
    assert_file_has answer -x $'Content-Length: 10\r'
    get '/stream?raw=&fill=200000&loop=2&framing=close' | pipe_request | body_of | tr -d x | cmp - /dev/null
    get '/stream?raw=&fill=200000&loop=2&framing=close' | pipe_request | body_of | wc -c | assert_file_has - -x 400000
    get '/stream?fill=1' | refuses 400 'parameter "fill" needs "raw"'
    { request 'POST /stream?fill=1 HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 1' && echo; } |
        refuses 400 'parameter "fill" needs "raw"'
}
