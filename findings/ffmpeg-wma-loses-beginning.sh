#!/usr/bin/env bash
# Guess: sound that ffmpeg encodes as WMA and decodes again begins where it did, or late by the coder's delay, as with
# AAC in ADTS (1,024 samples), MP2 (481) or AC-3 (256); what is lost, if anything, is at the end.
# Seen, with Debian 12's ffmpeg 5.1.9, WMA 1 and 2 alike: it comes one frame too early (2,048 samples from 32 kHz up, 1,024
# at 22.05 and 512 at 8 and 16), and what was in that frame is gone: the encoder puts no frame before the first, the
# decoder drops one. ffprobe says that the stream starts at 0 and lasts no less than what went in. A click at 10 ms is not
# in the file that is heard, an archive in WMA has its attacks cut off, and a comparison of the lengths shows nothing odd.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1

status=0
check() { # codec, file ending, rate, sample of the click, where it is heard (gone: nothing near as loud)
  local source=$work/click.wav coded=$work/coded.$2 heard
  ffmpeg -v error -y -f lavfi -i "aevalsrc=if(eq(n\\,$4)\\,0.9\\,0):s=$3:d=2" -c:a pcm_s16le -bitexact "$source"
  ffmpeg -v error -y -i "$source" -c:a "$1" -b:a 128k "$coded"
  heard=$(ffmpeg -v error -i "$coded" -f s16le - | od -An -v -t d2 -w2 |
    awk '{ v = $1 < 0 ? -$1 : $1; if (v > most) { most = v; at = NR - 1 } } END { print (most > 9000 ? at : "gone") }')
  echo "$1 at $3 Hz: a click at sample $4 is heard at $heard," \
    "start and length by ffprobe $(ffprobe -v error -show_entries stream=start_time,duration -of csv=p=0 "$coded")"
  [ "$heard" = "$5" ] || { echo "  expected $5"; status=1; }
}
check wmav2 wma 44100 12000 9952
check wmav2 wma 44100 3000 952
check wmav2 wma 44100 1500 gone
check wmav1 wma 48000 24000 21952
check wmav2 wma 22050 12000 10976
check wmav2 wma 22050 500 gone
check wmav2 wma 8000 12000 11488
check aac aac 48000 24000 25024
check mp2 mp2 48000 24000 24481
check ac3 ac3 48000 24000 24256
exit $status
