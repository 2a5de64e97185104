#!/usr/bin/env bash
# Simulates a day of the whole network on virtual time, with the real engine; builds what it needs first.
#
#   tools/simulate.sh --scenario NAME [--clients N] [--hours H] [--seed S] [--report FILE] [--plot DIR]
#   tools/simulate.sh compare --scenario NAME [--seeds N] [--ample-servers] ...
#   tools/simulate.sh model [--clients N]
#   tools/simulate.sh --help               this; after a command, all that it takes
set -uo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
case "$*" in
  -h | --help) sed -n 's/^#  /usage:/p' "$0"; exit 0 ;;
esac

. "$here/tools/packages.sh"

need_dotnet
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$here/tools/SpotifyCore.Simulator" -c Release -v quiet --nologo -clp:"ErrorsOnly;NoSummary" -p:RunAnalyzers=false >&2 ||
  { echo 'tools/simulate.sh: the build failed' >&2; exit 1; }

# One thread does all: the collector needs no threads of its own. Paths are taken from where the caller stands.
export DOTNET_gcConcurrent=0 DOTNET_TieredPGO=1
exec "$here/tools/SpotifyCore.Simulator/bin/Release/net10.0/spotifycore-simulate" "$@"
