#!/usr/bin/env bash
# Runs Listwright as the action's inputs say. Every input comes in by the environment, and none is
# ever read as code; what the program prints of a list cannot be read as a command of the runner,
# which is the program's own care.
set -euo pipefail

fail() {
  printf '::error title=listwright::%s\n' "$1"
  exit 2
}

# Whether the input called $1, with the value $2, is on.
is_on() {
  case $2 in
    true) return 0 ;;
    false) return 1 ;;
    *) fail "the input \`$1\` is neither \`true\` nor \`false\`" ;;
  esac
}

case $INPUT_COMMAND in check | fmt) ;; *) fail 'the input `command` is neither `check` nor `fmt`' ;; esac
case $INPUT_FAIL_ON in
  error | warning | advice | never) ;;
  *) fail 'the input `fail-on` is none of `error`, `warning`, `advice`, `never`' ;;
esac

paths=()
while IFS= read -r path; do
  # White space around a path is there because of the workflow's indentation.
  path="${path#"${path%%[![:space:]]*}"}"
  path="${path%"${path##*[![:space:]]}"}"
  [ -z "$path" ] || paths+=("$path")
done <<< "$INPUT_PATHS"
[ "${#paths[@]}" -gt 0 ] || fail 'the input `paths` names nothing'

options=(--color never)
[ -z "$INPUT_CONFIG" ] || options+=(--config "$INPUT_CONFIG")

report=$(mktemp "${RUNNER_TEMP:?}/listwright.XXXXXX")
trap 'rm -f "$report"' EXIT

# Runs the command; only a run that could not do its work ends the step here.
listwright() {
  local status=0
  "$LISTWRIGHT" "$@" < /dev/null || status=$?
  [ "$status" -lt 2 ] || exit "$status"
}

if [ "$INPUT_COMMAND" = fmt ]; then
  # shellcheck source=scripts/action/layout.sh
  . "$ACTION_PATH/scripts/action/layout.sh"
  exit
fi

if is_on only-new "$INPUT_ONLY_NEW"; then
  case $EVENT_NAME in
    pull_request | pull_request_target | merge_group)
      # The checkout of a pull request is a merge commit; its first parent is the branch below.
      if git rev-parse --verify --quiet 'HEAD^1^{commit}' > /dev/null; then
        options+=(--since 'HEAD^1')
      else
        echo '::notice title=listwright::Everything is told, since the checkout has no parent commit; give `actions/checkout` the input `fetch-depth: 2` to be told only what is new'
      fi
      ;;
  esac
fi

check() {
  listwright check --exit-zero "${options[@]}" "$@" -- "${paths[@]}"
}

# How many findings of the kind $1 there are. The summary stands before any text of a list.
count() {
  sed -n "/^  \"summary\": {\$/,/^  }/s/^    \"$1\": \([0-9][0-9]*\),\{0,1\}\$/\1/p" "$report" | head -n 1
}

check --output-format json --output-file "$report"
errors=$(count errors)
warnings=$(count warnings)
advice=$(count advice)
fixable=$(count fixable)
{
  printf 'errors=%d\nwarnings=%d\nadvice=%d\nfixable=%d\n' "$errors" "$warnings" "$advice" "$fixable"
  printf 'findings=%d\n' "$((errors + warnings + advice))"
} >> "$GITHUB_OUTPUT"

if is_on annotations "$INPUT_ANNOTATIONS"; then check --output-format github; fi
if is_on summary "$INPUT_SUMMARY"; then check --diff --summary "${GITHUB_STEP_SUMMARY:?}" > /dev/null; fi
if [ -n "$INPUT_SARIF" ]; then check --output-format sarif --output-file "$INPUT_SARIF"; fi

printf 'listwright: %d errors, %d warnings, %d advice\n' "$errors" "$warnings" "$advice"
case $INPUT_FAIL_ON in
  error) failing=$errors ;;
  warning) failing=$((errors + warnings)) ;;
  advice) failing=$((errors + warnings + advice)) ;;
  never) failing=0 ;;
esac
[ "$failing" -eq 0 ]
