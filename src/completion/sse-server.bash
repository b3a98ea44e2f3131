# Completion of sse-server and sse-replay in bash. make install copies this file under both names.
# tests/completion.bats compares it with sse-server --help, and types into a real bash.

_sse_files() {
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# bash calls this with the command, the word to complete and the word before it. "=" is a word of its own in --file=PATH.
_sse_server() {
    local word=$2 before=$3
    COMPREPLY=()
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    -f | --file) _sse_files "$word" ;;
    -u | --user) mapfile -t COMPREPLY < <(compgen -u -- "$word") ;;
    -[lenktpw] | --listen | --exit-idle | --connections | --idle-timeout | --head-timeout | --per-address | --write-timeout) ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W '-i --stdin -l --listen -f --file -t --head-timeout -k --idle-timeout -w --write-timeout
            -n --connections -p --per-address -u --user -e --exit-idle -c --check -q --quiet -V --version -H --parameters
            -C --cases -h --help' -- "$word")
        ;;
    esac
}

# -b BODY is the one option. Recordings are files too.
_sse_replay() {
    COMPREPLY=()
    if [[ $2 == -* && $3 != -b ]]; then
        mapfile -t COMPREPLY < <(compgen -W -b -- "$2")
    else
        _sse_files "$2"
    fi
}

complete -F _sse_server sse-server
complete -F _sse_replay sse-replay
