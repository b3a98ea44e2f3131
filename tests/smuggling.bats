#!/usr/bin/env bats
# Messages that two parties may take for two different ones. Each gets one answer, and then the connection ends: nothing that was
# sent as a body, or that may have been, is ever answered as a request. A bystander notices nothing.
load helper
load bystander

# each_row: rows of STATUS|FIELDS|BODY, as printf's %b takes them. A POST with these fields (each with its line end) and this body is
# answered with this status, and what follows it is not answered, though the client goes on to send.
each_row() {
    local status fields body answered
    while IFS='|' read -r status fields body; do
        answered=$(printf '%b' "POST /stream?count=0 HTTP/1.1\r\nHost: x\r\n$fields\r\n${body}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n" |
            "$TOOLS/rude" "$PORT_USED" 1 wait | "$TOOLS/read_answers") || { echo "malformed for: $fields|$body" && return 1; }
        [ "$answered" = "$status" ] || { echo "$answered, not $status, for: $fields|$body" && return 1; }
    done
    refute_file_has server.log smuggled
}

# chunked_rows: the same with rows of STATUS|BODY, for a body that is chunked.
chunked_rows() {
    sed 's/|/|Transfer-Encoding: chunked\\r\\n|/' | each_row
}

@test "a length beside a transfer coding is refused, in either order and any spelling" {
    start_with_bystander
    each_row <<'ROWS'
400|Content-Length: 5\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n
400|Transfer-Encoding: chunked\r\nContent-Length: 5\r\n|0\r\n\r\n
400|Content-Length: 0\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n
400|content-length: 5\r\ntransfer-encoding: CHUNKED\r\n|0\r\n\r\n
400|Content-Length: 5\nTransfer-Encoding: chunked\n|0\r\n\r\n
400|Transfer-Encoding:\tchunked\r\nContent-Length:\t5\r\n|0\r\n\r\n
400|Transfer-Encoding:chunked \r\nContent-Length:5 \r\n|0\r\n\r\n
400|Content-Length: 5\r\nA: b\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n|0\r\n\r\n
501|Content-Length: 5\r\nTransfer-Encoding: identity\r\n|0\r\n\r\n
501|Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n|0\r\n\r\n
ROWS
    all_is_well
}

@test "two lengths, or one that is no plain number, are refused" {
    start_with_bystander
    each_row <<'ROWS'
400|Content-Length: 5\r\nContent-Length: 5\r\n|0\r\n\r\n
400|Content-Length: 5\r\nContent-Length: 0\r\n|0\r\n\r\n
400|Content-Length: 0\r\nCONTENT-LENGTH: 5\r\n|0\r\n\r\n
400|Content-Length: 5,5\r\n|0\r\n\r\n
400|Content-Length: 5, 0\r\n|0\r\n\r\n
400|Content-Length: 5 0\r\n|0\r\n\r\n
400|Content-Length: 5;\r\n|0\r\n\r\n
400|Content-Length: +5\r\n|0\r\n\r\n
400|Content-Length: -5\r\n|0\r\n\r\n
400|Content-Length: -0\r\n|
400|Content-Length: 0x5\r\n|0\r\n\r\n
400|Content-Length: 5.0\r\n|0\r\n\r\n
400|Content-Length: 1e1\r\n|0\r\n\r\n
400|Content-Length: "5"\r\n|0\r\n\r\n
400|Content-Length: 5\x0b\r\n|0\r\n\r\n
400|Content-Length: 5\x00\r\n|0\r\n\r\n
400|Content-Length: 5\xa0\r\n|0\r\n\r\n
400|Content-Length: \xd9\xa5\r\n|0\r\n\r\n
400|Content-Length:\r\n|0\r\n\r\n
400|Content-Length: 5\r\n 0\r\n|0\r\n\r\n
400|Content-Length : 5\r\n|0\r\n\r\n
400|Content-Length\t: 5\r\n|0\r\n\r\n
400| Content-Length: 5\r\n|0\r\n\r\n
400|Content-Length\r\n: 5\r\n|0\r\n\r\n
400|\x00Content-Length: 5\r\n|0\r\n\r\n
400|Content-Length: 18446744073709551621\r\n|0\r\n\r\n
400|Content-Length: 9223372036854775808\r\n|0\r\n\r\n
413|Content-Length: 4294967301\r\n|0\r\n\r\n
ROWS
    all_is_well
}

@test "a transfer coding that is not just chunked is refused, however it is spelled" {
    start_with_bystander
    each_row <<'ROWS'
501|Transfer-Encoding: xchunked\r\n|0\r\n\r\n
501|Transfer-Encoding: chunkedx\r\n|0\r\n\r\n
501|Transfer-Encoding: chunked, identity\r\n|0\r\n\r\n
501|Transfer-Encoding: identity, chunked\r\n|0\r\n\r\n
501|Transfer-Encoding: chunked, chunked\r\n|0\r\n\r\n
501|Transfer-Encoding: chunked,\r\n|0\r\n\r\n
501|Transfer-Encoding: ,chunked\r\n|0\r\n\r\n
501|Transfer-Encoding: chunked;q=1\r\n|0\r\n\r\n
501|Transfer-Encoding: "chunked"\r\n|0\r\n\r\n
501|Transfer-Encoding: 'chunked'\r\n|0\r\n\r\n
501|Transfer-Encoding: chunk\r\n|0\r\n\r\n
501|Transfer-Encoding: ch unked\r\n|0\r\n\r\n
501|Transfer-Encoding: gzip\r\n|0\r\n\r\n
501|Transfer-Encoding:\r\n|0\r\n\r\n
501|Transfer-Encoding: \xef\xbb\xbfchunked\r\n|0\r\n\r\n
501|Transfer-Encoding: chunked\x85\r\n|0\r\n\r\n
400|Transfer-Encoding: \x0bchunked\r\n|0\r\n\r\n
400|Transfer-Encoding: chunked\x00\r\n|0\r\n\r\n
400|Transfer-Encoding: chunked\x0c\r\n|0\r\n\r\n
400|Transfer-Encoding: chunked\r\r\n|0\r\n\r\n
400|Transfer-Encoding: chun\rked\r\n|0\r\n\r\n
400|Transfer-Encoding : chunked\r\n|0\r\n\r\n
400|Transfer-Encoding\t: chunked\r\n|0\r\n\r\n
400|Transfer-Encoding\r\n: chunked\r\n|0\r\n\r\n
400|Transfer-Encoding\n : chunked\r\n|0\r\n\r\n
501|Transfer-Encoding:\r\n chunked\r\n|0\r\n\r\n
501|Transfer-Encoding:\n\tchunked\r\n|0\r\n\r\n
400| Transfer-Encoding: chunked\r\n|0\r\n\r\n
400|A: b\r\n\tTransfer-Encoding: chunked\r\n|0\r\n\r\n
400|A: b\rTransfer-Encoding: chunked\r\n|0\r\n\r\n
400|Transfer Encoding: chunked\r\n|0\r\n\r\n
400|Transfer-Encoding\xa0: chunked\r\n|0\r\n\r\n
400|\x00Transfer-Encoding: chunked\r\n|0\r\n\r\n
400|Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n
501|Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n
ROWS
    all_is_well
}

@test "a chunk size that is not just hexadecimal digits is refused" {
    start_with_bystander
    chunked_rows <<'ROWS'
400|+5\r\nabcde\r\n0\r\n\r\n
400|-5\r\nabcde\r\n0\r\n\r\n
400|-0\r\n\r\n
400|0x5\r\nabcde\r\n0\r\n\r\n
400|5h\r\nabcde\r\n0\r\n\r\n
400|5.\r\nabcde\r\n0\r\n\r\n
400|5_0\r\nabcde\r\n0\r\n\r\n
400|"5"\r\nabcde\r\n0\r\n\r\n
400|5,5\r\nabcde\r\n0\r\n\r\n
400| 5\r\nabcde\r\n0\r\n\r\n
400|5 \r\nabcde\r\n0\r\n\r\n
400|\t5\r\nabcde\r\n0\r\n\r\n
400|5\t\r\nabcde\r\n0\r\n\r\n
400|5 ;a\r\nabcde\r\n0\r\n\r\n
400|5 5\r\nabcde\r\n0\r\n\r\n
400|\x005\r\nabcde\r\n0\r\n\r\n
400|5\x00\r\nabcde\r\n0\r\n\r\n
400|\xef\xbc\x95\r\nabcde\r\n0\r\n\r\n
400|;a=b\r\nabcde\r\n0\r\n\r\n
400|\r\n5\r\nabcde\r\n0\r\n\r\n
400|\n5\r\nabcde\r\n0\r\n\r\n
413|10000000000000005\r\nabcde\r\n0\r\n\r\n
413|fffffffffffffffb\r\nabcde\r\n0\r\n\r\n
413|8000000000000005\r\nabcde\r\n0\r\n\r\n
413|100000005\r\nabcde\r\n0\r\n\r\n
413|ffffffff\r\nabcde\r\n0\r\n\r\n
ROWS
    { printf '400|5;' && filler 300 && printf '\\r\\nabcde\\r\\n0\\r\\n\\r\\n\n'; } | chunked_rows
    { printf '400|%0300d' 5 && printf '\\r\\nabcde\\r\\n0\\r\\n\\r\\n\n'; } | chunked_rows
    all_is_well
}

@test "a chunk that does not end where it says, or whose lines do not end in CR LF, is refused" {
    start_with_bystander
    chunked_rows <<'ROWS'
400|5\nabcde\r\n0\r\n\r\n
400|5\rabcde\r\n0\r\n\r\n
400|5\r\r\nabcde\r\n0\r\n\r\n
400|5;a\nabcde\r\n0\r\n\r\n
400|5;a\r;\nabcde\r\n0\r\n\r\n
400|5;a="\x01"\r\nabcde\r\n0\r\n\r\n
400|5;a="\r\n"\r\nabcde\r\n0\r\n\r\n
400|5\r\nabcde\n0\r\n\r\n
400|5\r\nabcde\r0\r\n\r\n
400|5\r\nabcde0\r\n\r\n
400|5\r\nabcde\n\r0\r\n\r\n
400|5\r\nabcde\r\r\n0\r\n\r\n
400|4\r\nabcde\r\n0\r\n\r\n
400|6\r\nabcde\r\n0\r\n\r\n
400|7\r\nabcde\r\n0\r\n\r\n
400|8\r\nabcde\r\n0\r\n\r\n
400|5\r\nabcde\r\n\r\n
400|5\r\nabcde\r\n\r\n0\r\n\r\n
400|5xbcde\r\n0\r\n\r\n
400|abcde
400|\r\n
ROWS
    all_is_well
}

@test "a last chunk whose trailers are no fields, or do not end in CR LF, is refused" {
    start_with_bystander -k 1
    chunked_rows <<'ROWS'
400|0\n\n
400|0\r\n\n
400|0\r\nA: b\n\r\n
400|0\r\nA: b\rc\r\n\r\n
400|0\r\nA: \x00\r\n\r\n
400|0\r\nA: \x1b\r\n\r\n
400|0\r\nA : b\r\n\r\n
400|0\r\n A: b\r\n\r\n
400|0\r\n: b\r\n\r\n
400|0\r\nno field\r\n\r\n
400|0\r\n
ROWS
    all_is_well
}

@test "trailers that would change the message do not, and fields that only look like framing frame nothing" {
    start_with_bystander
    {
        request 'POST /stream?count=0 HTTP/1.1' 'Host: x' 'Transfer-Encoding: chunked'
        printf '0\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\nHost: y\r\nConnection: close\r\n\r\n'
        request 'POST /stream?count=0 HTTP/1.1' 'Host: x' 'Content-Length: 5' 'Transfer_Encoding: chunked' 'X-Content-Length: 99' &&
            printf '0\r\n\r\n'
        request 'POST /stream?count=0 HTTP/1.1' 'Host: x' 'Transfer-Encoding: chunked' 'Content_Length: 99' &&
            printf '3;Content-Length=99\r\nabc\r\n000\r\n\r\n'
        get /status 'Connection: close'
    } | "$TOOLS/rude" "$PORT_USED" 1 wait | "$TOOLS/read_answers" >answered
    assert_equal "$(cat answered)" "200 200 200 200"
    all_is_well
}

@test "a request that is refused takes its body with it, announced as it may be" {
    start_with_bystander
    each_row <<'ROWS'
400|Expect: 100-continue\r\nContent-Length: x\r\n|
413|Expect: 100-continue\r\nContent-Length: 99999999\r\n|
417|Expect: 200-ok\r\nContent-Length: 46\r\n|
400|Host: y\r\nContent-Length: 46\r\n|
413|Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 65537\r\n|
413|Transfer-Encoding: chunked\r\n|4000001\r\n
ROWS
    all_is_well
}
