#!/usr/bin/env bash
# The first click of a process beside its tenth. Starts a network, imports ten pieces made here, and starts a desktop with an
# empty cache as often as is asked; each plays the ten cold, then the ten from its cache three times over. A first desktop, not
# counted, has the storage nodes fetch what they lack, so that all are alike.
#
#   bench/first-click.sh [--from ARCHIVE] [--processes N]      the programs as built here, or those of a release
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/music.sh
. tools/build.sh
. tools/network.sh

archive='' processes=10
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo 'usage: bench/first-click.sh [--from ARCHIVE] [--processes N]' >&2; exit 2; }
  case "$1" in
    --from) archive=$(realpath -- "$2") || exit 2 ;;
    --processes) processes=$2 ;;
    *) echo 'usage: bench/first-click.sh [--from ARCHIVE] [--processes N]' >&2; exit 2 ;;
  esac
  shift 2
done
readonly pieces=10 cached_rounds=3 status_calls=10

fail() { echo "bench/first-click.sh: $*" >&2; exit 1; }
need_packages ffmpeg jq procps libopus0 libportaudio2 || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-click.XXXXXX")
trap 'stop_compiler; stop_network; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "$archive" ]; then
  mkdir "$work/programs" && tar -xf "$archive" -C "$work/programs" --strip-components 1 || fail 'it is no archive of programs'
  use_folder "$work/programs"
else
  need_dotnet
  build tools/Programs.slnf -c Release -v quiet -p:RunAnalyzers=false || fail 'the build failed'
  use_built
fi
mkdir "$work/music"
for ((i = 0; i < pieces; i++)); do
  compose "$work/music/$i.flac" "Piece $i" 8 $((200 + 10 * i)) || fail 'there is no music'
done
start_network || fail 'the network did not start'
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
add_account librarian import "$password" && add_account anna listener "$password" || fail 'the accounts could not be made'
SPOTIFYCORE_PASSWORD=$password "$importer" "$work/music" --access-point "$access_point" --name librarian --log "$work/import.jsonl" \
  >/dev/null || fail 'the import failed'
tracks=$(jq -r 'select(.track) | .track' "$work/import.jsonl")

now() { REPLY=${EPOCHREALTIME/[.,]/}; }
on() { "$listener" --socket "$work/run$process/desktop.sock" "$@"; }
run_desktop() { # its number: leaves starts, calls and the plays in the order they were clicked
  process=$1
  local i track begun
  now; begun=$REPLY
  launch_desktop "$process" null-fast && await "desktop$process" || return 1
  now; echo $(((REPLY - begun) / 1000)) >>"$work/ready"
  SPOTIFYCORE_PASSWORD=$password on login anna >/dev/null || return 1
  for ((i = 0; i <= cached_rounds; i++)); do
    for track in $tracks; do on play --wait "$track" >/dev/null || return 1; done
  done
  on stats --json | jq -c '[.plays[].start_ms]' >>"$work/plays" || return 1
  for ((i = 0; i < status_calls; i++)); do
    now; begun=$REPLY
    on status >/dev/null
    now; echo $(((REPLY - begun) / 100)) >>"$work/status"
  done
  awk '/VmRSS/ { print int($2 / 1024) }' "/proc/${host_pid[desktop$process]}/status" >>"$work/resident"
  kill "${host_pid[desktop$process]}" && wait "${host_pid[desktop$process]}" 2>/dev/null
  return 0
}

for ((number = 0; number <= processes; number++)); do
  run_desktop "$number" || fail "desktop $number did not do its work"
  [ "$number" -ne 0 ] || rm "$work/plays" "$work/status" "$work/ready" "$work/resident"
done

jq -nr --argjson pieces "$pieces" --slurpfile plays "$work/plays" --slurpfile status "$work/status" \
  --slurpfile ready "$work/ready" --slurpfile resident "$work/resident" '
  def quantile(q): sort | .[[(length * q | floor), length - 1] | min];
  def ms: . * 100 | round / 100 | "\(.) ms";
  ($plays | map(.[0])) as $first | ($plays | map(.[$pieces - 1])) as $tenth | ($plays | map(.[$pieces:]) | add) as $cached |
  "processes                  \($plays | length)",
  "start to ready             median \($ready | quantile(0.5)) ms",
  "first cold click           median \($first | quantile(0.5) | ms), slowest \($first | max | ms)",
  "tenth cold click           median \($tenth | quantile(0.5) | ms)",
  "first by tenth median      \(($first | quantile(0.5)) / ($tenth | quantile(0.5)) * 100 | round / 100) (wanted: 1.5)",
  "cold clicks, one by one    \([range($pieces) as $i | $plays | map(.[$i]) | quantile(0.5) * 10 | round / 10] | map(tostring) | join(" "))",
  "cached click               median \($cached | quantile(0.5) | ms), p99 \($cached | quantile(0.99) | ms) (wanted: 15 ms)",
  "spotifycore status         median \($status | quantile(0.5) / 10) ms, slowest \($status | max / 10) ms (wanted: 40 ms)",
  "resident after it all      median \($resident | quantile(0.5)) MB"'
