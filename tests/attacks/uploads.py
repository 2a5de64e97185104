"""Readers of one account who hold a desktop's upload slots: uploads.py SECONDS READERS. An honest peer of another
account, who asks nobody but the desktop, fetches meanwhile."""
import sys
import time

import peer
from listener import PATIENCE, Desktop, Listener
from stage import Attacker, Stage, Usage, verdict

MUSIC = 40_000   # bytes a second of a stream of 320 kbit/s
WARM_UP = 6      # seconds in which the desktop finds out what its line bears
BEFORE = 3
RANGE = 8        # chunks


class Taking:
    """Fetches a track from a desktop over and over for some seconds: its rate, and the longest wait for a range."""

    def __init__(self, connection, opened, seconds):
        self.bytes = self.longest = 0
        began = time.monotonic()
        first, track = 0, peer.Track(opened)
        while (left := began + seconds - time.monotonic()) > 0:
            count = min(RANGE, track.count - first)
            if self.fetch(connection, track, first, count, left + PATIENCE):
                first = (first + count) % track.count
        self.rate = self.bytes / (time.monotonic() - began)

    def fetch(self, connection, track, first, count, patience):
        began = time.monotonic()
        connection.line.settimeout(patience)
        tiers = connection.fetch(track, first, count)
        if tiers == peer.BUSY:
            time.sleep(0.1)
            return False
        assert isinstance(tiers, set), f"refused with {tiers}"
        self.longest = max(self.longest, time.monotonic() - began)
        self.bytes += sum(len(track.chunks.pop(index)) for index in range(first, first + count))
        return True


def attack(stage, seconds, account, count, pace):
    desktop = Desktop(stage, 1)
    honest = Listener(stage, "carol").log_in().open("Given")
    connection = honest.connect(honest.opened.peers[0])
    assert connection.holds(honest.opened.file), "the desktop does not hold the track"
    Taking(connection, honest.opened, WARM_UP)
    before, cap = Taking(connection, honest.opened, BEFORE), desktop.uploads()["limit_bytes_per_second"]
    with Usage(stage.pids["desktop1"]) as usage:
        with Attacker("readers.py", account, count, pace) as readers:
            during = Taking(connection, honest.opened, seconds)
            later = desktop.uploads()["limit_bytes_per_second"]
    connection.line.close()
    honest.close()
    wanted = {
        "the honest peer gets its chunks": during.rate >= min(MUSIC, before.rate / 2),
        f"no range takes longer than {PATIENCE} s": during.longest <= PATIENCE,
        "the measured cap is not halved": later >= cap / 2,
        "who does not read is closed": pace > 0 or readers.done["closed"] > 0,
        "memory is given back": usage.memory_stays(),
    }
    how = f"take {pace} bytes a second" if pace else "take nothing"
    verdict("uploads", wanted, (
        f"{count} readers of one account who {how}, closed {readers.done['closed']} times, the last after "
        f"{readers.done['longest']:.1f} s; an honest peer got {before.rate / 1024:.0f} KiB/s before, "
        f"{during.rate / 1024:.0f} during, a range of {RANGE} chunks within {before.longest:.2f} s and "
        f"{during.longest:.2f}; the measured cap was {cap / 1024:.0f} and {later / 1024:.0f} KiB/s; {usage}"))


def main(seconds, readers):
    stage, seconds = Stage(), float(seconds)
    attack(stage, seconds, "crowd1", 4, 0)
    attack(stage, seconds, "crowd2", int(readers), 0)
    attack(stage, seconds, "crowd3", int(readers), 1024)


main(*sys.argv[1:])
