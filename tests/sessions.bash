# Sessions: runs the `$` commands of a document in turn, and compares their output with the output that the document shows.

# masked_session: removes what differs between runs and between machines.
masked_session() {
    tr -d '\r' | sed -E -e 's/Hello, [^!]+!/Hello, PEER!/' -e 's/^Date: .*/Date: DATE/' -e 's/("time": )[0-9]+,/\1TIME,/' \
        -e 's/"(\[::1\]|127\.0\.0\.1):[0-9]+"/"PEER"/g' -e 's/"[0-9-]+T[0-9:.]+Z"/"TIME"/' -e 's/("lastEventId": ?)[0-9]+/\1N/' \
        -e 's/^(Starting sse-server at :)[0-9]+/\1PORT/' -e 's/("(bytes|durationMs)": ?)[0-9]+/\1N/g' -e 's|"curl/[0-9.]*"|"CURL"|g'
}

# says FILE LINES: the file has at least this many lines.
says() {
    assert_at_least "$(wc -l <"$1")" "$2"
}

# descendants PID: prints the processes below it, so that the test can end what make started.
descendants() {
    local child
    for child in $(children "$1"); do
        echo "$child"
        descendants "$child"
    done
}

# serve_as COMMAND: runs a command that listens, but on a free port. LISTENS maps the port that the command names to the free one.
declare -A LISTENS
serve_as() {
    local named=8080
    [[ $1 =~ 80[0-9][0-9] ]] && named=${BASH_REMATCH[0]}
    SERVED=served.${#STARTED[@]}
    PORT=0 STATUS_FILE=$PWD/status.${#STARTED[@]} in_background "$SERVED" bash -c "${1//$named/0}"
    server_is_ready "$SERVED"
    mapfile -t -O "${#STARTED[@]}" STARTED < <(descendants "$LAST")
    LISTENS[$named]=$PORT_USED
}

# run_to COMMAND LINES: runs the command against the server in LISTENS. With LINES, it ends the command after this many lines. curl shows
# no progress here, because its output is no terminal's: as with -sS.
run_to() {
    local command=$1 port
    command=${command/ -m 3 / -m 15 } # a busy machine needs longer than a reader
    [[ $command =~ curl\ -[A-Za-z]*s ]] || command=${command/curl /curl -sS }
    for port in "${!LISTENS[@]}"; do
        command=${command//localhost:$port/localhost:${LISTENS[$port]}}
    done
    if [ -z "$2" ]; then
        # Some commands fail: what they print is compared. /log shows the end a moment after the client has it.
        nothing_runs() { bash -c "$command" >output 2>&1 || :; ! grep '"running"' output; }
        until_true nothing_runs
    else
        in_background output bash -c "exec $command"
        until_true says output "$2"
        kill "$LAST"
    fi
}

# trimmed: removes empty lines at the end.
trimmed() {
    local text
    text=$(cat)
    printf '%s\n' "$text"
}

# try COMMAND SHOWN: runs one command of a session and compares its output. "..." at the end means: more lines follow.
try() {
    local command=$1 shown endless=
    echo "\$ $command"
    shown=$(trimmed <<<"$2")
    if [[ $shown == *$'\n...' ]]; then
        shown=$(trimmed <<<"${shown%...}")
        endless=$(wc -l <<<"$shown")
    fi
    if [[ $command == 'make run' || $command =~ ^([A-Z_]+=[^ ]+\ )*\./sse-server$ ]]; then
        serve_as "$command"
        endless=$(wc -l <<<"$shown")
        cp "$SERVED" output
    else
        run_to "$command" "$endless"
    fi
    [ -z "$shown" ] || diff <(masked_session <<<"$shown") <(head -n "${endless:-1000}" output | masked_session | trimmed)
}

# manual_sessions FILE: prints the literal blocks of a manual that contain commands, as console blocks of Markdown.
manual_sessions() {
    awk '/^\.Bd -literal/ { block = ""; on = 1; next } /^\.Ed/ { if (on && block ~ /^\$ /) printf "```console\n%s```\n", block; on = 0 }
        on { gsub(/\\e/, "\\"); sub(/^\\&/, ""); block = block $0 "\n" }' "$1"
}

# try_sessions <MARKDOWN: tries every command of the console blocks in turn. A command whose line ends with a backslash goes on in the
# next line. TRIED counts the commands.
try_sessions() {
    local line command='' shown='' inside=
    TRIED=0
    while IFS= read -r line; do
        if [[ $line == '$ '* || $line == '```' ]] && [ -n "$inside" ]; then
            if [ -n "$command" ]; then
                try "$command" "$shown"
                TRIED=$((TRIED + 1))
            fi
            command=${line#'$ '} shown=
            [[ $line == '```' ]] && command='' inside=
        elif [[ $line == '```console' ]]; then
            inside=1 command='' shown=
        elif [[ $command == *\\ ]]; then
            command+=$'\n'$line
        elif [ -n "$inside" ]; then
            shown+=${shown:+$'\n'}$line
        fi
    done
}
