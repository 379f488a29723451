#!/usr/bin/env bash
# From a bare Debian 12 to readings that go through plugins: installs the packages, builds Release, runs a recorded file of
# readings through the shipped plugins, then this machine's own sensors for some seconds. Safe to repeat: the change logs
# under build/quickstart/ go on where they ended.
#   core/quickstart.sh [SECONDS]      seconds of live readings, 5 unless told
set -euo pipefail
cd "$(dirname "$0")/.."
live_seconds=${1:-5}

heading() { printf '\n== %s\n' "$*"; }

heading "packages"
core/install_packages.sh core/packages.txt
echo "all there"

heading "build"
cmake --preset release >/dev/null
cmake --build --preset release

penstock=build/release/bin/penstock
export PENSTOCK_PLUGIN_PATH=$PWD/build/release/plugins
mkdir -p build/quickstart

heading "the plugins that the host found and judged"
"$penstock" list

heading "a recorded file: plugins/system_readings/recorded.csv -> build/quickstart/recorded.csv"
"$penstock" run plugins/system_readings/recorded.yaml --change-log build/quickstart/recorded.changes
echo
head -n 4 build/quickstart/recorded.csv
"$penstock" audit verify build/quickstart/recorded.changes

heading "this machine's own sensors, live for $live_seconds s"
"$penstock" run plugins/system_readings/live.yaml --change-log build/quickstart/live.changes \
  --set "system_readings.rounds=$live_seconds"
"$penstock" audit verify build/quickstart/live.changes

heading "what next"
echo "audit:      $penstock audit show build/quickstart/recorded.changes"
echo "a plugin:   sdk/README.md"
