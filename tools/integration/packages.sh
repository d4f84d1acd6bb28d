#!/usr/bin/env bash
# Packs LISTWRIGHT as an npm package, installs it in a new folder and runs it: npm only.
# With --wheel FILE, installs the wheel in a new environment and runs it: python only.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '# T\n\n## S\n\n- [A](https://a.example) - A. \n' > "$folder/bad.md"

# The program finds the space, with the exit code of a finding, through whatever launches it.
runs() {
  local status=0
  "$@" check "$folder/bad.md" > "$folder/log" || status=$?
  if [ "$status" -ne 1 ] || ! grep -q trailing-whitespace "$folder/log"; then
    cat "$folder/log"
    echo "$* does not work (exit code $status)" >&2
    exit 1
  fi
  "$@" --version
}

if [ "${1:-}" = --wheel ]; then
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install --quiet --no-index "${2:?name the wheel}"
  runs "$folder/venv/bin/listwright"
  exit
fi

: "${LISTWRIGHT:?names the program}"
platform=$(node -p 'process.platform + "-" + process.arch')
"$root/npm/platform.sh" "$platform" "$LISTWRIGHT" "$folder/platform"
cp -r "$root/npm/listwright" "$folder/main"
(cd "$folder/platform" && npm pack --silent --pack-destination "$folder" > /dev/null)
(cd "$folder/main" && npm pack --silent --pack-destination "$folder" > /dev/null)
mkdir "$folder/use"
cd "$folder/use"
npm init --yes > /dev/null
# Both by their files; offline, so that the other platforms stay out.
npm install --silent --offline --no-audit --no-fund --omit=optional "$folder"/listwright-[0-9]*.tgz
if npx --no-install listwright --version > /dev/null 2> "$folder/log"; then
  echo "the package works without the program of its platform" >&2
  exit 1
fi
grep -q "there is no listwright for $platform here" "$folder/log"
npm install --silent --offline --no-audit --no-fund --omit=optional "$folder"/listwright-"$platform"-*.tgz
runs npx --no-install listwright
