#!/bin/sh
# Builds and runs the host in consumer/ against the library, as a user would.
#   installed:    static, from the install tree of the build at hand
#   subdirectory: shared, by add_subdirectory; then that build installed and found again
# Usage: consume.sh installed|subdirectory SOURCE_DIR BUILD_DIR WORK_DIR
# CXX, CMAKE_GENERATOR and CMAKE_PREFIX_PATH say how, as in any build.
set -eu
way=$1 source=$2 build=$3 work=$4
consumer=$source/tests/package/consumer
launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER:-}
rm -rf "$work"
mkdir -p "$work"
sed -n '/^```cpp$/,/^```$/p' "$source/README.md" | sed '/^```/d' >"$work/readme.cc"

host() {  # host NAME CMAKE_ARGUMENTS...: configures, builds and runs it
  name=$1
  shift
  cmake -S "$consumer" -B "$work/$name" -DREADME_SOURCE="$work/readme.cc" "$@"
  cmake --build "$work/$name"
  "$work/$name/host"
  # The README's program, twice: sent again, the same command id gets the first answer again.
  for time in once again; do
    (cd "$work/$name" && ./readme) | grep -x 'work_order/4711 is at version 1' || { echo "the README fails $time"; exit 1; }
  done
}

case $way in
  installed)
    cmake --install "$build" --prefix "$work/moved" >/dev/null
    # Where it was installed must not matter.
    mv "$work/moved" "$work/prefix"
    host static -DCMAKE_PREFIX_PATH="$work/prefix"
    ;;
  subdirectory)
    host shared -DPAVIOR_SOURCE_DIR="$source" -DBUILD_SHARED_LIBS=ON -DPAVIOR_INSTALL=ON -DPAVIOR_UNITY=ON \
      -DCMAKE_CXX_FLAGS=-O0 "$launcher"
    cmake --install "$work/shared" --prefix "$work/prefix" >/dev/null
    host found -DCMAKE_PREFIX_PATH="$work/prefix"
    exported=$(find "$work/prefix" -name 'libpavior*.so' -exec nm -D --defined-only --demangle {} +)
    printf '%s\n' "$exported" | grep -q ' T pavior::v0::StreamId::parse'
    if printf '%s\n' "$exported" | grep -E '^[0-9a-f]+ . ([a-z ]+ for )?(boost|rocksdb|fmt)::'; then
      echo "the symbols above should have stayed inside"
      exit 1
    fi
    ;;
esac
