#!/usr/bin/env bash
# Builds what ships with its benchmarks, sets up the peers, and prints the table; ends with status 1 when a limit is broken.
#   tests/benchmark/run.sh [OPTION]...        --help tells them
#   tests/benchmark/run.sh --records 1000000 --rounds 3 --without-peers       a quick look
set -euo pipefail
cd "$(dirname "$0")/../.."

core/install_packages.sh core/packages.txt tests/packages.txt tests/benchmark/packages.txt >&2
[[ " $* " == *" --without-peers "* ]] || tests/benchmark/set_up_peers.sh >&2
cmake --preset bench >/dev/null
cmake --build --preset bench >&2
exec /usr/bin/python3 -B tests/benchmark/compare.py "$@"
