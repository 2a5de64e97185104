# Starts and stops a whole network of SpotifyCore hosts on loopback; sourced by demo.sh.
#
# Each host is a process of its own; what it keeps and logs lies in $work. start_network leaves $access_point behind, and
# where the network is not on loopback, $access_point_id and $local_access_point (for the hosts themselves). Before it is
# called may be set: $host_address (where the hosts listen), $inside (a command that each is started by, such as one that
# enters a network namespace).

# Compiled ahead of time, so that the first click does not wait for the compiler.
publish() { # all the programs, into artifacts/
  local project machine
  machine=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
  for project in hosts/SpotifyCore.{MasterNode,StorageNode,AccessPoint,Desktop} tools/SpotifyCore.Import frontends/SpotifyCore.Cli; do
    dotnet publish "$project" -c Release -v quiet --nologo -p:RunAnalyzers=false \
      -r "linux-$machine" --self-contained false -p:PublishReadyToRun=true -o "artifacts/${project##*.}" || return 1
  done
}

master=artifacts/MasterNode/spotifycore-master
storage=artifacts/StorageNode/spotifycore-storage
accesspoint=artifacts/AccessPoint/spotifycore-accesspoint
desktop=artifacts/Desktop/spotifycore-desktop
importer=artifacts/Import/spotifycore-import
listener=artifacts/Cli/spotifycore
started=()
host_address=127.0.0.1
inside=()

free_port() { # a port nobody listens on, not given out before
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    case " ${ports[*]-} " in *" $port "*) continue ;; esac
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  ports+=("$port")
  REPLY=$port
}

start_host() { # name, then the command: starts it, and returns once it says that it is ready
  local name=$1 log=$work/$1.log ready=$work/$1.ready i
  shift
  "${inside[@]}" "$@" >"$ready" 2>"$log" &
  local pid=$!
  started+=("$pid")
  for ((i = 0; i < 600; i++)); do
    grep -q ' ready ' "$ready" 2>/dev/null && return 0
    if ! kill -0 "$pid" 2>/dev/null; then
      echo "$name ended at its start:" >&2
      cat "$log" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "$name did not get ready within a minute; its log is $log" >&2
  return 1
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

start_network() { # three masters, two storage nodes, an access point
  local i masters='' storages='' ids='' stockholm london public=''
  ports=()
  for i in 1 2 3; do
    free_port
    master_port[i]=$REPLY
    masters+="${masters:+,}$("$master" id --data-directory "$work/master$i")@$host_address:$REPLY"
  done
  free_port && stockholm=$REPLY
  free_port && london=$REPLY
  stockholm_id=$("$storage" id --data-directory "$work/stockholm") || return 1
  london_id=$("$storage" id --data-directory "$work/london") || return 1
  ids=$stockholm_id,$london_id
  storages=stockholm=$stockholm_id@$host_address:$stockholm,london=$london_id@$host_address:$london
  free_port
  access_point=http://127.0.0.1:$REPLY
  local listen=$access_point
  [ "$host_address" = 127.0.0.1 ] || { free_port && public=https://$host_address:$REPLY && listen+=";$public"; }

  start_host accesspoint "$accesspoint" --listen "$listen" --data-directory "$work/accesspoint" \
    --storage-nodes "$storages" --master-nodes "$masters" || return 1
  for i in 1 2 3; do
    start_host "master$i" "$master" --data-directory "$work/master$i" --listen "$host_address:${master_port[i]}" \
      --masters "$masters" --trusted "$ids" --access-point "$access_point" || return 1
  done
  start_host stockholm "$storage" --data-directory "$work/stockholm" --listen "$host_address:$stockholm" --site stockholm \
    --masters "$masters" --siblings "$london_id@$host_address:$london" --access-point "$access_point" || return 1
  start_host london "$storage" --data-directory "$work/london" --listen "$host_address:$london" --site london \
    --masters "$masters" --siblings "$stockholm_id@$host_address:$stockholm" --access-point "$access_point" || return 1
  local_access_point=$access_point
  [ -z "$public" ] || { access_point=$public && access_point_id=$(sed -n 's/.* id=//p' "$work/accesspoint.ready"); }
}

add_account() { # name, role, password
  SPOTIFYCORE_PASSWORD=$3 "$accesspoint" account add "$1" --role "$2" --data-directory "$work/accesspoint" >/dev/null
}

start_desktop() { # number, output, its address
  free_port
  start_host "desktop$1" "$desktop" --access-point "$access_point" --access-point-id "${access_point_id-}" \
    --data-directory "$work/desktop$1" --output "$2" --listen-address "${3:-127.0.0.1}" --listen-port "$REPLY" \
    --socket "$work/run$1/desktop.sock"
}
