#!/usr/bin/python3
"""A librarian's day: import, retag, back, move, rename, replace, delete, prune, and by hand edit, merge, split, remove and
undo; undisturbed, then with kill -9.

    tests/librarians-day.py [seeds [first]]

Takes the programs as `dotnet build -c Release` makes them, and needs python3-mutagen and ffmpeg. It first prints what the
import says of each step, and what was changed by hand. Then, for each seed (3 unless told, from 0 on), the same day with the import,
the command or the access point killed at random moments, each step done again until it is through; what is mended is
imported again after it. The catalogue must be that of the undisturbed day, but for the ids of tracks: of several with one
sound the first has the sound's. Exits with 1 where it is not. All of it lies in one temporary folder, on loopback.
"""
import glob
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

from mutagen.flac import FLAC

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PASSWORD = {"SPOTIFYCORE_PASSWORD": "correct horse battery"}
STEPS = ["import", "retag", "back", "move", "rename", "replace", "delete", "edit", "merge", "split", "remove", "undo"]
KILLS = 3  # a step at most


def program(project, name):
    return os.path.join(ROOT, project, "bin/Release/net10.0", name)


ACCESS_POINT = program("hosts/SpotifyCore.AccessPoint", "spotifycore-accesspoint")
MASTER = program("hosts/SpotifyCore.MasterNode", "spotifycore-master")
IMPORT = program("tools/SpotifyCore.Import", "spotifycore-import")
LIBRARIAN = program("frontends/SpotifyCore.Cli", "spotifycore")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def files(folder):
    return sorted(glob.glob(f"{folder}/*/*.flac"))


def tag(path, **tags):
    flac = FLAC(path)
    for name, value in tags.items():
        flac[name] = value
    flac.save()


def make_music(folder):
    """Four albums of five tracks, a sampler with a song of each, and an album with three equal pauses."""
    def make(path, sound, **tags):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", f"{sound}:duration=1", "-ac", "2", path], check=True)
        tag(path, **tags)

    for album in range(4):
        for number in range(1, 6):
            make(f"{folder}/{album}/{number}.flac", f"sine=frequency={200 + 100 * album + 10 * number}",
                 title=f"Song {album}.{number}", artist=f"Artist {album}", album=f"Album {album}", tracknumber=str(number))
        os.makedirs(f"{folder}/sampler", exist_ok=True)
        song = shutil.copy(f"{folder}/{album}/3.flac", f"{folder}/sampler/{album + 1}.flac")
        tag(song, album="Sampler", tracknumber=str(album + 1))
    for number in range(1, 4):
        make(f"{folder}/pauses/{number}.flac", "anullsrc=sample_rate=44100",
             title=f"Pause {number}", artist="Nobody", album="Pauses", tracknumber=str(number))


def change(step, folder):
    """What the librarian does to the folder."""
    for path in files(folder) if step in ("retag", "back") else []:
        ending = " anew" if step == "retag" else ""
        tag(path, album=FLAC(path)["album"][0].removesuffix(" anew") + ending,
            title=FLAC(path)["title"][0].removesuffix(" anew") + ending)
    for album in sorted(glob.glob(f"{folder}/*")) if step == "move" else []:
        os.rename(album, album + " moved")
    for path in reversed(files(folder)) if step == "rename" else []:
        number = int(os.path.basename(path).split(".")[0])
        os.rename(path, f"{os.path.dirname(path)}/{number + 1}.flac")
    if step == "replace":
        first, *_, last = files(f"{folder}")
        tags = {name: FLAC(first)[name] for name in ("title", "artist", "album", "tracknumber")}
        shutil.copy(last, first)
        tag(first, **tags)
    for path in files(folder)[::6] if step == "delete" else []:
        os.remove(path)


def mends(step, network):
    """The commands by which the librarian mends the catalogue."""
    def tracks(artist):
        found = [json.loads(line) for line in network.ask("list", "--artist", artist, "--limit", "200", "--json")]
        return sorted(found, key=lambda track: (track["album"], track["number"], track["title"]))

    if step == "edit":
        return [["edit", tracks("Artist 1")[0]["track"], "--title", "Mended", "--artist", "Somebody", "--year", "1999"],
                ["edit", tracks("Artist 2")[0]["release"], "--album", "Mended album"]]
    if step == "merge":
        return [["merge", tracks("Artist 2")[0]["release"], tracks("Artist 3")[0]["release"]]]
    if step == "split":
        release = tracks("Artist 3")[0]["release"]
        last = [track["track"] for track in tracks("Artist 3") if track["release"] == release][-1]
        return [["split", release, last, "--title", "Apart"]]
    if step == "remove":
        return [["remove", tracks("Artist 0")[0]["track"]], ["remove", tracks("Nobody")[0]["release"]]]
    if step == "undo":
        log = [json.loads(line) for line in network.ask("log", "--json")]
        return [["undo", str(change["change"])] for change in log if change["change"] in (1, 3, 6)]
    return []


def catalogue(data):
    """All that it shows, with the ids of its releases; what is removed or made one with something shows nothing."""
    with sqlite3.connect(f"file:{data}/service.db?mode=ro", uri=True) as database:
        shown = database.execute("""
            SELECT s.location, v.title, v.artists, v.disc, v.number, v.year, r.recording, v.album_id, v.album_title, a.artists
            FROM sources s JOIN tracks t ON t.id = s.track JOIN recordings r ON r.id = t.recording
            LEFT JOIN albums a ON a.id = t.shown LEFT JOIN track_rows v ON v.id = t.id ORDER BY s.location""").fetchall()
        counts = database.execute("""
            SELECT (SELECT count(*) FROM track_rows), (SELECT count(*) FROM albums), (SELECT count(*) FROM sources),
              (SELECT count(*) FROM mends WHERE undone IS NULL AND undoes IS NULL)""").fetchone()
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    return shown, counts


class Network:
    """A master node and an access point; the latter begins each day anew."""

    def __init__(self, folder):
        self.folder, self.master_port, self.port = folder, free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        made = subprocess.run(
            [MASTER, "id", "--data-directory", f"{folder}/master"], capture_output=True, text=True, check=True)
        self.masters = f"{made.stdout.strip()}@127.0.0.1:{self.master_port}"
        self.access_point = None
        self.begin_day()
        self.master = self.start([
            MASTER, "--data-directory", f"{folder}/master", "--listen", f"127.0.0.1:{self.master_port}",
            "--masters", self.masters, "--copies", "1", "--access-point", self.url])

    def start(self, command):
        with open(f"{self.folder}/log", "a", encoding="utf-8") as log:
            started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert " ready " in started.stdout.readline(), f"{command[0]} did not start: see {self.folder}/log"
        return started

    def start_access_point(self):
        self.access_point = self.start([
            ACCESS_POINT, "--listen", self.url, "--data-directory", f"{self.folder}/data",
            "--master-nodes", self.masters, "--master-copies", "1"])

    def begin_day(self):
        self.end_day()
        data = f"{self.folder}/data"
        if os.path.exists(f"{self.folder}/fresh"):
            shutil.rmtree(data)
            shutil.copytree(f"{self.folder}/fresh", data)
        else:
            subprocess.run([ACCESS_POINT, "account", "add", "librarian", "--role", "import", "--data-directory", data],
                           env=os.environ | PASSWORD, check=True, stdout=subprocess.DEVNULL)
            self.start_access_point()
            self.end_day()
            shutil.copytree(data, f"{self.folder}/fresh")
        self.start_access_point()

    def end_day(self):
        if self.access_point:
            self.access_point.terminate()
            self.access_point.wait()
            self.access_point = None

    def kill_access_point(self):
        self.access_point.kill()
        self.access_point.wait()
        self.start_access_point()

    def begin_import(self, folder):
        return subprocess.Popen(
            [IMPORT, folder, "--json", "--prune", "--access-point", self.url, "--name", "librarian"],
            env=os.environ | PASSWORD, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def begin_mending(self, arguments):
        return subprocess.Popen(
            [LIBRARIAN, "catalogue", *arguments, "--access-point", self.url, "--name", "librarian"],
            env=os.environ | PASSWORD, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ask(self, *arguments):
        run = self.begin_mending(arguments)
        said, error = run.communicate()
        assert run.returncode == 0, f"catalogue {' '.join(arguments)}: {error}"
        return said.splitlines()

    def latest_change(self):
        run = self.begin_mending(["log", "--limit", "1", "--json"])
        said, error = run.communicate()
        assert run.returncode == 0 or "Nothing was changed" in error, error
        return json.loads(said)["change"] if run.returncode == 0 else 0


def mend(network, arguments, chance, kills):
    """Mends the catalogue, however often something is killed meanwhile; says what was done, and how often that was."""
    before, killed = network.latest_change(), 0
    while True:
        run = network.begin_mending(arguments)
        if killed < kills:
            killed += 1
            time.sleep(chance.uniform(0.05, 0.6))
            if chance.random() < 0.5:
                run.kill()
            else:
                network.kill_access_point()
        said, error = run.communicate()
        if run.returncode == 0:
            return said.strip(), killed

        # The answer may have been lost of what was done.
        if network.latest_change() > before:
            return "done before", killed
        assert killed > 0, f"catalogue {' '.join(arguments)}: {error}"


def run_day(network, music, seed=None):
    """The catalogue at the end of the day, and how often something was killed."""
    folder, chance, killed = f"{network.folder}/music", random.Random(seed), 0
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(music, folder)
    network.begin_day()
    for step in STEPS:
        change(step, folder)
        kills = 0 if seed is None else KILLS
        for arguments in mends(step, network):
            said, times = mend(network, arguments, chance, 1 if kills else 0)
            killed += times
            if seed is None:
                print(said, flush=True)
        while True:
            run = network.begin_import(folder)
            if kills > 0:
                kills, killed = kills - 1, killed + 1
                time.sleep(chance.uniform(0.2, 1.5))
                if chance.random() < 0.5:
                    run.kill()
                    run.communicate()
                    continue
                network.kill_access_point()
            said, _ = run.communicate()
            if run.returncode == 0:
                break
            assert seed is not None, f"the import exits with {run.returncode}: {said}"
        if seed is None:
            summary = json.loads(said.splitlines()[-1])
            names = ("imported", "updated", "known", "removed", "gone", "pruned")
            print(f"{step:8}", *(f"{name} {summary[name]}" for name in names if name in summary), flush=True)
    network.end_day()
    return catalogue(f"{network.folder}/data"), killed


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory(prefix="librarians-day-") as folder:
        make_music(f"{folder}/made")
        network = Network(folder)
        try:
            (shown, counts), _ = run_day(network, f"{folder}/made")
            print("in the end: {} tracks, {} releases, {} sources, {} changes by hand".format(*counts))
            different = 0
            for seed in range(first, first + seeds):
                began = time.monotonic()
                disturbed, killed = run_day(network, f"{folder}/made", seed)
                is_same = disturbed == (shown, counts)
                different += not is_same
                print(f"seed {seed}: {killed} kills, {time.monotonic() - began:.0f} s, "
                      f"{'the same' if is_same else 'DIFFERENT'}", flush=True)
                for one, other in zip(shown, disturbed[0]) if not is_same else []:
                    if one != other:
                        print(f"  {one}\n  {other}")
        finally:
            network.end_day()
            network.master.terminate()
            network.master.wait()
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
