"""Readers of a desktop's uploads who don't take what they ask for: readers.py ACCOUNT COUNT BYTES_A_SECOND, 0 for
none. Each is a client of its own, asks the desktop for all it may, and comes again when it is closed, until standard
input ends."""
import json
import os
import socket
import struct
import sys
import threading
import time

import peer
from listener import FAILURES, PATIENCE, Listener
from sockets import ESTABLISHED, sockets
from stage import Stage, until_told

LOOK = 0.25    # seconds
REQUESTS = 32  # a desktop lets so many of one peer wait
CHUNKS = 32
LITTLE = 4096  # the receive buffer: what the system takes in for a reader says nothing of him


class There:
    """The ports from which the desktop has connections."""

    def __init__(self, port):
        self._port, self.ports = port, set()

    def look(self):
        self.ports = {one.remote for one in sockets() if one.state == ESTABLISHED and one.local == self._port}


class Reader:
    def __init__(self, client, pace, there):
        self.client, self.pace, self.there, self.closed, self.waited = client, pace, there, 0, 0

    def crowd(self, ending):
        while not ending.is_set():
            try:
                self.hold(ending)
            except FAILURES:
                pass
            ending.wait(0.2)

    def hold(self, ending):
        """Connects, asks for everything, and holds on until it is closed."""
        place = self.client.opened.peers[0]
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        plain.settimeout(PATIENCE)
        plain.connect((place.host, place.port))
        connection = self.client.connect(place, plain)
        file = self.client.opened.file
        assert connection.holds(file)
        for number in range(REQUESTS):
            connection.ask(peer.CHUNK_REQUEST, file + struct.pack("<IHBBI", number, CHUNKS, 0, 0, 0))
        began = time.monotonic()
        self.take(connection.line, ending)
        if not ending.is_set():
            self.closed, self.waited = self.closed + 1, max(self.waited, time.monotonic() - began)
        connection.line.close()

    def take(self, line, ending):
        """Reads at its pace, below TLS, until the far side has closed, which who does not read can't see."""
        own = line.getsockname()[1]
        line.setblocking(False)
        for _ in range(20):
            if own in self.there.ports or ending.wait(LOOK):
                break
        while own in self.there.ports and not ending.wait(LOOK):
            if self.pace:
                try:
                    os.read(line.fileno(), int(self.pace * LOOK))
                except BlockingIOError:
                    pass


def main(account, count, pace):
    stage = Stage()
    clients = [Listener(stage, account).log_in().open("Given") for _ in range(int(count))]
    there = There(clients[0].opened.peers[0].port)
    readers = [Reader(client, int(pace), there) for client in clients]
    ending = until_told()
    threads = [threading.Thread(target=reader.crowd, args=(ending,)) for reader in readers]
    for thread in threads:
        thread.start()
    while not ending.wait(LOOK / 2):
        there.look()
    for thread in threads:
        thread.join()
    print(json.dumps({
        "closed": sum(reader.closed for reader in readers), "longest": max(reader.waited for reader in readers)}))


main(*sys.argv[1:])
