# Starts and stops a whole network of SpotifyCore hosts on loopback; sourced by demo.sh.
#
# Each host is a process of its own; what it keeps and logs lies in $work. start_network leaves $access_point behind, and
# where the network is not on loopback, $access_point_id and $local_access_point (for the hosts themselves). Before it is
# called the programs must be known (use_built or use_folder), and may be set: $host_address (where the hosts listen),
# $inside (a command that each is started by, such as one that enters a network namespace), $access_point_settings (what
# the access point is told besides, such as its database).

use_built() { # the programs as tools/Programs.slnf builds them
  local built=bin/Release/net10.0
  master=hosts/SpotifyCore.MasterNode/$built/spotifycore-master
  storage=hosts/SpotifyCore.StorageNode/$built/spotifycore-storage
  accesspoint=hosts/SpotifyCore.AccessPoint/$built/spotifycore-accesspoint
  desktop=hosts/SpotifyCore.Desktop/$built/spotifycore-desktop
  importer=tools/SpotifyCore.Import/$built/spotifycore-import
  listener=frontends/SpotifyCore.Cli/$built/spotifycore
}

use_folder() { # folder: the programs of a release
  master=$1/spotifycore-master
  storage=$1/spotifycore-storage
  accesspoint=$1/spotifycore-accesspoint
  desktop=$1/spotifycore-desktop
  importer=$1/spotifycore-import
  listener=$1/spotifycore
}

started=()
host_address=127.0.0.1
inside=()
access_point_settings=()

# A port nobody listens on, below those that outgoing connections get. A lock on a file of its name keeps it from
# others of this user, and is held until this shell and what it started are gone; the tests' FreePort takes the same ones.
free_port() {
  local port lock locks=${TMPDIR:-/tmp}/spotifycore-ports-$(id -un)
  mkdir -p "$locks"
  while :; do
    port=$((10000 + RANDOM % 22000))
    exec {lock}>>"$locks/$port" || return 1
    flock -n "$lock" && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    exec {lock}>&-
  done
  REPLY=$port
}

launch() { # name, then the command: starts a host
  local name=$1
  shift
  rm -f "$work/$name.ready"
  "${inside[@]}" "$@" >"$work/$name.ready" 2>"$work/$name.log" &
  started+=("$!")
  host_pid[$name]=$!
}
declare -A host_pid

await() { # names: returns once all of them have said that they are ready
  local name i
  for name in "$@"; do
    for ((i = 1; ; i++)); do
      grep -q ' ready ' "$work/$name.ready" 2>/dev/null && break
      if ! kill -0 "${host_pid[$name]}" 2>/dev/null; then
        echo "$name ended at its start:" >&2
        cat "$work/$name.log" >&2
        return 1
      fi
      [ $((i % 600)) -ne 0 ] || echo "$name is not ready yet; its log is $work/$name.log" >&2
      sleep 0.05
    done
  done
}

stop_network() { # asks all that was started to end, and makes sure of it
  local pid i
  [ ${#started[@]} -eq 0 ] && return 0
  kill -TERM "${started[@]}" 2>/dev/null
  for ((i = 0; i < 150; i++)); do
    kill -0 "${started[@]}" 2>/dev/null || break
    local living=()
    for pid in "${started[@]}"; do kill -0 "$pid" 2>/dev/null && living+=("$pid"); done
    started=("${living[@]}")
    [ ${#started[@]} -eq 0 ] && return 0
    sleep 0.1
  done
  kill -KILL "${started[@]}" 2>/dev/null
  started=()
}

node_ids() { # makes the keys of the three masters and two storage nodes, side by side
  local node program made=()
  for node in master1 master2 master3 stockholm london; do
    program=$master
    [[ $node = master* ]] || program=$storage
    "$program" id --data-directory "$work/$node" >"$work/$node.id" &
    made+=("$!")
  done
  for node in "${made[@]}"; do wait "$node" || return 1; done
}

launch_network() { # three masters, two storage nodes, an access point: starts them, side by side
  local i masters='' storages='' ids='' stockholm london stockholm_id london_id public=''
  node_ids || return 1
  for i in 1 2 3; do
    free_port
    master_port[i]=$REPLY
    masters+="${masters:+,}$(<"$work/master$i.id")@$host_address:$REPLY"
  done
  free_port && stockholm=$REPLY
  free_port && london=$REPLY
  stockholm_id=$(<"$work/stockholm.id") london_id=$(<"$work/london.id")
  ids=$stockholm_id,$london_id
  storages=stockholm=$stockholm_id@$host_address:$stockholm,london=$london_id@$host_address:$london
  free_port
  local_access_point=http://127.0.0.1:$REPLY
  access_point=$local_access_point
  local listen=$access_point
  [ "$host_address" = 127.0.0.1 ] || { free_port && public=https://$host_address:$REPLY && listen+=";$public"; }

  launch accesspoint "$accesspoint" --listen "$listen" --data-directory "$work/accesspoint" \
    --storage-nodes "$storages" --master-nodes "$masters" "${access_point_settings[@]}"
  for i in 1 2 3; do
    launch "master$i" "$master" --data-directory "$work/master$i" --listen "$host_address:${master_port[i]}" \
      --masters "$masters" --trusted "$ids" --access-point "$local_access_point"
  done
  launch stockholm "$storage" --data-directory "$work/stockholm" --listen "$host_address:$stockholm" --site stockholm \
    --masters "$masters" --siblings "$london_id@$host_address:$london" --access-point "$local_access_point"
  launch london "$storage" --data-directory "$work/london" --listen "$host_address:$london" --site london \
    --masters "$masters" --siblings "$stockholm_id@$host_address:$stockholm" --access-point "$local_access_point"
  [ -z "$public" ] || access_point=$public
}

await_network() { # returns once all hosts of launch_network are ready
  await accesspoint master1 master2 master3 stockholm london || return 1
  [ "$access_point" = "$local_access_point" ] || access_point_id=$(sed -n 's/.* id=//p' "$work/accesspoint.ready")
}

start_network() { # both
  launch_network && await_network
}

add_account() { # name, role, password
  SPOTIFYCORE_PASSWORD=$3 "$accesspoint" account add "$1" --role "$2" --data-directory "$work/accesspoint" "${access_point_settings[@]}" \
    >/dev/null
}

launch_desktop() { # number, output, its address
  free_port
  launch "desktop$1" "$desktop" --access-point "$access_point" --access-point-id "${access_point_id-}" \
    --data-directory "$work/desktop$1" --output "$2" --listen-address "${3:-127.0.0.1}" --listen-port "$REPLY" \
    --socket "$work/run$1/desktop.sock"
}

start_desktop() { # the same, ready
  launch_desktop "$@" && await "desktop$1"
}
