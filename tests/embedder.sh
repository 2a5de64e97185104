#!/usr/bin/env bash
# An embedder's program, made as README.md says under "Embed it", in a folder outside the repository and on a machine without
# libopus: it is built, plays a piece from a network on loopback, and the WAV file that it leaves is compared with the source. The
# last line is the result, as tools/test.sh has it.
set -uo pipefail
cd "$(dirname "$0")/.."
[ "${1-}" = --without-libopus ] || exec tests/without-libopus.sh tests/embedder.sh --without-libopus
repository=$PWD
. tools/packages.sh
. tools/build.sh
. tools/music.sh
. tools/network.sh

readonly piece_seconds=8 least_correlation=0.99
passed=0 failed=0
check() { # what holds, then the command that tells
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "Failed: $what"; fi
}
fail() { echo "Failed: $*"; echo "$passed passed, $((failed + 1)) failed, 0 skipped"; exit 1; }

need_dotnet
need_packages ffmpeg procps || fail 'ffmpeg is not installed'
work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-embedder.XXXXXX")
finish() {
  local code=$?
  trap - EXIT INT TERM
  stop_compiler
  stop_network
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# What the README says: its commands, and its program.
section() { sed -n '/^## Embed it$/,/^## [^E]/p' README.md; }
mapfile -t commands < <(section | sed -n 's/^    \(dotnet .*\)/\1/p')
section | sed -n '/^```csharp$/,/^```$/{/^```/d;p}' >"$work/example.cs"
[ ${#commands[@]} -eq 3 ] && [ -s "$work/example.cs" ] || fail 'the README has no commands and program to follow'

echo 'Building the programs of a network'
build tools/Programs.slnf -c Release -v quiet -p:RunAnalyzers=false || fail 'the build failed'
use_built

echo 'Starting the network, and importing a piece made here'
compose "$work/piece.flac" 'The battle for Wesnoth' "$piece_seconds" 220 || fail 'no piece could be made'
start_network || fail 'the network did not start'
add_account librarian import 'a long password' && add_account anna listener 'open sesame' || fail 'no accounts'
SPOTIFYCORE_PASSWORD='a long password' "$importer" "$work/piece.flac" --access-point "$access_point" --name librarian \
  >"$work/import.out" 2>"$work/import.log" || { cat "$work/import.log"; fail 'the import failed'; }
check 'the import says that there is no libopus' grep -q 'libopus is not installed' "$work/import.log"

echo 'Following the README in a folder of its own'
mkdir "$work/stranger" && cd "$work/stranger" || exit 1
follow() { # a command of the README, with the repository where it really is
  local command=${1//SpotifyCore\/engine/$repository/engine}
  echo "  $command"
  eval "$command" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
}
for command in "${commands[@]:0:2}"; do
  check "'$command' succeeds" follow "$command"
done
sed "s|http://127.0.0.1:7400|$access_point|" "$work/example.cs" >player/Program.cs
check 'the program is built and plays' follow "${commands[2]}"
cd "$repository" || exit 1

# The level of a listener's tracks is evened out: compared is the form of the sound, by Pearson's coefficient.
decode() { ffmpeg -v error -nostdin -i "$1" -ar 48000 -ac 2 -f s16le - | od -An -v -td2 -w2; }
correlation() {
  paste <(decode "$1") <(decode "$2") | awk '
    NF == 2 { n++; a += $1; b += $2; aa += $1 * $1; bb += $2 * $2; ab += $1 * $2 }
    NF != 2 { uneven = 1 }
    END { print uneven || n == 0 ? 0 : (ab - a * b / n) / sqrt((aa - a * a / n) * (bb - b * b / n)) }'
}
heard=$work/stranger/song.wav
check 'there is a WAV file' test -s "$heard"
samples=$(ffprobe -v error -show_entries stream=duration_ts -of csv=p=0 "$heard")
check "it has the piece's samples ($samples)" test "$samples" = $((piece_seconds * 48000))
alike=$(correlation "$heard" "$work/piece.flac")
check "it sounds like the piece ($alike)" awk -v alike="$alike" -v least="$least_correlation" 'BEGIN { exit !(alike >= least) }'
echo "Heard: $samples samples, correlation with the source $alike"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
