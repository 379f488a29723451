#!/usr/bin/env bash
# Builds the fuzzers (clang++, ASan, UBSan) and runs each for some seconds; ends 1 on a finding, and keeps its input.
#   tests/fuzz/run.sh [SECONDS]      30 by default
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-30}

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzzers
found=build/fuzz/findings
grown=$(mktemp -d)  # libFuzzer writes what it discovers into the first directory; the seeds stay as they are
trap 'rm -rf "$grown"' EXIT
status=0
for fuzzer in build/fuzz/tests/fuzz/*_fuzzer; do
  name=$(basename "$fuzzer" _fuzzer)
  echo "== $name: $seconds s"
  mkdir -p "$found" "$grown/$name"
  "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 -verbosity=1 \
    -artifact_prefix="$found/$name-" "$grown/$name" "tests/fuzz/corpus/$name" >"$grown/$name.log" 2>&1 || status=1
  tail -n 12 "$grown/$name.log"
done
if [ "$status" -ne 0 ]; then
  echo "a fuzzer has a finding; its input is in $found" >&2
fi
exit "$status"
