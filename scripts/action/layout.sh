# shellcheck shell=bash disable=SC2154
# Tells whether lists are laid out as `fmt` would lay them out. Read by run.sh, whose variables and
# functions it uses.

status=0
"$LISTWRIGHT" fmt --diff "${options[@]}" -- "${paths[@]}" > "$report" < /dev/null || status=$?
[ "$status" -lt 2 ] || exit "$status"
printf 'findings=%d\n' "$status" >> "$GITHUB_OUTPUT"

if [ "$status" -eq 0 ]; then
  echo 'listwright: everything is laid out'
  exit 0
fi

if is_on annotations "$INPUT_ANNOTATIONS"; then
  echo '::warning title=fmt::Some lists are not laid out; run `listwright fmt` on them, or see the patch in the job summary'
fi
if is_on summary "$INPUT_SUMMARY"; then
  {
    printf '## Listwright\n\nSome lists are not laid out. `listwright fmt` would make these changes, and `git apply` takes them:\n\n'
    # Indented code ends at no line of the patch, whatever a list holds.
    head -c 500000 "$report" | sed 's/^/    /'
    printf '\n'
  } >> "${GITHUB_STEP_SUMMARY:?}"
fi
echo 'listwright: some lists are not laid out'
[ "$INPUT_FAIL_ON" = error ] || [ "$INPUT_FAIL_ON" = never ]
