#!/usr/bin/env bats
# src/sse-replay: a recorded stream becomes a request. replay_served.bats sends such requests.
load helper
load recordings

# gives TEXT <TRACE: sse-replay prints this.
gives() {
    cat >trace
    assert_equal "$("$REPLAY" trace)" "$1"
}

# refuses_recording WORDS FILE...: with one line on standard error.
refuses_recording() {
    run -1 --separate-stderr "$REPLAY" "${@:2}"
    assert_empty "$output"
    assert_starts_with "$stderr" 'sse-replay: '
    assert_contains "$stderr" "$1"
}

@test "a trace of curl becomes its bytes, the sizes of its reads and the waits between them" {
    start_server
    record "$URL/stream?count=3&interval=20ms&split=30&gap=5ms&framing=close"
    local replayed
    replayed=$("$REPLAY" trace.txt)
    assert_starts_with "$replayed" '/stream?'
    raw_of "$replayed" | cmp - body
    assert_equal "$(value_of split "$replayed")" "$(traced_sizes)"
    assert_equal "$(value_of gap "$replayed")" "$(traced_waits)"
}

@test "every byte survives, in every framing" {
    local framing all
    all=$(for i in {0..255}; do printf '%%%02x' "$i"; done)
    start_server
    for framing in chunked close length 'chunked&chunk=1' 'chunked&chunk=7'; do
        record "$URL/stream?raw=$all&raw=$all&split=50&gap=1ms&framing=$framing"
        raw_of "$("$REPLAY" trace.txt)" | cmp - body
        assert_equal "$(value_of split "$("$REPLAY" trace.txt)" | tr , + | bc)" 512
    done
}

@test "the status and the type of the response are replayed if they are not the usual ones" {
    start_server
    record "$URL/stream?raw=x&status=503&type=text/event-stream;+charset%3D%22a%22"
    assert_equal "$("$REPLAY" trace.txt)" '/stream?status=503&type=text%2fevent-stream%3b%20charset=%22a%22&raw=x'
}

@test "of several responses the last one is taken" {
    start_server
    record -L "$URL/stream?status=307&raw=first&location=/stream?raw=last"
    assert_equal "$("$REPLAY" trace.txt)" '/stream?raw=last'
}

@test "a chunk may be cut anywhere, and the bytes that only frame it are no write" {
    { trace_head 12:00:00.000000 'Transfer-Encoding: chunked' && trace_data 12:00:00.250000 $'0' && trace_data 12:00:00.300000 $'3;x="1"\r' &&
        trace_data 12:00:00.400000 $'\nab' && trace_data 12:00:00.500000 $'c\r\n' && trace_data 12:00:00.600000 $'A\r\n0123456789\r\n1\r\nz\r\n' &&
        trace_data 12:00:00.700000 $'0\r\nT: x\r\n\r\n'; } | gives '/stream?pause=0.4&split=2,1,11&gap=0.1,0.1&raw=abc0123456789z'
}

@test "an invalid chunk ends the body, and a body that comes without its chunk lines is taken as it is" {
    { trace_head 12:00:00.000000 'Transfer-Encoding: chunked' && trace_data 12:00:00.000000 $'1\r\na\r\n' &&
        trace_data 12:00:01.000000 $'2\r\nbc\r\nno number\r\n'; } | gives '/stream?split=1,2&gap=1&raw=abc'
    { trace_head 12:00:00.000000 'Transfer-Encoding: chunked' && trace_data 12:00:00.000000 $'data:a\n' &&
        trace_data 12:00:00.500000 $'\n'; } | gives '/stream?split=7,1&gap=0.5&raw=data:a%0a%0a'
}

@test "a recording that broke off is told how to break off, and one that did not is not" {
    local end
    start_server
    for end in reset truncate badchunk; do
        record "$URL/stream?count=1&interval=20ms&end=$end" || true
        run -0 --separate-stderr "$REPLAY" trace.txt
        assert_starts_with "$output" /stream?
        assert_equal "$stderr" "sse-replay: the recorded response broke off, and this one ends properly; to break it off, add the parameter end=$end"
    done
    cat trace.txt >broken
    record "$URL/stream?count=1&interval=20ms"
    cat broken trace.txt >both # as with curl --retry
    for end in trace.txt both; do
        run -0 --separate-stderr "$REPLAY" "$end"
        assert_empty "$stderr"
    done
}

@test "the clock of a trace may pass midnight" {
    { trace_head 23:59:59.000000 && trace_data 23:59:59.500000 a && trace_data 00:00:00.750000 b && trace_data 00:00:02.000001 c; } |
        gives '/stream?pause=0.5&split=1,1,1&gap=1.25,1.250001&raw=abc'
}

@test "the lines of a trace may end in CR LF and name their connection, as newer curls write them" {
    { trace_head 12:00:00.000000 && trace_data 12:00:00.000000 a && trace_data 12:00:03.000000 b; } |
        sed -E 's/^([0-9:.]{15}) (<=|==|=>)/\1 [0-0] \2/; s/$/\r/' | gives '/stream?split=1,1&gap=3&raw=ab'
}

@test "a write of more than 64 KiB is two that follow each other at once" {
    { trace_head 12:00:00.000000 && head -c 70000 /dev/zero | tr '\0' x | trace_data 12:00:00.000000 && trace_data 12:00:01.000000 y; } >trace
    assert_equal "$("$REPLAY" -b body trace)" \
        "curl -N -H 'Content-Type: text/event-stream' --data-binary '@body' 'http://localhost:8080/stream?split=65536,4464,1&gap=0,1'"
    { head -c 70000 /dev/zero | tr '\0' x && printf y; } | cmp - body
}

@test "what script records becomes its bytes and waits, from both of its formats" {
    local format replayed
    for format in classic advanced; do
        script -q -m "$format" -T timing -O typescript -c "stty -opost; printf 'a\\n\\001'; sleep 0.1; printf '\\377%%+&'" </dev/null >/dev/null
        replayed=$("$REPLAY" timing typescript)
        assert_equal "$(raw_of "$replayed" | od -An -c)" "$(printf 'a\n\001\xff%%+&' | od -An -c)"
        assert_equal "$(value_of split "$replayed" | tr , + | bc)" 7
        value_of gap "$replayed" | awk -F , '{ for (i = 1; i <= NF; i++) sum += $i } END { if (sum < 0.09) { print "the gaps: " $0; exit 1 } }'
    done
}

@test "input, signals and outputs without bytes count for the waits only" {
    printf 'Script started on x\nabc\n\nScript done\n' >typescript
    printf '%s\n' 'H 0.000000 SHELL /bin/sh' 'O 0.5 1' 'I 0.25 1' 'S 0.125 SIGWINCH ROWS=1 COLS=1' 'O 0 0' 'O 0.125 2' 'H 0.0 EXIT_CODE 0' >timing
    run -1 "$REPLAY" timing typescript
    sed -i 's/^O 0 0/O 0.0 0/' timing
    assert_equal "$("$REPLAY" timing typescript)" '/stream?pause=0.5&split=1,2&gap=0.5&raw=abc'
}

@test "what is too long for a URL becomes a form, and what is too long for a form becomes a body" {
    { trace_head 12:00:00.000000 && head -c 20000 /dev/zero | trace_data 12:00:00.000000; } >trace
    refuses_recording 'would have 60012 bytes, and the server takes 32768; use -b BODY' trace
    assert_equal "$("$REPLAY" -b "it's" trace)" "curl -N --data-binary '@it'\\''s' http://localhost:8080/stream"
    raw_of "$(cat "it's")" | cmp - <(head -c 20000 /dev/zero)
    { trace_head 12:00:00.000000 && head -c 65536 /dev/zero | trace_data 12:00:00.000000; } >trace
    assert_contains "$("$REPLAY" -b body trace)" 'text/event-stream'
    cmp body <(head -c 65536 /dev/zero)
    { trace_head 12:00:00.000000 && head -c 1048577 /dev/zero | tr '\0' x | trace_data 12:00:00.000000; } >trace
    refuses_recording 'has 1048577 bytes, and the server takes 1048576' -b body trace
}

@test "what is no recording, or one that cannot be replayed, is refused with the reason" {
    local i
    echo hello >other
    refuses_recording 'not a trace of curl' other
    refuses_recording 'not a timing file of script' other other
    refuses_recording 'not a readable file' nothing
    refuses_recording 'not a readable file' .
    { trace_head 12:00:00.000000 && trace_data 12:00:00.000000 a; } | sed -E 's/^[0-9:.]{15} //' >trace
    refuses_recording 'record it with --trace-time' trace
    { trace_head 12:00:00.000000 && printf '12:00:00.000000 <= Recv data, 5 bytes (0x5)\n0000: hello\n'; } >trace
    refuses_recording 'instead of --trace-ascii' trace
    { trace_head 12:00:00.000000 'Content-Encoding: gzip' && trace_data 12:00:00.000000 a; } >trace
    refuses_recording 'record it without --compressed' trace
    echo '12:00:00.000000 == Info: Could not resolve host' >trace
    refuses_recording 'no HTTP response' trace
    trace_head 12:00:00.000000 >trace
    refuses_recording 'no body' trace
    { trace_head 12:00:00.000000 && trace_data 12:00:00.000000 a && trace_data 14:00:00.000000 b; } >trace
    refuses_recording 'more than an hour' trace
    { trace_head 12:00:00.000000 && for ((i = 0; i < 1025; i++)); do trace_data 12:00:00.000000 a; done; } >trace
    refuses_recording 'has 1025 writes, and the server takes 1024' trace
    printf '0.1 30\n' >timing
    refuses_recording 'fewer bytes' timing other
    : >timing
    refuses_recording 'has no output' timing other
}

@test "-h and --help show the usage" {
    local option
    for option in -h --help; do
        run -0 --separate-stderr "$REPLAY" "$option"
        assert_contains "$output" 'usage: sse-replay [-b BODY] TRACE'
        assert_empty "$stderr"
    done
}

@test "a body that cannot be written is an error that names it" {
    { trace_head 12:00:00.000000 && trace_data 12:00:00.000000 a; } >trace
    run -1 --separate-stderr "$REPLAY" -b nowhere/body trace
    assert_empty "$output"
    assert_equal "$stderr" "sse-replay: cannot write nowhere/body"
}

@test "wrong usage shows the right one" {
    local usage
    for usage in '' '-x trace' 'a b c' '-b'; do
        # shellcheck disable=SC2086 # several words
        run -2 "$REPLAY" $usage
        assert_contains "$output" 'usage: sse-replay [-b BODY] TRACE'
    done
}

@test "every awk and shell gives the same" {
    local tool
    mkdir bin
    for tool in awk sh od tr fold sed; do ln -s "$(command -v busybox)" "bin/$tool"; done
    start_server
    record "$URL/stream?raw=$(for i in {0..255}; do printf '%%%02x' "$i"; done)&split=50&gap=1ms"
    script -q -T timing -O typescript -c 'printf abc; sleep 0.01; printf def' </dev/null >/dev/null
    assert_equal "$(PATH=$PWD/bin bin/sh "$REPLAY" trace.txt)" "$("$REPLAY" trace.txt)"
    assert_equal "$(PATH=$PWD/bin bin/sh "$REPLAY" timing typescript)" "$("$REPLAY" timing typescript)"
    { trace_head 12:00:00.000000 && head -c 70000 /dev/urandom | trace_data 12:00:00.000000; } >trace
    PATH=$PWD/bin bin/sh "$REPLAY" -b one trace
    "$REPLAY" -b other trace
    cmp one other
}
