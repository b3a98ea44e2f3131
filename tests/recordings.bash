# Recordings of streams for src/sse-replay, and what is in its output.

REPLAY=$ROOT/src/sse-replay

# record [OPTION...] URL: with curl. The trace is in trace.txt, the decoded body in body.
record() {
    curl -sSN -m 20 --trace trace.txt --trace-time -o body "$@" || :
}

# hex_dump <BYTES: as curl writes it.
hex_dump() {
    od -A n -v -t x1 -w16 | awk '{ printf "%04x: %-48s text\n", 16 * (NR - 1), substr($0, 2) " " }'
}

# trace_head TIME [FIELD...]: the lines for a head that arrives then.
trace_head() {
    local line
    for line in 'HTTP/1.1 200 OK' 'Content-Type: text/event-stream' "${@:2}" ''; do
        echo "$1 <= Recv header, $((${#line} + 2)) bytes (0x0)"
        printf '%s\r\n' "$line" | hex_dump
    done
}

# trace_data TIME [TEXT]: the lines for these bytes, or those on standard input.
trace_data() {
    echo "$1 <= Recv data, some bytes (0x0)"
    if [ $# -gt 1 ]; then printf '%s' "$2"; else cat; fi | hex_dump
}

# value_of NAME QUERY: the value of that parameter, encoded.
value_of() {
    tr '?&' '\n' <<<"$2" | sed -n "s/^$1=//p"
}

# raw_of QUERY: the bytes that raw stands for.
raw_of() {
    printf '%b' "$(value_of raw "$1" | sed 's/+/ /g; s/%/\\x/g')"
}

# traced_blocks: the time and the size of each block of data in trace.txt, which was recorded with framing=close.
traced_blocks() {
    sed -nE 's/^([0-9]+):([0-9]+):([0-9.]+) <= Recv data, ([0-9]+) bytes .*/\1 \2 \3 \4/p' trace.txt | awk '{ printf "%.6f %d\n", 3600 * $1 + 60 * $2 + $3, $4 }'
}

# traced_sizes, traced_waits: the lists that sse-replay must give for trace.txt.
traced_sizes() {
    traced_blocks | cut -d ' ' -f 2 | paste -sd ,
}

traced_waits() {
    traced_blocks | awk 'NR > 1 { text = sprintf("%.6f", $1 - last); sub(/\.?0+$/, "", text); print text } { last = $1 }' | paste -sd ,
}
