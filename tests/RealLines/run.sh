#!/usr/bin/env bash
# Six real desktops on real TCP over lines like those at home, and what their listeners got: the yardstick by which the
# simulator is judged. Needs root: it makes network namespaces, rate limits (tc tbf) and a TUN device each.
#
#   tests/RealLines/run.sh [--seeds "1 2 3"] [--minutes 20] [--music FOLDER] [--out FOLDER]
#
# Every seed is a network of its own, all at once: a router that gives each packet 15 ms, and behind it a server room and
# six homes of 8 Mbit/s down and 1 Mbit/s up. Leaves session-SEED.jsonl (what the listeners did), imported.jsonl and
# real-SEED.json (what they got) in the folder. Everything it starts is stopped and removed at the end.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tools/packages.sh
. tools/music.sh

usage='usage: tests/RealLines/run.sh [--seeds "1 2 3"] [--minutes 20] [--music FOLDER] [--out FOLDER]'
seeds='1 2 3' minutes=20 music='' out=artifacts/real-lines
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }
  case "$1" in
    --seeds) seeds=$2 ;;
    --minutes) minutes=$2 ;;
    --music) music=$2 ;;
    --out) out=$2 ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
  shift 2
done
[ "$(id -u)" -eq 0 ] || { echo "tests/RealLines/run.sh needs root: it makes network namespaces." >&2; exit 2; }

readonly desktops=6 down=8mbit up=1mbit one_way_ms=15
need_dotnet
need_packages ffmpeg libopus0 libportaudio2 iproute2 iputils-ping procps python3 || exit 1
. tools/build.sh
. tools/network.sh
echo 'Building, Release'
build tools/Programs.slnf -c Release -v quiet -p:RunAnalyzers=false || exit 1
use_built
[ -n "$music" ] || music=$(find_music) || exit 1
mkdir -p "$out" && out=$(realpath "$out")

root=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-real.XXXXXX")
relays=() homes=() namespaces=()
finish() {
  local code=$? space
  trap - EXIT INT TERM
  stop_network
  [ ${#homes[@]} -eq 0 ] || { kill -TERM "${homes[@]}" 2>/dev/null; wait "${homes[@]}" 2>/dev/null; }
  [ ${#relays[@]} -eq 0 ] || kill "${relays[@]}" 2>/dev/null
  for space in "${namespaces[@]}"; do ip netns del "$space" 2>/dev/null; done
  rm -rf "$root"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

space() { # makes a namespace with loopback up
  ip netns add "$1" && namespaces+=("$1") && ip -n "$1" link set lo up
}

join() { # router, number, namespace: connects it to the router at 10.77.NUMBER.2
  ip -n "$1" link add "port$2" type veth peer name eth0 netns "$3" &&
    ip -n "$1" addr add "10.77.$2.1/24" dev "port$2" && ip -n "$1" link set "port$2" up gso_max_segs 1 &&
    ip -n "$3" addr add "10.77.$2.2/24" dev eth0 && ip -n "$3" link set eth0 up gso_max_segs 1 &&
    ip -n "$3" route add default via "10.77.$2.1" &&
    ip -n "$1" rule add iif "port$2" lookup 100
}

make_lines() { # seed: a router, a server room, the homes
  local router=real$1-router i
  space "$router" && space "real$1-server" || return 1
  ip netns exec "$router" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
    for each in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$each; done' || return 1
  ip netns exec "$router" nice -n -10 tests/RealLines/relay.py delay "$one_way_ms" >"$root/relay$1" &
  relays+=($!)
  for ((i = 0; i < 50; i++)); do grep -q ready "$root/relay$1" && break; sleep 0.1; done
  ip -n "$router" route add default dev delay table 100 && join "$router" 0 "real$1-server" || return 1
  for ((i = 1; i <= desktops; i++)); do
    space "real$1-home$i" && join "$router" "$i" "real$1-home$i" &&
      ip netns exec "real$1-home$i" tc qdisc add dev eth0 root tbf rate "$up" burst 4kb latency 300ms &&
      ip netns exec "$router" tc qdisc add dev "port$i" root tbf rate "$down" burst 16kb latency 200ms || return 1
  done
  echo "Seed $1, ping from a home to the server room: $(ip netns exec "real$1-home1" ping -c 5 -i 0.2 -q 10.77.0.2 | tail -1)"
}

# The music is imported once; every seed's network begins with a copy of what the hosts hold then.
first=${seeds%% *}
for seed in $seeds; do make_lines "$seed" || { echo 'The lines could not be made.' >&2; exit 1; }; done
work=$root/first host_address=10.77.0.2 inside=(ip netns exec "real$first-server")
mkdir "$work"
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
start_network || exit 1
add_account librarian import "$password" || exit 1
for ((i = 1; i <= desktops; i++)); do add_account "listener$i" listener "$password" || exit 1; done
echo "Importing $music"
SPOTIFYCORE_PASSWORD=$password "${inside[@]}" "$importer" "$music" --access-point "${local_access_point}" --name librarian \
  --log "$out/imported.jsonl" >/dev/null || exit 1
stop_network

play_seed() { # the whole of one seed, in a shell of its own
  local i sockets=() player=
  work=$root/$1 started=() inside=(ip netns exec "real$1-server")
  cp -a "$root/first" "$work" && rm -rf "$work"/*.ready "$work"/{stockholm,london}/cache
  trap '[ -z "$player" ] || kill "$player" 2>/dev/null; stop_network; exit 1' TERM
  start_network || return 1
  for ((i = 1; i <= desktops; i++)); do
    inside=(ip netns exec "real$1-home$i")
    start_desktop "$i" null "10.77.$i.2" || return 1
    sockets+=("$work/run$i/desktop.sock")
    SPOTIFYCORE_PASSWORD=$password "$listener" --socket "${sockets[-1]}" login "listener$i" >/dev/null || return 1
  done
  tests/RealLines/session.py make "$1" "$minutes" "$desktops" "$out/imported.jsonl" >"$out/session-$1.jsonl" || return 1
  tests/RealLines/session.py play "$out/session-$1.jsonl" "$listener" "${sockets[@]}" &
  player=$!
  wait "$player" && tests/RealLines/session.py report "$1" "$listener" "${sockets[@]}" >"$out/real-$1.json"
  local code=$?
  stop_network
  mkdir -p "$out/logs-$1" && cp "$work"/desktop*.log "$out/logs-$1/"
  return "$code"
}

echo "Playing $minutes minutes"
for seed in $seeds; do
  play_seed "$seed" &
  homes+=($!)
done
failed=0
for i in "${!homes[@]}"; do wait "${homes[i]}" || failed=1; done
homes=()
for seed in $seeds; do
  [ -s "$out/real-$seed.json" ] && python3 -c '
import json, sys
told = json.load(open(sys.argv[1]))
del told["each"]
print(json.dumps(told))' "$out/real-$seed.json"
done
exit "$failed"
