#!/bin/sh
# Takes the password of the predefined accounts from a file: changePassword.sh <file>
# Source: ADOCK (the file is deleted and a sentinel written; a read-only file stays and gets none).
# Assumed: the sentinel is called <file>.done; an empty file is refused. The engine asks nobody for
# a password and keeps none, so nothing is set.
set -u
file=${1:-}
fail() {
  echo "changePassword.sh: $1" >&2
  exit 1
}
[ -n "$file" ] || fail "usage: changePassword.sh <file>"
[ ! -e "$file.done" ] || exit 0
[ -f "$file" ] || fail "$file does not exist"
[ -r "$file" ] || fail "$file cannot be read"
[ -n "$(head -n 1 "$file")" ] || fail "$file holds no password"
if [ -w "$file" ] && [ -w "$(dirname "$file")" ]; then
  rm "$file" && : >"$file.done"
fi
