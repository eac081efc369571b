#!/bin/sh
# Feeds includes.sh a tree with one breach at a time and expects each to be found, and a clean tree to pass.
set -eu
check="$(cd "$(dirname "$0")" && pwd)/includes.sh"
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/include/pavior/city" "$tree/examples" "$tree/lib/core" "$tree/lib/store" "$tree/lib/engine" "$tree/lib/city"

fails() {  # fails FILE LINE
  printf '%s\n' "$2" >"$tree/$1"
  if sh "$check" "$tree" >/dev/null; then
    echo "not found: $2 in $1"
    exit 1
  fi
  rm "$tree/$1"
}
passes() {
  printf '%s\n' "$2" >"$tree/$1"
  sh "$check" "$tree" || { echo "wrongly found: $2 in $1"; exit 1; }
}

passes lib/store/log.cc '#include "rocksdb/db.h"'
passes lib/engine/engine.cc '#include "store/log.h"'
passes lib/city/lifecycle.cc '#include "pavior/machine.h"'
passes lib/city/door_lifecycle.cc '#include "pavior/machine.h"'
passes lib/city/grid_map_lifecycle.cc '#include "pavior/machine.h"'
passes lib/city/zone.cc '#include <date/tz.h>'
passes include/pavior/machine.h '#include "boost/msm/back/state_machine.hpp"'
passes include/pavior/engine.h '#include <vector>'
passes include/pavior/city/work_orders.h '#include "pavior/city/v1/facts.pb.h"'

fails lib/engine/feed.cc '#include "rocksdb/db.h"'
fails lib/engine/feed.cc '#include "city/rules.h"'
fails lib/engine/feed.cc 'city::v1::Dispatched fact;'
fails lib/core/event.cc '#include "store/log.h"'
fails lib/store/keys.cc '#include "engine/writer.h"'
fails lib/city/rules.h '#include "engine/writer.h"'
fails lib/city/rules.h '#include "pavior/machine.h"'
fails lib/city/rules.h '#include <boost/msm/front/functor_row.hpp>'
fails lib/city/calendar.cc '#include <date/tz.h>'
fails include/pavior/event.h '#include "google/protobuf/message.h"'
fails include/pavior/event.h '#include "pavior/asio.h"'
fails include/pavior/event.h '#include "core/check.h"'
fails examples/own.cc '#include "store/log.h"'
