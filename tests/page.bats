#!/usr/bin/env bats
# The page at "/": its policy, its content, and which requests get it. tests/heavy/page_*.bats opens it in a browser.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    PAGE=$PWD/page.html
    "$ROOT/src/page/assemble" >"$PAGE"
}

# ask TARGET [FIELD...]: sends a request over pipes and writes the answer to the file answer.
ask() {
    get "$1" 'Connection: close' "${@:2}" | pipe_request >answer
}

# policy: prints the page's Content-Security-Policy, one directive per line.
policy() {
    ask / 'Accept: text/html'
    sed -n 's/^Content-Security-Policy: \(.*\)\r$/\1/p' answer | sed 's/; /\n/g'
}

# hash_of ELEMENT: prints the source expression for the text between its tags. Each tag has a line of its own.
hash_of() {
    local digits
    digits=$(sed -n "/^<$1>$/,/^<\/$1>$/p" "$PAGE" | sed '1s/.*//; $d' | sha256sum | sed 's/ .*//; s/../\\x&/g')
    # shellcheck disable=SC2059
    echo "'sha256-$(printf "$digits" | base64)'"
}

# type_for FIELD...: prints the Content-Type of "/" for a request with these fields.
type_for() {
    ask / "$@"
    sed -n 's/^Content-Type: \(.*\)\r$/\1/p' answer
}

@test "a browser gets the assembled page, with its length, and it has at most 60,000 bytes" {
    start_server
    curl -sS -m 10 -D head -o body -H 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' "$URL/"
    cmp body "$PAGE"
    assert_file_has head -x $'Content-Type: text/html; charset=utf-8\r'
    assert_file_has head -x "Content-Length: $(wc -c <"$PAGE")"$'\r'
    assert_file_has head -x $'Cache-Control: no-cache\r'
    assert_at_most "$(wc -c <"$PAGE")" 60000
}

@test "the policy allows the script and the style of the page, and connections to this server only" {
    diff <(policy) - <<END
default-src 'none'
script-src $(hash_of script)
style-src $(hash_of style)
connect-src 'self'
img-src data:
base-uri 'none'
form-action 'none'
frame-ancestors 'none'
require-trusted-types-for 'script'
END
    assert_file_has answer -x $'X-Content-Type-Options: nosniff\r'
    assert_file_has answer -x $'Referrer-Policy: no-referrer\r'
    assert_equal "$(grep -ciE '<(script|style)' "$PAGE")" 2
}

@test "the page names no other server, stores nothing, and writes no markup" {
    refute_file_has "$PAGE" -nE '(https?:|["'\''(=]//|@import|url\()'
    refute_file_has "$PAGE" -niE '(localStorage|sessionStorage|indexedDB|document\.cookie|pushState|replaceState)'
    refute_file_has "$PAGE" -nE '(innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function)'
    refute_file_has "$PAGE" -niE '<[^>]* (on[a-z]+|style)='
}

@test "a client that does not name HTML gets the text of /help, and the answer has Vary: Accept" {
    local field
    start_server
    curl -sS -m 10 "$URL/help" >help
    curl -sS -m 10 -D head "$URL/" | cmp help -
    assert_file_has head -x $'Content-Type: text/plain; charset=utf-8\r'
    curl -sS -m 10 -H 'Accept: text/plain' "$URL/" | cmp help -
    for field in 'Accept: */*' 'Accept: text/*' 'Accept: text/html;q=0' 'Accept: text/html ; a=b ; Q=0.00, text/plain' 'Accept: text/htmlx' \
        'Accept:' 'X-Accept: text/html' 'Accept: application/json;a=text/html'; do
        [ "$(type_for "$field")" = 'text/plain; charset=utf-8' ] || { echo "for $field" && return 1; }
        assert_file_has answer -x $'Vary: Accept\r'
    done
    for field in 'Accept: text/html' 'accept:TEXT/HTML;q=0.1' 'Accept: a/b, , text/html;level=1' 'Accept: */*;q=0,text/html;q=0.05'; do
        [ "$(type_for "$field")" = 'text/html; charset=utf-8' ] || { echo "for $field" && return 1; }
        assert_file_has answer -x $'Vary: Accept\r'
    done
    assert_equal "$(type_for 'Accept: text/plain' 'Accept: text/html')" 'text/html; charset=utf-8'
}

@test "every form of the root target gets the page" {
    local target
    for target in / '/?count=0' http://x http://x/ 'http://x?count=0' %2f /%; do
        ask "$target" 'Accept: text/html'
        case $target in
        %2f | /%) assert_equal "$(status_of <answer)" 400 ;;
        *) body_of <answer | cmp - "$PAGE" ;;
        esac
    done
}

@test "HEAD gets the head of the page, OPTIONS lists the methods, and other methods are refused" {
    ask / 'Accept: text/html'
    sed '/^\r$/q' answer | masked >wanted
    request 'HEAD / HTTP/1.1' 'Host: x' 'Connection: close' 'Accept: text/html' | pipe_request | masked | diff wanted -
    request 'OPTIONS / HTTP/1.1' 'Host: x' 'Connection: close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 204
    assert_file_has answer -x $'Allow: GET, HEAD, OPTIONS\r'
    request 'POST / HTTP/1.1' 'Host: x' 'Accept: text/html' | refuses 405 'GET, HEAD, OPTIONS'
}

@test "the page needs no token, but all its requests do" {
    local row
    export AUTH_TOKEN=secret
    while read -r wanted row; do
        request "$row HTTP/1.1" 'Host: x' 'Connection: close' 'Accept: text/html' | pipe_request >answer
        [ "$(status_of <answer)" = "$wanted" ] || { echo "for $row" && return 1; }
    done <<'END'
200 GET /
200 HEAD /
401 POST /
401 GET /help
401 GET /status
401 GET /expect?count=0
401 GET /stream?count=0
401 GET /nothing
END
    ask /
    assert_equal "$(status_of <answer)" 401
    ask / 'Accept: text/plain' 'Authorization: Bearer secret'
    assert_equal "$(status_of <answer)" 200
    unset AUTH_TOKEN
    get / 'Accept: text/html' | AUTH_TOKEN_FILE=missing pipe_request | status_of >code
    assert_equal "$(<code)" 503
}

@test "/help has the same content as JSON and as text, and text is the default" {
    ask /help
    assert_file_has answer -x $'Vary: Accept\r'
    assert_file_has answer -x $'X-Content-Type-Options: nosniff\r'
    body_of <answer >text
    ask /help 'Accept: text/html, */*'
    body_of <answer | cmp text -
    ask /help 'Accept: application/json'
    assert_file_has answer -x $'Content-Type: application/json\r'
    assert_file_has answer -x $'Vary: Accept\r'
    body_of <answer >json
    assert_file_has answer -x "Content-Length: $(wc -c <json)"$'\r'
    diff <(sed '/^$/,$d' text | sed -E 's/ +/\t/') <(jq -r '.paths[] | [.path, .help] | join("\t")' json)
    diff <(sed '1,/^GET /d' text | sed '1d; /^$/,$d') \
        <(jq -r '.parameters[] | .name + " " * (12 - (.name | length)) + .help + "\n            " + .accepts' json)
}

@test "/help as JSON describes paths and parameters" {
    ask /help 'Accept: application/json'
    body_of <answer >json
    jq -e '[.paths[] | select(.path == "/status").methods] == [["GET", "HEAD", "OPTIONS"]]' json
    jq -e '[.parameters[] | select(.repeats).name] == ["raw", "header"]' json
    jq -e '[.parameters[] | select(.forAttempts | not).name] == ["lastEventId", "case", "by", "key", "attempt", "log"]' json
    jq -e '[.parameters[] | select(.name == ("eol", "cut", "size")).words] | sort == [[], ["head"], ["lf", "cr", "crlf"]]' json
    jq -e '.parameters | all(.kind | test("^[a-z]+$"))' json
    jq -e '[.parameters[] | select(.kind == "choice") | .words | length > 1] | all' json
}

@test "the page has the ten experiments of README.md" {
    local query
    sed -n '/^## Ten experiments/,/^## /p' "$ROOT/README.md" | grep -oE "localhost:8080/stream\?[^']*'" | sed "s/.*stream?//; s/'$//" >queries
    assert_equal "$(wc -l <queries)" 10
    while read -r query; do
        sed 's/&amp;/\&/g' "$PAGE" | grep -F '<a href="#run' | grep -qF "/stream?$query" || { echo "not there: $query" && return 1; }
    done <queries
}

@test "the body of the page is that of its source, without the quotes and ends of lines that HTML does not need" {
    body() {
        sed '1,/^<\/style>$/d; /^<script>$/,$d' | tr -d '"\n' | sed 's/></>\n</g'
    }
    diff <(body <"$PAGE") <(cat "$ROOT/src/page/top.html" "$ROOT/src/page/body.html" | body)
}

@test "each part of the page is a file of at most 300 lines that begins with what it owns, and the page has all of them" {
    local part
    for part in "$ROOT"/src/page/*.js "$ROOT"/src/page/*.css; do
        assert_matches "$(head -n 1 "$part")" "*$(basename "$part"): *"
        assert_at_most "$(wc -l <"$part")" 300
        grep -qF " $(basename "$part") " <(tr '\n' ' ' <"$ROOT/src/page/assemble") || { echo "$part is not in the page" && return 1; }
    done
}
