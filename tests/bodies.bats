#!/usr/bin/env bats
# Bodies that a stream does not read as parameters: they are counted, and their beginning is kept.
load helper

# letters COUNT: as many.
letters() {
    head -c "$1" /dev/zero | tr '\0' x
}

# post TARGET FILE [CURL-OPTION...]: the status of a POST of that file, as JSON.
post() {
    curl -sS -m 60 -o answer -w '%{http_code}' -H 'Expect:' -H 'Content-Type: application/json' "${@:3}" --data-binary "@$2" "$URL$1"
}

# crc32_of FILE: as gzip(1) has it.
crc32_of() {
    gzip -1 -c "$1" | tail -c 8 | head -c 4 | od -An -tx4 | tr -d ' '
}

@test "a form that is too large is refused, and the answer names the kind of body that may be larger" {
    request 'POST /stream HTTP/1.1' 'Host: x' 'Content-Type: application/x-www-form-urlencoded' 'Content-Length: 65537' |
        refuses 413 'the body is too large; the maximum here is 65536 bytes for a form; a stream of up to 1048576 bytes can be the body'
}

@test "a stream takes a body of 20 MB, counts it, and shows its size, its CRC-32 and its beginning" {
    local target
    start_server
    { printf '{"text":"' && letters 20000000 && printf '","id":[],"id":"last"}'; } >body
    for target in '/stream?count=0&echo=1' '/with/count=0&echo=1/v1/x?y=z'; do
        assert_equal "$(post "$target" body)" 200
        sed -n '2s/^data: //p' answer | jq -r '.body | "\(.size) \(.crc32) \(.text | length)"' >told
        assert_equal "$(<told)" "$(wc -c <body) $(crc32_of body) 4096"
        assert_equal "$(post "$target" body -H 'Transfer-Encoding: chunked')" 200
        sed -n '2s/^data: //p' answer | jq -r '.body | "\(.size) \(.crc32) \(.text | length)"' >told
        assert_equal "$(<told)" "$(wc -c <body) $(crc32_of body) 4096"
    done
    assert_equal "$(post '/with/raw={{id}}&sub=1/' body -g)" 200
    assert_equal "$(<answer)" '"last"'
}

@test "a stream takes a body of 64 MiB, and a larger one gets a 413 that arrives" {
    local target framing
    start_server
    letters $((64 * 1024 * 1024)) >body
    for target in '/stream?count=0' /with/count=0/v1; do
        assert_equal "$(post "$target" body)" 200
    done
    letters 1000000 >>body
    for target in '/stream?count=0' /with/count=0/v1; do
        for framing in 'X: y' 'Transfer-Encoding: chunked'; do
            assert_equal "$target $framing $(post "$target" body -H "$framing")" "$target $framing 413"
            assert_equal "$(<answer)" 'the body is too large; the maximum here is 67108864 bytes'
        done
    done
    command -v python3 >/dev/null || return 0
    cat >post.py <<'PYTHON'
import sys, urllib.error, urllib.request
request = urllib.request.Request(sys.argv[1], data=open("body", "rb").read(), headers={"Content-Type": "application/json"})
try:
    urllib.request.urlopen(request, timeout=60)
except urllib.error.HTTPError as error:
    print(error.code)
PYTHON
    assert_equal "$(python3 post.py "$URL/with/count=0/v1")" 413
}

@test "the beginning of a body is text, whatever its bytes are, and an empty body has none" {
    start_server
    printf 'a\xff\x00"\xe2\x82' >body
    assert_equal "$(post '/stream?count=0&echo=1' body)" 200
    sed -n '2s/^data: //p' answer | jq -j .body.text >text
    printf 'a\xef\xbf\xbd\x00"\xef\xbf\xbd' | cmp - text
    head -c 9000 /dev/urandom >body
    assert_equal "$(post '/stream?count=0&echo=1' body)" 200
    assert_equal "$(sed -n '2s/^data: //p' answer | jq .body.size)" 9000
    : >body
    assert_equal "$(post '/stream?count=0&echo=1' body)" 200
    assert_equal "$(sed -n '2s/^data: //p' answer | jq -c .body)" '{"size":0,"crc32":"00000000"}'
    # A form and an event stream are shown too.
    assert_equal "$(curl -sS -m 5 "$URL/stream" -d 'count=0&echo=1' | sed -n '2s/^data: //p' | jq -r .body.text)" 'count=0&echo=1'
}

@test "the 1 MiB of other paths, of event streams and the 64 KiB of forms are as they were" {
    start_server
    letters $((1024 * 1024 + 1)) >body
    assert_equal "$(post /status body -X GET)" 413
    assert_equal "$(post /expect body)" 413
    assert_equal "$(curl -sS -m 9 -o answer -w '%{http_code}' -H 'Expect:' -H 'Content-Type: text/event-stream' --data-binary @body "$URL/stream")" 413
    letters $((64 * 1024 + 1)) >body
    assert_equal "$(curl -sS -m 9 -o answer -w '%{http_code}' -H 'Expect:' --data-binary @body "$URL/stream")" 413
    assert_equal "$(curl -sS -m 9 -o answer -w '%{http_code}' -H 'Expect:' --data-binary @body "$URL/with/count=0")" 200
    assert_equal "$(curl -sS -m 9 -o answer -w '%{http_code}' -H 'Expect:' -X PUT --data-binary @body "$URL/stream?count=0")" 200
}
