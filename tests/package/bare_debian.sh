#!/bin/sh
# Proves the README's two commands on bare Debian: fresh minimal trees of 12 and 13, a clean clone, nothing shared.
# Usage, as root on a Debian with debootstrap and git: bare_debian.sh ROOTS_DIR [SUITE...]
# Bases stay in ROOTS_DIR for the next time; the trees made from them stay until then, for looking into.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
roots=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- bookworm trixie

# The mirror this machine uses, and how it reaches it.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE)' 'Identifier: Packages' "Release: $release" | head -n 1)

fresh_tree() {  # fresh_tree SUITE: a tree in $tree that has never seen the project, but for a clone of it
  base=$roots/$1.base
  [ -d "$base" ] || debootstrap --variant=minbase "$1" "$base" "$mirror"
  tree=$roots/$1
  rm -rf "$tree"
  cp -a "$base" "$tree"
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >"$tree/etc/apt/apt.conf.d/99machine"
  cp /etc/resolv.conf /etc/hosts "$tree/etc/"
  git clone -q "$source" "$tree/home/pavior"
}

in_tree() { chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd /home/pavior && $1"; }

timed() {  # timed WHAT COMMAND...: prints one line with the seconds, and all that was said if it failed
  what=$1
  shift
  before=$(date +%s)
  "$@" >"$tree.log" 2>&1 || {
    tail -n 50 "$tree.log"
    echo "$suite: FAILED: $what"
    exit 1
  }
  echo "$suite: $(($(date +%s) - before)) s: $what"
}

for suite in "$@"; do
  for first in test demo; do
    [ $first = test ] && then=demo || then=test
    fresh_tree "$suite"
    if sentence=$(chroot --userspec=65534:65534 "$tree" sh -c 'cd /home/pavior && ./run test' 2>&1); then
      echo "$suite: FAILED: a user without rights was not told what to install"
      exit 1
    fi
    printf '%s\n' "$sentence" | grep -q 'have this run as root: apt-get update && apt-get install '
    timed "./run $first on a bare machine" in_tree "./run $first"
    timed "./run $then after it" in_tree "./run $then"
    timed "./run $first again, without a network" unshare -n chroot "$tree" sh -c "cd /home/pavior && ./run $first"
  done
done
