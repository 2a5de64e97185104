#!/usr/bin/env bash
# Guess: mutagen writes a genre of ID3v2.3 that refines a number, "(4)Eurodisco", as it was given: the specification of
# 2.3 has just this form for it.
# Seen, Debian's python3-mutagen 1.46.0-1: in 2.4 it does, and reads "(4)Eurodisco" as two genres, Disco and Eurodisco.
# In 2.3 update_to_v23 looks the number up, takes its name and the refinement for two values, and the frame, which has
# one value, says "Disco/Eurodisco". Read again that is one genre of that name, as "Pop/Funk", number 62 of 2.3's own
# list, is: no reader can tell a refinement that went this way from a name with a slash.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" python3-mutagen=1.46.0-1
cd "$work"

cat >trial.py <<'PROGRAM'
from mutagen.id3 import ID3, TCON

for version in (3, 4):
    tag = ID3()
    tag.add(TCON(encoding=0, text='(4)Eurodisco'))
    if version == 3:
        tag.update_to_v23()
    tag.save(f'{version}.tag', v2_version=version)
    raw = open(f'{version}.tag', 'rb').read()
    at = raw.index(b'TCON') + 11
    print(f'2.{version}: frame {raw[at:at + 16].rstrip(bytes(1))!r}, read again {ID3(f"{version}.tag")["TCON"].genres}')
PROGRAM
PYTHONPATH=$work/root/usr/lib/python3/dist-packages python3 trial.py >seen
cat seen
diff seen - <<'SEEN'
2.3: frame b'Disco/Eurodisco', read again ['Disco/Eurodisco']
2.4: frame b'(4)Eurodisco', read again ['Disco', 'Eurodisco']
SEEN
