# What benches share that start a network on loopback; sourced by them once they have read their arguments. Demands the
# built programs, and makes the folder $work, which goes with the network when the script ends, however it ends.
. tools/music.sh
. tools/network.sh

fail() { echo "bench/${0##*/}: $*" >&2; exit 1; }

micro=bench/SpotifyCore.Micro/bin/Release/net10.0/SpotifyCore.Micro
use_built
for program in "$master" "$storage" "$accesspoint" "$desktop" "$importer" "$listener" "$micro"; do
  [ -x "$program" ] || fail "$program is not built"
done

work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-bench.XXXXXX")
finish() {
  local code=$?
  trap - EXIT INT TERM
  stop_network
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
