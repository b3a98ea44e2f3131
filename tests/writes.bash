# What the tests of a stream's bytes load beside helper: a capture of what the program wrote, in how many writes, and what is in it.
#
# A capture is the file writes, as the tool of that name prints it. The program is told that its client is 192.0.2.1:7, so that the
# hello is always the same.

HELLO='id: hello\ndata: Hello, 192.0.2.1:7!\n\n' # escaped, as in a capture
HELLO_LENGTH=37

# capture_request [OPTION...] <REQUEST: of one connection. The options are those of the tool.
# shellcheck disable=SC2120 # other files pass some
capture_request() {
    REMOTE_ADDR=192.0.2.1 REMOTE_PORT=7 "$TOOLS/writes" "$@" "$SSE_SERVER" -i >writes 2>log
}

# capture QUERY [FIELD...]: of a GET of /stream with that query.
capture() {
    # shellcheck disable=SC2119
    get "/stream?$1" "${@:2}" | capture_request
}

# body_writes: what was written, a line for each write. The head is left out, and the line too if there was nothing else in it.
body_writes() {
    awk '!sub(/^[0-9]+ [0-9]+ /, "") { next }
        !head { head = index($0, "\\r\\n\\r\\n"); $0 = substr($0, head + 8); if ($0 == "") next }
        { print }' writes
}

# head_of: the head of the capture, a line for each field.
head_of() {
    awk 'sub(/^[0-9]+ [0-9]+ /, "") { print substr($0, 1, index($0, "\\r\\n\\r\\n") - 1); exit }' writes | sed 's/\\r\\n/\n/g'
}

# unescaped: the bytes that lines of a capture stand for.
unescaped() {
    printf '%b' "$(tr -d '\n')"
}

# times: when each write came, in milliseconds, in one line.
times() {
    sed -n 's/^\([0-9]*\) [0-9]* .*/\1/p' writes | paste -sd ' '
}

# came_after MS WRITE: that write came no earlier. Times are cut to whole milliseconds.
came_after() {
    local at
    read -ra at <<<"$(times)"
    ((at[$2] >= $1 - 1)) || { echo "write $2 came after ${at[$2]} ms, not $1" && return 1; }
}

# how_it_ended: "end", "reset" or "silent".
how_it_ended() {
    tail -n 1 writes
}

# wrote LINE...: these were the writes of the body. Where they were not, the test has failed.
wrote() {
    diff <([ $# -eq 0 ] || printf '%s\n' "$@") <(body_writes)
}

# pieces_of TEXT SIZE...: the text in pieces of these sizes, over and over, a line each.
pieces_of() {
    local text=$1 i=0 sizes=("${@:2}")
    while [ -n "$text" ]; do
        printf '%s\n' "${text:0:sizes[i % ${#sizes[@]}]}"
        text=${text:sizes[i++ % ${#sizes[@]}]}
    done
}

# in_chunks: each line on standard input as a chunk, escaped as in a capture. A line is plain letters.
in_chunks() {
    local line
    while IFS= read -r line; do
        printf '%x\\r\\n%s\\r\\n\n' "${#line}" "$line"
    done
}
