#!/usr/bin/env bash
# Plays real music through every tier, on this machine: imports a folder into master storage, plays a track on one
# listener's desktop cold and from its cache, and on a second desktop, which gets it from the first.
#
#   tools/demo.sh [folder] [--report FILE] [--keep]
#
# Everything it starts listens on loopback, keeps its data in one temporary folder, and is stopped at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/music.sh

usage='usage: tools/demo.sh [folder] [--report FILE] [--keep]'
folder='' report='' keep=''
while [ $# -gt 0 ]; do
  case "$1" in
    --report) [ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }; report=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    -h | --help) echo "$usage"; exit 0 ;;
    -*) echo "tools/demo.sh: unknown option '$1'; $usage" >&2; exit 2 ;;
    *) [ -z "$folder" ] || { echo "$usage" >&2; exit 2; }; folder=$(realpath -- "$1") || exit 2; shift ;;
  esac
done
[ -z "$folder" ] || [ -e "$folder" ] || { echo "tools/demo.sh: there is no folder '$folder'" >&2; exit 2; }

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { echo "tools/demo.sh: $*" >&2; exit 1; }

need_dotnet
need_packages ffmpeg jq libopus0 libportaudio2 || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
begun=$SECONDS

say 'Building, Release'
. tools/network.sh
publish || fail 'the build failed'

[ -n "$folder" ] || folder=$(find_music) || fail 'there is no music to import'

work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-demo.XXXXXX")
finish() {
  local code=$?
  trap - EXIT INT TERM
  if [ -n "$keep" ] && [ "$code" -eq 0 ]; then
    say 'It keeps running. Try:'
    echo "  export SPOTIFYCORE_SOCKET=$work/run2/desktop.sock"
    echo "  $PWD/$listener search ${example:-music}"
    echo "  $PWD/$listener play ${example:-music}"
    echo "  $PWD/$listener status"
    echo "and to stop it and remove its data:"
    echo "  kill ${started[*]}; rm -r $work"
    exit 0
  fi
  stop_network
  if [ "$code" -ne 0 ] && [ "$code" -lt 128 ]; then
    echo "What the programs wrote is in $work" >&2
  else
    rm -rf "$work"
  fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say 'Starting 3 master nodes, 2 storage nodes (stockholm, london) and an access point'
start_network || fail 'the network did not start'
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
add_account librarian import "$password" && add_account anna listener "$password" && add_account bertil listener "$password" ||
  fail 'the accounts could not be made'

say "Importing $folder (96, 160 and 320 kbps)"
SPOTIFYCORE_PASSWORD=$password "$importer" "$folder" --access-point "$access_point" --name librarian \
  --log "$work/import.jsonl"
imported=$?
tracks=$(jq -s 'map(select(.event == "imported")) | length' "$work/import.jsonl") && [ "$tracks" -gt 0 ] ||
  fail 'nothing could be imported'
[ "$imported" -eq 0 ] || echo 'Some files could not be imported; the demonstration goes on with the others.'
rate=$(jq -s 'last | .x_realtime' "$work/import.jsonl")

say 'Starting two desktops: 1 plays as fast as it decodes, 2 in real time'
start_desktop 1 null-fast && start_desktop 2 null || fail 'a desktop did not start'
on() { # desktop, then what to tell it
  local socket=$work/run$1/desktop.sock
  shift
  "$listener" --socket "$socket" "$@"
}
SPOTIFYCORE_PASSWORD=$password on 1 login anna && SPOTIFYCORE_PASSWORD=$password on 2 login bertil || fail 'the login failed'

# The shortest track of 2 to 4 minutes, else the one nearest to that.
chosen=$(jq -cs 'map(select(.event == "imported")) | sort_by(.seconds) | (
  map(select(.seconds >= 120 and .seconds <= 240)) + sort_by(if .seconds < 120 then 120 - .seconds else .seconds - 240 end)
) | first' "$work/import.jsonl")
track=$(jq -r .track <<<"$chosen") title=$(jq -r .title <<<"$chosen")
example=\'$title\'

play() { # desktop, what it shows
  say "$2"
  on "$1" play --wait "$track" || fail 'the track could not be played'
  on "$1" stats --json >"$work/stats$1.json" || fail 'the desktop does not answer'
}
play 1 "Desktop 1 plays \"$title\", cold"
cp "$work/stats1.json" "$work/first.json"
play 1 'Desktop 1 plays it again'
cp "$work/stats1.json" "$work/second.json"
play 2 'Desktop 2 plays it, in real time'
cp "$work/stats2.json" "$work/third.json"

# A desktop's latest play, as the report has it.
entry() { # file, desktop
  jq -c "{desktop: $2} + .plays[-1]" "$1"
}
first=$(entry "$work/first.json" 1) second=$(entry "$work/second.json" 1) third=$(entry "$work/third.json" 2)

say "Where the bytes of \"$title\" came from"
row() { # name, entry
  local start cache peers production master stutters
  read -r start cache peers production master stutters < <(jq -r '
    ([.bytes[]] | add | if . == 0 then 1 else . end) as $all |
    [.start_ms, (.bytes | .cache, .peers, .production, .master | 100 * . / $all), .stutters] | map(tostring) | join(" ")' <<<"$2")
  LC_NUMERIC=C printf '%-26s %9.1f ms %8.0f %% %8.0f %% %9.0f %% %8.0f %% %9d\n' \
    "$1" "$start" "$cache" "$peers" "$production" "$master" "$stutters"
}
printf '%-26s %12s %10s %10s %11s %10s %9s\n' '' 'sound after' 'own cache' 'peers' 'production' 'master' 'stutters'
row 'desktop 1, cold' "$first"
row 'desktop 1, again' "$second"
row 'desktop 2, real time' "$third"
echo
echo "$tracks tracks imported at ${rate} times real time. The whole demonstration took $((SECONDS - begun)) s."

if [ -n "$report" ]; then
  jq -cn --argjson tracks "$tracks" --argjson rate "$rate" --argjson first "$first" --argjson second "$second" \
    --argjson third "$third" '{tracks_imported: $tracks, import_x_realtime: $rate, plays: [$first, $second, $third]}' \
    >"$report" || fail "the report could not be written to $report"
  echo "Report: $report"
fi
