#!/usr/bin/env bats
# slowhttptest, a tool that tries to wear a server out with slow clients: heads, bodies and readers that never come to an end.
load ../helper
load ../bystander

# attacked OPTION...: by 50 more connections each second, for up to 15 seconds; to its own probes the server was there all the
# time. It ends early when all of its connections have been closed.
attacked() {
    timeout 60 slowhttptest -c 600 -r 50 -i 1 -l 15 -p 3 -u "$URL/stream?count=0" -v 1 "$@" >attack 2>&1 || :
    sed 's/\x1b\[[0-9;]*m//g' attack | tr '\r' '\n' | grep -a 'service available' >availability
    assert_at_least "$(grep -c YES availability)" 2
    refute_file_has availability NO
}

@test "slow heads do not make the server unavailable" {
    start_with_bystander -t 3
    attacked -H
    assert_file_has server.log ' 408 '
    all_is_well
}

@test "slow bodies do not make the server unavailable" {
    start_with_bystander -t 3
    attacked -B
    assert_file_has server.log ' 408 '
    all_is_well
}

@test "slow readers do not make the server unavailable" {
    start_with_bystander -w 3 -k 3
    attacked -X -k 10 -n 2 -w 10 -y 20 -z 5
    all_is_well
}

@test "ranges by the thousand do not make the server unavailable" {
    start_with_bystander
    attacked -R -t GET -a 5 -b 3000
    all_is_well
}
