#!/usr/bin/env bash
# Builds what ships with its benchmarks, sets up the peers, and prints the table; ends with status 1 when a limit is broken.
#   tests/benchmark/run.sh [OPTION]...        --help tells them
#   tests/benchmark/run.sh --records 1000000 --rounds 3 --without-peers       a quick look
set -euo pipefail
cd "$(dirname "$0")/../.."

core/install_packages.sh core/packages.txt tests/packages.txt tests/benchmark/packages.txt >&2
# What is asked is read before anything is built.
/usr/bin/python3 -B tests/benchmark/compare.py --check "$@"
[[ " $* " != *" --help "* && " $* " != *" -h "* ]] || exit 0
[[ " $* " == *" --without-peers "* ]] || tests/benchmark/set_up_peers.sh >&2
cmake --preset bench >/dev/null
cmake --build --preset bench >&2
exec /usr/bin/python3 -B tests/benchmark/compare.py "$@"
