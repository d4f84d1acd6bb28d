#!/usr/bin/env bash
# Compares the anchors of headings with npm's github-slugger: LISTWRIGHT=PROGRAM compare.sh FOLDER
# FOLDER keeps the packages. The headings are those of the corpus beside the project, or of the lists
# in it where there is none.
set -euo pipefail
: "${LISTWRIGHT:?names the program}"
tools=${1:?name the folder}
cd "$(dirname "$0")/../.."

shared=${LISTWRIGHT_SHARED:-../shared}
cases=$shared/acceptance/anchors.json
lists=("$shared"/corpus/lists/*.md)
if [ ! -f "$cases" ]; then
  echo "skipped: recorded anchors ($cases)"
  exit
fi

mkdir -p "$tools"
cp tools/anchors/package.json tools/anchors/compare.mjs "$tools"
if [ ! -d "$tools/node_modules/github-slugger" ]; then
  (cd "$tools" && npm install --silent --no-audit --no-fund > npm.log 2>&1) || true
fi
if [ ! -d "$tools/node_modules/github-slugger" ]; then
  echo 'skipped: github-slugger (npm)'
  exit
fi
node "$tools/compare.mjs" "$LISTWRIGHT" "$cases" "${lists[@]}"
