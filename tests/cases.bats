#!/usr/bin/env bats
# The named cases: /cases lists them, /stream?case=NAME sends one, and /expect?case=NAME tells what is right.
#
# Over pipes, and with a peer that is given. What the list says of a case is held to what /expect tells, where a machine can read it.
load helper
export REMOTE_ADDR=192.0.2.1 REMOTE_PORT=5

# listed [FIELD...]: the answer to GET /cases goes to the file answer, its body to the file list.
listed() {
    get /cases 'Connection: close' "$@" | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
    body_of <answer >list
}

# has_type TYPE: the answer has, the length that it says, and tells caches what it depends on.
has_type() {
    sed '/^\r$/q' answer | tr -d '\r' >fields
    assert_file_has fields -xF "Content-Type: $1"
    assert_file_has fields -xF "Content-Length: $(wc -c <list)"
    assert_file_has fields -xF 'Vary: Accept'
    assert_file_has fields -xF 'Access-Control-Allow-Origin: *'
}

# all_expected: the file expected has a line for each case: its name, group, "means", and what /expect tells, as one JSON array.
all_expected() {
    listed 'Accept: application/json'
    jq -r '.[].expect | "GET \(.) HTTP/1.1\r\nHost: x\r\n\r"' list | pipe_request | grep -a '^{"events":' >told
    assert_equal "$(wc -l <told)" "$(jq length list)"
    paste -d '\n' <(jq -c '.[]' list) told | jq -c -s '[range(0; length; 2) as $i | {case: .[$i], told: .[$i + 1]}] | .[]' >expected
}

# is_told FILTER LEAST: the filter picks some of the lines of the file expected, at least so many, and says of each whether it is right.
# All are, or the names of the others are shown.
is_told() {
    jq -r -s "$1 | length, (map(select(.right | not))[] | .case.name)" expected >looked
    [[ $(wc -l <looked) = 1 && $(<looked) -ge $2 ]] || { cat looked && return 1; }
}

@test "/cases is JSON for who accepts that, and a table for everybody else" {
    local accept
    for accept in 'Accept: application/json' 'accept: text/html, Application/JSON;q=0.5, */*' $'Accept: text/html\r\nAccept: application/json'; do
        listed "$accept"
        has_type application/json
        jq -e 'length >= 200 and all(keys == ["expect","group","means","name","query","stream"] and all(.[]; length > 0))' list
    done
    jq -r '.[].name' list >names
    for accept in 'X: application/json' 'Accept: */*' 'Accept: text/html,application/xhtml+xml,*/*;q=0.8' 'Accept: application/jsonx'; do
        listed "$accept"
        has_type 'text/plain; charset=utf-8'
        sed -n 's/^  \([a-z0-9-]*\)$/\1/p' list | diff names -
        assert_equal "$(grep -c '^    /stream?' list)" "$(wc -l <names)"
    done
}

@test "HEAD, OPTIONS, other methods and the token are at /cases as they are elsewhere" {
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

@test "the stream of a case is that of its parameters, byte for byte" {
    local name query
    listed 'Accept: application/json'
    while IFS=$'\t' read -r name query; do
        get "/stream?case=$name" 'Connection: close' | pipe_request | masked >named
        get "/stream?$query" 'Connection: close' | pipe_request | masked >plain
        cmp named plain || { echo "$name" && return 1; }
        assert_file_has named -a '^HTTP/1.1 [245]'
    done < <(jq -r '.[] | [.name, .query] | @tsv' list)
}

@test "the case may be named in a form, too, and may be encoded" {
    get '/stream?case=id-twice' 'Connection: close' | pipe_request | masked >wanted
    get '/stream?c%61se=id%2dtwice' 'Connection: close' | pipe_request | masked | cmp - wanted
    { request 'POST /stream HTTP/1.1' 'Host: x' 'Connection: close' 'Content-Type: application/x-www-form-urlencoded' 'Content-Length: 13' &&
        printf case=id-twice; } | pipe_request | masked | cmp - wanted
}

@test "a name that is none is refused, and the answer tells where the names are" {
    get '/stream?case=id-thrice' | refuses 400 'parameter "case" takes the name of a case; GET /cases lists them'
    get '/expect?case=' | refuses 400 'parameter "case" takes the name of a case; GET /cases lists them'
    get '/stream?2.case=id' | refuses 400 'parameter "2.case" is the same for all attempts'
    get '/stream?case=id&case=bom' | refuses 400 'parameter "case" is given twice'
}

@test "what stands beside a case goes before what it has" {
    get '/stream?case=status-404&status=503&framing=close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 503
    assert_equal "$(body_of <answer)" 'data:x'
    get '/stream?case=line-crlf-parted&framing=close&raw=a&raw=b&interval=0' | pipe_request >answer
    assert_equal "$(body_of <answer)" ab
    get '/expect?case=end-cut&cut=7' 'Connection: close' | pipe_request | body_of | jq -e '.events == [] and .discarded == "data:1\n"'
    get '/stream?case=bom&count=1' | refuses 400 'parameter "raw" cannot be combined with "count"'
}

@test "/expect tells of every case, and of each what the list says" {
    all_expected
    is_told "map(select(.case.means | test(\"(only|:) '\\\\w+'( is dispatched)?\\\\.$\")) | select(.case.group | IN(\"ids\", \"event-types\") | not)
        | .right = (.told.events | map(.data)) == [.case.means | capture(\"(only|:) '(?<data>\\\\w+)'( is dispatched)?\\\\.$\").data])" 30
    is_told "map(select(.case.means | test(\"the data is '[^']*'[.,]\"))
        | .right = (.told.events | map(.data)) == [.case.means | capture(\"the data is '(?<data>[^']*)'[.,]\").data])" 8
    is_told "map(select(.case.means | test(\"the data is 'a' and 'b', two lines\")) | .right = (.told.events | map(.data)) == [\"a\\nb\"])" 6
    is_told "map(select((.case.means | test(\": '1', then '2'\\\\.\")) and .case.group == \"line-ends\") | .right = (.told.events | map(.data)) == [\"1\", \"2\"])" 8
    is_told 'map(select(.case.means | test("dispatches nothing|othing is dispatched|connection fails|dispatch nothing\\.")
        and (test("only|forgotten") | not)) | .right = (.told.events == []))' 18
}

@test "types, IDs and reconnection times that the list tells are those of /expect" {
    all_expected
    is_told "map(select(.case.means | test(\"the type is '[^']*'\"; \"i\"))
        | .right = .told.events[-1].type == (.case.means | capture(\"the type is '(?<type>[^']*)'\"; \"i\").type))" 7
    is_told "map(select(.case.means | test(\"comes back with '[^']*'\")) | .right = .told.lastEventId == (.case.means | capture(\"with '(?<id>[^']*)'\").id))" 3
    is_told "map(select(.case.means | test(\"'1', then none\")) | .right = (.told.events | map(.lastEventId)) == [\"1\", \"\"])" 3
    is_told 'map(select(.case.group == "retry" and (.case.means | test("100 ms"))) | .right = (.told.reconnectionTime == 100))' 6
    is_told 'map(select(.case.group == "retry" and (.case.means | test("ignored"))) | .right = (.told.reconnectionTime == null))' 10
    is_told 'map(select(.case.group != "retry") | .right = (.told.reconnectionTime == null))' 150
}

@test "what is no UTF-8 has as many U+FFFD as the list says" {
    all_expected
    is_told 'map(select(.case.means | test("(one|two|three|four|six) U\\+FFFD") and (test("each|times|then|lines") | not))
        | (.case.means | capture("(?<number>one|two|three|four|six) U\\+FFFD").number) as $number
        | .right = ([.told.events[].data | scan("\ufffd")] | length) == {one: 1, two: 2, three: 3, four: 4, six: 6}[$number])' 9
}

@test "with a key each client gets a case once, and then a 204, at which an EventSource stays away" {
    local query='case=retry-huge&by=key&key=mine&2-.status=204'
    start_server
    curl -sS -m 10 "$URL/stream?case=retry-huge" >wanted
    curl -sS -m 10 "$URL/stream?$query" | cmp - wanted
    assert_equal "$(curl -sS -m 10 -o /dev/null -w '%{http_code}' "$URL/stream?$query")" 204
    assert_equal "$(curl -sS -m 10 -o /dev/null -w '%{http_code}' "$URL/stream?$query")" 204
    curl -sS -m 10 "$URL/stream?${query/mine/other}" | cmp - wanted
    curl -sS -m 10 "$URL/log?key=mine" | jq -e 'map(.status) == [200, 204, 204]'
}

@test "fill puts so many x behind the first raw piece, each time it comes, and needs one" {
    get '/stream?raw=a&raw=b&fill=3&loop=2&framing=length' | pipe_request >answer
    assert_equal "$(body_of <answer)" axxxbaxxxb
    assert_file_has answer -x $'Content-Length: 10\r'
    get '/stream?raw=&fill=200000&loop=2&framing=close' | pipe_request | body_of | tr -d x | cmp - /dev/null
    get '/stream?raw=&fill=200000&loop=2&framing=close' | pipe_request | body_of | wc -c | assert_file_has - -x 400000
    get '/stream?fill=1' | refuses 400 'parameter "fill" needs "raw"'
    { request 'POST /stream?fill=1 HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 1' && echo; } |
        refuses 400 'parameter "fill" needs "raw"'
}
