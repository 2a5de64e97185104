#!/usr/bin/env bash
# Draws the pictures of engine/README.md as SVG into engine/pictures, or into the directory that is named.
# All text stands on a fill of its own, so that they can be read on a light and on a dark ground.
#
#   engine/pictures.sh [DIRECTORY]
set -euo pipefail
directory=${1-$(dirname "$0")/pictures}
mkdir -p "$directory"

ink='#1f2328' line='#8b949e' paper='#ffffff'
blue='#dbe7f6' green='#dcefdf' yellow='#faedcf' violet='#ebe0f3'

begin() { # width, height, what it shows
  cat <<SVG
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $1 $2" width="$1" height="$2" role="img"
     font-family="DejaVu Sans, Verdana, Helvetica, Arial, sans-serif" font-size="13" fill="$ink">
<title>$3</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
<path d="M0 0 8 4 0 8z" fill="$line"/></marker></defs>
SVG
}
end() { echo '</svg>'; }
box() { # x, y, width, height, fill
  echo "<rect x=\"$1\" y=\"$2\" width=\"$3\" height=\"$4\" rx=\"8\" fill=\"$5\" stroke=\"$line\"/>"
}
say() { # x, y, text, further attributes
  echo "<text x=\"$1\" y=\"$2\" ${4-}>$3</text>"
}
arrow() { # path, further attributes
  echo "<path d=\"$1\" fill=\"none\" stroke=\"$line\" stroke-width=\"2\" marker-end=\"url(#head)\" ${2-}/>"
}
number() { # x, y, number
  echo "<circle cx=\"$1\" cy=\"$2\" r=\"11\" fill=\"$ink\"/>"
  say "$1" $(($2 + 4)) "$3" "text-anchor=\"middle\" font-size=\"12\" font-weight=\"bold\" fill=\"$paper\""
}

# --- The life of a chunk: a band for each process, its stops from left to right.

readonly stop_width=172 stop_height=62 stop_step=200
band() { # y, width, height, fill, title, second line, where they end if not where they begin
  local x=26 anchor=start
  [ -z "${7-}" ] || { x=$7 anchor=end; }
  box 10 "$1" "$2" "$3" "$4"
  say $x $(($1 + 24)) "$5" "font-weight=\"bold\" font-size=\"14\" text-anchor=\"$anchor\""
  say $x $(($1 + 42)) "$6" "font-size=\"12\" text-anchor=\"$anchor\""
}
stop() { # number, column, y, what, second line
  local x=$((26 + $2 * stop_step))
  box $x "$3" $stop_width $stop_height "$paper"
  number $((x + 18)) $(($3 + 22)) "$1"
  say $((x + 36)) $(($3 + 27)) "$4" 'font-weight="bold"'
  say $((x + 14)) $(($3 + 49)) "$5" 'font-size="12"'
}
onward() { # column, y: to the next stop
  local x=$((26 + $1 * stop_step + stop_width))
  arrow "M$x $(($2 + stop_height / 2))h$((stop_step - stop_width - 2))"
}
wire() { # from x, y, to x, y, what travels: down from one band, across, down into another
  local middle=$((($2 + $4) / 2))
  arrow "M$1 $2V${middle}H$3V$4"
  local width=$((${#5} * 13 / 2 + 20)) centre=$((($1 + $3) / 2))
  box $((centre - width / 2)) $((middle - 12)) $width 24 "$paper"
  say $centre $((middle + 4)) "$5" 'text-anchor="middle" font-size="12"'
}
life_of_a_chunk() {
  begin 1040 790 'The life of a chunk, from the disk of a master to sound'
  band 10 1020 130 "$yellow" 'master node' 'holds every file, whole'
  stop 1 0 66 vault 'sealed, on a slow disk'
  stop 2 1 66 'its tiers' 'vault, then co-owners'
  stop 3 2 66 serving 'frames in large writes'
  for column in 0 1; do onward $column 66; done

  band 190 800 130 "$green" 'storage node' 'holds what is wanted, near the listeners' 794
  stop 4 0 246 'link to master' 'asks, verifies'
  stop 5 1 246 flight 'one fetch for all'
  stop 6 2 246 cache 'FASTER: memory, disk'
  stop 7 3 246 serving 'frames in large writes'
  for column in 0 1 2; do onward $column 246; done
  wire 512 128 112 244 'chunk protocol, TLS: 16 KiB'

  box 826 190 204 130 "$violet"
  say 842 214 'another listener' 'font-weight="bold" font-size="14"'
  say 842 232 'the same client' 'font-size="12"'
  box 842 246 172 62 "$paper"
  say 856 273 'its chunk store' 'font-weight="bold"'
  say 856 295 'upload queue, pacer' 'font-size="12"'

  band 370 1020 226 "$blue" "the listener's client: its loop" 'decides in the core, by events and actions; does no I/O itself'
  stop 8 3 426 connection 'receives into a slot'
  stop 9 2 426 core 'verifies, settles'
  stop 10 1 426 feed 'the window of a play'
  stop 11 2 514 'chunk store' 'FASTER: memory, disk'
  arrow 'M626 457h-26'
  arrow 'M426 457h-26'
  arrow 'M496 488v24'
  arrow 'M528 514v-24'
  wire 712 308 712 424 'chunk protocol, TLS'
  arrow 'M928 308v149h-128'

  band 636 1020 144 "$blue" "the listener's client: the player's thread" 'decodes 300 ms ahead' 1014
  stop 12 0 704 unseal 'AES-128-CTR'
  stop 13 1 704 Ogg 'pages to packets'
  stop 14 2 704 Opus 'packets to PCM'
  stop 15 3 704 level 'loudness, volume'
  stop 16 4 704 output 'card, file, nothing'
  for column in 0 1 2 3; do onward $column 704; done
  arrow 'M312 488V670H112V702'
  end
}

# --- From click to sound: a column for each who takes part, time downwards.

readonly actor_step=166
actor() { # column, fill, name, second line
  local x=$((95 + $1 * actor_step))
  echo "<path d=\"M$x 66V850\" stroke=\"$line\" stroke-dasharray=\"4 4\"/>"
  box $((x - 76)) 12 152 54 "$2"
  say $x 34 "$3" 'text-anchor="middle" font-weight="bold"'
  say $x 54 "$4" 'text-anchor="middle" font-size="12"'
}
label() { # centre x, y, number, text, fill
  local width=$((${#4} * 13 / 2 + 46))
  local x=$(($1 - width / 2))
  box $x $(($2 - 15)) $width 30 "$5"
  number $((x + 17)) "$2" "$3"
  say $((x + 34)) $(($2 + 4)) "$4" 'font-size="12"'
}
message() { # number, from, to, y, text
  local from=$((95 + $2 * actor_step)) to=$((95 + $3 * actor_step))
  arrow "M$from $4H$((to + (to > from ? -2 : 2)))"
  label $(((from + to) / 2)) $(($4 - 22)) "$1" "$5" "$paper"
}
within() { # number, column, y, text, fill: what one does alone
  label $((95 + $2 * actor_step)) "$3" "$1" "$4" "$5"
}
from_click_to_sound() {
  begin 1020 870 'From click to sound'
  actor 0 "$violet" listener 'a command, a program'
  actor 1 "$blue" 'client: facade' 'from any thread'
  actor 2 "$blue" 'client: loop' 'runtime and core'
  actor 3 "$yellow" 'access point' gRPC
  actor 4 "$green" 'nodes, peers' 'chunk protocol'
  actor 5 "$blue" player 'a thread of its own'
  message 1 0 1 126 'play'
  message 2 1 2 186 'onto the loop'
  within 3 2 230 'queue: this play is current' "$blue"
  message 4 2 3 296 'open the track'
  message 5 3 2 356 'manifest, key, sources'
  within 6 2 400 'what does the cache hold?' "$blue"
  message 7 2 4 466 'the head, at once; peers are being connected'
  message 8 4 2 526 'chunks'
  within 9 2 570 'verify, settle, keep' "$blue"
  message 10 2 5 636 'chunks, into the feed'
  within 11 5 680 'decode ahead' "$blue"
  message 12 2 5 746 'enough is here: sound'
  within 13 5 790 'first PCM to output' "$blue"
  message 14 5 0 846 'start of sound'
  end
}

life_of_a_chunk >"$directory/life-of-a-chunk.svg"
from_click_to_sound >"$directory/from-click-to-sound.svg"
