#!/bin/sh
# Compares the public headers with the list whose members are compiled by themselves.
# Usage: headers_named.sh SOURCE_DIR LIST
set -eu
cd "$1/include/pavior"
missing=$(find . -name '*.h' | sed 's|^\./||' | grep -vxF -f "$2" || true)
[ -z "$missing" ] && exit 0
echo "add to public_headers in tests/package/CMakeLists.txt:" $missing
exit 1
