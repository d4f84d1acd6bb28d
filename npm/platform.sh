#!/usr/bin/env bash
# Makes the npm package of one platform around a program: npm/platform.sh linux-x64 PROGRAM FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

platform=${1:?name the platform, as in linux-x64}
program=${2:?name the program}
folder=${3:?name the folder of the package}
grep -q "\"@listwright/$platform\"" "$here/listwright/package.json" || {
  echo "there is no package for $platform" >&2
  exit 2
}
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$here/listwright/package.json")
suffix=
case $platform in win32-*) suffix=.exe ;; esac

mkdir -p "$folder"
cp "$program" "$folder/listwright$suffix"
chmod 755 "$folder/listwright$suffix"
cp "$here/../LICENSE" "$folder/"
cat > "$folder/package.json" <<END
{
  "name": "@listwright/$platform",
  "version": "$version",
  "description": "The program of listwright for $platform",
  "license": "MIT",
  "repository": {
    "type": "git",
    "url": "git+https://github.com/listwright/listwright.git"
  },
  "os": ["${platform%-*}"],
  "cpu": ["${platform#*-}"],
  "files": ["listwright$suffix"]
}
END
