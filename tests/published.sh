#!/usr/bin/env bash
# Tests the programs as a release has them: native code of this platform. Makes the archive, asks every program for its
# version, and plays through every tier from it. The last line is the result, as tools/test.sh has it.
set -uo pipefail
cd "$(dirname "$0")/.."

platform=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
archive=artifacts/spotifycore-$version-$platform.tar.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # what holds, then the command that tells
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "Failed: $what"; fi
}

check 'a release is made without a warning' tools/release.sh "$platform"
mkdir "$work/programs" && tar -xf "$archive" -C "$work/programs" --strip-components 1
for program in spotifycore spotifycore-{import,desktop,accesspoint,storage,master}; do
  check "$program says its version" [ "$("$work/programs/$program" --version)" = "$program $version" ]
done
misused() { "$work/programs/spotifycore-desktop" --no-such-option 1 2>"$work/said"; [ $? -eq 2 ] && grep -q no-such-option "$work/said"; }
check 'a wrong option is refused' misused
check 'the network plays' tools/demo.sh --from "$archive" --report "$work/report.json"
reported() { jq -e "$1" "$work/report.json" >/dev/null; }
check 'a cold track sounds to its end' reported '.plays[0] | .cold and .ended and .samples > 0 and .bytes.cache == 0'
check 'again, it comes from the cache alone' reported '.plays[1].bytes | .cache > 0 and .peers + .production + .master == 0'
check 'another listener gets it from the first' reported '.plays[2] | .ended and .bytes.peers > 0'

# PostgreSQL refuses to run as root; it ends with this script, by its number.
. tools/packages.sh
need_packages postgresql-15 util-linux || echo 'Going on without PostgreSQL: what needs it fails.'
postgres=/usr/lib/postgresql/15/bin/ user=(env)
[ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
base=$(mktemp -d) && { [ "$(id -u)" -ne 0 ] || chown postgres "$base"; }
"${user[@]}" "${postgres}initdb" -D "$base/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
"${user[@]}" "${postgres}postgres" -D "$base/data" -k "$base" -c listen_addresses= >/dev/null 2>&1 &
server=$!
trap 'kill -INT $server; wait $server; rm -rf "$work" "$base"' EXIT
until "${postgres}pg_isready" -q -h "$base" || ! kill -0 $server; do sleep 0.1; done
access_point() { # words
  "$work/programs/spotifycore-accesspoint" "$@" --data-directory "$work/ap" --database "Host=$base;Username=postgres"
}
check 'an account is made in PostgreSQL' access_point account add ann --role listener <<<'correct horse'
check 'PostgreSQL is backed up' access_point backup "$work/backup"
check 'and restored into a file' "$work/programs/spotifycore-accesspoint" restore "$work/backup" --data-directory "$work/ap"
listed() { "$work/programs/spotifycore-accesspoint" account list --data-directory "$work/ap" | grep -q '^ann '; }
check 'which has the account' listed
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
