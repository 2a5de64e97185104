#!/usr/bin/env bash
# Guess: ffmpeg's -ss before -i is accurate by default, so what it decodes from there on equals the whole decode cut
# at that point; for Opus it starts the 80 ms earlier that RFC 7845 (section 4.6) asks for, as it knows that number
# (seek_preroll).
# Seen, Debian 12's ffmpeg 5.1.9, seeking to shortly behind the start of a page: the place is exact, the sound is not.
# FLAC and Vorbis are equal; MP3 begins with 30 ms of silence and is right after 50; Ogg Opus fades in over 100 ms and
# more. The same packets in WebM do get the 80 ms and are equal, but begin 384 samples (8 ms) too early. A preview, a
# fingerprint or a part decoded in parallel is wrong at each of its starts, with no warning.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 lame=3.100-6 opus-tools=0.2-1+b1 vorbis-tools=1.4.2-1+b1
cd "$work"

ffmpeg -v error -f lavfi -i 'anoisesrc=r=48000:d=20:seed=7:a=0.2' -c:a pcm_s16le -bitexact source.wav
ffmpeg -v error -i source.wav sound.flac
oggenc -Q -q 5 source.wav -o sound.ogg
lame --quiet -b 128 source.wav sound.mp3
opusenc --quiet --bitrate 128 source.wav sound.opus
ffmpeg -v error -i sound.opus -c copy sound.webm

cat >compare.py <<'PYTHON'
import array, sys
name, target = sys.argv[1], int(sys.argv[2])
whole, part = (array.array('h', open(pcm, 'rb').read()) for pcm in ('whole.raw', 'part.raw'))
early = len(part) - (len(whole) - target)

# Greatest difference between two times after the seek, in 16-bit steps.
def off(start_ms, end_ms):
    return max(abs(whole[target - early + i] - part[i]) for i in range(start_ms * 48, end_ms * 48))

def say(steps):
    return 'equal' if steps <= 2 else 'near' if steps < 1000 else 'other sound'

silence = next(i for i, sample in enumerate(part) if sample) // 480 * 10
print(f'{name}: {early} samples early; {silence} ms of silence, first 50 ms {say(off(0, 50))}, '
      f'50-100 ms {say(off(50, 100))}, after 1 s {say(off(1000, 2000))}')
PYTHON
for name in flac ogg mp3 opus webm; do
  ffmpeg -v error -y -i sound.$name -f s16le whole.raw
  ffmpeg -v error -y -ss 13.013 -i sound.$name -f s16le part.raw
  python3 compare.py $name $((13013 * 48))
done >seen
cat seen
diff seen - <<'SEEN'
flac: 0 samples early; 0 ms of silence, first 50 ms equal, 50-100 ms equal, after 1 s equal
ogg: 0 samples early; 0 ms of silence, first 50 ms equal, 50-100 ms equal, after 1 s equal
mp3: 0 samples early; 30 ms of silence, first 50 ms other sound, 50-100 ms near, after 1 s equal
opus: 0 samples early; 0 ms of silence, first 50 ms other sound, 50-100 ms other sound, after 1 s equal
webm: 384 samples early; 0 ms of silence, first 50 ms equal, 50-100 ms equal, after 1 s equal
SEEN
