#!/usr/bin/env bash
# Attacks a network of the built programs on loopback, at size, with honest listeners beside each attack, and says what
# these saw before and meanwhile and what the attacked process took. --help says how; tests/attacks has the attacks. The
# last line is the result, as tools/test.sh has it.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/music.sh
. tools/build.sh
. tools/network.sh

readonly names=(uploads handshakes strangers terminal guesses comeback keys)
seconds=10 readers=32 connections=2000 desktops=50 logins=150 archive='' keep='' chosen=()
usage="usage: tests/attacks.sh [NAME ...] [--seconds N] [--readers N] [--connections N] [--desktops N] [--logins N]
                         [--from ARCHIVE] [--keep]

  uploads      readers of one account hold a desktop's upload slots: 4, and --readers ($readers), that take nothing or little
  handshakes   240, and --connections ($connections), begin handshakes at a storage node and don't go on
  strangers    huge logins, unfinished calls and silent connections (--connections) at an access point
  terminal     titles and names with ESC, BEL and bidirectional overrides
  guesses      a password is guessed at full speed; a challenge is used twice; --logins ($logins) right ones at once
  comeback     the access point is killed and comes back under --desktops ($desktops)
  keys         the signing key is replaced; tickets of keys that nobody has

All of them unless some are named. Each lasts --seconds ($seconds) and some more; --from takes the programs from an archive
that tools/release.sh made; --keep leaves what the programs wrote."
misused() { echo "tests/attacks.sh: $1" >&2; echo "$usage" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) echo "$usage"; exit 0 ;;
    --keep) keep=yes; shift; continue ;;
    --seconds | --readers | --connections | --desktops | --logins)
      [[ ${2-} =~ ^[1-9][0-9]{0,4}$ ]] || misused "$1 needs a number"
      declare "${1#--}=$2" ;;
    --from) archive=$(realpath -e -- "${2-}") || exit 2 ;;
    *) [[ " ${names[*]} " = *" $1 "* ]] || misused "there is no attack '$1'"
      chosen+=("$1"); shift; continue ;;
  esac
  shift 2
done
[ ${#chosen[@]} -gt 0 ] || chosen=("${names[@]}")
[ "$readers" -le 32 ] || misused '--readers can be 32 at most: an account has so many sessions'

[ -n "$archive" ] || need_dotnet
need_packages ffmpeg jq procps protobuf-compiler python3-grpcio python3-cryptography || exit 1
fail() { echo "tests/attacks.sh: $*" >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-attacks.XXXXXX")
finish() {
  local code=$?
  trap - EXIT INT TERM
  [ -z "${attacker_PID-}" ] || kill "$attacker_PID" 2>/dev/null
  stop_compiler
  stop_network
  if [ -n "$keep" ]; then echo "What the programs wrote is in $work" >&2; else rm -rf "$work"; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The attackers' own programs: the peer of the wire specification, and what is beside it.
export PYTHONPATH=tests/SpotifyCore.Cluster.Tests/Foreign:tests/attacks PYTHONDONTWRITEBYTECODE=1 GRPC_VERBOSITY=NONE
export ATTACKS_STAGE=$work/stage.json

describe() { # writes what the attackers are to know
  local name
  for name in "${!host_pid[@]}"; do echo "$name ${host_pid[$name]}"; done |
    jq -nR --arg access_point "${access_point#http://}" --arg descriptor "$work/access_point.pb" --arg password "$password" \
      --arg command "$listener" --arg importer "$importer" --arg work "$work" --slurpfile imported "$work/import.jsonl" '{
        $access_point, $descriptor, $password, $command, $importer, $work,
        tracks: [$imported[] | select(.track) | {key: .title, value: .track}] | from_entries,
        pids: [inputs | split(" ") | {key: .[0], value: .[1] | tonumber}] | from_entries}' >"$ATTACKS_STAGE"
}

end_host() { # name, signal: ends it, and forgets that it was started
  local pid=${host_pid[$1]} each left=()
  kill -"$2" "$pid"
  wait "$pid" 2>/dev/null
  for each in "${started[@]}"; do [ "$each" = "$pid" ] || left+=("$each"); done
  started=("${left[@]}")
  unset "host_pid[$1]"
}

last_desktop=10
new_desktops() { # count: REPLY has their numbers
  local i numbers=()
  for ((i = 0; i < $1; i++)); do
    last_desktop=$((last_desktop + 1))
    numbers+=("$last_desktop")
    launch_desktop "$last_desktop" null-fast
    # Side by side, but not more at once than the machine starts well.
    [ $((i % 4)) -ne 3 ] || await "desktop$last_desktop" || return 1
  done
  await "${numbers[@]/#/desktop}" || return 1
  REPLY=${numbers[*]}
}

do_for() { # what an attack asks for: REPLY is the answer
  REPLY=''
  case "$1" in
    desktop) new_desktops 1 ;;
    desktops) new_desktops "$2" ;;
    end) end_host "$2" TERM ;;
    kill) mapfile -d '' -t command <"/proc/${host_pid[$2]}/cmdline" && end_host "$2" KILL ;;
    start) launch "$2" "${command[@]}" ;;
    replace-key)
      mapfile -d '' -t command <"/proc/${host_pid[accesspoint]}/cmdline" && end_host accesspoint TERM &&
        rm "$work/accesspoint/ticket.key" && launch accesspoint "${command[@]}" && await accesspoint ;;
    *) return 1 ;;
  esac
}

passed=0 failed=0
attack() { # program, its arguments: prints the lines of its verdicts, does what it asks for, and counts
  local word rest from to lines=0
  describe
  coproc attacker { exec /usr/bin/python3 "tests/attacks/$1.py" "${@:2}"; }
  local pid=$attacker_PID
  exec {from}<&"${attacker[0]}" {to}>&"${attacker[1]}"
  while read -r word rest <&"$from"; do
    case "$word" in
      do)
        # shellcheck disable=SC2086  # words
        if do_for $rest && describe; then echo "done $REPLY" >&"$to"; else echo 'not done' >&"$to"; fi ;;
      passed | failed)
        lines=$((lines + 1))
        declare -g "$word=$((${!word} + 1))"
        printf '%-6s  %s\n' "$word" "$rest" ;;
    esac
  done
  exec {from}<&- {to}>&-
  wait "$pid" && [ "$lines" -gt 0 ] && return
  failed=$((failed + 1))
  echo "failed  $1: the attack itself broke off"
}

if [ -n "$archive" ]; then
  mkdir "$work/programs" && tar -xf "$archive" -C "$work/programs" --strip-components 1 || fail 'it is no archive of programs'
  use_folder "$work/programs"
else
  build tools/Programs.slnf -c Release -v quiet -p:RunAnalyzers=false || fail 'the build failed'
  use_built
fi
protoc -Iengine/SpotifyCore.Contracts/Protos --descriptor_set_out="$work/set.pb" access_point.proto ||
  fail 'the contract could not be read'
python3=/usr/bin/python3
"$python3" - "$work" <<'P' || fail 'the contract could not be read'
import sys
from google.protobuf import descriptor_pb2
work = sys.argv[1]
files = descriptor_pb2.FileDescriptorSet.FromString(open(f"{work}/set.pb", "rb").read()).file
open(f"{work}/access_point.pb", "wb").write(files[0].SerializeToString())
P

mkdir "$work/music"
compose "$work/music/cold.flac" Cold 12 220 && compose "$work/music/given.flac" Given 40 200 &&
  compose "$work/music/long.flac" Long 240 180 || fail 'there is no music'
start_network && launch_desktop 1 null-fast && launch_desktop 2 null && await desktop1 desktop2 || fail 'the network did not start'
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
add_account librarian import "$password" || fail 'the accounts could not be made'
for account in anna carol dora crowd{1..8}; do
  add_account "$account" listener "$password" || fail 'the accounts could not be made'
done
export SPOTIFYCORE_PASSWORD=$password
"$importer" "$work/music" --access-point "$access_point" --name librarian --log "$work/import.jsonl" >/dev/null ||
  fail 'the import failed'
on() { "$listener" --socket "$work/run$1/desktop.sock" "${@:2}" >/dev/null; }
on 1 login anna && on 2 login anna && on 1 play --wait Given && on 1 play --wait Cold || fail 'the desktops do not play'

echo "Load $(cut -d ' ' -f 1-3 /proc/loadavg) on $(nproc) processors, $(date -u +%H:%M) UTC"
for name in "${chosen[@]}"; do
  case "$name" in
    # A reader has 5 s, after the buffers of two systems are full.
    uploads) attack uploads "$((seconds + 15))" "$readers" ;;
    handshakes | strangers) attack "$name" "$seconds" "$connections" ;;
    terminal) attack terminal ;;
    guesses) attack guesses "$seconds" "$logins" ;;
    comeback) attack comeback "$seconds" "$desktops" ;;
    keys) attack keys "$seconds" ;;
  esac
done
echo "Load $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%H:%M) UTC"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
