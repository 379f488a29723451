#!/usr/bin/env bash
# Says how many lines of its parser each fuzzer's corpus covers: replays the seeds, and nothing else, through a build that counts
# (clang 14 and its llvm-profdata-14 and llvm-cov-14). Ends 1 where one covers less than 80 %.
#   tests/fuzz/coverage.sh [NAME...]      all by default; with names also each file, and each line that was not reached
set -euo pipefail
cd "$(dirname "$0")/../.."
least=80

cmake --preset coverage >/dev/null
cmake --build --preset coverage --target fuzzers
programs=build/coverage/tests/fuzz
with_lines=$#
if [ $# -eq 0 ]; then
  for program in "$programs"/*_fuzzer; do set -- "$@" "$(basename "$program" _fuzzer)"; done
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Of what llvm-cov exports the files that NAME.parser lists: one on each line of `covered`, their sum as `COUNT COVERED`.
sum_up() {  # NAME.parser
  python3 - "$1" "$scratch" <<'PYTHON'
import json, os, sys
parser, scratch = sys.argv[1:]
counts = {file["filename"]: file["summary"]["lines"] for file in json.load(open(scratch + "/json"))["data"][0]["files"]}
count = covered = 0
with open(scratch + "/covered", "w") as names:
    for wanted in open(parser).read().split():
        [name] = [name for name in counts if ("/" + name).endswith("/" + wanted)]
        count, covered = count + counts[name]["count"], covered + counts[name]["covered"]
        print(os.path.realpath(name), file=names)
print(count, covered)
PYTHON
}

status=0
printf '%-14s %6s %6s %8s %9s\n' fuzzer seeds files lines covered
for name in "$@"; do
  # %m: a plugin that a fuzzer loads counts in a file of its own.
  LLVM_PROFILE_FILE="$scratch/$name-%m.profraw" TMPDIR=$scratch "$programs/${name}_fuzzer" -runs=0 "tests/fuzz/corpus/$name" \
    >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  llvm-profdata-14 merge -o "$scratch/$name.profdata" "$scratch/$name"-*.profraw
  profile=(-instr-profile="$scratch/$name.profdata" "$programs/${name}_fuzzer")
  plugin=build/coverage/plugins/lib$name.so
  if [ -e "$plugin" ]; then profile+=(-object "$plugin"); fi

  llvm-cov-14 export -summary-only "${profile[@]}" >"$scratch/json" 2>"$scratch/log"
  read -r lines covered < <(sum_up "$programs/$name.parser")
  permille=$((covered * 1000 / lines))
  printf '%-14s %6d %6d %8d %5d.%d %%\n' "$name" "$(find "tests/fuzz/corpus/$name" -type f | wc -l)" \
    "$(wc -l <"$scratch/covered")" "$lines" $((permille / 10)) $((permille % 10))
  if [ "$permille" -lt $((least * 10)) ]; then status=1; fi
  if [ "$with_lines" -gt 0 ]; then
    llvm-cov-14 show "${profile[@]}" 2>/dev/null |
      awk 'NR == FNR { wanted[$0 ":"] = 1; next }
           /^[^ ].*:$/ { is_wanted = $0 in wanted; if (is_wanted) print }
           is_wanted && /^ +[0-9]+\| +0\|/' "$scratch/covered" -
  fi
done
if [ "$status" -ne 0 ]; then
  echo "a corpus covers less than $least % of its parser: add seeds to tests/fuzz/corpus" >&2
fi
exit "$status"
