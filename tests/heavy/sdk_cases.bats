#!/usr/bin/env bats
# SDKs and readers at the cases of APIs. tests/sdks/known has what they get wrong, a line each.
load ../helper

SDKS=$ROOT/tests/sdks

# MODULES names a node_modules that has the packages already.
setup_file() {
    cp -R "$SDKS"/. "$BATS_FILE_TMPDIR"
    if [ -n "${MODULES:-}" ]; then
        ln -s "$MODULES" "$BATS_FILE_TMPDIR/node_modules"
    else
        timeout 180 npm install --silent --no-audit --no-fund --prefix "$BATS_FILE_TMPDIR"
    fi
}

setup() {
    MODULES=$BATS_FILE_TMPDIR/node_modules
    cd "$BATS_TEST_TMPDIR" || return 1
}

# tables FILE: without the versions and the date.
tables() {
    sed -n '/^| `openai` /,$p' "$1"
}

@test "SDKs and readers get wrong what they are known to, and nothing else, and tests/sdks/README.md has it" {
    local code=0
    MODULES=$MODULES timeout 200 "$SDKS/compare_sdks" >told 2>errors || code=$?
    sed 's/^/# /' errors >&3
    assert_equal "$code" 0
    assert_equal "$(grep -c '^| [a-z][a-z]*-[a-z-]* |' told)" "$("$SSE_SERVER" -C | jq '[.[] | select(.group | test("^(openai|responses|anthropic|gemini|ui-message|mcp)$"))] | length')"
    refute_file_has told -F '| ? |'
    diff <(tables "$SDKS/README.md") <(tables told)
}

@test "tests/sdks/README.md has the versions that are installed" {
    local package version
    while IFS=' ' read -r package version; do
        assert_file_has "$SDKS/README.md" -xF "- \`$package\` $version"
        assert_equal "$(jq -r .version "$MODULES/$package/package.json")" "$version"
    done < <(jq -r '.dependencies | to_entries[] | "\(.key) \(.value)"' "$SDKS/package.json")
}

@test "a deviation that is not known, and a known one that did not occur, are reported" {
    cp -R "$SDKS"/. .
    ln -s "$MODULES" node_modules
    printf '%s\n' 'openai chat: openai-usage: silent: x' 'parse-sse: openai-usage: silent: sometimes x' >known
    start_server -q -f status
    "$SSE_SERVER" -C | jq '[.[] | select(.name == "openai-usage" or .name == "openai-no-finish-reason")]' >cases
    run -1 --separate-stderr timeout 60 node compare.js "$URL" cases known 'openai chat' parse-sse
    assert_matches_regex "$stderr" '^new: openai chat: openai-no-finish-reason: silent: [^'$'\n'']*'$'\n''gone: openai chat: openai-usage: silent: x$'
    assert_file_has <(echo "$output") -xF '| openai-usage | ok | ok or **silent** |'
}

@test "an SDK that throws, never ends or keeps its thread harms no other, and SIGTERM prints what there is" {
    cp -R "$SDKS"/. .
    ln -s "$MODULES" node_modules
    cat >drivers/bad.js <<'END'
const later = (act) => new Promise((resolve) => setTimeout(() => { resolve(); act(); }, 50));
export const drivers = [
    { name: 'throws', read: () => later(() => { throw new Error('x'); }) },
    { name: 'rejects', read: () => { Promise.reject(new Error('x')); } },
    { name: 'loops', read: () => { for (;;); } },
    { name: 'never ends', read: () => new Promise(() => {}) },
].map((one) => ({ ...one, group: 'openai' }));
END
    start_server -q -f status
    "$SSE_SERVER" -C | jq '[.[] | select(.name == "openai-usage")]' >cases
    : >known
    ONE_SECONDS=60 in_background told node compare.js "$URL" cases known throws rejects loops 'never ends' 'openai chat'
    until_true eval '[ "$(grep -c "a thread was never given back" told)" = 2 ]'
    kill -TERM "$LAST"
    until_true grep -q '^new: ' told
    assert_file_has told -xF '| `openai` | throws | rejects | loops | never ends | openai chat |'
    assert_file_has told -xF '| openai-usage | **silent** | **silent** | **hung** | ? | ok |'
    assert_file_has told -xF 'sdks: told to stop; there is no result of:'
    assert_file_has told -xF 'sdks: never ends: openai-usage'
    assert_file_has told -xF 'new: loops: openai-usage: hung: does not end'
}
