#!/bin/sh
# Asks the compiler which files the core headers read: ours and the standard library's, nobody else's.
# Usage: core_headers.sh SOURCE_DIR CXX
set -eu
cd "$1/include"
for header in pavior/*.h; do
  case $header in
    pavior/proto.h | pavior/machine.h | pavior/row_walker.h | pavior/asio.h) continue ;;  # adapters, on purpose
  esac
  read=$(printf '#include "%s"\n' "$header" | "$2" -std=c++20 -I . -x c++ -M -)
  if printf '%s\n' "$read" | grep -E '/(boost|rocksdb|google|fmt|openssl|date)/|pavior/.*\.pb\.h'; then
    echo "$header reads the files above"
    exit 1
  fi
done
