#!/usr/bin/env bash
# Guess: the smaller opusenc's --max-delay, the shorter its Ogg pages; 0 puts each packet on a page of its own at
# once. Its manual says so: "for low latency streaming (e.g. with --max-delay set to 0 ...)".
# Seen, Debian 12's opusenc 0.2 (libopusenc 0.2.1): true down to 1 ms. 0 gives the longest pages of all, 255 packets
# or 5.1 s at 20 ms, where the default of 1,000 ms gives 1 s: who asks for no delay hears the first sound five seconds
# later.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 opus-tools=0.2-1+b1

ffmpeg -v error -f lavfi -i 'anoisesrc=r=48000:d=20:seed=7:a=0.2' -c:a pcm_s16le -bitexact "$work/source.wav"
for delay in 1000 100 20 1 0; do
  opusenc --quiet --bitrate 96 --max-delay "$delay" "$work/source.wav" "$work/paged.opus"
  echo "--max-delay $delay: $(grep -ao OggS "$work/paged.opus" | wc -l) pages, the longest" \
    "$(opusinfo "$work/paged.opus" | sed -n 's/.*Page duration: *\([0-9.]*ms\).*/\1/p')"
done >"$work/seen"
cat "$work/seen"
diff "$work/seen" - <<'SEEN'
--max-delay 1000: 23 pages, the longest 1000.0ms
--max-delay 100: 203 pages, the longest 100.0ms
--max-delay 20: 1003 pages, the longest 20.0ms
--max-delay 1: 1003 pages, the longest 20.0ms
--max-delay 0: 6 pages, the longest 5100.0ms
SEEN
