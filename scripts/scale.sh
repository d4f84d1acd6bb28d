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
  command time -f "$what: %e s, %U s of CPU, %M KiB at most" "$@" || [ $? -eq 1 ]
}

told "merge of $entries entries in $lists lists" \
  "$program" merge "$world" -o "$world.merged" --quiet
told "check --scope project of the same" \
  "$program" check "$world" --scope project --output-format json > "$world.json"

# An interrupted merge leaves what was there.
cp "$world.merged" "$world.before"
timeout --signal=INT 2 "$program" merge "$world" -o "$world.merged" --quiet \
  || echo "interrupted: exit $?"
cmp "$world.merged" "$world.before" && echo "what was there stands as it was"
