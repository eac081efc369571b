#!/bin/sh
# Checks the length of the sources, and that CMake lists files by name, scenarios too. Usage: files.sh SOURCE_DIR
set -eu
cd "$1"
status=0

# About 300 lines a file: past that it is said, a fifth more is too many.
find include lib examples bench tests -name '*.h' -o -name '*.cc' | sort | xargs wc -l | awk '
  $2 == "total" { next }
  $1 > 360 { printf "%s: %d lines; split it, about 300 are readable\n", $2, $1; bad = 1; next }
  $1 > 300 { printf "note: %s: %d lines, about 300 are readable\n", $2, $1 }
  END { exit bad }' || status=1

if grep -rnE 'file\( *GLOB' --include=CMakeLists.txt --include='*.cmake' CMakeLists.txt cmake lib proto examples bench \
  tests; then
  echo "name the files instead: a glob is not seen when it changes"
  status=1
fi

for story in tests/scenarios/*.scenario; do
  grep -qx "  $(basename "$story" .scenario)" tests/scenarios/CMakeLists.txt && continue
  echo "$story: not named in tests/scenarios/CMakeLists.txt"
  status=1
done
exit $status
