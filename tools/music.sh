# Finds and makes music for a demonstration; sourced by demo.sh.

# Prints a folder with music: freely licensed pieces of Debian's wesnoth-1.16-music, unpacked into a cache folder, or,
# where that can't be had, a few generated ones. What it does is said on standard error.
find_music() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/spotifycore package=wesnoth-1.16-music
  local folder=$cache/$package generated=$cache/generated
  if [ -d "$folder" ]; then
    echo "$folder"
    return
  fi

  mkdir -p "$cache"
  echo "Fetching freely licensed music: Debian's $package (150 MB, once, into $cache)" >&2
  if fetch_package "$package" "$folder"; then
    echo "$folder"
    return
  fi

  echo "It can't be had here, so a few pieces are generated instead." >&2
  [ -d "$generated" ] || generate_music "$generated"
  echo "$generated"
}

# Unpacks a Debian package's music without installing it.
fetch_package() {
  local package=$1 folder=$2 work
  work=$(mktemp -d "$folder.XXXX") || return 1
  chmod 755 "$work"
  if (cd "$work" && apt-get download -qq "$package" >/dev/null 2>&1 && dpkg -x ./*.deb unpacked) &&
    mkdir "$work/music" && find "$work/unpacked" -name '*.ogg' -path '*music*' -exec mv -t "$work/music" {} +; then
    mv -T "$work/music" "$folder"
  fi
  rm -rf "$work"
  [ -n "$(ls -A "$folder" 2>/dev/null)" ]
}

# Four pieces of 40 to 55 seconds, in four keys.
generate_music() {
  local folder=$1 work i
  work=$(mktemp -d "$folder.XXXX") || return 1
  for i in 1 2 3 4; do
    compose "$work/$i arpeggio.flac" "Arpeggio $i" $((35 + 5 * i)) $((186 + 10 * i)) || return 1
  done
  mv -T "$work" "$folder"
}

# A piece of plucked notes, four a second, over a slow bass: the pentatonic scale in steps of three, up an octave every
# other bar of five.
compose() { # file, title, seconds, Hz of its lowest note
  local file=$1 title=$2 seconds=$3 root=$4
  local step='floor(4*t)' degree='mod(3*floor(4*t),5)' note bass left right
  note="$root*pow(2,(2*$degree+gte($degree,3)+12*mod(floor($step/5),2))/12)"
  bass="$root/2*pow(2,7*mod(floor($step/10),2)/12)"
  left="(0.3*sin(2*PI*$note*t)+0.1*sin(4*PI*$note*t))*exp(-5*mod(t,0.25))+0.2*sin(2*PI*$bass*t)*exp(-0.8*mod(t,2.5))"
  right="(0.25*sin(2*PI*$note*t)+0.1*sin(6*PI*$note*t))*exp(-6*mod(t,0.25))+0.2*sin(2*PI*$bass*t)*exp(-0.8*mod(t,2.5))"
  ffmpeg -v error -nostdin -y -f lavfi -i "aevalsrc=exprs='$left|$right':d=$seconds:s=44100" \
    -metadata title="$title" -metadata artist=SpotifyCore -metadata album=Generated "$file"
}

# Prints "seconds path" of the first sound files of a folder, or of a file, the shortest first.
sound_lengths() { # folder, how many files are looked at
  find "$1" -type f \( -iname '*.ogg' -o -iname '*.opus' -o -iname '*.flac' -o -iname '*.mp3' -o -iname '*.m4a' \
    -o -iname '*.wav' \) -print0 | sort -z | head -z -n "$2" |
    xargs -0 -r -P 2 -I '{}' sh -c \
      'printf "%s %s\n" "$(ffprobe -v quiet -show_entries format=duration -of csv=p=0 "$1")" "$1"' sh '{}' |
    grep '^[0-9]' | sort -n
}
