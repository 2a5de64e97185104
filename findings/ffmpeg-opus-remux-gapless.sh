#!/usr/bin/env bash
# Guess: `ffmpeg -c copy` moves an Opus stream into another container and it still decodes to the same samples: every
# container here has a place for the three things the Ogg header and the last page say (pre-skip, end, output gain).
# Seen, with Debian 12's ffmpeg 5.1.9: WebM and Matroska keep all three. MP4 keeps gain and pre-skip and loses the end
# (up to a frame of padding sounds). MPEG-TS and CAF lose all three: 312 samples more in front, padding behind, and the
# gain of -6 dB gone, so that it is twice as loud. No warning is printed.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 opus-tools=0.2-1+b1

ffmpeg -v error -f lavfi -i 'sine=440:r=48000:d=1.23457' -bitexact "$work/source.wav"
opusenc --quiet --bitrate 96 "$work/source.wav" "$work/plain.opus"
# The header's output gain, -6 dB in 1/256 dB, and the page's checksum anew.
python3 - "$work/plain.opus" "$work/gain.opus" <<'PYTHON'
import struct, sys
data = bytearray(open(sys.argv[1], 'rb').read())
struct.pack_into('<h', data, data.find(b'OpusHead') + 16, -6 * 256)
page = 27 + data[26] + sum(data[27:27 + data[26]])
struct.pack_into('<I', data, 22, 0)
crc = 0
for byte in data[:page]:
    crc ^= byte << 24
    for _ in range(8):
        crc = (crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)) & 0xFFFFFFFF
struct.pack_into('<I', data, 22, crc)
open(sys.argv[2], 'wb').write(data)
PYTHON

status=0
check() { # container, samples, mean volume
  local copy=$work/copy.$1 samples volume
  ffmpeg -v error -y -i "$work/gain.opus" -c copy -strict -2 "$copy"
  samples=$(($(ffmpeg -v error -i "$copy" -f s16le - | wc -c) / 2))
  volume=$(ffmpeg -hide_banner -nostats -i "$copy" -af volumedetect -f null - 2>&1 | sed -n 's/.*mean_volume: \(-[0-9]*\).*/\1/p')
  echo "$1: $samples samples, mean $volume dB"
  [ "$samples $volume" = "$2 $3" ] || { echo "  expected $2 and $3"; status=1; }
}
check opus 59259 -27
check webm 59259 -27
check mka 59259 -27
check mp4 60168 -27
check ts 60480 -21
check caf 60480 -21
exit $status
