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
    [ "$(grep -ho '#include "stream/.*' src/*.[ch])" = '#include "plan/parameters.h"' ]
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
    only src/http/reader.c '\brecv\(in->fd'
    only src/base/writer.c '\b(send|write)\(out->fd'
    only src/listen/spawn.c '\b(fork|clone)\((\)|start_child)'
    only src/base/wait.c '\bppoll\('
    [ "$(cd "$ROOT" && grep -rl 'struct board_file {\|->seats\|struct seat\b' src | sort | tr '\n' ' ')" = "src/scoreboard/scoreboard.c src/scoreboard/file.c src/scoreboard/file.h src/scoreboard/slot.c src/scoreboard/slot.h " ]
    [ "$(cd "$ROOT" && grep -rlE 'struct journal\b|->journal\b' src | sort | tr '\n' ' ')" = "src/scoreboard/file.h src/scoreboard/journal.c src/scoreboard/keys.c src/scoreboard/keys.h src/scoreboard/lock.c " ]
}

@test "nothing is allocated: no source file calls malloc or its kin" {
    run -1 grep -rnE '\b(malloc|calloc|realloc|strdup|alloca|asprintf)\(' "$ROOT/src"
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

@test "the top level holds what belongs there and nothing else" {
    cd "$ROOT"
    [ "$(find . -mindepth 1 -maxdepth 1 ! -name '.*' ! -name build ! -name sse-server -printf '%f\n' | sort | tr '\n' ' ')" = \
        "Dockerfile Makefile README.md man src systemd tests " ]
}
