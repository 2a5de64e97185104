#!/usr/bin/env bash
# What giving chunks to another listener costs a desktop: CPU seconds a GB, over TLS.
#
#   bench/uploads.sh [--seconds N] [--rounds N] [--cap RATE]
#
# Starts a network on loopback, has a desktop play a piece of five minutes whole, and then has another listener take it
# from there over and over for N seconds (10 unless set), in N rounds (5 unless set). --cap has the desktop send so fast
# at most (as `spotifycore uploads cap`), else as fast as both can, as within a LAN. The programs must have been built:
# tools/Programs.slnf and bench/SpotifyCore.Micro, Release. Wanted: 2.5 CPU-s a GB.
set -uo pipefail
cd "$(dirname "$0")/.."

usage='usage: bench/uploads.sh [--seconds N] [--rounds N] [--cap RATE]'
seconds=10 rounds=5 cap=
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=${2:?$usage}; shift 2 ;;
    --rounds) rounds=${2:?$usage}; shift 2 ;;
    --cap) cap=${2:?$usage}; shift 2 ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done
. bench/loopback.sh

mkdir "$work/music"
compose "$work/music/piece.flac" 'A piece to give' 300 220 || fail 'there is no music'
start_network && start_desktop 1 null-fast || fail 'the network did not start'
export SPOTIFYCORE_PASSWORD
SPOTIFYCORE_PASSWORD=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
for account in librarian:import anna:listener berta:listener; do
  add_account "${account%:*}" "${account#*:}" "$SPOTIFYCORE_PASSWORD" || fail 'the accounts could not be made'
done
"$importer" "$work/music" --access-point "$access_point" --name librarian >"$work/import.log" 2>&1 ||
  { cat "$work/import.log" >&2; fail 'the import failed'; }

on() { "$listener" --socket "$work/run1/desktop.sock" "$@"; }
on login anna >/dev/null || fail 'no login'
[ -z "$cap" ] || on uploads cap "$cap" >/dev/null || fail "no cap of $cap"
on play --wait 'A piece to give' >/dev/null || fail 'it does not play'
for ((i = 0; i < 100; i++)); do
  [ "$(on status --json | jq -r .state)" = stopped ] && break
  sleep 0.2
done

# What is new to the desktop is compiled first.
"$micro" uploads "$access_point" berta 'A piece to give' "${host_pid[desktop1]}" 9 >/dev/null || fail 'it was not given'
printf 'load %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
for ((round = 0; round < rounds; round++)); do
  "$micro" uploads "$access_point" berta 'A piece to give' "${host_pid[desktop1]}" "$seconds" || fail 'it was not given'
done
