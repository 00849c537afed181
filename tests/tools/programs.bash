# For the tests in this folder: starts a host and the greeter on free ports, runs commands, and
# judges what they say. Everything it starts is stopped, and its folder removed, at the end.
#
# Use: source it with the arguments of the test, HIPCHAT-CONNECT and GREETER.
# shellcheck shell=bash disable=SC2034 # the tests that source this use the rest
set -euo pipefail

program=$1
greeter=$2
folder=$(mktemp -d)
pid_host=
pid_greeter=

finish() {
    local verdict=$? # not code, which stop sets
    stop greeter >/dev/null || true
    stop host >/dev/null || true
    if [[ $verdict -ne 0 && -f $folder/host.log ]]; then
        echo "-- the host's log:"
        cat "$folder/host.log"
    fi
    if [[ $verdict -ne 0 && -f $folder/greeter.log ]]; then
        echo "-- the greeter's log:"
        cat "$folder/greeter.log"
    fi
    rm -rf "$folder"
    exit "$verdict"
}
trap finish EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# Starts a program whose output is then read line by line with line_of. Job control gives it the
# usual answer to SIGINT, which a background process of a script would ignore.
start() {
    local name=$1
    shift
    mkfifo "$folder/$name.fifo"
    set -m
    "$@" >"$folder/$name.fifo" 2>"$folder/$name.log" &
    declare -g "pid_$name=$!"
    set +m
    local -n output=output_$name
    exec {output}<"$folder/$name.fifo"
    rm "$folder/$name.fifo"
}

# Reads the output of NAME until a line that begins with PREFIX; the rest of it is then in $line.
line_of() {
    local name=$1 prefix=$2
    local -n output=output_$name
    while IFS= read -r -t 30 -u "$output" line; do
        if [[ $line == "$prefix"* ]]; then
            line=${line#"$prefix"}
            return
        fi
    done
    fail "the $name never said: $prefix"
}

# Ends NAME by a signal, TERM if none is given, and leaves its exit code in $code.
stop() {
    local name=$1 signal=${2-TERM}
    local -n pid=pid_$name
    code=0
    [[ -n $pid ]] || return 0
    kill -s "$signal" "$pid" 2>/dev/null || true
    wait "$pid" || code=$?
    pid=
}

start_host() {
    start host "$program" host --port 0 --data "$folder/data"
    line_of host 'HipChat host: '
    host_url=$line
}

start_greeter() {
    start greeter env AC_PORT=0 AC_STORE="sqlite:$folder/greeter.db" "$greeter"
    line_of greeter 'Public descriptor base URL: '
    greeter_url=$line
}

# Runs a command of hipchat-connect; its exit code is then in $code, all it said in $said.
run() {
    code=0
    said=$("$program" "$@" </dev/null 2>&1) || code=$?
    ran="hipchat-connect $*"
}

exits() { [[ $code -eq $1 ]] || fail "$ran: exit code $code instead of $1, saying: $said"; }
says() { [[ $said == *"$1"* ]] || fail "$ran: does not say '$1' but: $said"; }
never_says() { [[ $said != *"$1"* ]] || fail "$ran: says '$1': $said"; }
