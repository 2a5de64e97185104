#!/usr/bin/env bash
# Guess: of an Ogg stream that was joined on air, and so begins at a granule position above 0 (RFC 7845 section 4.5
# allows it), ffprobe says when it starts and how long it lasts; Vorbis and Opus alike, since the container is the
# same.
# Seen, Debian 12's ffmpeg 5.1.9 and mutagen 1.46: of a Vorbis capture ffprobe says the right duration. Of an Opus
# capture it says the right start and, as duration, the time of the end: twice too long here, and `-sseof` (seek from
# the end) gives nothing, with exit code 0. mutagen is wrong for both; opusinfo is right. An importer that holds the
# declared length against the decoded one takes a whole file for one cut short.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 opus-tools=0.2-1+b1 \
  python3-mutagen=1.46.0-1 vorbis-tools=1.4.2-1+b1
export PYTHONPATH=$work/root/usr/lib/python3/dist-packages
cd "$work"

ffmpeg -v error -f lavfi -i 'anoisesrc=r=48000:d=20:seed=7:a=0.2' -c:a pcm_s16le -bitexact source.wav
opusenc --quiet --bitrate 96 source.wav whole.opus
oggenc -Q -q 3 source.wav -o whole.ogg

# What a listener has who came ten seconds late: the pages of headers, then those of sound after the tenth second.
cat >join.py <<'PYTHON'
import struct, sys
data, pages, at = open(sys.argv[1], 'rb').read(), [], 0
while at < len(data):
    end = at + 27 + data[at + 26] + sum(data[at + 27:at + 27 + data[at + 26]])
    pages.append(bytearray(data[at:end]))
    at = end

kept = [page for page in pages if not 0 < struct.unpack_from('<q', page, 6)[0] <= 480_000]
for number, page in enumerate(kept):
    struct.pack_into('<I', page, 18, number)
    struct.pack_into('<I', page, 22, 0)
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)) & 0xFFFFFFFF
    struct.pack_into('<I', page, 22, crc)
open(sys.argv[2], 'wb').write(b''.join(kept))
PYTHON

seconds() { # of 16-bit mono PCM at 48 kHz on standard input
  echo "$(($(wc -c) / 96000)) s"
}
for name in ogg opus; do
  python3 join.py whole.$name late.$name
  echo "$name: decoded $(ffmpeg -v error -i late.$name -f s16le - | seconds);" \
    "ffprobe $(ffprobe -v error -show_entries format=start_time,duration -of compact=p=0 late.$name);" \
    "mutagen $(python3 -c "import mutagen; print(mutagen.File('late.$name').info.length)");" \
    "-sseof -3 $(ffmpeg -v error -sseof -3 -i late.$name -f s16le - | seconds)"
done >seen
echo "opusinfo: $(opusinfo late.opus | sed -n 's/.*Playback length: *//p')" >>seen
cat seen
diff seen - <<'SEEN'
ogg: decoded 10 s; ffprobe start_time=9.806667|duration=10.193333; mutagen 20.0; -sseof -3 3 s
opus: decoded 10 s; ffprobe start_time=10.000000|duration=20.006500; mutagen 20.0; -sseof -3 0 s
opusinfo: 0m:10.000s
SEEN
