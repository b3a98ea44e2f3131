# The bystander: a client that does nothing wrong while others do, and must not notice.
#
# bystander, once a server is started, opens its stream; each line that comes is kept with the time it came.
# bystander_is_well ends it as a server does that stops, and says whether every message came, in order, whole and on time.

bystander() {
    # shellcheck disable=SC2016 # the inner shell's variables
    in_background bystander.err bash -c 'curl -sSN "$0/stream" | while IFS= read -r line; do
        printf "%s %s\n" "$EPOCHREALTIME" "$line"
    done >bystander
    exit "${PIPESTATUS[0]}"' "$URL"
    BYSTANDER=$LAST
    until_true grep -qs ' data: Hello' bystander
    BYSTANDER_PROCESS=$(children "$SERVER")
    # shellcheck disable=SC2207 # process ids, for teardown
    STARTED+=("$BYSTANDER_PROCESS" $(children "$BYSTANDER"))
}

bystander_is_well() {
    local messages
    messages=$(grep -c ' data: }$' bystander || :)
    has_one_more() { [ "$(grep -c ' data: }$' bystander)" -gt "$messages" ]; }
    until_true has_one_more
    kill -TERM "$BYSTANDER_PROCESS"
    wait "$BYSTANDER" # curl says 18 if the last chunk is missing
    # The grace is for a machine with other things to do; a server that waits for somebody is late by a second or more.
    awk '$2 == "id:" && $3 == "hello" { began = $1 }
        $2 == "id:" && $3 != "hello" {
            if ($3 != "message-" ++number) { print "instead of message-" number ": " $0; bad = 1 }
            if ($1 - began - number > 0.9 || $1 - began - number < -0.9) { print "not on time: " $1 - began " s: " $0; bad = 1 }
        }
        $2 == "data:" { $1 = ""; block = block $0 "\n" }
        $2 == "data:" && $3 == "}" {
            if (block !~ /^ data: {\n data: "time": [0-9]+,\n data: "random": "[A-Za-z]+"\n data: }\n$/) { print "not whole: " block; bad = 1 }
        }
        NF == 1 { block = "" }
        END { exit bad }' bystander
}

nobody_is_left() {
    until_true eval '[ -z "$(children "$SERVER")" ]'
}

# start_with_bystander [OPTION...]: a server, and the bystander.
start_with_bystander() {
    start_server "$@"
    bystander
}

# log_is_clean: each line of the log is one of the manual's, in plain ASCII but for the sign of microseconds.
log_is_clean() {
    local begin='^(<- 127\.0\.0\.1:[0-9]+: |Starting (sse-server at|stream for) |Client 127\.0\.0\.1:[0-9]+ (closed|was|stopped) |Limit of -n |Accepting )[ -~]*$'
    sed 's/\xc2\xb5s/us/' server.log | grep -vE "$begin" || return 0
    return 1
}

# all_is_well: at the end of a test: the bystander has all of its messages, no process is left over, and the log is the server's own.
all_is_well() {
    bystander_is_well
    nobody_is_left
    log_is_clean
}

# served: the next client is.
served() {
    curl -sS "$URL/stream?count=0" | assert_file_has - '^data: Hello'
}

# filler COUNT: as many letters.
filler() {
    printf '%*s' "$1" '' | tr ' ' a
}
