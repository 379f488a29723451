#!/usr/bin/env bash
# Builds the fuzzers (clang++, ASan, UBSan) and runs each for some seconds, one on each processor; ends 1 on a finding, and
# keeps its input.
#   tests/fuzz/run.sh [SECONDS [NAME...]]      30 by default, of all
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-30}
shift $(($# > 0))

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzzers
programs=build/fuzz/tests/fuzz
if [ $# -eq 0 ]; then
  for program in "$programs"/*_fuzzer; do set -- "$@" "$(basename "$program" _fuzzer)"; done
fi
found=build/fuzz/findings
mkdir -p "$found"
# Memory, where there is such a directory: some of the parsers read files, and are given one for each input.
scratch=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
trap 'rm -rf "$scratch"' EXIT

fuzz() {  # name
  # libFuzzer writes what it discovers into the first directory; the seeds stay as they are.
  mkdir -p "$scratch/$1/grown" "$scratch/$1/files"
  TMPDIR="$scratch/$1/files" "$programs/$1_fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$found/$1-" "$scratch/$1/grown" "tests/fuzz/corpus/$1" >"$scratch/$1/log" 2>&1 ||
    touch "$scratch/$1/failed"
  rm -rf "$scratch/$1/files" "$scratch/$1/grown"
}

for name in "$@"; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  fuzz "$name" &
done
wait

status=0
for name in "$@"; do
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/$name/log")
  if [ -e "$scratch/$name/failed" ]; then
    status=1
    printf '%-14s a finding after %s inputs\n' "$name" "${inputs:-?}"
    tail -n 40 "$scratch/$name/log"
  else
    printf '%-14s %s inputs in %s s, no finding\n' "$name" "$inputs" "$seconds"
  fi
done
if [ "$status" -ne 0 ]; then
  echo "a fuzzer has a finding; its input is in $found" >&2
fi
exit "$status"
