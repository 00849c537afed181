#!/usr/bin/env bash
# Starting and stopping the servers under test; sourced by scripts/bench and smoke_test after they
# have set $programs (where the programs are) and $folder (for files that go at the end).
: "${programs:?}" "${folder:?}"

# Commands in front of the server and of the load, such as taskset.
server_prefix=()
load_prefix=()
server_pid=
server_port=

# Prints what follows PREFIX on the first line of the server's output that has it; waits until that
# line comes or the server has ended.
wait_for_line() {
    local prefix=$1 line
    while IFS= read -r line; do
        if [[ $line == "$prefix"* ]]; then
            echo "${line#"$prefix"}"
            return
        fi
    done < <(timeout 60 tail -n +1 -f --pid="$server_pid" "$folder/server.out")
    echo "The server did not start:" >&2
    cat "$folder/server.out" "$folder/server.log" >&2
    return 1
}

# Runs a command as the server.
start() {
    : >"$folder/server.out"
    "${server_prefix[@]}" "$@" >"$folder/server.out" 2>"$folder/server.log" &
    server_pid=$!
}

start_bare() {
    start "$programs/bench_bare_server"
    server_port=$(wait_for_line 'Listening on ')
}

# start_addon REPLAY-WINDOW, in seconds
start_addon() {
    local url
    start env AC_PORT=0 AC_STORE="sqlite:$folder/addon.db" AC_REPLAY_WINDOW="$1" \
        "$programs/bench_webhook_addon"
    url=$(wait_for_line 'Public descriptor base URL: ')
    server_port=${url##*:}
}

# send REQUESTS: loads the server and prints the outcome; fails if one was not answered 204.
send() {
    "${load_prefix[@]}" "$programs/bench_load" "$server_port" "$1" "$server_pid"
}

# What it has printed is then in $folder/server.out.
stop_server() {
    [[ -n $server_pid ]] || return 0
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" || true
    server_pid=
}
