#!/usr/bin/env bash
# Merges and checks a made-up world of lists, and tells time and memory:
# scripts/scale.sh [ENTRIES [LISTS]], by default five million in ten thousand.
# Needs GNU time; the world takes about 200 bytes an entry below target/.
set -euo pipefail
cd "$(dirname "$0")/.."

entries=${1:-5000000}
lists=${2:-$((entries / 500))}
world=target/world-$entries-$lists
program=${LISTWRIGHT:-target/release/listwright}

[ -x "$program" ] || cargo build --release
[ -d "$world" ] || cargo bench --bench world -- "$PWD/$world" "$entries" "$lists"

told() {
  local what=$1
  shift
  # 1 says that something was found, which it is.
  command time -q -f "$what: %e s, %U s of CPU, %M KiB at most" "$@" || [ $? -eq 1 ]
}

told "merge of $entries entries in $lists lists" \
  "$program" merge "$world" -o "$world.merged" --quiet
told "check --scope project of the same" \
  "$program" check "$world" --scope project --output-format json > "$world.json"

# An interrupted merge leaves what was there, whatever it was at.
cp "$world.merged" "$world.before"
for seconds in 1 5 20; do
  interrupted=0
  timeout --preserve-status --signal=INT "$seconds" \
    "$program" merge "$world" -o "$world.merged" --unmatched inbox --quiet > "$world.said" ||
    interrupted=$?
  if [ "$interrupted" -ne 130 ]; then
    echo "not interrupted after $seconds s, for it was done: exit $interrupted"
    break
  fi
  cmp "$world.merged" "$world.before" &&
    echo "interrupted after $seconds s: what was there stands as it was"
done
