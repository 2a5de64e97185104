"""Crowds that begin handshakes at a storage node and don't go on: handshakes.py SECONDS CONNECTIONS. New listeners
connect meanwhile, and a new desktop plays a track it does not have."""
import ssl
import sys

import peer
from listener import Desktop, Listener, Rounds
from stage import Attacker, Stage, Usage, ask, verdict

BEFORE = 2  # seconds


def client_hello():
    """The first flight of a TLS client, whole."""
    sent = ssl.MemoryBIO()
    client = peer.Identity().context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="spotifycore")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return sent.read()


def attack(stage, seconds, name, connections, addresses, said):
    listener = Listener(stage, "carol").log_in().open("Cold")
    number, = ask("desktop")
    before = Rounds(listener.fetch_anew, BEFORE)
    node = listener.opened.nodes[0]
    with Usage(stage.pids[node.site]) as usage:
        with Attacker("crowd.py", node.port, connections, addresses, said.hex()) as crowd:
            during = Rounds(listener.fetch_anew, seconds)
            desktop = Desktop(stage, number)
            desktop.tell("login", "anna")
            play = desktop.play("Cold")
    ask("end", f"desktop{number}")
    listener.close()
    wanted = {
        "every listener gets his chunk": during.all_in(),
        "the desktop plays to the end": play["ended"] and play["start_ms"] is not None,
        "memory is given back": usage.memory_stays(),
    }
    verdict(name, wanted, (
        f"{connections} connections from {addresses} addresses, {crowd.done['made']} in all by "
        f"{crowd.processor:.1f} s of processor; new listeners with a chunk: {before} before, {during} during; a new desktop: sound after "
        f"{play['start_ms'] or float('nan'):.0f} ms; the node: {usage}"))


def main(seconds, connections):
    stage, seconds, connections = Stage(), float(seconds), int(connections)
    attack(stage, seconds, "handshakes, silent", 240, 8, b"")
    attack(stage, seconds, "handshakes, silent", connections, 8, b"")
    attack(stage, seconds, "handshakes, one byte", connections, 8, client_hello()[:1])
    attack(stage, seconds, "handshakes, a whole hello", connections, 8, client_hello())
    attack(stage, seconds, "handshakes, a whole hello", connections, 200, client_hello())


main(*sys.argv[1:])
