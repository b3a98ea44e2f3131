# Random experiments, as queries of /stream. SEED names the series.

SEED=${SEED:-20}
STRINGS=${STRINGS:-2000}

# random_queries: $STRINGS queries, one a line, made from the names of the parameters. Streams are short, and no wait is longer
# than a millisecond; hang and forever are left out.
random_queries() {
    "$SSE_SERVER" -H | sed -n 's/^\([a-z][a-zA-Z]*\)  *[a-zA-Z].*/\1/p' | awk -v seed="$SEED" -v strings="$STRINGS" '
        function below(n) { state = (state * 1103 + 12345) % 1048573; return int(state / 1048573 * n) }
        function one_of(words, list) { return list[1 + below(split(words, list, " "))] }
        function junk(text, i) {
            text = "z"
            for (i = below(9); i > 0; i--) text = text sprintf("%%%02x", below(256))
            return text
        }
        function fitting(name) {
            if (name ~ /^(delay|pause|heartbeat)$/) return one_of("1ms 0.001 0.0005s")
            if (name in usual) return one_of(usual[name])
            return junk()
        }
        function prefix() { return below(6) ? "" : one_of("1. 2. 1-. 1-3. 2-. 3-4. 0. 5-3. . x. GET. POST. GET.1. get.") }
        BEGIN {
            state = seed
            usual["count"] = "0 1 2"; usual["interval"] = "1ms 0.0005s 0,1ms 1ms,0%2c0.5ms"; usual["buffer"] = "1 7 4k all"
            usual["forbid"] = "X-A Host accept"; usual["size"] = "128 500 1k"; usual["eol"] = "lf cr crlf"; usual["bom"] = "0 1 16"
            usual["resume"] = "same next"; usual["lastEventId"] = "message-1 3 %00 x"; usual["time"] = "0 1708135969 253402300799"
            usual["format"] = "messages openai-chat openai-responses anthropic gemini ui-message"
            usual["finish"] = "yes no"; usual["errorAfter"] = "0 1 2"
            usual["fill"] = "0 1 5000"; usual["case"] = "bom way-gzip x"
            usual["loop"] = "1 3 20"; usual["sub"] = "0 1"; usual["echo"] = "0 1"; usual["split"] = "1 3,1,7 100 random 65536 2%2c9"; usual["gap"] = "0 0.00001 0,0.01ms 0.01ms%2C0"
            usual["jitter"] = "0 0.5 1"; usual["seed"] = "0 7 18446744073709551615"; usual["framing"] = "chunked close length"
            usual["chunk"] = "1 5 1000 1048576"; usual["encoding"] = "identity gzip"; usual["cut"] = "0 1 40 500 head"
            usual["end"] = "close reset truncate badchunk"; usual["status"] = "200 201 202 204 205 299 304 302 404 503 599"
            usual["header"] = "A:b a:%7B%7Bn%7D%7D a:%ff%09 Set-Cookie:a=b;Max-Age=1 Set-Cookie:a=b Content-Length:1 :x Access-Control-Allow-Origin:x"
            usual["location"] = "/ %00 //x.example/"; usual["cors"] = "* echo none http://a.example"; usual["credentials"] = "true false"
            usual["preflight"] = "allow deny"; usual["require"] = "bearer:x basic:a:b cookie:a=b header:host header:X-A=b"; usual["by"] = "id cookie key"
            usual["log"] = "X-A Host,Accept Cookie"; usual["key"] = "k a.b"; usual["attempt"] = "1 2 3"
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

# minimal, complete, path_escaped <QUERIES: each as one segment of a path. Encoded is only what must be; all but what encodeURIComponent
# and quote() of Python leave; and what url.PathEscape of Go encodes.
minimal() {
    sed 's|%|%25|g; s|/|%2F|g; s|?|%3F|g; s|#|%23|g'
}

complete() {
    jq -Rr @uri
}

path_escaped() {
    sed 's|%|%25|g; s|/|%2F|g; s|?|%3F|g; s|#|%23|g; s|;|%3B|g; s|,|%2C|g; s|\[|%5B|g; s|\]|%5D|g; s|"|%22|g; s|{|%7B|g; s|}|%7D|g'
}
