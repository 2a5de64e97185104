#!/usr/bin/env bash
# Guess: opusenc of a FLAC file that carries ReplayGain encodes the same sound as without, and turns the two gains
# into R128_TRACK_GAIN and R128_ALBUM_GAIN, each 5 dB lower, since those mean -23 LUFS and not -18.
# Seen, Debian 12's opusenc 0.2: an album's gain is baked into the header, so that every decoder, asked for loudness
# or not, gives 14 dB less here, and a loudness measured from the FLAC no longer fits; the track's gain is written
# relative to it. Without an album's gain the track's is copied with no 5 dB taken off: one track of -7 dB comes to
# -12 or to -7 dB.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" ffmpeg=7:5.1.9-0+deb12u1 flac=1.4.2+ds-2 opus-tools=0.2-1+b1

ffmpeg -v error -f lavfi -i 'sine=440:r=48000:d=3' -c:a flac "$work/source.flac"

mean() { # file: what ffmpeg decodes, in dB
  ffmpeg -hide_banner -nostats -i "$1" -af volumedetect -f null - 2>&1 | sed -n 's/.*mean_volume: //p'
}
encode() { # name, gains
  local name=$1 flac=$work/tagged.flac opus=$work/tagged.opus gain
  shift
  cp "$work/source.flac" "$flac"
  for gain in "$@"; do metaflac --set-tag="REPLAYGAIN_$gain" "$flac"; done
  opusenc --quiet "$flac" "$opus"
  echo "$name: FLAC $(mean "$flac"), Opus $(mean "$opus");" \
    "$(opusinfo "$opus" | grep -oE 'R128_[A-Z]*_GAIN=.*|Playback gain: .*' | sort | paste -sd ' ')"
}
{
  encode 'no gain'
  encode 'track -7 dB' 'TRACK_GAIN=-7.00 dB'
  encode 'track -7 dB, album -9 dB' 'TRACK_GAIN=-7.00 dB' 'ALBUM_GAIN=-9.00 dB'
} >"$work/seen"
cat "$work/seen"
diff "$work/seen" - <<'SEEN'
no gain: FLAC -21.1 dB, Opus -21.1 dB; Playback gain: 0 dB
track -7 dB: FLAC -21.1 dB, Opus -21.1 dB; Playback gain: 0 dB R128_TRACK_GAIN=-1792
track -7 dB, album -9 dB: FLAC -21.1 dB, Opus -35.1 dB; Playback gain: -14 dB R128_TRACK_GAIN=512
SEEN
