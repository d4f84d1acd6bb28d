#!/usr/bin/env bash
# Tries the hooks as a list's repository uses them: hooks.sh RUNNER [--built]
#
# RUNNER is `pre-commit` or `prek`. By default the hooks run the program that LISTWRIGHT names; with
# --built the runner builds it from the sources, as it does for a user, which takes minutes.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
runner=${1:?name the runner}
built=${2:-}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PRE_COMMIT_HOME=$folder/home PREK_HOME=$folder/prek
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.com
export GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.com

hooks=$folder/hooks
mkdir "$hooks"
if [ "$built" = --built ]; then
  (cd "$root" && git ls-files -z | tar --null -T - -cf -) | tar -xf - -C "$hooks"
else
  : "${LISTWRIGHT:?names the program}"
  program=$(cd "$(dirname "$LISTWRIGHT")" && pwd)/$(basename "$LISTWRIGHT")
  sed -e "s|entry: listwright |entry: $program |" -e 's/language: rust/language: system/' \
    "$root/.pre-commit-hooks.yaml" > "$hooks/.pre-commit-hooks.yaml"
fi
commit() {
  git -C "$1" add -A
  git -C "$1" commit -q -m x
}
git init -q "$hooks"
commit "$hooks"

lists=$folder/lists
git init -q "$lists"
good='# Awesome Tea

## Green

- [Sencha](https://example.com/sencha) - Steamed leaves.
- [Matcha](https://example.com/matcha) - Ground leaves.
'
printf '%s' "$good" > "$lists/good.md"
printf '%s' "${good/leaves./leaves. }" > "$lists/spaces.md"
printf '%s' "${good/https:\/\/example.com\/sencha/#nowhere}" > "$lists/broken.md"
printf '%s- [Hojicha](https://example.com/hojicha) - Roasted leaves.\n-   [Black](https://example.com/black) - Strong.\n' "$good" > "$lists/messy.md"
printf '%s<<<<<<< ours\n- [A](https://a.example) - A.\n=======\n- [B](https://b.example) - B.\n>>>>>>> theirs\n' "$good" > "$lists/conflict.md"
mkdir "$lists/vendored"
cp "$lists/broken.md" "$lists/vendored/"
printf '[files]\nexclude = ["vendored/"]\n' > "$lists/listwright.toml"
printf 'no list\n' > "$lists/text.txt"
commit "$lists"

cd "$lists"
# try HOOK FILE WORD: the hook passes, fails or changes the file.
try() {
  local hook=$1 file=$2 expected=$3 status=0
  "$runner" try-repo "$hooks" "$hook" --files "$file" --verbose > "$folder/log" 2>&1 || status=$?
  local seen=passes
  if ! git diff --quiet; then seen=changes; elif [ "$status" -ne 0 ]; then seen=fails; fi
  if [ "$seen" = changes ] && [ "$status" -eq 0 ]; then seen='changes and passes'; fi
  if [ "$seen" != "$expected" ]; then
    cat "$folder/log"
    echo "$runner: $hook on $file $seen, and should be: $expected" >&2
    exit 1
  fi
  # What a hook mended passes the next time.
  if [ "$seen" = changes ]; then
    "$runner" try-repo "$hooks" "$hook" --files "$file" > "$folder/log" 2>&1 || {
      cat "$folder/log"
      echo "$runner: $hook on $file does not pass after it mended it" >&2
      exit 1
    }
    git checkout -q .
  fi
  echo "$runner: $hook on $file $seen"
}

try listwright-check good.md passes
try listwright-check broken.md fails
try listwright-check spaces.md fails
try listwright-check vendored/broken.md passes
try listwright-check text.txt passes
try listwright-fix spaces.md changes
try listwright-fmt good.md passes
try listwright-fmt messy.md changes
try listwright-conflicts broken.md passes
try listwright-conflicts conflict.md fails
