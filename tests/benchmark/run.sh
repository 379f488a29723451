#!/usr/bin/env bash
# Builds what ships with its benchmarks and runs them all; ends with status 1 when one is above its limit.
set -euo pipefail
cd "$(dirname "$0")/../.."

core/install_packages.sh core/packages.txt tests/packages.txt
cmake --preset bench >/dev/null
cmake --build --preset bench
status=0
for program in build/bench/tests/benchmark/*_benchmark; do
  echo "== ${program##*/}"
  "$program" || status=1
done
exit $status
