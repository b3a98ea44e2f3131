# Streams asked for over pipes, and the heads of their answers looked into. Loaded behind helper.
#
# What asks leaves the answer in the file answer, and the log in the file log; what looks looks there.

# ask QUERY [FIELD...]: over pipes, a stream with these parameters; the answer goes to the file answer.
ask() {
    get "/stream?$1" "${@:2}" | timeout 10 "$SSE_SERVER" -i >answer 2>log
}

# preflight QUERY [FIELD...]: the same for the OPTIONS that a browser sends before.
preflight() {
    request "OPTIONS /stream?$1 HTTP/1.1" 'Host: x' 'Origin: http://a.example' "${@:2}" | timeout 10 "$SSE_SERVER" -i >answer 2>log
}

# head_of FILE: the head of the answer in it.
head_of() {
    sed '/^\r$/q' "$1" | tr -d '\r'
}

# field NAME: the values of that field in the file answer, in one line.
field() {
    head_of answer | sed -n "s/^$1: *//p" | paste -sd '|'
}

# cors: what the file answer tells other origins, all of it, sorted, in one line.
cors() {
    head_of answer | sed -n 's/^Access-Control-Allow-\(.*\)/\1/p; /^Vary/p' | sort | paste -sd '|'
}

# is NAME VALUE: that field of the file answer.
is() {
    [ "$(field "$1")" = "$2" ] || { echo "no $1: $2 in:" && cat -v answer && return 1; }
}

# starts LINE QUERY: the answer's first line.
starts() {
    ask "$2"
    [ "$(head -n 1 answer)" = "$1" ] || { echo "not \"$1\" for $2:" && cat -v answer && return 1; }
}

# answered STATUS QUERY [FIELD...]: with just that status.
answered() {
    ask "${@:2}"
    [ "$(statuses <answer)" = "$1" ] || { echo "no $1 for ${*:2}:" && cat -v answer && return 1; }
}
