#!/usr/bin/env bash
# Guess: whatever ffmpeg decodes of a Vorbis file has as many samples as went in; the last page's granule position says so.
# Seen, with Debian 12's ffmpeg 5.1.9 and oggenc 1.4.2: true once the sound takes two Ogg pages. Where all of it fits one
# page (a second of something quiet, a jingle), ffmpeg gives up to 256 samples too few or hundreds too many, by the rate;
# oggdec is exact. A gapless importer, and whoever names a recording by its PCM, has other audio for such files.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 vorbis-tools=1.4.2-1+b1

status=0
check() { # seconds, rate, pages, samples by oggdec, samples by ffmpeg
  local source=$work/source.wav ogg=$work/source.ogg pages exact decoded
  ffmpeg -v error -y -f lavfi -i "anoisesrc=r=$2:d=$1:seed=7:a=0.3" -c:a pcm_s16le -bitexact "$source"
  oggenc -Q -q 1 "$source" -o "$ogg"
  pages=$(grep -ao OggS "$ogg" | wc -l)
  exact=$(oggdec -Q -R -o - "$ogg" | wc -c)
  decoded=$(ffmpeg -v error -i "$ogg" -f s16le - | wc -c)
  echo "$1 s at $2 Hz: $pages pages, oggdec $((exact / 2)) samples, ffmpeg $((decoded / 2))"
  [ "$pages $((exact / 2)) $((decoded / 2))" = "$3 $4 $5" ] || { echo "  expected $3 pages, $4 and $5"; status=1; }
}
check 0.4 48000 3 19200 19072
check 0.2 48000 3 9600 9472
check 0.1 44100 3 4410 4480
check 0.2 22050 3 4410 4608
check 4 48000 10 192000 192000
exit $status
