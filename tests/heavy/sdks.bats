#!/usr/bin/env bats
# The SDKs of language models read every format: 200 messages to the end, an error inside the stream, and streams without a proper end.
load ../helper

SDKS=$ROOT/tests/sdks

# The SDKs of package.json go into a directory of their own. MODULES names a node_modules that has them already.
setup_file() {
    cp -R "$SDKS"/. "$BATS_FILE_TMPDIR"
    if [ -n "${MODULES:-}" ]; then
        ln -s "$MODULES" "$BATS_FILE_TMPDIR/node_modules"
    else
        timeout 180 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR"
    fi
    cd "$BATS_FILE_TMPDIR" || return 1
    start_server -q
    NODE_NO_WARNINGS=1 timeout 300 node sdks.js "$URL" "$ROOT/tests/data/random-strings.tsv" >outcomes 2>errors || :
    sed 's/^/# /' errors >&3
    kill -KILL "$SERVER"
    wait "$SERVER" 2>/dev/null || :
}

# outcomes SCENARIO: of each SDK, without the scenario.
outcomes() {
    sed -n "s/|$1|/|/p" "$BATS_FILE_TMPDIR/outcomes"
}

COMPLETE="openai chat|ends well|200|stop|210|model-7|chatcmpl-sse-server
openai chat, stream()|ends well|200|stop|210|model-7|chatcmpl-sse-server
openai responses|ends well|200|completed|210|model-7|resp_sse_server
openai responses, stream()|ends well|200|completed|210|model-7|resp_sse_server
anthropic|ends well|200|end_turn|210|model-7|msg_sse_server
anthropic, stream()|ends well|200|end_turn|210|model-7|msg_sse_server
google genai|ends well|200|STOP|210|model-7|sse-server
ai, openai-compatible|ends well|200|stop|210|model-7|chatcmpl-sse-server
ai, anthropic|ends well|200|stop|210|model-7|msg_sse_server
ai, UI messages|ends well|200|stop|||msg-sse-server"

@test "each SDK reads 200 messages to the end: text, reason, usage, model and ID" {
    diff <(echo "$COMPLETE") <(outcomes whole)
}

@test "each SDK reads the same from writes of random sizes" {
    diff <(echo "$COMPLETE") <(outcomes split)
}

@test "each SDK reports errorAfter as the error of its provider, after the messages before it" {
    outcomes errorAfter | cut -d '|' -f 1-3 | diff - <(cat <<'END'
openai chat|fails: APIError server_error|3
openai chat, stream()|fails: APIError server_error|3
openai responses|fails: APIError server_error|3
openai responses, stream()|fails: APIError server_error|3
anthropic|fails: APIError overloaded_error|3
anthropic, stream()|fails: APIError overloaded_error|3
google genai|fails: ApiError 503|3
ai, openai-compatible|fails: Object server_error|3
ai, anthropic|fails: Object overloaded_error|3
ai, UI messages|fails: Error|3
END
)
}

@test "each SDK reports a status of 429 as that" {
    outcomes 'status=429' | cut -d '|' -f 1-2 | diff - <(cat <<'END'
openai chat|fails: RateLimitError 429
openai chat, stream()|fails: RateLimitError 429
openai responses|fails: RateLimitError 429
openai responses, stream()|fails: RateLimitError 429
anthropic|fails: RateLimitError 429
anthropic, stream()|fails: RateLimitError 429
google genai|fails: ApiError 429
ai, openai-compatible|fails: APICallError 429
ai, anthropic|fails: APICallError 429
ai, UI messages|fails: Error
END
)
}

@test "each SDK reports a response that is broken off" {
    assert_equal "$(outcomes truncate | wc -l)" 10
    assert_empty "$(outcomes truncate | grep -v '|fails: [A-Za-z]*Error[ 0-9]*|3|')"
}

# What these take for a complete answer is not one. The defect is their own: they do not ask for the final events.
@test "the SDKs that take a stream without its final events for a complete answer are those that README.md names" {
    diff <(outcomes 'finish=no' | grep '|ends well|3|' | cut -d '|' -f 1) - <<'END'
openai chat
openai responses
openai responses, stream()
anthropic
google genai
ai, anthropic
ai, UI messages
END
    assert_equal "$(outcomes 'finish=no' | grep -c '|fails: [A-Za-z]*Error|3|')" 3
    grep -A 9 '^| SDK | reports `finish=no` ' "$ROOT/README.md" >table
    assert_file_has table -F '| chat, by `stream()` | chat, by `create()`; responses |'
    assert_file_has table -F '| by `stream()` | by `create()` |'
    assert_file_has table -F '| – | `generateContentStream()` |'
    assert_file_has table -E '^\| `ai` .* \| `@ai-sdk/openai-compatible` .* \| `@ai-sdk/anthropic` .*, UI messages \|$'
}

@test "the versions in README.md are those that are installed" {
    local package version
    while IFS=' ' read -r package version; do
        assert_file_has "$ROOT/README.md" -E "\`$package\` ${version//./\\.}[ ,]"
        assert_equal "$(jq -r .version "$BATS_FILE_TMPDIR/node_modules/$package/package.json")" "$version"
    done < <(jq -r '.dependencies | to_entries[] | "\(.key) \(.value)"' "$SDKS/package.json")
}
