#!/usr/bin/env bats
# The shape of the source: who may include whom, and what only one place may do.
load helper

# A folder may include itself and what is named here. src itself is main.c and what only it uses; of stream it has the table of
# parameters alone, which the option -H prints.
may_include() {
    case $1 in
    src) echo base board confine door serve stream ;;
    serve) echo base board cases http page stream wpt ;;
    wpt) echo base board http ;;
    stream) echo base board cases http ;;
    board | cases | confine | http | door | page) echo base ;;
    base) ;;
    *) return 1 ;;
    esac
}

@test "every folder of the source includes only what stands downstream of it" {
    local file folder included allowed
    cd "$ROOT"
    while IFS=: read -r file included; do
        folder=$(basename "$(dirname "$file")")
        allowed=$(may_include "$folder")
        case $included in
        */*) included=${included%%/*} ;;
        *) included=src ;;
        esac
        [[ " $folder $allowed " == *" $included "* ]] || { echo "$file includes from $included"; return 1; }
    done < <(grep -rHo '#include "[^"]*"' src | sed 's/#include "\(.*\)"/\1/')
    assert_equal "$(grep -ho '#include "stream/.*' src/*.[ch])" '#include "stream/parameters.h"'
}

@test "the files of a folder do not include each other in a circle" {
    cd "$ROOT"
    grep -rHo '#include "[^"]*"' src --include='*.h' | sed -E 's|^src/([^:]*):#include "(.*)"|\1 \2|' >"$BATS_TEST_TMPDIR/pairs"
    run -0 tsort "$BATS_TEST_TMPDIR/pairs"
}

# only FILE PATTERN: no other source file has it.
only() {
    local found
    found=$(cd "$ROOT" && grep -rlE "$2" src | sort | tr '\n' ' ')
    [ "$found" = "$1 " ] || { echo "$2 stands in $found, not in $1 alone"; return 1; }
}

@test "one file reads the request, one writes to the client, one forks, one knows the shared file's layout" {
    only src/http/in.c '\brecv\(in->fd'
    only src/base/out.c '\b(send|write)\(out->fd'
    only src/door/spawn.c '\b(fork|clone)\((\)|begin)'
    only src/base/wait.c '\bppoll\('
    assert_equal "$(cd "$ROOT" && grep -rl 'struct board_file {\|->seats\|struct seat\b' src | sort | tr '\n' ' ')" "src/board/board.c src/board/file.c src/board/file.h src/board/seat.c src/board/seat.h "
    assert_equal "$(cd "$ROOT" && grep -rlE 'struct journal\b|->journal\b' src | sort | tr '\n' ' ')" "src/board/file.h src/board/journal.c src/board/keys.c src/board/keys.h src/board/lock.c "
}

@test "nothing is allocated: no source file calls malloc or its kin" {
    refute_file_has "$ROOT/src" -rnE '\b(malloc|calloc|realloc|strdup|alloca|asprintf)\('
}

@test "no function is longer than 60 lines and no file longer than 300" {
    cd "$ROOT"
    run -0 awk '
        FNR == 1 { start = 0 }
        /^\{/ { start = FNR }
        /^\}/ && start { if (FNR - start > 60) { print FILENAME ":" start " has " FNR - start " lines"; bad = 1 } start = 0 }
        FNR > 300 { print FILENAME " is longer than 300 lines"; bad = 1; nextfile }
        END { exit bad }' src/*.[ch] src/*/*.[ch]
}

@test "tests assert in the words of tests/assert.bash, which say what they saw" {
    cd "$ROOT"
    grep -nE '^ *(\[\[? |! |test |grep -[a-zA-Z]*q|run (!|-1) grep )' tests/*.bats tests/*/*.bats | grep -vE ' \|\|( |$)' >"$BATS_TEST_TMPDIR/bare" || :
    # In the middle of a test, bash lets an assertion in front of && fail in silence.
    grep -nE '^ *(assert|refute)_.* && (assert|refute)_' tests/*.bats tests/*/*.bats >>"$BATS_TEST_TMPDIR/bare" || :
    assert_file_empty "$BATS_TEST_TMPDIR/bare"
}

@test "no two tools of the tests share a name, and no two test files" {
    cd "$ROOT/tests"
    # Tools are C programs and their parts, scripts for node and awk, and whatever can be executed.
    find . -path ./fuzz/corpus -prune -o -type f \( -name '*.c' -o -name '*.js' -o -name '*.awk' -o -perm -u+x ! -name '*.bats' \) -print |
        sed 's|.*/||; s|\..*||' | sort >"$BATS_TEST_TMPDIR/tools"
    assert_at_least "$(wc -l <"$BATS_TEST_TMPDIR/tools")" 50
    assert_empty "$(uniq -d "$BATS_TEST_TMPDIR/tools")"
    assert_empty "$(find . -name '*.bats' | sed 's|.*/||' | sort | uniq -d)"
}

@test "the top level holds what belongs there and nothing else" {
    cd "$ROOT"
    assert_equal "$(find . -mindepth 1 -maxdepth 1 ! -name '.*' ! -name build ! -name sse-server -printf '%f\n' | sort | tr '\n' ' ')" \
        "Dockerfile Makefile README.md man src systemd tests "
}
