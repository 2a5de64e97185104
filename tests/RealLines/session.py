#!/usr/bin/python3
"""A listening session of several desktops, from a seed: makes it, plays it on real desktops, reports what happened.

    session.py make SEED MINUTES DESKTOPS IMPORT_LOG     prints one JSON line for each thing that a listener does
    session.py play SESSION LISTENER SOCKET...           does it, in real time, through the desktops' control sockets
    session.py report SEED LISTENER SOCKET...            prints what the desktops say of their plays, as JSON

A line of a session: {"at": seconds, "desktop": 1.., "do": "play", "tracks": [ids]}; "stop" has no tracks. The simulator
plays the same file.
"""
import json
import random
import subprocess
import sys
import time

SHORTEST = 20  # seconds; jingles tell nothing
SKIPS_EARLY = 0.24  # of plays, within 5 s (Lamere, "The Skip", 2014)
SKIPS_LATE = 0.25  # further ones before the end
CLICKS = 0.39  # of starts (Kreitz and Niemela 2010); the rest follow from the queue
PAUSE = 30  # mean seconds between two turns of listening


def make(seed, minutes, desktops, log):
    chance = random.Random(seed)
    lines = [json.loads(line) for line in open(log, encoding="utf-8")]
    lengths = {line["track"]: line["seconds"] for line in lines if line["event"] == "imported"}
    tracks = sorted(track for track, seconds in lengths.items() if seconds >= SHORTEST)
    chance.shuffle(tracks)
    weights = [1 / (rank + 1) for rank in range(len(tracks))]
    deeds = []
    for desktop in range(1, desktops + 1):
        now, end = chance.uniform(0, 60), minutes * 60
        while now < end:
            queue = [chance.choices(tracks, weights)[0]]
            while chance.random() > CLICKS:
                queue.append(chance.choices(tracks, weights)[0])
            deeds.append({"at": round(now, 1), "desktop": desktop, "do": "play", "tracks": queue})
            for track in queue:
                dice = chance.random()
                if dice < SKIPS_EARLY:
                    now += chance.uniform(1, 5)
                    break
                if dice < SKIPS_EARLY + SKIPS_LATE:
                    now += chance.uniform(5, lengths[track])
                    break
                now += lengths[track]
            else:
                now += 2 + chance.expovariate(1 / PAUSE)
        deeds.append({"at": end, "desktop": desktop, "do": "stop"})
    return sorted((deed for deed in deeds if deed["at"] <= end), key=lambda deed: (deed["at"], deed["desktop"]))


def tell(listener, socket, *words):
    return subprocess.run([listener, "--socket", socket, *words], check=True, capture_output=True, text=True).stdout


def play(session, listener, sockets):
    began = time.monotonic()
    under_way = []
    for deed in (json.loads(line) for line in open(session, encoding="utf-8")):
        time.sleep(max(0.0, began + deed["at"] - time.monotonic()))
        words = [listener, "--socket", sockets[deed["desktop"] - 1], deed["do"], *deed.get("tracks", [])]
        under_way.append(subprocess.Popen(words, stdout=subprocess.DEVNULL))
        under_way = [process for process in under_way if process.poll() is None]
    for process in under_way:
        process.wait()


def quantiles(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))] if values else None
    return {"p50": at(0.5), "p75": at(0.75), "p90": at(0.9), "p99": at(0.99)}


def report(seed, listener, sockets):
    plays = []
    for desktop, socket in enumerate(sockets, 1):
        told = json.loads(tell(listener, socket, "stats", "--json"))
        plays += [{"desktop": desktop, **play} for play in told["plays"]]
    heard = [play for play in plays if play["start_ms"] is not None and play["start_ms"] >= 0]
    total = {tier: sum(play["bytes"][tier] for play in plays) for tier in ("cache", "peers", "production", "master")}
    everything = max(1, sum(total.values()))
    return {
        "seed": seed,
        "plays": len(plays),
        "bytes_share": {tier: round(count / everything, 4) for tier, count in total.items()},
        "start_ms": quantiles([play["start_ms"] for play in heard]),
        "start_click_ms": quantiles([play["start_ms"] for play in heard if play["clicked"]]),
        "stutter_share": round(sum(play["stutters"] > 0 for play in plays) / max(1, len(plays)), 4),
        "each": plays,
    }


if __name__ == "__main__":
    verb, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if verb == "make" and len(rest) == 4:
        for deed in make(int(rest[0]), float(rest[1]), int(rest[2]), rest[3]):
            print(json.dumps(deed))
    elif verb == "play" and len(rest) >= 3:
        play(rest[0], rest[1], rest[2:])
    elif verb == "report" and len(rest) >= 3:
        print(json.dumps(report(int(rest[0]), rest[1], rest[2:])))
    else:
        sys.exit(__doc__)
