# Finds music for a demonstration; sourced by demo.sh.

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

# Four pieces of two to two and a half minutes each: slow chords with a little tremolo.
generate_music() {
  local folder=$1 work i=0 root
  work=$(mktemp -d "$folder.XXXX")
  for root in 110 130.81 146.83 164.81; do
    i=$((i + 1))
    ffmpeg -v error -f lavfi -i "aevalsrc=exprs='0.2*sin(2*PI*$root*t)+0.15*sin(2*PI*$root*1.25*t)*(1+sin(0.5*t))+0.1*sin(2*PI*$root*1.5*t)*(1+sin(0.3*t))|0.2*sin(2*PI*$root*t)+0.15*sin(2*PI*$root*1.26*t)*(1+cos(0.5*t))+0.1*sin(2*PI*$root*1.49*t)*(1+cos(0.3*t))':d=$((110 + 10 * i)):s=44100" \
      -metadata title="Chord $i" -metadata artist="SpotifyCore" -metadata album="Generated" -metadata track="$i" "$work/$i chord.flac"
  done
  mv -T "$work" "$folder"
}
