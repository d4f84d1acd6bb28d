#!/usr/bin/env bash
# Gives every package of the project one version: scripts/version.sh 1.2.3
# A test holds that they agree.
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:?give the version, as in 1.2.3}
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || {
  echo "$version is no version such as 1.2.3" >&2
  exit 2
}

# Rewrites each file by the sed script $1; `sed -i` is not the same everywhere.
rewrite() {
  local script=$1 file
  shift
  for file in "$@"; do
    sed "$script" "$file" > "$file.new"
    cat "$file.new" > "$file"
    rm "$file.new"
  done
}

number='[0-9][0-9]*\.[0-9][0-9]*\.[0-9][0-9]*[-0-9A-Za-z.]*'
# The first `version` of the manifest is the package's own.
rewrite "1,/^version = /s/^version = \".*\"\$/version = \"$version\"/" Cargo.toml
rewrite "/^name = \"listwright\"\$/,/^version/s/^version = \".*\"\$/version = \"$version\"/" Cargo.lock
rewrite "s/\(\"version\": \)\"[^\"]*\"/\1\"$version\"/
s/\(\"@listwright\/[a-z0-9-]*\": \)\"[^\"]*\"/\1\"$version\"/" npm/listwright/package.json
rewrite "s/\(listwright@COMMIT # v\)$number/\1$version/
s/\(rev: v\)$number/\1$version/" docs/pre-commit.md docs/github-action.md docs/installing.md

echo "Every package has the version $version now."
