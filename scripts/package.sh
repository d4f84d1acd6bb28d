#!/usr/bin/env bash
# Makes what a release offers for one target, of a program that was built already:
# scripts/package.sh TARGET PROGRAM FOLDER
# The archive goes to FOLDER; manual pages and completions to target/package-files, where the Debian
# package takes them from.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:?name the target, as in x86_64-unknown-linux-gnu}
program=${2:?name the program}
folder=${3:?name the folder}

files=target/package-files
rm -rf "$files"
mkdir -p "$files/completions" "$folder"

# A program for another machine cannot be run here; its archive has no pages then.
if "$program" --version > /dev/null 2>&1; then
  "$program" man "$files/man"
  "$program" completions bash > "$files/completions/listwright.bash"
  "$program" completions elvish > "$files/completions/listwright.elv"
  "$program" completions fish > "$files/completions/listwright.fish"
  "$program" completions powershell > "$files/completions/_listwright.ps1"
  "$program" completions zsh > "$files/completions/_listwright"
fi

suffix=
case $target in *windows*) suffix=.exe ;; esac
cp "$program" "$files/listwright$suffix"
cp LICENSE "$files/"
names=("listwright$suffix" LICENSE completions)
[ ! -d "$files/man" ] || names+=(man)
# The same files make the same archive, whenever and by whomever it is made.
options=(--sort=name --owner=0 --group=0 --numeric-owner --mtime=@0)
tar --version 2> /dev/null | grep -q GNU || options=()
tar ${options[@]+"${options[@]}"} -C "$files" -cf - "${names[@]}" | gzip -n -9 > "$folder/listwright-$target.tar.gz"
echo "$folder/listwright-$target.tar.gz"
