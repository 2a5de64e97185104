#!/usr/bin/env bash
# Plays real music through every tier, on this machine: a piece made on the spot as soon as there is a network to play it,
# then one of a folder, on one listener's desktop cold and from its cache, and on a second desktop, which gets it from the
# first, and from production what is urgent. The rest of the folder is imported beside it.
#
#   tools/demo.sh [folder] [--from ARCHIVE] [--report FILE] [--keep]
#
# --from takes the programs from an archive that tools/release.sh made, so that no SDK is needed.
# Everything it starts listens on loopback, keeps its data in one temporary folder, and is stopped at the end.
set -uo pipefail
begun=${EPOCHREALTIME/[.,]/}
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/music.sh
. tools/build.sh
. tools/network.sh

usage='usage: tools/demo.sh [folder] [--from ARCHIVE] [--report FILE] [--keep]'
folder='' report='' keep='' archive=''
while [ $# -gt 0 ]; do
  case "$1" in
    --report) [ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }; report=$2; shift 2 ;;
    --from) [ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }; archive=$(realpath -- "$2") || exit 2; shift 2 ;;
    --keep) keep=yes; shift ;;
    -h | --help) echo "$usage"; exit 0 ;;
    -*) echo "tools/demo.sh: unknown option '$1'; $usage" >&2; exit 2 ;;
    *) [ -z "$folder" ] || { echo "$usage" >&2; exit 2; }; folder=$(realpath -- "$1") || exit 2; shift ;;
  esac
done
[ -z "$folder" ] || [ -e "$folder" ] || { echo "tools/demo.sh: there is no folder '$folder'" >&2; exit 2; }
[ -z "$folder" ] || [ -n "$(find -L "$folder" -type f -size +0 -print -quit)" ] ||
  { echo "tools/demo.sh: there is no music in '$folder'" >&2; exit 2; }
[ -z "$archive" ] || [ -f "$archive" ] || { echo "tools/demo.sh: there is no archive '$archive'" >&2; exit 2; }

readonly piece_seconds=12   # of the piece made here
readonly shown_seconds=25   # at least so long is the track that goes through all tiers: a start, and then some
readonly short_seconds=120  # of Debian's music, the pieces up to this length are taken
bold='' plain=''
[ ! -t 1 ] || { bold=$'\033[1m'; plain=$'\033[0m'; }
phases='' phase='' phase_begun=$begun

elapsed() { # REPLY is the milliseconds since the demonstration began
  REPLY=$(((${EPOCHREALTIME/[.,]/} - begun) / 1000))
}
seconds() { # milliseconds, as a person reads them
  LC_NUMERIC=C printf '%d.%d' $(($1 / 1000)) $(($1 % 1000 / 100))
}
say() { # what the next phase does
  close_phase
  phase=$1 phase_begun=$REPLY
  printf '\n%s%6s s  %s%s\n' "$bold" "$(seconds "$REPLY")" "$1" "$plain"
}
close_phase() {
  elapsed
  [ -z "$phase" ] || phases+=$(jq -cn --arg name "$phase" --argjson ms $((REPLY - phase_begun)) '{name: $name, seconds: ($ms / 1000)}')
  phase=''
}
fail() { echo "tools/demo.sh: $*" >&2; exit 1; }

[ -n "$archive" ] || need_dotnet
need_packages ffmpeg jq procps libportaudio2 || exit 1

work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-demo.XXXXXX")
beside=() # what runs in the background and is no host
finish() {
  local code=$?
  trap - EXIT INT TERM
  if [ -n "$keep" ] && [ "$code" -eq 0 ]; then
    printf '\n%sIt keeps running. Try:%s\n' "$bold" "$plain"
    echo "  export SPOTIFYCORE_SOCKET=$work/run2/desktop.sock"
    echo "  $(realpath "$listener") search ${example:-music}"
    echo "  $(realpath "$listener") play ${example:-music}"
    echo "  $(realpath "$listener") status"
    echo "There bertil listens; anna does at the first desktop, and librarian may import. All three have the password"
    echo "  $password"
    echo "at the access point"
    echo "  $access_point"
    echo "To stop it all and remove its data:"
    echo "  kill ${started[*]}; rm -r $work"
    exit 0
  fi
  [ ${#beside[@]} -eq 0 ] || kill -TERM "${beside[@]}" 2>/dev/null
  stop_compiler
  stop_network
  if [ "$code" -ne 0 ]; then
    echo "What the programs wrote is in $work" >&2
  else
    rm -rf "$work"
  fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The music is found and made while the programs are built.
prepare_music() {
  local given=$folder length path
  compose "$work/piece.flac" 'First sound' "$piece_seconds" 220 || return 1
  [ -n "$given" ] || given=$(find_music) || return 1
  sound_lengths "$given" 60 >"$work/lengths"
  if [ -z "$folder" ]; then
    mkdir "$work/music"
    while read -r length path; do
      [ "${length%.*}" -ge "$short_seconds" ] || ln -s "$path" "$work/music/"
    done <"$work/lengths"
    given=$work/music
  fi
  echo "$given" >"$work/folder"
}
prepare_music &
music=$!
beside+=("$music")

if [ -n "$archive" ]; then
  say "Unpacking $archive"
  mkdir "$work/programs" && tar -xf "$archive" -C "$work/programs" --strip-components 1 || fail 'it is no archive of programs'
  use_folder "$work/programs"
  "$listener" --version >/dev/null 2>&1 || fail "its programs don't run here: this is $(uname -s) on $(uname -m)"
else
  say 'Building the six programs (tools/Programs.slnf, Release)'
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  build tools/Programs.slnf -c Release -v minimal --tl:off -p:RunAnalyzers=false |
    while IFS= read -r line; do
      case "$line" in
        *' -> '*) line=${line%% -> *}; elapsed; printf '%6s s  %s\n' "$(seconds "$REPLY")" "${line##* }" ;;
        *error*) printf '%s\n' "$line" ;;
      esac
    done || fail 'the build failed'
  use_built
fi

say 'Starting 3 master nodes, 2 storage nodes (stockholm, london), an access point and 2 desktops, side by side'
launch_network || fail 'the network did not start'
launch_desktop 1 null-fast && launch_desktop 2 null
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
await accesspoint || fail 'the access point did not start'
for account in 'librarian import' 'anna listener' 'bertil listener'; do
  add_account $account "$password" || fail 'the accounts could not be made'
done
await_network && await desktop1 desktop2 || fail 'the network did not start'

on() { # desktop, then what to tell it
  local socket=$work/run$1/desktop.sock
  shift
  "$listener" --socket "$socket" "$@"
}
import() { # a folder or file, and the name of its log
  local code
  SPOTIFYCORE_PASSWORD=$password "$importer" "$1" --access-point "$access_point" --name librarian \
    --log "$work/$2.jsonl" >"$work/$2.out" 2>"$work/$2.log" || { code=$?; cat "$work/$2.log" >&2; return "$code"; }
}
play() { # desktop, the track, and where its report goes
  on "$1" play --wait "$2" || fail 'the track could not be played'
  on "$1" stats --json | jq -c "{desktop: $1} + .plays[-1]" >"$work/$3.json" || fail 'the desktop does not answer'
}

say "Importing a piece of $piece_seconds s made here (96, 160 and 320 kbps), and logging in"
SPOTIFYCORE_PASSWORD=$password on 1 login anna >/dev/null &
anna=$!
SPOTIFYCORE_PASSWORD=$password on 2 login bertil >/dev/null &
bertil=$!
wait "$music" || fail 'there is no music to import'
import "$work/piece.flac" piece || fail 'the piece could not be imported'
cat "$work/piece.log" # what the import has to say, such as that there is no libopus
wait "$anna" && wait "$bertil" || fail 'the login failed'

say 'Desktop 1 plays it, cold, as fast as it decodes'
on 1 play "$(jq -rs 'map(select(.track)) | first.track' "$work/piece.jsonl")" || fail 'the piece could not be played'
elapsed
first_sound=$REPLY
echo "That was the first sound, $(seconds "$first_sound") s after the start."

# The track that goes through all tiers: the shortest that is long enough, else the longest. It is imported first.
folder=$(<"$work/folder")
shown=$(awk -v least="$shown_seconds" '
  { last = $0 } found == "" && $1 >= least { found = $0 } END { print found == "" ? last : found }' "$work/lengths")
shown=${shown#* }
[ -n "$shown" ] || fail "there is no music in $folder"
say "Importing ${shown##*/}"
import "$shown" shown || fail "$shown could not be imported"
chosen=$(jq -cs 'map(select(.event == "imported" or .event == "known")) | first' "$work/shown.jsonl")
track=$(jq -r .track <<<"$chosen") title=$(jq -r '.title // .source' <<<"$chosen")
example=\'$title\'

echo "The rest of $folder is imported beside what follows."
import "$folder" rest &
rest=$!
beside+=("$rest")

say "Desktop 1 plays \"$title\", cold"
play 1 "$track" first
say 'Desktop 1 plays it again'
play 1 "$track" second
say 'Desktop 2 plays it, in real time'
play 2 "$track" third

say "Importing the rest of $folder"
wait "$rest"
imported=$?
tracks=$(jq -s 'map(select(.event == "imported")) | length' "$work"/{piece,shown,rest}.jsonl) ||
  fail 'the import left no report'
if [ "$imported" -ne 0 ]; then
  echo 'Not all could be imported; the demonstration goes on without it:'
  jq -r 'select(.event == "failed") | "  \(.source): \(.error)"' "$work/rest.jsonl"
fi
rate=$(jq -s 'map(select(.event == "summary")) | (map(.sound_seconds) | add) / ((map(.seconds) | add) + 0.001) | . * 100 | round / 100' \
  "$work"/{shown,rest}.jsonl)

say "Where the bytes of \"$title\" came from"
row() { # name, report
  local start cache peers production master stutters
  read -r start cache peers production master stutters < <(jq -r '
    ([.bytes[]] | add | if . == 0 then 1 else . end) as $all |
    [.start_ms, (.bytes | .cache, .peers, .production, .master | 100 * . / $all), .stutters] | map(tostring) | join(" ")' "$2")
  LC_NUMERIC=C printf '%-26s %9.1f ms %8.0f %% %8.0f %% %9.0f %% %8.0f %% %9d\n' \
    "$1" "$start" "$cache" "$peers" "$production" "$master" "$stutters"
}
printf '%-26s %12s %10s %10s %11s %10s %9s\n' '' 'sound after' 'own cache' 'peers' 'production' 'master' 'stutters'
row 'desktop 1, cold' "$work/first.json"
row 'desktop 1, again' "$work/second.json"
row 'desktop 2, real time' "$work/third.json"
close_phase
whole=$REPLY
echo
echo "$tracks tracks imported at ${rate} times real time."
echo "First sound after $(seconds "$first_sound") s; the whole demonstration took $(seconds "$whole") s."

if [ -n "$report" ]; then
  jq -cn --argjson tracks "$tracks" --argjson rate "$rate" --argjson sound "$first_sound" --argjson whole "$whole" \
    --slurpfile phases <(echo "$phases") --slurpfile plays <(cat "$work"/{first,second,third}.json) '{
      tracks_imported: $tracks, import_x_realtime: $rate, first_sound_seconds: ($sound / 1000), seconds: ($whole / 1000),
      phases: $phases, plays: $plays}' >"$report" || fail "the report could not be written to $report"
  echo "Report: $report"
fi
