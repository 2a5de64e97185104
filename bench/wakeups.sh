#!/usr/bin/env bash
# What hosts cost that have nothing to do, and a desktop that plays: wake-ups (voluntary switches of their threads) and
# involuntary switches a second, and the share of a core.
#
#   bench/wakeups.sh [--seconds N] [--hosts N]
#
# Starts a network on loopback, and measures it over N seconds (30 unless set) with nobody connected, with 100 listeners
# connected to a storage node that ask for nothing, and while a desktop plays. --hosts starts so many storage nodes
# besides, and states the load that all make. The programs must have been built: tools/Programs.slnf and
# bench/SpotifyCore.Micro, Release.
set -uo pipefail
cd "$(dirname "$0")/.."

usage='usage: bench/wakeups.sh [--seconds N] [--hosts N]'
seconds=30 hosts=0 settle=30
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=${2:?$usage}; shift 2 ;;
    --hosts) hosts=${2:?$usage}; shift 2 ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done
. bench/loopback.sh

# Lines of thread, voluntary and involuntary switches, and nanoseconds on a processor, of a process.
threads() { # pid
  local task
  for task in /proc/"$1"/task/*; do
    { cat "$task/status"; printf 'ran: '; cat "$task/schedstat"; } 2>/dev/null |
      awk -v thread="${task##*/}" '
        /^voluntary_ctxt/ { v = $2 } /^nonvoluntary_ctxt/ { n = $2 } /^ran:/ { print thread, v, n, $2 }'
  done
}

measure() { # a title, then the names of hosts: their rates over $seconds
  local title=$1 name
  shift
  sleep "$settle"
  for name in "$@"; do threads "${host_pid[$name]}" >"$work/$name.before"; done
  sleep "$seconds"
  for name in "$@"; do threads "${host_pid[$name]}" >"$work/$name.after"; done
  printf '\n%-28s %12s %12s %10s\n' "$title" wake-ups/s involuntary/s '% of a core'
  for name in "$@"; do
    awk -v name="$name" -v seconds="$seconds" '
      NR == FNR { v[$1] = $2; n[$1] = $3; ran[$1] = $4; next }
      { sv += $2 - v[$1]; sn += $3 - n[$1]; sran += $4 - ran[$1] }
      END { printf "  %-26s %12.1f %13.1f %11.3f\n", name, sv / seconds, sn / seconds, sran / seconds / 1e7 }
    ' "$work/$name.before" "$work/$name.after"
  done
}

start_network && start_desktop 1 null || fail 'the network did not start'
all=(master1 master2 master3 stockholm london accesspoint desktop1)

# A node of its own for the listeners, who are known to it by their key.
masters=$(for i in 1 2 3; do echo "$(<"$work/master$i.id")@$host_address:${master_port[i]}"; done | paste -sd ,)
free_port
launch crowded "$storage" --data-directory "$work/crowded" --listen "$host_address:$REPLY" --masters "$masters" \
  --trusted "$("$micro" listeners id "$work/listeners.pem")"
await crowded || fail 'the node did not start'
measure 'nobody connected' "${all[@]}" crowded

password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
add_account librarian import "$password" && add_account anna listener "$password" || fail 'no accounts'
export SPOTIFYCORE_PASSWORD=$password
"$listener" --socket "$work/run1/desktop.sock" login anna >/dev/null || fail 'no login'
launch listeners "$micro" listeners "$(awk '{ print $3 }' "$work/crowded.ready")" 100 "$work/listeners.pem"
await listeners || fail 'the listeners did not connect'
measure '100 listeners, one desktop' "${all[@]}" crowded

mkdir "$work/music"
compose "$work/music/piece.flac" 'A long piece' $((2 * settle + seconds + 60)) 220 || fail 'no music'
"$importer" "$work/music" --access-point "$access_point" --name librarian >"$work/import.log" 2>&1 ||
  { cat "$work/import.log" >&2; fail 'the import failed'; }
"$listener" --socket "$work/run1/desktop.sock" play 'A long piece' >/dev/null || fail 'it does not play'
measure 'playing' desktop1 stockholm london accesspoint

if [ "$hosts" -gt 0 ]; then
  "$listener" --socket "$work/run1/desktop.sock" stop >/dev/null
  for ((i = 1; i <= hosts; i++)); do
    free_port
    launch "more$i" "$storage" --data-directory "$work/more$i" --listen "$host_address:$REPLY" --masters "$masters"
    [ $((i % 5)) -ne 0 ] || await "more$i" || fail 'a node did not start'
  done
  sleep 180 # what their start did to the load is forgotten
  printf '\n%d hosts: load %s\n' $((hosts + ${#all[@]} + 1)) "$(cut -d ' ' -f 1 /proc/loadavg)"
fi
