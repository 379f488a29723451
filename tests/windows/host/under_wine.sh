#!/usr/bin/env bash
# Runs a Windows program in a Wine of its own; ends 77, which CTest takes as skipped, where there is none.
#   under_wine.sh PROGRAM [ARGUMENT...]
set -euo pipefail
wine=$(command -v wine64 wine /usr/lib/wine/wine64 | head -n 1) || true
if [ -z "$wine" ]; then
  echo "skipped: Wine is not installed (Debian: wine64)"
  exit 77
fi
prefix=$(mktemp -d)
export WINEPREFIX=$prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
finish() {
  "$(dirname "$wine")/wineserver" -k 2>/dev/null || wineserver -k 2>/dev/null || true
  rm -rf "$prefix"
}
trap finish EXIT
"$wine" "$@"
