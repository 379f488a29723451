#!/usr/bin/env bash
# Installs what the benchmarks compare Penstock with: Debian packages, and npm packages into build/peers. Safe to repeat.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=tests/benchmark/peers

core/install_packages.sh "$here/packages.txt"
command -v node >/dev/null && command -v npm >/dev/null || core/install_packages.sh "$here/node_packages.txt"
mkdir -p build/peers
if ! cmp -s "$here/package.json" build/peers/package.json; then
  cp "$here/package.json" build/peers/package.json.new
  (cd build/peers && mv package.json.new package.json && npm install --no-audit --no-fund --loglevel=error >/dev/null) ||
    { rm -f build/peers/package.json; exit 1; }
fi
