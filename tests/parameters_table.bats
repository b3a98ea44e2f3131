#!/usr/bin/env bats
# Which parameters there are, what they take, and how they are refused. GET /help is the source of most of these tests: what it says
# is held to what the program does.
load helper

# help_lines: a line for each parameter of GET /help: its name, a tab, what it takes.
help_lines() {
    get /help 'Connection: close' | pipe_request | body_of | sed '1,/^GET /d' | sed '1d; /^$/,$d' |
        sed -E 'N; s/^([^ ]+) +[^\n]*\n +/\1\t/'
}

# is_taken QUERY: its first parameter is, which a second one shows that is not known.
is_taken() {
    get "/stream?$1&zz" | refuses 400 'parameter "zz" is unknown' || { echo "for $1" && return 1; }
}

# takes NAME VALUE...: each of these values. The file help has the lines of the help, here and below.
takes() {
    local value
    for value in "${@:2}"; do
        is_taken "$1=$value" || return 1
    done
}

# takes_not NAME VALUE...: none of them; each is refused, by the parameter's name and with what it takes.
takes_not() {
    local value
    for value in "${@:2}"; do
        get "/stream?$1=${value// /%20}&count=0" | refuses 400 "parameter \"$1\" takes " || { echo "for $1=$value" && return 1; }
        grep -qF "parameter \"$1\" takes $(sed -n "s/^$1	//p" help)" answer || { cat answer && return 1; }
    done
}

# more NUMBER: a larger one, with the same unit behind it. It may be one that the shell cannot reckon with.
more() {
    local unit=${1##*[0-9]} number=${1%%[a-zA-Z]*}
    if [ "${number: -1}" = 9 ]; then
        echo "$((number + 1))$unit"
    else
        echo "${number%?}$((${number: -1} + 1))$unit"
    fi
}

# less NUMBER: a smaller one; no negative one but for 0.
less() {
    case $1 in
    1ms) echo 0.999999ms ;;
    0) echo -1 ;;
    *) echo $(($1 - 1)) ;;
    esac
}

# not_with ONE OTHER QUERY: the two do not go together, and the answer names both.
not_with() {
    get "/stream?$3" | refuses 400 "parameter \"$1\" cannot be combined with \"$2\": " || { echo "for $3" && return 1; }
}

# needs ONE OTHER QUERY: the first makes no sense without the second.
needs() {
    get "/stream?$3" | refuses 400 "parameter \"$1\" needs \"$2\": " || { echo "for $3" && return 1; }
}

@test "GET /help lists exactly the parameters that are accepted, in the order of the refusal's own list" {
    local name
    help_lines | cut -f 1 >names
    assert_at_least "$(wc -l <names)" 31
    get '/stream?zz=1' | pipe_request | body_of | sed 's/.*accepted: //; s/, /\n/g' | diff names -
    while read -r name; do
        get "/stream?$name=1&zz" | pipe_request >answer
        assert_file_has answer -E "parameter \"(zz\" is unknown|$name\" takes)"
        takes_not_other "$name" || return 1
    done <names
}

# takes_not_other NAME: nothing near to a name is taken for it.
takes_not_other() {
    local other
    for other in "${1^^}" "$1x" "${1%?}" "%20$1" "$1%00"; do
        [ "$other" != "$1" ] || continue
        ! grep -qx "$other" names || continue
        get "/stream?$other=1&count=0" | pipe_request >answer
        grep -q 'is unknown; .*accepted: count, ' answer || { echo "$other is taken" && return 1; }
    done
}

# meant UNKNOWN [NAME]: the refusal of the name that is not known asks if NAME was meant, and lists all; without NAME it only lists them.
meant() {
    get "/stream?$1=1" | refuses 400 "parameter \"$1\" is unknown; ${2:+did you mean \"$2\"? }accepted: count, interval, "
    assert_ends_with "$(body_of <answer)" ', by, key, attempt, log'
}

@test "a name that is not known is answered with the one that it is near to" {
    local name
    help_lines | cut -f 1 >names
    while read -r name; do
        meant "${name}x" "$name"
        meant "x$name" "$name"
        [ "${name^^}" = "$name" ] || meant "${name^^}" "$name"
        meant "1-18446744073709551615.${name}x" "$name"
    done <names
    while read -r unknown name; do
        meant "$unknown" "$name"
    done <<'END'
cuont count
conut count
coount count
cont count
lasteventid lastEventId
last-event-id lastEventId
LastEventID lastEventId
retyr retry
interva1 interval
heartbaet heartbeat
preflihgt preflight
rwa raw
headers header
2.stauts status
END
    for name in zz xyz ab timeout url wa raaaw cc lastEventIdIsTooFar; do
        meant "$name"
    done
}

@test "both ends of each range that the help tells are taken, and what is beyond them is not" {
    local name accepts ranges=0
    help_lines >help
    while IFS=$'\t' read -r name accepts; do
        [[ $name != @(key|log) ]] || continue # the numbers are of characters and names
        if [[ $accepts =~ ([0-9]+[a-zA-Z]*)\ to\ ([0-9]+[a-zA-Z]*) ]]; then
            takes "$name" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
            takes_not "$name" "$(less "${BASH_REMATCH[1]}")" "$(more "${BASH_REMATCH[2]}")"
        elif [[ $accepts =~ at\ most\ ([0-9]+[a-z])(;|$) ]]; then
            takes "$name" 0 "${BASH_REMATCH[1]}"
            takes_not "$name" -1 "$(more "${BASH_REMATCH[1]}")"
        else
            continue
        fi
        ranges=$((ranges + 1))
        takes_not "$name" '' 1x %2B1 ' 1' '1 '
    done <help
    assert_at_least "$ranges" 15
}

@test "each word that the help tells is taken, and no other" {
    local name accepts word choices=0
    help_lines >help
    while IFS=$'\t' read -r name accepts; do
        [[ $accepts =~ ^[a-z0-9-]+(, [a-z0-9-]+)*\ or\ [a-z0-9-]+$ ]] || continue
        for word in $(tr -d , <<<"${accepts/ or / }"); do
            takes "$name" "$word"
            takes_not "$name" "${word}x" " $word"
        done
        takes_not "$name" '' "${word%?}" 'lf|cr'
        choices=$((choices + 1))
    done <help
    assert_at_least "$choices" 9
    takes loop forever
    takes cut head
    takes split random
    takes buffer all
    takes_not buffer All al
    takes_not loop Forever for
    takes_not cut headx forever
    takes_not split Random random,1
}

@test "times, bytes and shares are written in several ways" {
    help_lines >help
    takes interval 50ms 2s 1m 0.05 .5 5. 00 3600 3600s 0.000000001ms 59.999999999m
    takes interval 1,5 '1ms,2s%2C0' '0,0.5,.5,1m'
    takes_not interval 1h 1M . s ms 1e3 0x1 1..5 1, ,1 1,,2 '1, 2' 1,61m 1%252C5 '1 s' 3600.1 60.000001m 99999999999999999999
    takes size 128 0128 1k 64k 5M 65536k 67108864
    takes_not size 1K 1m 1.5k 65537k 67108865 k 18014398509481985k
    takes jitter 0 1 0.5 1.0 .001 1.
    takes_not jitter 1.001 2 -0 50%25 .
    takes split 1 65536 1,65536 01 3,3,3
    takes_not split 0 65537 1, ,1 1,,1 1,random '1, 2' 1.5
}

@test "text for a line of the stream has no line end and 256 bytes at most, a key 64 letters, digits, dots, dashes and underscores" {
    local name x256
    help_lines >help
    x256=$(printf '%0256d' 0)
    for name in event retry; do
        takes "$name" '' "$x256" a%00%ff%09
        takes_not "$name" "${x256}0" a%0ab a%0Db
    done
    takes lastEventId '' a%09%ff
    takes_not lastEventId a%0ab a%00 a%7f
    takes key "${x256:0:64}" aZ09._-
    takes_not key "${x256:0:65}" '' a/b a%00
}

@test "values are decoded as a form's are, byte for byte" {
    get '/stream?count=%30&event=a+b%2Bc%26%3d%25' | pipe_request >answer
    assert_file_has answer -x $'X-Expected-Events: 0\r'
    get '/stream?raw=a+b%2Bc%26%3d%25=d&framing=close' | pipe_request >answer
    assert_equal "$(body_of <answer)" 'a b+c&=%=d'
    get '/stream?raw=a%2' | refuses 400 'a "%" in the parameters is not followed by two hexadecimal digits'
    get '/stream?raw=a%zz' | refuses 400 'a "%" in the parameters'
}

@test "a parameter that takes one value is refused when it is given twice, or for attempts that overlap" {
    local name accepts query
    help_lines >help
    while IFS=$'\t' read -r name accepts; do
        case $name in
        raw | header)
            is_taken "$name=a:b&$name=c:d"
            continue
            ;;
        *) query=$(same_twice "$name" "$accepts") ;;
        esac
        get "/stream?$query" | refuses 400 "parameter \"$name\" is given twice; it takes one value: $accepts" ||
            { echo "for $query" && return 1; }
    done <help
    for query in '1.bom=1&1.bom=2' '1-3.bom=1&3.bom=2' '2-.bom=1&5-7.bom=2' '2-.bom=1&1-2.bom=2' '4-.bom=1&2-.bom=1' '7.bom=1&1-9.bom=1'; do
        get "/stream?$query" | refuses 400 'parameter "bom" is given twice; it takes one value: ' || { echo "for $query" && return 1; }
    done
    is_taken '1.bom=1&2.bom=2&3-5.bom=3&6-.bom=4&bom=5'
    is_taken '2.raw=a&2.raw=b&1-.raw=c'
}

# same_twice NAME ACCEPTS: it twice, with a value that it takes.
same_twice() {
    local value
    case $1 in
    require) value=bearer:x ;;
    cors) value='*' ;;
    status) value=200 ;;
    size) value=128 ;;
    case) value=bom ;;
    *)
        value=1
        [[ ! $2 =~ ^[a-z0-9-]+(, [a-z0-9-]+)*\ or\ [a-z0-9-]+$ ]] || value=${2##* }
        ;;
    esac
    echo "$1=$value&$1=$value"
}

@test "a prefix that is neither a method nor attempts is refused, and by, key, lastEventId and case take none" {
    local name
    for name in 0.bom 3-2.bom 1--2.bom -2.bom 1,2.bom .bom x.bom 1..bom 1.2.bom 18446744073709551616.bom; do
        get "/stream?$name=1" | refuses 400 "parameter \"$name\" has an unknown prefix; " || { echo "for $name" && return 1; }
    done
    for name in by key lastEventId case; do
        get "/stream?2.$name=id" | refuses 400 "parameter \"2.$name\" is the same for all attempts"
    done
    takes 18446744073709551615.bom 1
    takes 1-1.bom 1
    takes 2%2ebom 1
}

@test "there may be 256 parameters, and no more" {
    local many
    many=$(printf 'raw=a&%.0s' {1..256})
    get "/stream?$many" | pipe_request >answer
    assert_equal "$("$TOOLS/read_answers" <answer)" 200
    get "/stream?${many}raw=a" | refuses 400 'too many parameters; the maximum is 256'
}

@test "parameters that do not go together are refused, and the answer names both" {
    local with
    for with in count=1 size=200 event=x eol=cr resume=next time=0; do
        not_with raw "${with%=*}" "$with&raw=x"
        { request "POST /stream?$with HTTP/1.1" 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 0'; } |
            refuses 400 "a text/event-stream body cannot be combined with \"${with%=*}\": "
    done
    { request 'POST /stream?raw=x HTTP/1.1' 'Host: x' 'Content-Type: text/event-stream' 'Content-Length: 0'; } |
        refuses 400 'parameter "raw" cannot be combined with a text/event-stream body'
    not_with chunk framing 'raw=x&chunk=2&framing=close'
    not_with chunk framing 'raw=x&chunk=2&framing=length'
    not_with end framing 'raw=x&end=badchunk&framing=close'
    not_with end framing 'raw=x&end=badchunk&framing=length'
    not_with end framing 'raw=x&end=truncate&framing=close'
    not_with framing encoding 'raw=x&framing=length&encoding=gzip'
    not_with framing heartbeat 'count=1&framing=length&heartbeat=1'
    not_with framing loop 'raw=x&framing=length&loop=forever'
    not_with heartbeat interval 'heartbeat=1&interval=0'
    not_with heartbeat interval 'heartbeat=1&interval=0,0ms'
    not_with heartbeat interval 'raw=a%0A&heartbeat=1&interval=0'
    not_with heartbeat raw 'raw=a&raw=b&heartbeat=1&interval=1'
    not_with location status 'location=/&status=203'
}

@test "parameters that need another are refused without it, and the answer names both" {
    needs loop raw loop=2
    needs gap split gap=1
    needs heartbeat interval 'heartbeat=1&raw=a%0A'
    needs location status location=/
    needs by key by=key
    needs framing count framing=length
    needs framing count 'framing=length&count=100001'
    request 'HEAD /stream?framing=length&count=100000 HTTP/1.1' 'Host: x' | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
}

@test "what does not fit together matters only for the attempt that it is for" {
    get '/stream?count=0&2.raw=x&2.framing=close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
    get '/stream?count=0&2.raw=x' 'Last-Event-ID: message-1' | refuses 400 'parameter "raw" cannot be combined with "count"'
    get '/stream?raw=x&chunk=5&end=truncate&2.status=204' 'Last-Event-ID: message-1' | pipe_request >answer
    assert_equal "$(status_of <answer)" 204
}

@test "of text for the head that is too long, the refusal tells how long it may be" {
    local name x4097
    x4097=$(printf '%04097d' 0)
    for name in type reason location header lastEventId cors require; do
        get "/stream?$name=$x4097" | refuses 400 '; at most 4096 bytes' || { echo "for $name" && return 1; }
        assert_file_has answer "^parameter \"$name\" takes "
    done
    get "/stream?count=0&type=${x4097:1}" 'Connection: close' | pipe_request >answer
    assert_equal "$(status_of <answer)" 200
    get "/stream?event=$x4097" | refuses 400 'takes a line of at most 256 bytes'
    refute_file_has answer 4096
}
