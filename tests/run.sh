#!/usr/bin/env bash
# From a bare Debian 12 to the verdict of every test: installs the packages, configures, builds, tests. Safe to repeat.
#   tests/run.sh [PRESET] [CTEST ARGUMENT...]      preset dev (default), asan or tsan
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-dev}
shift $(($# > 0))

core/install_packages.sh core/packages.txt tests/packages.txt
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
ctest --preset "$preset" --parallel "$(nproc)" "$@"
