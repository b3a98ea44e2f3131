#!/usr/bin/env bats
# Two thousand strings of parameters, made at random from the table's names, from values that fit and from bytes that do not: each is
# answered, by a head that is well-formed and a body that is whole, unless it was asked for otherwise. The seed is told when it is not.
load helper
load bystander

SEED=${SEED:-20}
STRINGS=2000

# random_queries <NAMES: one a line. Streams are short, and no wait is longer than a millisecond; hang and forever are left out.
random_queries() {
    awk -v seed="$SEED" -v strings="$STRINGS" '
        function below(n) { state = (state * 1103 + 12345) % 1048573; return int(state / 1048573 * n) }
        function one_of(words, list) { return list[1 + below(split(words, list, " "))] }
        function junk(text, i) {
            text = "z"
            for (i = below(9); i > 0; i--) text = text sprintf("%%%02x", below(256))
            return text
        }
        function fitting(name) {
            if (name ~ /^(interval|delay|pause|heartbeat)$/) return one_of("1ms 0.001 0.0005s")
            if (name in usual) return one_of(usual[name])
            return junk()
        }
        function prefix() { return below(6) ? "" : one_of("1. 2. 1-. 1-3. 2-. 3-4. 0. 5-3. . x.") }
        BEGIN {
            state = seed
            usual["count"] = "0 1 2"; usual["size"] = "128 500 1k"; usual["eol"] = "lf cr crlf"; usual["bom"] = "0 1 16"
            usual["resume"] = "same next"; usual["lastEventId"] = "message-1 3 %00 x"; usual["time"] = "0 1708135969 253402300799"
            usual["format"] = "messages openai-chat openai-responses anthropic gemini ui-message"
            usual["finish"] = "yes no"; usual["errorAfter"] = "0 1 2"
            usual["fill"] = "0 1 5000"; usual["case"] = "bom way-gzip x"
            usual["loop"] = "1 3 20"; usual["echo"] = "0 1"; usual["split"] = "1 3,1,7 100 random 65536"; usual["gap"] = "0 0.00001"
            usual["jitter"] = "0 0.5 1"; usual["seed"] = "0 7 18446744073709551615"; usual["framing"] = "chunked close length"
            usual["chunk"] = "1 5 1000 1048576"; usual["encoding"] = "identity gzip"; usual["cut"] = "0 1 40 500 head"
            usual["end"] = "close reset truncate badchunk"; usual["status"] = "200 204 205 299 304 302 404 503 599"
            usual["header"] = "A:b a:%ff%09 Set-Cookie:a=b;Max-Age=1 Set-Cookie:a=b Content-Length:1 :x Access-Control-Allow-Origin:x"
            usual["location"] = "/ %00 //x.example/"; usual["cors"] = "* echo none http://a.example"; usual["credentials"] = "true false"
            usual["preflight"] = "allow deny"; usual["require"] = "bearer:x basic:a:b cookie:a=b"; usual["by"] = "id cookie key"
            usual["key"] = "k a.b"; usual["attempt"] = "1 2 3"
        }
        { names[NR] = $0 }
        END {
            while (strings-- > 0) {
                query = below(3) ? "count=" below(3) : "raw=" junk()
                if (query ~ /^count/) query = query "&interval=1ms"
                if (query ~ /^count/ && !below(3)) query = query "&format=" fitting("format")
                for (more = below(5); more > 0; more--) {
                    name = names[1 + below(NR)]
                    query = query "&" prefix() name "=" (below(8) ? fitting(name) : junk())
                }
                print query
            }
        }'
}

# transfers <QUERIES: what curl is told: to ask for each of them, by GET or with a body.
transfers() {
    awk -v url="$URL/stream" '{
        if (NR > 1) print "next"
        print "url = \"" url "?" $0 "\"\noutput = /dev/null\ndump-header = -\nmax-time = 10\nsilent\ncompressed"
        if (NR % 9 == 0) print "data = \"" (NR % 2 ? "raw=%00%0a" : "bom=1") "\""
        if (NR % 11 == 0) print "data = \"data: x\"\nheader = \"Content-Type: text/event-stream\""
        print "write-out = \"end %{exitcode} %{http_code}\\n\""
    }'
}

# heads_are_well_formed <HEADS: and nothing else is between the lines that tell how it ended.
heads_are_well_formed() {
    refute_file_has - -avE $'^(HTTP/1\\.1 [2-5][0-9][0-9] [^\x01-\x08\x0b-\x1f\x7f]*\r|[A-Za-z-]+:[^\x01-\x08\x0b-\x1f\x7f]*\r|\r|end [0-9]+ [0-9]{3})$'
}

@test "whatever parameters there are, each request is answered, and all is well" {
    local odd
    start_with_bystander
    curl -sS -m 5 "$URL/help" | sed -n 's/^\([a-z][a-zA-Z]*\)  *[a-zA-Z].*/\1/p' >names
    random_queries <names >queries
    transfers <queries >config
    timeout 100 curl -g -K config >heads 2>errors || : # the last one may end oddly
    echo "seed $SEED"
    heads_are_well_formed <heads
    grep -a '^end ' heads | paste -d ' ' - queries >ends
    assert_equal "$(wc -l <ends)" "$STRINGS"
    awk '{ count[$3]++ } END { for (code in count) print code, count[code] }' ends
    odd=$(grep -avE '^end 0 |[&.](end=(reset|truncate|badchunk)|cut=)' ends || :)
    [ -z "$odd" ] || { echo "$odd" && return 1; }
    assert_at_least "$(grep -ac '^end [0-9]* [23]' ends)" 501
    served
    all_is_well
}
