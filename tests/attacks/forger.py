"""Shows a storage node tickets of keys that nobody has, as fast as it can: forger.py HOST PORT ID, until standard input
ends."""
import json
import os
import struct
import sys
import threading
import time
import types

import peer
from listener import FAILURES
from stage import until_told

AT_ONCE = 4


def forge(holder):
    head = struct.pack("<BBHI", 1, 1, 0, int.from_bytes(os.urandom(4), "little")) + os.urandom(16) + holder
    return head + struct.pack("<q", int(time.time()) + 1800) + os.urandom(64)


def main(host, port, node):
    place = types.SimpleNamespace(host=host, port=int(port), id=bytes.fromhex(node))
    ending, shown, taken = until_told(), [], []

    def show():
        me = peer.Identity()
        while not ending.is_set():
            shown.append(1)
            try:
                peer.Connection(place, me, forge(me.id), {}, None).line.close()
                taken.append(1)
            except FAILURES:
                pass

    threads = [threading.Thread(target=show) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"shown": len(shown), "taken": len(taken)}))


main(*sys.argv[1:])
