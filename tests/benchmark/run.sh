#!/usr/bin/env bash
# Builds what ships with its benchmarks and runs them all.
set -euo pipefail
cd "$(dirname "$0")/../.."

core/install_packages.sh core/packages.txt tests/packages.txt
cmake --preset bench >/dev/null
cmake --build --preset bench
for program in build/bench/tests/benchmark/*_benchmark; do
  echo "== ${program##*/}"
  "$program"
done
