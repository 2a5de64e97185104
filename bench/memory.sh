#!/usr/bin/env bash
# What memory a storage node keeps for a connection that asks for nothing, plain and over TLS.
#
#   bench/memory.sh [--connections N]
#
# Starts two storage nodes on loopback and connects N listeners (2000 unless set) to each, after a first hundred, so that
# what the runtime compiles for them is there. States the resident memory before and after, and the difference for each
# connection. The programs must have been built: tools/Programs.slnf and bench/SpotifyCore.Micro, Release.
set -uo pipefail
cd "$(dirname "$0")/.."

usage='usage: bench/memory.sh [--connections N]'
connections=2000 first=100 settle=10
while [ $# -gt 0 ]; do
  case "$1" in
    --connections) connections=${2:?$usage}; shift 2 ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done
. bench/loopback.sh

resident() { # name: KiB
  sleep "$settle"
  REPLY=$(awk '$1 == "VmRSS:" { print $2 }' "/proc/${host_pid[$1]}/status")
}

printf '%-8s %12s %12s %22s\n' '' 'KiB before' 'KiB after' 'KiB for a connection'
for kind in plain tls; do
  key=() trust=(--plain true)
  [ "$kind" = plain ] || { key=("$work/listeners.pem"); trust=(--trusted "$("$micro" listeners id "${key[0]}")"); }
  free_port && own=$REPLY
  free_port
  launch "$kind" "$storage" --data-directory "$work/$kind" --listen "$host_address:$own" \
    --masters "$("$master" id --data-directory "$work/nobody")@$host_address:$REPLY" "${trust[@]}"
  await "$kind" || fail 'the node did not start'
  address=$(awk '{ print $3 }' "$work/$kind.ready")
  launch "$kind-first" "$micro" listeners "$address" "$first" "${key[@]}"
  await "$kind-first" || fail 'the first listeners did not connect'
  resident "$kind" && before=$REPLY
  launch "$kind-all" "$micro" listeners "$address" "$connections" "${key[@]}"
  await "$kind-all" || fail 'the listeners did not connect'
  resident "$kind"
  awk -v kind="$kind" -v before="$before" -v after="$REPLY" -v n="$connections" \
    'BEGIN { printf "%-8s %12d %12d %22.1f\n", kind, before, after, (after - before) / n }'
done
