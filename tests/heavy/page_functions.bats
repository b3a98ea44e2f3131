#!/usr/bin/env bats
# The pure functions of the page, in node: what the URL field understands, what a link carries, and the verdict.
load ../helper

check() {
    run -0 timeout 60 node "$ROOT/tests/heavy/check_page.js" "$ROOT/src/page" "$1"
    assert_equal "$output" "checked $1"
}

@test "the URL field understands paths, queries, URLs of this server under any of its names, links to the page and curl commands" {
    check accepted
}

@test "the URL field refuses other servers, other methods and bodies, and says why" {
    check refused
}

@test "a link has the experiment, the reconnection mode and the open panes, and unknown words are ignored" {
    check links
}

@test "events are right, wrong, missing or extra, and the summary counts them" {
    check verdicts
}

@test "what differs between runs makes no event wrong: the client's address and the time" {
    check masks
}

@test "the part that differs between two texts is found" {
    check differences
}

@test "the text of each model format is found in its events" {
    check texts
}

@test "the parser gives the same events for each cut of the bytes" {
    check cuts
}

@test "a browser's result for a case is judged by its events and by whether it reconnects, and the table lists what is wrong" {
    check browsers
}

@test "the assembled scripts are the same program as their sources: only spaces, ends of lines and comments are gone" {
    npm install --silent --no-audit --no-fund --prefix . acorn
    "$ROOT/src/page/assemble" >page.html
    NODE_PATH=$PWD/node_modules run -0 timeout 60 node "$ROOT/tests/heavy/same_program.js" "$ROOT/src/page" page.html
    assert_matches_regex "$output" '^[0-9]{4,} nodes and [0-9]{3,} strings are the same$'
}
