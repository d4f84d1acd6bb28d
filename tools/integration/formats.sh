#!/usr/bin/env bash
# Holds the SARIF output against the rules of GitHub's validator: LISTWRIGHT=PROGRAM formats.sh FOLDER
# FOLDER keeps the validator, which npm installs there.
set -euo pipefail
: "${LISTWRIGHT:?names the program}"
tools=${1:?name the folder}

mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
validator=$tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
if [ ! -f "$validator" ]; then
  (cd "$tools" && npm install --silent --no-audit --no-fund @microsoft/sarif-multitool > npm.log 2>&1) || true
fi
if [ ! -f "$validator" ]; then
  echo 'skipped: Sarif.Multitool (npm package @microsoft/sarif-multitool)'
  exit
fi
chmod +x "$validator"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/list.md" <<'END'
# Awesome 🍵 Tea

## Contents

- [Green](#gren)

## Green

- [Séncha](https://example.com/sencha) - Steamed leaves. 
- [Séncha](https://example.com/sencha) - Steamed leaves.
- []()
END
cd "$folder"
git init -q .
"$LISTWRIGHT" check --exit-zero --preset strict --output-format sarif --output-file out.sarif list.md
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
"$validator" validate out.sarif --rule-kind 'Sarif;Ghas' --level 'Error;Warning' \
  --log ForceOverwrite --output report.sarif > log 2>&1 || true
# It exits with 0 whatever it finds, so what it wrote is counted.
node -e '
const report = JSON.parse(require("fs").readFileSync("report.sarif", "utf8"));
const found = report.runs.flatMap((run) => run.results || []);
const own = JSON.parse(require("fs").readFileSync("out.sarif", "utf8")).runs[0].results.length;
const errors = found.filter((one) => (one.level || "warning") === "error");
for (const one of found) console.log(one.level || "warning", one.ruleId, JSON.stringify(one.message));
console.log(`SARIF: ${own} findings, ${errors.length} errors of the validator`);
process.exit(errors.length === 0 && own > 0 ? 0 : 1);
' || { cat log; exit 1; }
