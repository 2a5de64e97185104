#!/usr/bin/env bash
# Runs a command on this machine as if libopus were not installed: tests/without-libopus.sh COMMAND ...
#
# In a mount namespace of the command's own the library is an empty file (needs root, or user namespaces). What Debian links
# with it, ffmpeg and opus-tools, is called with a copy of its own: the engine finds no library of that name.
set -uo pipefail
[ $# -gt 0 ] || { echo 'usage: tests/without-libopus.sh COMMAND ...' >&2; exit 2; }

mapfile -t libraries < <(PATH=$PATH:/sbin ldconfig -p | sed -n 's/.*libopus\.so.* => //p' | xargs -r realpath | sort -u)
[ ${#libraries[@]} -gt 0 ] || exec "$@"

kept=$(mktemp -d "${TMPDIR:-/tmp}/spotifycore-opus.XXXXXX") || exit 1
trap 'rm -rf "$kept"' EXIT
mkdir "$kept/tools" && cp "${libraries[0]}" "$kept/libopus.so.0" || exit 1
for tool in ffmpeg ffprobe opusenc opusdec opusinfo; do
  path=$(command -v "$tool") || continue
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%q exec %q "$@"\n' "$kept" "$path" >"$kept/tools/$tool"
  chmod +x "$kept/tools/$tool"
done

space=(unshare --mount)
[ "$(id -u)" -eq 0 ] || space=(unshare --user --map-root-user --mount)
"${space[@]}" bash -c '
  for ((i = $1; i > 0; i--)); do shift; mount --bind /dev/null "$1" || exit 1; done
  shift
  exec "$@"' hide "${#libraries[@]}" "${libraries[@]}" env PATH="$kept/tools:$PATH" "$@"
