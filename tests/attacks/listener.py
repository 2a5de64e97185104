"""An honest listener, who speaks both protocols by himself (peer.py), and one with a desktop and the command."""
import json
import os
import socket
import subprocess
import time

import grpc
import peer

PATIENCE = 5  # seconds that a client gives a connection (TransportOptions.ConnectTimeout)
OWN_CONNECTION = (("grpc.use_local_subchannel_pool", 1),)
FAILURES = (OSError, EOFError, AssertionError, grpc.RpcError)


class Listener:
    """One client of an account: a key, a connection to the access point, and once logged in a ticket."""

    def __init__(self, stage, account, target=None):
        self.stage, self.account, self.me = stage, account, peer.Identity()
        self.access_point = peer.AccessPoint(stage.descriptor, target or stage.access_point, OWN_CONNECTION)
        self.ticket = self.keys = self.opened = None

    def log_in(self):
        self.ticket, self.keys = peer.log_in(self.access_point, self.me, self.account, self.stage.password)
        return self

    def open(self, title):
        request = self.access_point.make("OpenTrackRequest", track=self.stage.tracks[title], reason=1)
        self.opened = self.access_point.call("OpenTrack", request, "OpenedTrack")
        return self

    def search(self):
        request = self.access_point.make("SearchRequest", query="cold")
        return self.access_point.call("Search", request, "SearchReply").tracks

    def connect(self, place, plain=None):
        """A connection to a node or peer, on which nothing is offered."""
        plain = plain or socket.create_connection((place.host, place.port), PATIENCE)
        return peer.Connection(place, self.me, self.ticket, self.keys, peer.Track(self.opened), plain)

    def fetch_anew(self):
        """Connects to the first storage node and fetches a chunk, as a new listener does."""
        track = peer.Track(self.opened)
        connection = self.connect(self.opened.nodes[0])
        try:
            assert connection.fetch(track, 0, 1) in ({3}, {4}), "there is no chunk"
        finally:
            connection.line.close()

    def close(self):
        self.access_point.channel.close()


def enter(stage, account="carol"):
    """A new client connects to the access point, logs in and searches."""
    client = Listener(stage, account)
    try:
        client.log_in().search()
    finally:
        client.close()


class Rounds:
    """The same thing again and again for some seconds: how long it took, and how often it failed."""

    def __init__(self, what, seconds, pause=0.1):
        self.times, self.failures = [], []
        ending = time.monotonic() + seconds
        while time.monotonic() < ending:
            began = time.monotonic()
            try:
                what()
                self.times.append(time.monotonic() - began)
            except FAILURES as failed:
                self.failures.append(failed)
            time.sleep(pause)

    def all_in(self):
        return bool(self.times) and not self.failures and max(self.times) <= PATIENCE

    def __str__(self):
        times = sorted(self.times) or [float("nan")]
        middle, worst = (1000 * time for time in (times[len(times) // 2], times[-1]))
        tried = len(self.times) + len(self.failures)
        return f"{len(self.times)} of {tried} (median {middle:.0f} ms, worst {worst:.0f})"


class Desktop:
    """A desktop that was started, told what to do by the command."""

    def __init__(self, stage, number):
        self.stage, self.socket = stage, f"{stage.work}/run{number}/desktop.sock"

    def tell(self, *words):
        environment = dict(os.environ, SPOTIFYCORE_PASSWORD=self.stage.password)
        command = [self.stage.command, "--socket", self.socket, *words]
        told = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        return told.stdout

    def play(self, title):
        """Plays a track to its end; its line of the statistics."""
        self.tell("play", "--wait", self.stage.tracks[title])
        return self.plays()[-1]

    def plays(self):
        return json.loads(self.tell("stats", "--json"))["plays"]

    def uploads(self):
        return json.loads(self.tell("uploads", "--json"))

    def status(self):
        return json.loads(self.tell("status", "--json"))


class Playing:
    """Desktop 2 plays the long track in real time: how often it stutters in some seconds before, and until the end.
    A machine that has more to do than it can is to blame for what its load does: there it must play on, no more."""

    def __init__(self, stage, before):
        self._desktop = Desktop(stage, 2)
        self._desktop.tell("play", stage.tracks["Long"])
        time.sleep(before)
        self._is_calm = os.getloadavg()[0] <= os.cpu_count()
        self.before, self.during, self.goes_on = self._stutters(), 0, False

    def end(self):
        state = self._desktop.status()["state"]
        self.during = self._stutters() - self.before
        self.goes_on = state == "playing" and (self.during <= self.before or not self._is_calm)
        self._desktop.tell("stop")

    def _stutters(self):
        return self._desktop.status()["play"]["stutters"]

    def __str__(self):
        return f"a desktop that plays stuttered {self.before} times before, {self.during} meanwhile"
