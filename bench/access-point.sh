#!/usr/bin/env bash
# What listeners cost an access point: logins, sessions that are online, calls, connections that come back.
#
#   bench/access-point.sh [--sessions N] [--plain] [--postgresql]
#
# Starts a network on loopback, imports a few pieces, makes accounts (Premium, 32 sessions each) and logs N (10000 unless
# set) in over TLS, each on a connection of its own; with --plain without TLS, with --postgresql on a server of its own,
# whose round trip of one statement is stated beside. What each line means says bench/README.md. The programs must have
# been built: tools/Programs.slnf and bench/SpotifyCore.Micro, Release.
set -uo pipefail
cd "$(dirname "$0")/.."

usage='usage: bench/access-point.sh [--sessions N] [--plain] [--postgresql]'
sessions=10000 plain='' postgresql=''
while [ $# -gt 0 ]; do
  case "$1" in
    --sessions) sessions=${2:?$usage}; shift 2 ;;
    --plain) plain=yes; shift ;;
    --postgresql) postgresql=yes; shift ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done
. tools/packages.sh
need_packages ffmpeg jq procps || exit 1
[ -z "$postgresql" ] || need_packages postgresql-15 util-linux || exit 1
. bench/loopback.sh

# Each session is a connection on either side.
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -gt $((sessions + 1000)) ] || fail "only $(ulimit -n) files may be open"

if [ -n "$postgresql" ]; then
  programs=/usr/lib/postgresql/15/bin
  as_user=()
  mkdir "$work/postgresql"
  if [ "$(id -u)" = 0 ]; then
    as_user=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
    chmod 711 "$work" && chown postgres "$work/postgresql"
  fi
  "${as_user[@]}" "$programs/initdb" -D "$work/postgresql/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null ||
    fail 'PostgreSQL could not be made'
  (cd / && exec "${as_user[@]}" "$programs/postgres" -D "$work/postgresql/data" -k "$work/postgresql" \
    -c listen_addresses= -c max_connections=200) >"$work/postgresql.log" 2>&1 &
  started+=("$!")
  on_postgres() { "$programs/$1" -h "$work/postgresql" -U postgres "${@:2}"; }
  for ((i = 0; i < 200; i++)); do on_postgres pg_isready -q && break; sleep 0.05; done
  on_postgres psql -qc 'CREATE DATABASE service' || fail 'PostgreSQL did not start'
  access_point_settings=(--database "Host=$work/postgresql;Username=postgres;Database=service")
fi

# By TLS it listens off loopback's first address too.
[ -n "$plain" ] || host_address=127.0.0.2
start_network || fail 'the network did not start'
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
mkdir "$work/music"
for ((i = 0; i < 10; i++)); do
  compose "$work/music/$i.flac" "Piece $i" 2 $((200 + 10 * i)) || fail 'there is no music'
done
add_account librarian import "$password" || fail 'the accounts could not be made'
SPOTIFYCORE_PASSWORD=$password "$importer" "$work/music" --access-point "$local_access_point" --name librarian >/dev/null ||
  fail 'the import failed'
for ((i = 0; i * 32 < sessions + 500; i++)); do echo "load$i"; done |
  SPOTIFYCORE_PASSWORD=$password xargs -P 2 -I{} "$accesspoint" account add {} --role listener --plan premium \
    --data-directory "$work/accesspoint" "${access_point_settings[@]}" >/dev/null || fail 'the accounts could not be made'

SPOTIFYCORE_PASSWORD=$password "$micro" sessions "$access_point" "${access_point_id-}" "$sessions" "${host_pid[accesspoint]}" ||
  fail 'the listeners failed'

if [ -n "$postgresql" ]; then
  echo 'SELECT 1;' >"$work/one.sql"
  (cd "$work" && on_postgres pgbench -n -M prepared -f one.sql -c 8 -R 500 -T 20 -l --log-prefix=trips service >/dev/null 2>&1)
  cat "$work"/trips.* | awk '{ print $3 / 1000 }' | sort -n |
    awk '{ t[NR] = $1 } END { printf "PostgreSQL, one statement, 500 a second: %d calls, p50 %.2f p99 %.2f max %.0f ms\n",
      NR, t[int((NR + 1) / 2)], t[int(NR * 0.99)], t[NR] }'
fi
