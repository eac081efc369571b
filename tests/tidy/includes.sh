#!/bin/sh
# Checks the direction of every include: core <- store <- engine and core <- city ("<-": is included by), and that
# RocksDB, MSM, Boost and protobuf are seen only where docs/architecture.md says. Usage: includes.sh SOURCE_DIR
set -eu
cd "$1"

# Prints "file:line: what" for every breach; awk's exit code says whether there was one.
find include lib examples -name '*.h' -o -name '*.cc' | sort | xargs awk '
  function breach(what) { printf "%s:%d: %s: %s\n", FILENAME, FNR, what, $0; bad = 1 }

  FNR == 1 {
    base = FILENAME; sub(".*/", "", base)
    layer = FILENAME; sub("/[^/]*$", "", layer)  # include/pavior, include/pavior/city, lib/core, lib/store/...
    if (layer ~ /^lib\//) layer = top_folder(layer)
    if (layer ~ /^examples/) layer = "examples"
    adapter = base ~ /^(proto|machine|row_walker|asio)\.h$/
    lifecycle = base ~ /^([a-z_]+_)?lifecycle.*\.cc$/
  }
  function top_folder(path,  parts) { split(path, parts, "/"); return "lib/" parts[2] }

  layer !~ /city$/ && layer != "examples" && /(^|[^a-z_])city::|pavior\/city\// { breach("only city may name city") }

  !/^ *# *include/ { next }
  { header = $0; sub(/^ *# *include *["<]/, "", header); sub(/[">].*/, "", header)
    folder = header ~ /\// ? header : ""; sub("/.*", "", folder) }

  header ~ /^rocksdb\// && layer != "lib/store" { breach("only lib/store may include RocksDB") }
  header ~ /^boost\/msm/ && base != "machine.h" { breach("only machine.h may include MSM") }
  header ~ /^date\// && layer != "examples" && base != "zone.cc" { breach("only zone.cc may include the zone library") }
  header == "pavior/machine.h" && layer ~ /^lib/ && !lifecycle { breach("only a lifecycle.cc may include machine.h") }

  layer == "include/pavior" && !adapter && folder != "pavior" && folder != "" {
    breach("core headers include the standard library and pavior/ only") }
  layer == "include/pavior" && !adapter && header ~ /^pavior\/((proto|machine|row_walker|asio)\.h$|detail\/)/ {
    breach("core headers do without the adapters") }
  layer ~ /^include/ && /"/ && folder !~ /^(pavior|boost|google)$/ { breach("public headers never include lib/") }
  layer == "examples" && folder ~ /^(core|runtime|store|engine)$/ { breach("examples use the public headers only") }

  layer == "lib/core" && folder ~ /^(runtime|store|engine|city)$/ { breach("core includes core only") }
  layer == "lib/runtime" && folder ~ /^(store|engine|city)$/ { breach("runtime includes core only") }
  layer == "lib/store" && folder ~ /^(runtime|engine|city)$/ { breach("store includes core only") }
  layer == "lib/engine" && folder ~ /^(runtime|city)$/ { breach("engine includes core and store only") }
  layer == "lib/city" && folder ~ /^(runtime|store|engine)$/ { breach("city includes core only") }

  END { exit bad }
'
