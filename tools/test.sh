#!/usr/bin/env bash
# Builds everything and runs the tests. --all adds the long ones; --tests leaves out what is checked with them.
# The last line is the result: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/build.sh

usage='usage: tools/test.sh [--all | --tests]   (--all adds the long tests; --tests runs no benchmark and puts in no fault)'
all='' checks=yes filter='Length!=long'
most_before_measuring=1260 # s; continuous integration has 25 minutes
packages=(ffmpeg gcc libc6-dev libssl-dev opus-tools libopus0 libportaudio2 python3-grpcio python3-cryptography
  python3-mutagen procps iproute2 nftables miniupnpd postgresql-15
  flac lame musepack-tools vorbis-tools wavpack nginx memcached util-linux)
case "${1-}" in
  '') ;;
  --all)
    all=yes filter='' packages+=(pulseaudio pulseaudio-utils libasound2-plugins nodejs)
    command -v npm >/dev/null || packages+=(npm)
    ;;
  --tests) checks='' ;;
  -h | --help) echo "$usage"; exit 0 ;;
  *) echo "tools/test.sh: unknown argument '$1'; $usage" >&2; exit 2 ;;
esac

need_dotnet
need_packages "${packages[@]}" & # waited for below: it fetches and unpacks while the build computes
installing=$!

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'stop_compiler; rm -rf "$results"' EXIT
failed=0 passed=0 skipped=0

echo "Building, Release"
built=yes
build SpotifyCore.sln -c Release -v quiet || built=''
wait "$installing" || echo 'Going on without them: a test that needs one fails, and says which.'
[ -n "$built" ] || { echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# Opus has a codec that needs nothing; what is said of libopus itself, and by tools that are linked with it, needs it.
without=''
[ -s "$(PATH=$PATH:/sbin ldconfig -p 2>/dev/null | sed -n 's/.*libopus\.so\.0.* => //p' | head -1)" ] || without=libopus
[ -z "$without" ] || filter="${filter:+$filter&}Needs!=$without"

# Four projects at once: most of their time they wait, for processes and for time to pass. A test that hangs is named, and
# fails, before it has cost all of the time there is.
dotnet test SpotifyCore.sln -c Release --no-build -m:4 --logger trx --results-directory "$results" \
  --blame-hang-timeout 10m --blame-hang-dump-type none \
  ${filter:+--filter "$filter"} || failed=-1

count() { # the sum of one counter over all result files
  cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' |
    awk '{ sum += $1 } END { print sum + 0 }'
}
total=$(count total) ran=$(count executed) passed=$(count passed)
skipped=$((total - ran))
lost=$((ran - passed))
# A run that ended badly without a failed test (a crash, say) is a failure too.
[ "$failed" -lt 0 ] && [ "$lost" -eq 0 ] && lost=1
failed=$lost
names() { # the tests that ended so
  grep -ho "testName=\"[^\"]*\"[^>]*outcome=\"$1\"" "$results"/*.trx | cut -d'"' -f2 | sed 's/^/  /'
}

script() { # counts what a script says at its end
  local said
  said=$("$@" | tee >(cat >&2) | tail -1)
  if [[ $said =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
  else
    failed=$((failed + 1))
  fi
}
if [ -n "$checks" ]; then
  echo "Checking the bytes each benchmark allocates (bench/allocations.json)"
  if dotnet run -c Release --no-build --project bench/SpotifyCore.Micro -- check; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  echo "Putting faults into a copy, which the tests must notice (tests/mutations.sh)"
  if [ -z "$all" ]; then script tests/mutations.sh --five; else script tests/mutations.sh; fi
fi
if [ -n "$all" ]; then
  echo "Testing the programs as a release has them (tests/published.sh)"
  script tests/published.sh
  echo "Embedding the engine as README.md says, without libopus (tests/embedder.sh)"
  script tests/embedder.sh
fi
if [ -n "$checks" ]; then
  # Last, as it wants the machine for itself: that nothing has become twice as slow as it may be. Where all before took
  # so long, the machine is one whose figures say nothing, or that has no time left.
  if [ -z "$all" ] && [ "$SECONDS" -gt "$most_before_measuring" ]; then
    echo "Not measured beside others (bench/side-by-side.sh --quick): the tests took $((SECONDS / 60)) minutes already."
  else
    echo "Measuring the engine beside others (bench/side-by-side.sh --quick)"
    if bench/side-by-side.sh --quick; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  fi
fi

# What a reader of the end of the output wants: which ones.
[ "$skipped" -eq 0 ] || { echo "Skipped:"; names NotExecuted; }
[ -z "$without" ] || echo "Left out, as $without is not installed: the tests marked Needs=$without."
[ "$lost" -eq 0 ] || { echo "Failed:"; names Failed; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
