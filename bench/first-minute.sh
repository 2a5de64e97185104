#!/usr/bin/env bash
# What a newcomer waits for: a clean clone's `dotnet build` of the six programs, and beside it the demonstration's first
# sound and its end, from another clean clone. The package cache is warm: both restore from it.
#
#   bench/first-minute.sh [--from ARCHIVE]      with --from also the demonstration of a release's programs
set -uo pipefail
cd "$(dirname "$0")/.."
archive=''
case "${1-}" in
  '') ;;
  --from) archive=$(realpath -- "${2:?bench/first-minute.sh: --from needs an archive}") || exit 2 ;;
  *) echo 'usage: bench/first-minute.sh [--from ARCHIVE]' >&2; exit 2 ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-minute.XXXXXX")
trap 'rm -rf "$work"' EXIT
git clone -q . "$work/built" && git clone -q . "$work/shown" || exit 1

now() { REPLY=$((${EPOCHREALTIME/[.,]/} / 1000)); }
times() { jq -r --argjson build "$build" --arg key "$2" '.[$key] | "\(.) s, \(. * 100000 / $build | round / 100) times the build"' "$1"; }

now; begun=$REPLY
(cd "$work/built" && dotnet build tools/Programs.slnf -c Release -v quiet --nologo) >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
now; build=$((REPLY - begun))
echo "dotnet build of the six programs   $((build / 1000)).$((build % 1000 / 100)) s"

"$work/shown/tools/demo.sh" --report "$work/built.json" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
echo "demo.sh, first sound               $(times "$work/built.json" first_sound_seconds)"
echo "demo.sh, whole                     $(times "$work/built.json" seconds)"
jq -r '.phases[] | "  \(.seconds * 10 | round / 10) s  \(.name)"' "$work/built.json"
[ -z "$archive" ] && exit 0

"$work/shown/tools/demo.sh" --from "$archive" --report "$work/archive.json" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
echo "demo.sh --from, first sound        $(jq .first_sound_seconds "$work/archive.json") s"
echo "demo.sh --from, whole              $(jq .seconds "$work/archive.json") s"
