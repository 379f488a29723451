#!/usr/bin/env bash
# Installs the Debian packages listed in the given files, one name a line, `#` comments. Does nothing when all are there.
#   core/install_packages.sh core/packages.txt [tests/packages.txt]
# Takes root, or a user with sudo.
set -euo pipefail

mapfile -t wanted < <(sed 's/#.*//' "$@" | awk 'NF {print $1}' | sort -u)
missing=()
for package in "${wanted[@]}"; do
  [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == "install ok installed" ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "installing packages takes root or sudo; missing: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "installing ${#missing[@]} packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for step in "update" "install -y --no-install-recommends ${missing[*]}"; do
  # shellcheck disable=SC2086 — the words of a step are meant to split
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q $step >"$log" 2>&1 </dev/null ||
    { cat "$log" >&2; echo "apt-get ${step%% *} failed; its words are above" >&2; exit 1; }
done
