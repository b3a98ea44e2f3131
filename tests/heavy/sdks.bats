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

# text N: the text of the first N messages.
text() {
    grep '^[0-9]' "$ROOT/tests/data/random-strings.tsv" | head -n "$1" | cut -f 2 | sed 's/$/ /' | tr -d '\n'
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
@test "the SDKs that take a stream without its final events for a complete answer are those that are known" {
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
}

# The code in tests/sdks/examples.md, exactly as it is there, at a server with the token that it sends as its key.
@test "tests/sdks/examples.md points four SDKs at this server, and each shows what it says" {
    local number
    AUTH_TOKEN=x start_server -q -f status
    awk '/^```js$/ { file = ++number ".mjs"; next } /^```$/ { file = "" } file { print >file }' "$ROOT/tests/sdks/examples.md"
    ln -s "$BATS_FILE_TMPDIR/node_modules" node_modules
    for number in 1 2 3 4; do
        assert_at_most "$(wc -l <"$number.mjs")" 10
        sed -i "s|http://localhost:8080|$URL|" "$number.mjs"
        NODE_NO_WARNINGS=1 timeout 60 node "$number.mjs" >"$number.out" 2>&1 || echo "exits with $?" >>"$number.out"
    done
    refute_file_exists 5.mjs
    assert_equal "$(grep -x '[A-Za-z]* ' 1.out | tr -d '\n')" "$(text 3)"
    assert_file_has 1.out 'APIError: The server had an error'
    assert_equal "$(cat 2.out)" "$(text 3)"
    assert_equal "$(curl -sS -H 'X-Api-Key: x' "$URL/log?key=a" | jq -c '[.[].status]')" '[529,200]'
    assert_equal "$(tr -d '\n' <3.out)" "$(text 3)"
    assert_file_has 4.out -xF "text-delta $(text 1)"
    assert_file_has 4.out 'terminated'
    assert_equal "$(grep -c '^exits with' 1.out 2.out 3.out 4.out | paste -sd ' ')" '1.out:1 2.out:0 3.out:0 4.out:1'
}

@test "the variables in the manual point three SDKs at this server" {
    manual_block OPENAI_BASE_URL= >variables
    assert_equal "$(wc -l <variables)" 3
    AUTH_TOKEN=x start_server -q
    sed -i "s|http://localhost:8080|$URL|" variables
    ln -s "$BATS_FILE_TMPDIR/node_modules" node_modules
    cat >all.mjs <<'END'
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { GoogleGenAI } from "@google/genai";
const messages = [{ role: "user", content: "Hi" }];
const first = async (stream, text) => {
    for await (const one of await stream)
        if (text(one))
            return console.log(text(one));
};
await Promise.all([
    first(new OpenAI().chat.completions.create({ model: "m", messages, stream: true }), (one) => one.choices[0]?.delta?.content),
    first(new Anthropic().messages.create({ model: "m", max_tokens: 9, messages, stream: true }), (one) => one.delta?.text),
    first(new GoogleGenAI({}).models.generateContentStream({ model: "m", contents: "Hi" }), (one) => one.text),
]);
process.exit(0);
END
    xargs -a variables -I VARIABLE echo export VARIABLE >exports
    # shellcheck disable=SC1091
    (. ./exports && OPENAI_API_KEY=x ANTHROPIC_API_KEY=x GEMINI_API_KEY=x timeout 60 node all.mjs >out 2>&1) || { cat out && return 1; }
    assert_equal "$(sort -u out)" "$(text 1)"
    assert_equal "$(wc -l <out)" 3
}
