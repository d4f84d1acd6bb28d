#!/usr/bin/env bash
# Puts a Listwright on the runner and tells where: the one that was named, else a release asset with
# the checksum of its release, else a wheel, else one that cargo builds.
# A checksum that does not agree ends the step; it is no reason to try the next way.
set -euo pipefail

releases=${LISTWRIGHT_RELEASES:-https://github.com/listwright/listwright/releases/download}

found() {
  printf 'binary=%s\n' "$1" >> "$GITHUB_OUTPUT"
  "$1" --version
  exit 0
}

fail() {
  printf '::error title=listwright::%s\n' "$1"
  exit 1
}

if [ -n "${INPUT_BINARY:-}" ]; then
  [[ "$INPUT_BINARY" != *$'\n'* ]] || fail 'the input `binary` has more than one line'
  command -v -- "$INPUT_BINARY" > /dev/null || fail 'the input `binary` names no program'
  found "$INPUT_BINARY"
fi

version=${INPUT_VERSION:-}
if [ -z "$version" ]; then
  version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$ACTION_PATH/Cargo.toml" | head -n 1)
fi
version=${version#v}
# The version becomes a part of addresses and arguments.
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail 'the input `version` is no version such as 0.1.0'

suffix=
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
  Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-gnu ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc suffix=.exe ;;
  *) target= ;;
esac

folder=${RUNNER_TEMP:?}/listwright-$version
mkdir -p "$folder"
[ ! -x "$folder/listwright$suffix" ] || found "$folder/listwright$suffix"

checksum() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Gives 1 where there is no asset to be had.
from_release() {
  local name=listwright-$target.tar.gz expected
  curl --fail --silent --show-error --location --retry 3 --output "$folder/$name" "$releases/v$version/$name" || return 1
  curl --fail --silent --show-error --location --retry 3 --output "$folder/SHA256SUMS" "$releases/v$version/SHA256SUMS" || return 1
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\)  $name\$/\1/p" "$folder/SHA256SUMS" | head -n 1)
  [ -n "$expected" ] || fail "the release lists no checksum for $name"
  [ "$(checksum "$folder/$name")" = "$expected" ] || fail "$name is not what its release lists the checksum of"
  tar -xzf "$folder/$name" -C "$folder" "listwright$suffix"
}

from_wheel() {
  local python
  python=$(command -v python3 || command -v python) || return 1
  "$python" -m venv "$folder/venv" || return 1
  local place=$folder/venv/bin
  [ -d "$place" ] || place=$folder/venv/Scripts
  "$place/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "listwright==$version" || return 1
  cp "$place/listwright$suffix" "$folder/"
}

from_source() {
  command -v cargo > /dev/null || return 1
  cargo install --locked --quiet --root "$folder/cargo" --version "$version" listwright || return 1
  cp "$folder/cargo/bin/listwright$suffix" "$folder/"
}

if [ -n "$target" ] && from_release; then found "$folder/listwright$suffix"; fi
echo "No release asset could be had; trying a wheel."
if from_wheel; then found "$folder/listwright$suffix"; fi
echo "No wheel could be had; trying to build from source."
if from_source; then found "$folder/listwright$suffix"; fi
fail "listwright $version could not be installed: no release asset, no wheel, and no cargo to build it"
