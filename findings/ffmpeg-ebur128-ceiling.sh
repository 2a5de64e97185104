#!/usr/bin/env bash
# Guess: ffmpeg's ebur128 measures sound in floats as any other, so that what is 10 dB louder reads 10 dB more, however far
# above full scale it lies, as an export of a mixing program in 32-bit float may.
# Seen, Debian 12's ffmpeg 5.1.9: the integrated loudness ends at 10.0 LUFS. A tone that should read 16.9 or 26.9 reads 10.0,
# without a word, and one of 6.9 is right. A leveller that goes by it turns the louder one down by too little, and the
# encoder behind it cuts. (The filter sorts loudness into a histogram from -70 to +10.) The remedy is to turn such sound
# down first, and to add what was taken to the result.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1

loudness() { # gain in dB
  ffmpeg -nostdin -hide_banner -f lavfi -i sine=f=1000:r=48000:d=5 \
    -af "aformat=sample_fmts=dbl,volume=${1}dB:precision=double,ebur128" -f null - 2>&1 | sed -n 's/^ *I: *//p' | tail -1
}
for gain in 18 28 38 48; do echo "$gain dB: $(loudness "$gain")"; done >"$work/seen"
cat "$work/seen"
diff "$work/seen" - <<'SEEN'
18 dB: -3.1 LUFS
28 dB: 6.9 LUFS
38 dB: 10.0 LUFS
48 dB: 10.0 LUFS
SEEN
