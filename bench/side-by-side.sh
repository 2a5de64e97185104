#!/usr/bin/env bash
# Measures the engine beside the programs and libraries of the field, on this machine: bench/README.md says what beside what.
# Builds what it needs, starts the references on loopback, and stops all again.
#
#   bench/side-by-side.sh [--only NAME] [--quick] [--report FILE] [--results FILE] [--profile DIRECTORY]
#
# --only takes one comparison, or the front of some names (serve, cache-hit). --quick takes some two minutes once all is built,
# and ends with 1 when something is below half of all its budgets. --report writes the figures as JSON. --results writes the tables of a
# document anew, which is bench/RESULTS.md. --profile looks into each side once more, by perf and strace.
set -uo pipefail
here=$PWD
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/build.sh

arguments=() profiles=''
while [ $# -gt 0 ]; do
  case "$1" in
    --report | --results | --profile) # from where the caller stands
      [ $# -ge 2 ] || { echo "bench/side-by-side.sh: $1 needs a path" >&2; exit 2; }
      arguments+=("$1" "$(realpath -m -- "$here/$2")")
      [[ $2 != /* ]] || arguments[-1]=$2
      [ "$1" != --profile ] || profiles=yes
      shift 2
      ;;
    *) arguments+=("$1"); shift ;;
  esac
done

need_dotnet
need_packages nginx memcached opus-tools ffmpeg gcc libc6-dev libssl-dev libopus0 python3-libtorrent \
  util-linux procps || exit 3
if [ -n "$profiles" ]; then
  command -v perf >/dev/null || need_packages linux-perf || exit 3
  need_packages strace || exit 3
  export DOTNET_PerfMapEnabled=1 # names for what the runtime compiles
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-side-by-side.XXXXXX")
touch "$work/began"
measuring=''
finish() {
  local code=$?
  trap - EXIT INT TERM
  [ -z "$measuring" ] || { kill -TERM "$measuring" 2>/dev/null && wait "$measuring"; }
  stop_compiler
  [ -z "$profiles" ] || forget_names
  rm -rf "$work"
  exit "$code"
}
forget_names() { # which the runtime wrote for perf, of processes that are gone
  local map process
  find /tmp -maxdepth 1 -name 'perf*-*.map' -user "$(id -u)" -newer "$work/began" | while read -r map; do
    process=${map##*-}
    [ -d "/proc/${process%.map}" ] || rm -f "$map"
  done
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
fail() { echo "bench/side-by-side.sh: $*" >&2; exit 3; }

build bench/SideBySide -c Release -v quiet || fail 'the build failed'
native=bench/SideBySide/bin/native
compile() { # program, its sources and libraries
  local program=$1
  shift
  (cd bench/SideBySide/native && gcc -O2 -Wall -Wextra -std=gnu11 -o "../bin/native/$program" "$@") || fail "$program can't be built"
}
mkdir -p "$native"
compile load load.c channel.c protocols.c -lssl -lcrypto
compile server server.c -lssl -lcrypto
compile parts parts.c -lcrypto
compile guard guard.c
cp bench/SideBySide/native/torrent.py "$native/" || fail 'there is no torrent.py'

# Should this script be killed, nobody holds the pipe any more, and the guard ends what measures and all that it started.
mkfifo "$work/alive"
exec {alive}<>"$work/alive"
"$native/guard" bench/SideBySide/bin/Release/net10.0/SpotifyCore.SideBySide --work "$work" "${arguments[@]}" \
  <"$work/alive" {alive}>&- &
measuring=$!
wait "$measuring"
code=$?
measuring=''
exit "$code"
