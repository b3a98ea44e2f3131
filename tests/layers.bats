#!/usr/bin/env bats
# The structure of the source: who includes whom, what only one place may do, and how names are made.
load helper

setup() {
    cd "$ROOT" || return 1
}

# may_include FOLDER: the folders that it may include, beside itself. `src` is main.c and the files next to it.
may_include() {
    case $1 in
    src) echo base confine listen plan scoreboard serve ;;
    serve) echo base cases expect formats http page plan scoreboard stream wpt ;;
    expect) echo base http plan stream ;;
    stream) echo base formats http plan scoreboard ;;
    plan) echo base cases formats http scoreboard ;;
    wpt) echo base http scoreboard ;;
    cases | confine | formats | http | listen | page | scoreboard) echo base ;;
    base) ;;
    *) return 1 ;;
    esac
}

# includes: who includes what in the source, a line each: FILE INCLUDED, without src/.
includes() {
    grep -rHo '#include "[^"]*"' src --include='*.[ch]' | sed -E 's|^src/([^:]*):#include "(.*)"|\1 \2|'
}

@test "a folder includes only folders downstream of it" {
    local file included folder allowed
    while read -r file included; do
        folder=src
        [[ $file != */* ]] || folder=${file%%/*}
        [[ $included == */* ]] && included=${included%%/*} || included=src
        allowed=$(may_include "$folder")
        assert_contains " $folder $allowed " " $included "
    done < <(includes)
}

@test "units do not include each other in circles" {
    includes | sed -E 's/\.[ch]( |$)/\1/g' >"$BATS_TEST_TMPDIR/units"
    tsort "$BATS_TEST_TMPDIR/units" >"$BATS_TEST_TMPDIR/order" || { cat "$BATS_TEST_TMPDIR/order"; return 1; }
}

# includers FOLDER: the files outside a folder that include something in it.
includers() {
    includes | awk -v folder="$1/" 'index($2, folder) == 1 && index($1, folder) != 1 { print $1 }' | sort -u | tr '\n' ' '
}

@test "the plain server needs no cases, handlers of web-platform-tests, expectations or page" {
    assert_equal "$(includers wpt)" "serve/answer_wpt.c "
    assert_equal "$(includers page)" "serve/answer_page.c "
    assert_equal "$(includers expect)" "serve/answer_expect.c serve/connection.h serve/print_cases.c "
    assert_equal "$(includers cases)" "plan/pairs.c plan/refuse.c plan/values.c serve/answer_cases.c serve/print_cases.c "
}

# only FILE... PATTERN: these source files match the pattern, and no others.
only() {
    assert_equal "$(grep -rlE "${*: -1}" src --include='*.[ch]' | sort | tr '\n' ' ')" "${*:1:$#-1} "
}

@test "one unit reads from the client, one writes to it, one forks, one waits, and one folder knows the shared file" {
    only src/http/reader.c '\brecv\(reader->fd'
    only src/base/writer.c '\b(send|write)\(writer->fd'
    only src/listen/spawn.c '\b(fork|clone)\((\)|begin)'
    only src/base/wait.c '\bppoll\('
    refute_contains "$(grep -rlE 'struct (scoreboard_file|slot|journal)\b' src)" "$(grep -rlE 'struct (scoreboard_file|slot|journal)\b' src | grep -v scoreboard/ || echo none)"
}

@test "one unit writes CORS fields, and one writes chunks" {
    only src/http/cors.c 'text, "(\\r\\n)?Access-Control-Allow-(Methods|Credentials): '
    only src/http/chunked.c src/http/chunked.h 'CHUNKED_DATA_END "|CHUNKED_DATA_END\)'
}

@test "nothing is allocated: no source file calls malloc or its kin" {
    refute_file_has src -rnE '\b(malloc|calloc|realloc|strdup|alloca|asprintf)\('
}

@test "no function is longer than 60 lines and no file longer than 300" {
    run -0 awk '
        FNR == 1 { start = 0 }
        /^\{/ { start = FNR }
        /^\}/ && start { if (FNR - start > 60) { print FILENAME ":" start " has " FNR - start " lines"; bad = 1 } start = 0 }
        FNR > 300 { print FILENAME " is longer than 300 lines"; bad = 1; nextfile }
        END { exit bad }' src/*.[ch] src/*/*.[ch]
}

# exported: what headers export, a line each: HEADER NAME. Functions, types of functions, variables and macros.
exported() {
    awk '
        FNR == 1 { comment = 0 }
        /\/\*/ && !/\*\// { comment = 1 }
        /\*\// { comment = 0; next }
        comment { next }
        /^#define [A-Za-z]/ { name = $2; sub(/\(.*/, "", name); if (name !~ /_H$/) print FILENAME, name; next }
        /^extern / { name = $0; sub(/[\[;].*/, "", name); sub(/.*[ *]/, "", name); if (name ~ /^[a-z]/) print FILENAME, name; next }
        !/^enum/ && /^(typedef|static inline|[a-z_]+[ *])/ && /\(/ {
            name = $0; sub(/ *__attribute__.*/, "", name); sub(/\(.*/, "", name); sub(/.*[ *]/, "", name); if (name ~ /^[a-z]/) print FILENAME, name
        }' src/*.h src/*/*.h
}

@test "every exported name begins with the name of its unit or folder" {
    # Two units of time, the version, and the verb of the unit refusal. kernel.h and robust.h have the kernel's names.
    local header name unit folder exceptions=" NS_PER_S NS_PER_MS VERSION refuse "
    while read -r header name; do
        unit=$(basename "$header" .h)
        folder=$(basename "$(dirname "$header")")
        [[ $exceptions != *" $name "* && $unit != kernel && $unit != robust ]] || continue
        [[ ${name,,} =~ ^($unit|${unit%s}|$folder)(_|s?$) ]] || { echo "$header exports $name"; return 1; }
    done < <(exported)
}

@test "no static function has the name of another function" {
    run -0 awk '
        /^[a-z].*\(/ && !/;$/ && !/^typedef/ { definition = $0 }
        /^\{/ && definition {
            name = definition; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
            if (name in file && (name in is_static || definition ~ /^static/)) { print name " is in " file[name] " and " FILENAME; bad = 1 }
            file[name] = FILENAME
            if (definition ~ /^static/) is_static[name] = 1
            definition = ""
        }
        END { exit bad }' src/*.c src/*/*.c
}

# enums: each named enumeration of the source, a line each: FILE NAME CONSTANT...
enums() {
    sed -E 's|/\*.*\*/||' "$@" | awk '
        /enum [a-z_]* \{/ { on = 1; text = "" }
        on { text = text " " $0 }
        on && /\}/ {
            sub(/.*enum /, "", text); name = text; sub(/ .*/, "", name)
            sub(/^[^{]*\{/, "", text); sub(/\}.*/, "", text); gsub(/=[^,]*/, "", text); gsub(/,/, " ", text)
            print name, text; on = 0
        }'
}

@test "the constants of an enumeration have a prefix that no other enumeration has" {
    enums src/*.[ch] src/*/*.[ch] | awk '
        {
            prefix = $2; sub(/[^_]*$/, "", prefix)
            for (i = 3; i <= NF; i++) {
                # The last one may be their number: ROUTES after ROUTE_STREAM.
                number = prefix; sub(/_$/, "S", number)
                if (i == NF && ($i !~ /_/ || $i == number)) continue
                while (prefix != "" && index($i, prefix) != 1) sub(/[^_]*_$/, "", prefix)
            }
            if (prefix == "") { print "enum " $1 " has no prefix"; bad = 1 }
            else if (prefix in owner) { print "enum " $1 " and enum " owner[prefix] " have the prefix " prefix; bad = 1 }
            owner[prefix] = $1
        }
        END { exit bad }' >"$BATS_TEST_TMPDIR/prefixes" || { cat "$BATS_TEST_TMPDIR/prefixes"; return 1; }
    assert_at_least "$(enums src/*.[ch] src/*/*.[ch] | wc -l)" 15
}

# comment_sentences: the sentences of comments that name a file, a line each: FILE: sentence.
comment_sentences() {
    awk '
        FNR == 1 { on = 0 }
        { line = $0 }
        !on && match(line, /\/\*/) { on = 1; text = ""; line = substr(line, RSTART + 2) }
        on {
            closes = sub(/\*\/.*/, "", line); sub(/^ \* ?/, "", line); text = text " " line
            if (closes) { on = 0; count = split(text, part, /[.;:] /); for (i = 1; i <= count; i++) print FILENAME ": " part[i] }
        }' src/*.[ch] src/*/*.[ch] | grep -E ': .*[a-z_]\.(c|h|html|bats)\b'
}

@test "files that comments name exist, and have the functions and constants that the sentence names" {
    local line named name found
    while read -r line; do
        while read -r named; do
            found=$(git ls-files 2>/dev/null | grep -E "(^|/)$named\$" || find . -path "*/$named" -not -path './build/*')
            assert_not_empty "${found:+$line}"
            while read -r name; do
                # shellcheck disable=SC2086 # several files may have that name
                grep -qF "${name%()}" $found || { echo "$line: no $name in $named"; return 1; }
            done < <(grep -oE '\b([a-z_]+\(\)|[A-Z]+_[A-Z_]+\b)' <<<"${line#*: }")
        done < <(grep -oE '[A-Za-z0-9_/-]+\.(c|h|html|bats)\b' <<<"${line#*: }" | grep -v ^linux/)
    done < <(comment_sentences)
    assert_at_least "$(comment_sentences | wc -l)" 5
}

@test "functions that comments name exist" {
    grep -rhoE '(^ \*|/\*).*' src --include='*.[ch]' | grep -oE '\b[a-z_]+\(\)' | sort -u | tr -d '()' >"$BATS_TEST_TMPDIR/named"
    assert_file_has "$BATS_TEST_TMPDIR/named" .
    while read -r name; do
        grep -rqE "^[a-z].*\b$name\(|define $name\(" src || { echo "a comment names $name(), which is not in the source"; return 1; }
    done <"$BATS_TEST_TMPDIR/named"
}

@test "tests assert in the words of tests/assert.bash, which say what they saw" {
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
    assert_equal "$(find . -mindepth 1 -maxdepth 1 ! -name '.*' ! -name build ! -name sse-server -printf '%f\n' | sort | tr '\n' ' ')" \
        "Dockerfile Makefile README.md man src systemd tests "
}
