#!/usr/bin/env bats
# Completion of sse-server and sse-replay, as make install installs it: compared with the help, and typed into a real bash and zsh.
load helper

# In the shells, the commands are functions that keep the arguments they get.
COMMANDS='sse-server() { printf "<%s>" "$@" >>got; echo >>got; }; sse-replay() { sse-server "$@"; }'

setup_file() {
    make -s -C "$ROOT" install DESTDIR="$BATS_FILE_TMPDIR" PREFIX=/usr PROGRAM="$SSE_SERVER"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    BASH_FOLDER=$BATS_FILE_TMPDIR/usr/share/bash-completion/completions
    ZSH_FOLDER=$BATS_FILE_TMPDIR/usr/share/zsh/site-functions
    COMMAND=1
}

# open_shell COMMAND...: an interactive shell on a terminal, whose prompt counts the commands: "ready 1>".
open_shell() {
    mkfifo keys
    exec {KEYS}<>keys
    in_background screen env -i PATH="$PATH" HOME="$PWD" TERM=dumb socat 'OPEN:keys,rdonly!!STDOUT' "EXEC:$*,pty,setsid,ctty,stderr"
    until_true grep -F "ready $COMMAND>" screen
}

open_bash() {
    printf '%s\n' "PS1='ready \#>'" "$COMMANDS" ". $BASH_FOLDER/sse-server" ". $BASH_FOLDER/sse-replay" >bashrc
    open_shell bash --noprofile --rcfile bashrc -i
}

open_zsh() {
    printf '%s\n' "PS1='ready %!>'" "$COMMANDS" "fpath=($ZSH_FOLDER \$fpath)" \
        'autoload -U compinit; compinit -D -u' >.zshrc
    open_shell zsh -d -i
}

# completes KEYS ARGUMENTS: with these keys and the tabulator, the command gets these arguments, each in <>.
completes() {
    : >got
    printf '%s\t\n' "$1" >&"$KEYS"
    COMMAND=$((COMMAND + 1))
    until_true grep -F "ready $COMMAND>" screen
    assert_equal "$(cat got)" "$2"
}

# options: those of the help, a line each: LETTER NAME, and "argument" if it takes one.
options() {
    "$SSE_SERVER" -h | sed -nE 's/^  -([A-Za-z]), --([a-z-]+) +[A-Z[][^ ]*[A-Z]  *[A-Z].*/\1 \2 argument/p; t; s/^  -([A-Za-z]), --([a-z-]+) .*/\1 \2/p' | sort
}

# completes_options: each long option of the help is completed from its name without the last letter. After one with an argument, short or
# long, no option is offered, but what the argument may be.
completes_options() {
    local letter name argument
    while read -r letter name argument; do
        completes "sse-server --${name%?}" "<--$name>"
        [ -n "$argument" ] || continue
        completes "sse-server --$name --chec" "<--$name><--chec>"
        completes "sse-server -$letter --chec" "<-$letter><--chec>"
    done < <(options)
    assert_at_least "$COMMAND" 30
}

# completes_arguments: files and users. A name with a space stays one argument.
completes_arguments() {
    : >'status file'
    : >trace.txt
    mkdir recordings
    : >recordings/timing
    completes 'sse-server -f stat' '<-f><status file>'
    completes 'sse-server -q --file stat' '<-q><--file><status file>'
    completes 'sse-server --file=recordings/t' '<--file=recordings/timing>'
    completes 'sse-server -u roo' '<-u><root>'
    completes 'sse-server --user=roo' '<--user=root>'
    completes 'sse-server -t 5 --chec' '<-t><5><--check>'
    completes 'sse-replay tra' '<trace.txt>'
    completes 'sse-replay recordings/t' '<recordings/timing>'
    completes 'sse-replay -b stat' '<-b><status file>'
    completes 'sse-replay -b body tra' '<-b><body><trace.txt>'
}

@test "bash completes each option of the help" {
    open_bash
    completes_options
}

@test "bash completes files and users where an option takes one" {
    open_bash
    completes_arguments
}

@test "zsh completes each option of the help" {
    open_zsh
    completes_options
}

@test "zsh completes files and users where an option takes one" {
    open_zsh
    completes_arguments
}

@test "both shells offer the options of the help, short and long, and no others" {
    options >help
    assert_at_least "$(grep -c argument help)" 9
    sed -n '/compgen -W .-i/,/-- "\$word"/p' "$BASH_FOLDER/sse-server" | grep -oE -- '-[A-Za-z] --[a-z-]+' | sed 's/^-//; s/ --/ /' | sort >bash
    diff <(cut -d ' ' -f 1,2 help) bash
    sed -nE "s/.*\{-([A-Za-z])(\+?),--([a-z-]+)(=?)\}.*/\1 \3 \2\4/p" "$ZSH_FOLDER/_sse-server" | sed 's/ +=$/ argument/; s/ $//' | sort >zsh
    diff help zsh
}
