# Assertions: on failure each one says where it stands, what it saw and what it wanted. helper.bash loads them.

# not_so SEEN WANTED: reports a failure at the line of the test file or helper that called the assertion.
not_so() {
    local at=1
    while [ "${BASH_SOURCE[at]}" = "${BASH_SOURCE[0]}" ]; do at=$((at + 1)); done
    local file=${BASH_SOURCE[at]}
    [[ $file == *.bash ]] || file=${BATS_TEST_FILENAME:-$file}
    {
        echo "${FUNCNAME[1]} failed in ${file##*/}, line ${BASH_LINENO[at - 1]}:"
        printf '  seen:   %s\n  wanted: %s\n' "${1:0:4000}" "${2:0:4000}"
    } | cat -v >&2
    return 1
}

# assert_equal SEEN WANTED: they are the same text.
assert_equal() {
    [ "$1" = "$2" ] || not_so "$1" "$2"
}

# assert_not_equal SEEN OTHER
assert_not_equal() {
    [ "$1" != "$2" ] || not_so "$1" "anything but $2"
}

# assert_matches SEEN GLOB: the glob is for the whole text. What is quoted within it must be escaped.
assert_matches() {
    # shellcheck disable=SC2053
    [[ $1 == $2 ]] || not_so "$1" "a text like $2"
}

# assert_matches_regex SEEN REGEX
assert_matches_regex() {
    [[ $1 =~ $2 ]] || not_so "$1" "a text that the regular expression $2 finds"
}

# assert_contains SEEN PART
assert_contains() {
    [[ $1 == *"$2"* ]] || not_so "$1" "$2, somewhere in it"
}

# refute_contains SEEN PART
refute_contains() {
    [[ $1 != *"$2"* ]] || not_so "$1" "no $2 in it"
}

# assert_starts_with SEEN PART
assert_starts_with() {
    [[ $1 == "$2"* ]] || not_so "$1" "$2, at the beginning"
}

# assert_ends_with SEEN PART
assert_ends_with() {
    [[ $1 == *"$2" ]] || not_so "$1" "$2, at the end"
}

# assert_at_least SEEN LEAST: a whole number, so great or greater.
assert_at_least() {
    [[ $1 =~ ^-?[0-9]+$ && $1 -ge $2 ]] || not_so "$1" "a number of $2 or more"
}

# assert_at_most SEEN MOST: a whole number, so great or less.
assert_at_most() {
    [[ $1 =~ ^-?[0-9]+$ && $1 -le $2 ]] || not_so "$1" "a number of $2 or less"
}

# assert_between SEEN LEAST MOST
assert_between() {
    [[ $1 =~ ^-?[0-9]+$ && $1 -ge $2 && $1 -le $3 ]] || not_so "$1" "a number from $2 to $3"
}

# assert_empty SEEN
assert_empty() {
    [ -z "$1" ] || not_so "$1" "nothing"
}

# assert_not_empty SEEN
assert_not_empty() {
    [ -n "$1" ] || not_so "nothing" "something"
}

# find_in FILE [GREP-OPTION...] REGEX: what grep says. FILE may be a pipe, and "-" is standard input. Sets $LOOKED_IN.
find_in() {
    LOOKED_IN=$1
    if [ "$1" = - ] || [ -p "$1" ]; then
        LOOKED_IN=$(mktemp "${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}/.looked_in.XXXXXX")
        cat -- "$1" >"$LOOKED_IN"
    fi
    grep "${@:2:$#-2}" -e "${*: -1}" -- "$LOOKED_IN"
}

# assert_file_has FILE [GREP-OPTION...] REGEX: a line of the file, or of the pipe, matches. "-" is standard input.
assert_file_has() {
    find_in "$@" >/dev/null || not_so "$(head -c 4000 "$LOOKED_IN" 2>&1 | tr -d '\0')" "in $1, for grep ${*:2:$#-2}: ${*: -1}"
}

# refute_file_has FILE [GREP-OPTION...] REGEX: no line matches, and the file can be read.
refute_file_has() {
    local found code=0
    found=$(find_in "$@" 2>&1 | tr -d '\0'; exit "${PIPESTATUS[0]}") || code=$?
    [ "$code" = 1 ] || not_so "$found" "not in $1, for grep ${*:2:$#-2}: ${*: -1}"
}

# assert_file_exists FILE: it may be anything that has a name.
assert_file_exists() {
    [ -e "$1" ] || not_so "no $1" "$1"
}

# refute_file_exists FILE
refute_file_exists() {
    [ ! -e "$1" ] || not_so "$(ls -ld "$1")" "no $1"
}

# assert_file_empty FILE: it is there, with nothing in it.
assert_file_empty() {
    [[ -e $1 && ! -s $1 ]] || not_so "$(head -c 4000 "$1" 2>&1 | tr -d '\0')" "$1, with nothing in it"
}

# refute_file_empty FILE
refute_file_empty() {
    [ -s "$1" ] || not_so "$(ls -ld "$1" 2>&1)" "$1, with something in it"
}
