"""The access point is killed and comes back under many desktops: comeback.py SECONDS DESKTOPS. One of them plays on."""
import os
import sys
import time

from listener import Desktop, Playing, enter
from sockets import ESTABLISHED, LISTENING, sockets
from stage import Stage, Usage, ask, verdict

LONGEST = 35       # seconds: the longest pause of a desktop between two tries, and what a try takes
AT_ONCE = 3        # seconds within which some are back


def look(port):
    """Whether somebody listens at a port, and the inodes of the sockets that are connected to it."""
    found = list(sockets())
    return (any(one.state == LISTENING and one.local == port for one in found),
            {one.inode for one in found if one.state == ESTABLISHED and one.remote == port})


def sockets_of(pid):
    folder = f"/proc/{pid}/fd"
    links = []
    for name in os.listdir(folder):
        try:
            links.append(os.readlink(f"{folder}/{name}"))
        except OSError:
            pass
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def watch(stage, pids):
    """How many seconds after the access point listens again each desktop is connected to it; the last ones never."""
    began, seen, next_look = None, {}, 0
    while began is None or time.monotonic() - began < LONGEST:
        listens, connected = look(stage.port())
        now = time.monotonic()
        began = began or (now if listens else None)
        for inode in connected:
            seen.setdefault(inode, now)
        if now >= next_look:
            back = [min((seen[inode] for inode in sockets_of(pid) & connected), default=None) for pid in pids]
            if None not in back:
                break
            next_look = now + 0.5
        time.sleep(0.01)
    return sorted(at - began for at in back if at is not None)


def main(seconds, count):
    stage = Stage()
    numbers = [int(number) for number in ask("desktops", count)]
    for place, number in enumerate(numbers):
        Desktop(stage, number).tell("login", f"crowd{place % 8 + 1}")
    playing = Playing(stage, float(seconds))
    pids = [Stage().pids[f"desktop{number}"] for number in numbers]
    ask("kill", "accesspoint")
    time.sleep(float(seconds))
    ask("start", "accesspoint")
    times = watch(stage, pids)
    began = time.monotonic()
    enter(stage)
    entered = time.monotonic() - began
    with Usage(Stage().pids["accesspoint"]) as usage:
        playing.end()
    for number in numbers:
        ask("end", f"desktop{number}")
    densest = max((sum(at <= other < at + 1 for other in times) for at in times), default=0)
    wanted = {
        "all are back": len(times) == len(pids), "some are back at once": bool(times) and times[0] <= AT_ONCE,
        "not half of them in one second": densest <= len(pids) / 2,
        "the music goes on": playing.goes_on,
        "memory stays": usage.memory_stays(),
    }
    tenths = ", ".join(f"{times[place * (len(times) - 1) // 10]:.1f}" for place in range(11)) if times else "none"
    verdict("access point gone and back", wanted, (
        f"away for {float(seconds):.0f} s; {len(times)} of {len(pids)} desktops are back, by tenths after {tenths} s, "
        f"at most {densest} in one second; then a new login took {1000 * entered:.0f} ms; "
        f"{playing}; {usage}"))


main(*sys.argv[1:])
