#!/usr/bin/env bash
# Guess: where the sample rate of a file changes inside (two MP3 files in one, as recorders and some editors write them), and
# one rate is asked for at the output, ffmpeg gives for both parts what it gives for each alone.
# Seen, Debian 12's ffmpeg 5.1.9: some 10 ms of the first part are missing at the seam, and everything behind it comes that much
# too early. The filters are set up anew for the new rate, and what the old resampler still held goes with it; a
# file without a change gets that at its end. Nothing is said. Who needs every sample decodes each part by itself.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1

part() { # name, rate; no header of the encoder, which only a file's first part may have
  ffmpeg -v error -y -f lavfi -i "sine=f=440:r=$2:d=3" -ac 2 -c:a libmp3lame -b:a 128k -write_xing 0 -id3v2_version 0 "$work/$1.mp3"
}
samples() {
  ffmpeg -v quiet -nostdin -i "$work/$1.mp3" -f s16le -ar 48000 -ac 2 - | wc -c | awk '{ print $1 / 4 }'
}
part first 44100 && part second 32000
cat "$work/first.mp3" "$work/second.mp3" >"$work/both.mp3"
lost=$(($(samples first) + $(samples second) - $(samples both)))
echo "first $(samples first), second $(samples second), both $(samples both): $lost samples of 48 kHz are lost"
[ "$lost" -ge 400 ] && [ "$lost" -le 600 ]

# With one rate in both parts nothing is lost.
part second 44100
cat "$work/first.mp3" "$work/second.mp3" >"$work/both.mp3"
lost=$(($(samples first) + $(samples second) - $(samples both)))
echo "one rate: $lost"
[ "$lost" -eq 0 ]
