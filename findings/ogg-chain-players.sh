#!/usr/bin/env bash
# Guess: two Ogg files put one behind the other are one valid chained stream (RFC 3533; internet radio is made so), and the
# field's own decoders play all of it, whether they read a file or a pipe.
# Seen, with Debian 12's tools. Vorbis: oggdec 1.4.2 (libvorbisfile 1.3.7) gives all of it from a pipe; from a file it leaves
# out a first link whose sound fits one page (14,400 of 28,800 samples), and exits with 0. Opus: opusdec and ffmpeg 5.1.9
# decode both links, but ffprobe says the last link's duration for the whole, and ffmpeg's seek beyond the first link gives
# nothing at all, with exit code 0.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 opus-tools=0.2-1+b1 vorbis-tools=1.4.2-1+b1
cd "$work"

make() { # name, seconds, serial: the same sound as WAV, Opus and Vorbis
  ffmpeg -v error -f lavfi -i "anoisesrc=r=48000:d=$2:seed=$3:a=0.3" -c:a pcm_s16le -bitexact "$1.wav"
  opusenc --quiet --bitrate 96 --serial "$3" "$1.wav" "$1.opus"
  oggenc -Q -q 1 -s "$3" "$1.wav" -o "$1.ogg"
}
make long 1.2 11
make short 0.3 12
make other 0.3 13
cat long.opus short.opus >chain.opus
cat short.ogg other.ogg >short-first.ogg
cat long.ogg short.ogg >long-first.ogg

status=0
check() { # what, expected, command: bytes of PCM it gives, as samples
  local name=$1 expected=$2 samples
  shift 2
  samples=$(($("$@" 2>/dev/null | wc -c) / 2))
  echo "$name: $samples samples"
  [ "$samples" = "$expected" ] || { echo "  expected $expected"; status=1; }
}
from_pipe() { # a chain; by cat, since a redirected file is one that oggdec can seek in
  cat "$1" | oggdec -Q -R -o - -
}
check 'oggdec, a short link first, from a file' 14400 oggdec -Q -R -o - short-first.ogg
check 'oggdec, a short link first, from a pipe' 28800 from_pipe short-first.ogg
check 'oggdec, a long link first, from a file' 72000 oggdec -Q -R -o - long-first.ogg
check 'opusdec' 72000 opusdec --quiet chain.opus -
check 'ffmpeg, Opus' 72000 ffmpeg -v error -i chain.opus -f s16le -
check 'ffmpeg, Opus, from 1.3 s on' 0 ffmpeg -v error -ss 1.3 -i chain.opus -f s16le -
duration=$(ffprobe -v error -show_entries format=duration -of csv=p=0 chain.opus)
echo "ffprobe, Opus: $duration s"
[ "$duration" = 0.306500 ] || { echo '  expected 0.306500'; status=1; }
exit $status
