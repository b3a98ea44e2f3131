#!/usr/bin/env bats
# Two thousand strings of parameters, made at random from the table's names, from values that fit and from bytes that do not: each is
# answered, by a head that is well-formed and a body that is whole, unless it was asked for otherwise. The seed is told when it is not.
load helper
load bystander
load experiments

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
    random_queries >queries
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
