#!/usr/bin/env bash
# Guess: ffmpeg rounds 24-bit sound to the nearest of 16 bits (or dithers it), and does so alike at every sample rate.
# Seen, Debian 12's ffmpeg 5.1.9: where the rate stays as it is, the lower 8 bits are cut off, which rounds down:
# every sample half a step too low on average, and a silence whose noise lies below half a step turns into zeros and
# -1s. Where it resamples (44.1 kHz here), or a filter works in floats before, it rounds. So the same master gives an
# importer other samples by its rate, and a silence of zeros is only found in one of the two.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1

# A second of -100 to 100 of the 256 steps that 24 bits have between two of 16; its mean is 0.
python3 -c 'import sys
for i in range(48_240):
    sys.stdout.buffer.write((i * 37 % 201 - 100).to_bytes(3, "little", signed=True))' >"$work/source.raw"

decode() { # name, rate of the source, filter
  ffmpeg -v error -y -f s24le -ar "$2" -ac 1 -i "$work/source.raw" -c:a flac -sample_fmt s32 "$work/source.flac"
  ffmpeg -v error -i "$work/source.flac" -af "$3" -f s16le - | python3 -c 'import array, sys
pcm = array.array("h", sys.stdin.buffer.read())
print(f"{sys.argv[1]}: mean {sum(pcm) / len(pcm) + 0.0:.2f}, -1 in {100 * pcm.count(-1) // len(pcm)} %")' "$1"
}
{
  decode '48 kHz' 48000 aformat=sample_fmts=s16:sample_rates=48000
  decode '44.1 kHz' 44100 aformat=sample_fmts=s16:sample_rates=48000
  decode '48 kHz by way of floats' 48000 aformat=sample_fmts=flt,aformat=sample_fmts=s16
} >"$work/seen"
cat "$work/seen"
diff "$work/seen" - <<'SEEN'
48 kHz: mean -0.50, -1 in 49 %
44.1 kHz: mean 0.00, -1 in 0 %
48 kHz by way of floats: mean 0.00, -1 in 0 %
SEEN
