# Sourced by scripts/fuzz and scripts/verify-fuzz, from the root.

# Symbols in the stack of a crash, where there is a program for them.
if symbolizer=$(command -v llvm-symbolizer-19 || command -v llvm-symbolizer); then
    export ASAN_SYMBOLIZER_PATH=$symbolizer
fi

# Configures, builds, and makes the seeds.
build_fuzzers() {
    mkdir -p build
    cmake --preset fuzz >build/fuzz-configure.log 2>&1 || { cat build/fuzz-configure.log >&2 && return 1; }
    cmake --build --preset fuzz && fuzz/make-seeds build/fuzz
}

# The names of all targets that were built, a line each.
built_targets() {
    local program
    for program in build/fuzz/bin/fuzz_*; do echo "${program##*/fuzz_}"; done
}

# Fuzzes TARGET for SECONDS, with its log in build/fuzz/TARGET.log; fails if it was broken.
fuzz_target() {
    local target=$1 seconds=$2
    mkdir -p "build/fuzz/corpus/$target" build/fuzz/found
    "build/fuzz/bin/fuzz_$target" "build/fuzz/corpus/$target" "build/fuzz/seeds/$target" \
        -dict="build/fuzz/dictionaries/$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$target-" \
        >"build/fuzz/$target.log" 2>&1
}

# A figure of the last run of TARGET: executions, edges or features.
figure() {
    local word
    case "$2" in
        executions) word='number_of_executed_units:' ;;
        edges) word=' cov:' ;;
        features) word=' ft:' ;;
    esac
    { grep -a "$word" "build/fuzz/$1.log" || echo "$word 0"; } | tail -n 1 | sed -E "s/.*$word +([0-9]+).*/\1/"
}

# What a reader of a broken run needs.
show_failure() {
    echo "$1 was broken:"
    grep -aE 'what\(\)|ERROR|SUMMARY|runtime error|^ +#[0-9]+ .*(hipchat|gumbo|boost)|Test unit written' \
        "build/fuzz/$1.log" | head -n 40 || tail -n 5 "build/fuzz/$1.log"
} >&2
