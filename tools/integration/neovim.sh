#!/usr/bin/env bash
# Shows a finding in headless neovim and applies its fix: LISTWRIGHT=PROGRAM tools/integration/neovim.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${LISTWRIGHT:?names the program}"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '# Awesome Tea\n\n## Green\n\n- [Sencha](https://example.com/sencha) - Steamed leaves. \n' > "$folder/list.md"
LIST=$folder/list.md XDG_STATE_HOME=$folder XDG_CACHE_HOME=$folder \
  timeout 60 nvim --headless --clean -c "luafile $here/neovim.lua"
